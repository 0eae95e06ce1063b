"""Refusals of the sampling tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class SamplingValueUnknown(Refusal):
    """No sampling table has this value; `what` names the argument as the API and commands do."""

    what: str
    given: object
    allowed: Sequence[str]

    code = "inspections.sampling_value_unknown"
    words = WORDS
    en = "The sampling tables know no {what} {given}."
    zh = "抽样表中没有{what:zh} {given}。"
    remedy_en = "Use one of: {allowed}."
    remedy_zh = "可用：{allowed}。"

    def __post_init__(self) -> None:
        text = str(self.given)
        self.given = text if len(text) <= 40 else f"{text[:40]}…"
