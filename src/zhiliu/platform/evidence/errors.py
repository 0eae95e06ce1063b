"""Named refusals of evidence."""

from dataclasses import dataclass
from datetime import datetime

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class CheckRunNotFound(Refusal):
    """No such check run, or none that the caller may see."""

    given: str

    code = "evidence.check_run_not_found"
    status = 404
    en = "There is no check run {given}."
    zh = "找不到检查记录 {given}。"
    remedy_en = "Look it up in the list of check runs."
    remedy_zh = "请在检查记录列表中查找。"


@dataclass(eq=False)
class CheckRunning(Refusal):
    """The invariants are being looked at already; a second look would find the same."""

    asked_by: str
    asked_at: datetime

    code = "evidence.check_running"
    en = "The check that {asked_by} asked for at {asked_at} has not ended yet."
    zh = "{asked_by} 于 {asked_at} 发起的检查尚未结束。"
    remedy_en = "Wait for its results. If it does not start, see that `zhiliu serve` is running."
    remedy_zh = "请等待其结果；如迟迟不开始，请确认 `zhiliu serve` 正在运行。"
