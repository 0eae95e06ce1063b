"""Named refusals of connectors."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class SourceMissing(Refusal):
    """A table of the source is not where it should be."""

    file: str

    code = "connectors.source_missing"
    status = 404
    en = "The table {file} is missing or cannot be opened."
    zh = "数据表 {file} 不存在或无法打开。"
    remedy_en = "Name the folder that holds all tables of the source."
    remedy_zh = "请指定包含全部数据表的文件夹。"


@dataclass(eq=False)
class SourceUnreadable(Refusal):
    """A row of the source cannot be used."""

    file: str
    row: int
    problem: str
    problem_zh: str

    code = "connectors.source_unreadable"
    status = 400
    en = "Row {row} of {file} cannot be used: {problem}."
    zh = "{file} 第 {row} 行无法使用：{problem_zh}。"
    remedy_en = "Correct this row in your copy of the table and start again; nothing is doubled."
    remedy_zh = "请在数据副本中更正该行后重新开始；不会重复写入。"


@dataclass(eq=False)
class SourceChanged(Refusal):
    """A row that was imported before says something else now."""

    file: str
    row: int
    field: str

    code = "connectors.source_changed"
    en = "Row {row} of {file} was imported before with another value of {field}."
    zh = "{file} 第 {row} 行此前已导入，但 {field} 的值不同。"
    remedy_en = "What is booked stays: correct it in Zhiliu, or import into an empty data folder."
    remedy_zh = "已记账的内容不会改写：请在系统中更正，或导入到空的数据目录。"
