"""Named refusals of connectors."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class SourceMissing(Refusal):
    """A table of the source is not where it should be."""

    file: str

    code = "connectors.source_missing"
    status = 404
    en = "The table {file} is missing."
    zh = "缺少数据表 {file}。"
    remedy_en = "Name the folder that holds all tables of the source."
    remedy_zh = "请指定包含全部数据表的文件夹。"


@dataclass(eq=False)
class SourceUnreadable(Refusal):
    """A row of the source cannot be read."""

    file: str
    row: int
    problem: str

    code = "connectors.source_unreadable"
    status = 400
    en = "Row {row} of {file} cannot be used: {problem}."
    zh = "{file} 第 {row} 行无法使用：{problem}。"
    remedy_en = "Correct this row in your copy of the table and start again; nothing is doubled."
    remedy_zh = "请在数据副本中更正该行后重新开始；不会重复写入。"
