"""Named refusals of numbering."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class RangeMissing(Refusal):
    """No number range was opened for this kind of document in this company."""

    kind: str

    code = "numbering.range_missing"
    en = "There is no number range for {kind} in this company."
    zh = "本公司没有 {kind} 的编号范围。"
    remedy_en = "Ask an administrator to open the number range."
    remedy_zh = "请管理员开设该编号范围。"
