"""Refusals of printing what an inspection found."""

from dataclasses import dataclass

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class NotDecided(Refusal):
    """A report tells a verdict, and this inspection has none."""

    inspection: str
    state: str

    code = "inspections.not_decided"
    words = WORDS
    en = "Inspection {inspection} is {state}: without a verdict there is nothing to report."
    zh = "检验单 {inspection} 的状态为{state:zh}，没有判定，无法出具检验报告。"
    remedy_en = "Give the verdict first, or print the report of the lot's other inspection."
    remedy_zh = "请先作判定，或打印该批次另一检验单的报告。"
