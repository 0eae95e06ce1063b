"""Named refusals of rules."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class Undecided(Refusal):
    """The table has no answer: no row fits, an input is missing or of the wrong type."""

    table: str
    why: str
    why_zh: str

    code = "rules.undecided"
    en = "The rule table {table} has no answer here: {why}."
    zh = "规则表 {table} 对此没有结论：{why_zh}。"
    remedy_en = "Correct the facts it is asked with, or ask quality to complete the table."
    remedy_zh = "请更正所给条件，或请质量部门补全规则表。"


@dataclass(eq=False)
class NotFound(Refusal):
    """There is no such rule table, or no such version of it."""

    table: str

    code = "rules.not_found"
    status = 404
    en = "There is no rule table {table}."
    zh = "找不到规则表 {table}。"
    remedy_en = "Look its code up in the list of rule tables."
    remedy_zh = "请在规则表列表中查找其编码。"


@dataclass(eq=False)
class BrokenTable(Refusal):
    """A decision table that must not be used: start-up ends with this sentence."""

    table: str
    why: str

    code = "rules.broken_table"
    en = "The rule table {table} cannot be used: {why}."
    zh = "规则表 {table} 无法使用：{why}。"
    remedy_en = "Correct the table's file, or install the build again, and start anew."
    remedy_zh = "请更正规则表文件或重新安装本版本后再启动。"
