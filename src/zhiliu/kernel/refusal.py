"""Refusals: the expected "no", with a code, a sentence in both languages and the way out.

A refusal is a dataclass of plain fields (not frozen: Python writes the traceback on it). Its
sentences are templates over these fields, so that both languages say the same and the front end can
map the code without reading text. `{cause:zh}` is the Chinese of a field's word, or words, looked
up in `words`.

    @dataclass(eq=False)
    class LotOnHold(Refusal):
        lot: str
        cause: str
        code = "stock.lot_on_hold"
        en = "Lot {lot} is on hold ({cause})."
        words = {"supplier recall": "供应商召回"}
        zh = "批次 {lot} 已冻结（{cause:zh}）。"
        remedy_en = "Use another lot or ask quality to lift the hold."
        remedy_zh = "请改用其他批次，或请质量部门解除冻结。"
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from zhiliu.kernel.quantity import plain


@dataclass(eq=False)
class Refusal(Exception):
    """Base of all refusals. 409 unless the class says otherwise."""

    code: ClassVar[str]
    status: ClassVar[int] = 409
    en: ClassVar[str]
    zh: ClassVar[str]
    remedy_en: ClassVar[str]
    remedy_zh: ClassVar[str]
    words: ClassVar[Mapping[str, str]] = {}

    def data(self) -> dict[str, Any]:
        """The fields as JSON values: decimals as text, times in ISO 8601."""
        return {f.name: as_json(getattr(self, f.name)) for f in fields(self)}

    def sentence(self, language: str) -> str:
        """What happened and why, naming the record; `language` is "zh" or "en"."""
        # both each time: a word that Chinese lacks shows in whatever language the refusal is tested
        en, zh = _filled(self.en, self), _filled(self.zh, self)
        return zh if language == "zh" else en

    def remedy(self, language: str) -> str:
        """What to do now."""
        return _filled(self.remedy_zh if language == "zh" else self.remedy_en, self)

    def __str__(self) -> str:
        return f"{self.sentence('en')} {self.remedy('en')}".strip()


@dataclass(eq=False)
class NoSuchRecord(Refusal):
    """No such record, or none that the caller may see; each context has its own with its words."""

    what: str
    given: str

    status = 404
    en = "There is no {what} {given}."
    zh = "找不到{what:zh} {given}。"
    remedy_en = "Check the number, or search for it in the list."
    remedy_zh = "请核对编号，或在列表中查找。"


@dataclass(eq=False)
class RecordExists(Refusal):
    """The code, number or name is taken; each context has its own with its words."""

    what: str
    given: str

    en = "The {what} {given} exists already."
    zh = "{what:zh} {given} 已存在。"
    remedy_en = "Use the existing one, or give the new one another code."
    remedy_zh = "请使用已有记录，或换一个编码。"


class Problem(NamedTuple):
    """One of several things that stand in the way: of what (a code), which check, and why."""

    about: str
    check: str
    en: str
    zh: str

    def sentence(self, language: str) -> str:
        """What is wrong and what would be right; `language` is "zh" or "en"."""
        text = self.zh if language == "zh" else self.en
        return f"{self.about}: {text}" if self.about else text


def joined(problems: Iterable[Problem], language: str) -> str:
    """All of them as one text, for the sentence of a refusal."""
    return ("；" if language == "zh" else "; ").join(p.sentence(language) for p in problems)


def _filled(template: str, refusal: Refusal) -> str:
    shown = {f.name: _Shown(getattr(refusal, f.name), refusal.words) for f in fields(refusal)}
    return template.format_map(shown)


class _Shown(NamedTuple):
    """A field's value in a sentence: as it is, or with `:zh` as its Chinese word."""

    value: Any
    words: Mapping[str, str]

    def __format__(self, language: str) -> str:
        values = self.value if isinstance(self.value, list | tuple) else [self.value]
        if language == "zh":
            return "、".join(self.words[value] for value in values)
        return ", ".join(plain(v) if isinstance(v, Decimal) else str(v) for v in values)


def as_json(value: Any) -> Any:
    """A plain value for JSON: ids and decimals as text, times in ISO 8601, containers walked."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(v) for v in value]
    return value


def all_refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal class that carries a code, for the documents and the OpenAPI answers."""
    for child in base.__subclasses__():
        if hasattr(child, "code"):
            yield child
        yield from all_refusals(child)
