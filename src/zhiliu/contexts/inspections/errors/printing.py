"""Refusals of printing what an inspection found."""

from dataclasses import dataclass, field

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class NotDecided(Refusal):
    """A report tells a verdict, and this inspection has none."""

    inspection: str
    state: str
    state_zh: str = field(init=False)

    code = "inspections.not_decided"
    en = "Inspection {inspection} is {state}: without a verdict there is nothing to report."
    zh = "检验单 {inspection} 的状态为{state_zh}，没有判定，无法出具检验报告。"
    remedy_en = "Give the verdict first, or print the report of the lot's other inspection."
    remedy_zh = "请先作判定，或打印该批次另一检验单的报告。"

    def __post_init__(self) -> None:
        self.state_zh = WORDS[self.state]
