"""Named refusals of the catalogue."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class NotFound(Refusal):
    """No such record, or none that the caller may see."""

    what: str
    given: str

    code = "catalog.not_found"
    status = 404
    en = "There is no {what} {given}."
    zh = "找不到 {what} {given}。"
    remedy_en = "Check the number, or search for it in the list."
    remedy_zh = "请核对编号，或在列表中查找。"


@dataclass(eq=False)
class AlreadyExists(Refusal):
    """The code or number is taken."""

    what: str
    given: str

    code = "catalog.already_exists"
    en = "{what} {given} exists already."
    zh = "{what} {given} 已存在。"
    remedy_en = "Use another code, or edit the existing record."
    remedy_zh = "请使用其他编码，或编辑已有记录。"


@dataclass(eq=False)
class BadTimeZone(Refusal):
    """The time zone is no IANA name."""

    time_zone: str

    code = "catalog.bad_time_zone"
    en = "{time_zone} is no time zone of the IANA list."
    zh = "{time_zone} 不是有效的 IANA 时区。"
    remedy_en = "Use a name such as Asia/Shanghai."
    remedy_zh = "请使用如 Asia/Shanghai 的名称。"
