"""How strictly the next lot is inspected: a state machine on plain values.

Source: ISO 2859-1:1999 clause 9 (GB/T 2828.1-2012 clause 9). What happens after an outcome depends
on the state at that moment, in the order in which inspections were decided; a change holds from
the next lot on. Three things are ours and not the standard's:

- MIL-STD-105E / ANSI Z1.4 moves only between normal and tightened here: its road to reduced (ten
  accepted lots under a limit number) and its end of inspection are not built;
- skip-lot is a small table of parameters (SkipLot), not ISO 2859-3, and not offered under `mil`;
- plans without AQL (every unit, or a fixed number with Ac 0) know no severities: skip-lot only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from zhiliu.contexts.inspections.errors import NotDiscontinued
from zhiliu.contexts.inspections.states import SamplingStatus, Scheme
from zhiliu.kernel.refusal import Refusal

REDUCED_FROM_SCORE: Final = 30  # 9.3.3.1 b)
WINDOW, MOST_FAILED = 5, 2  # 9.3.1: two of five or fewer
NORMAL_AFTER: Final = 5  # 9.3.2: accepted in a row
DISCONTINUED_AFTER: Final = 5  # 9.4: not accepted, cumulatively

ACCEPTED, FAILED = "a", "n"


class SwitchReason(StrEnum):
    """Why a sampling state changed; REASONS has its sentences."""

    TWO_OF_FIVE = "two_of_five_not_accepted"
    FIVE_ACCEPTED = "five_accepted_on_tightened"
    FIVE_FAILED = "five_not_accepted_on_tightened"
    IMPROVED = "supplier_improved"
    SCORE_REACHED = "score_reached"
    FAILED_ON_REDUCED = "not_accepted_on_reduced"
    IRREGULAR = "production_irregular"
    SKIP_EARNED = "skip_earned"
    FAILED_ON_SKIP = "not_accepted_on_skip"
    NOT_IN_PLAN = "not_in_plan"


REASONS: Final[Mapping[SwitchReason, tuple[str, str]]] = {
    SwitchReason.TWO_OF_FIVE: (
        "Two of at most five lots in a row were not accepted on normal inspection: tightened.",
        "正常检验时，连续五批以内有两批不接收：转为加严检验。",
    ),
    SwitchReason.FIVE_ACCEPTED: (
        "Five lots in a row were accepted on tightened inspection: normal again.",
        "加严检验时，连续五批接收：恢复正常检验。",
    ),
    SwitchReason.FIVE_FAILED: (
        "Five lots were not accepted on tightened inspection: inspection is discontinued until "
        "the supplier has improved.",
        "加严检验时，累计五批不接收：停止检验，待供应商改进后再恢复。",
    ),
    SwitchReason.IMPROVED: (
        "The supplier has improved: inspection goes on, tightened.",
        "供应商已改进：恢复检验，执行加严检验。",
    ),
    SwitchReason.SCORE_REACHED: (
        "The switching score reached 30 and production is steady: reduced.",
        "转移得分达到 30 且生产稳定：转为放宽检验。",
    ),
    SwitchReason.FAILED_ON_REDUCED: (
        "A lot was not accepted on reduced inspection: normal again.",
        "放宽检验时有一批不接收：恢复正常检验。",
    ),
    SwitchReason.IRREGULAR: (
        "Production is no longer declared steady: normal again.",
        "生产不再稳定：恢复正常检验。",
    ),
    SwitchReason.SKIP_EARNED: (
        "Enough lots in a row were accepted: only some lots are inspected.",
        "连续接收的批数已达要求：转为跳批检验。",
    ),
    SwitchReason.FAILED_ON_SKIP: (
        "A lot was not accepted: every lot is inspected again.",
        "跳批检验时有一批不接收：恢复逐批检验。",
    ),
    SwitchReason.NOT_IN_PLAN: (
        "The inspection plan no longer leads to reduced inspection or skipped lots: normal again.",
        "检验方案已不再采用放宽检验或跳批检验：恢复正常检验。",
    ),
}


@dataclass(frozen=True)
class SkipLot:
    """When lots are skipped: after so many original acceptances in a row, one lot in so many."""

    after_accepted: int = 10
    one_in: int = 3


@dataclass(frozen=True)
class StateFacts:
    """Where material x supplier x class stands.

    `score`: the switching score, counted on normal inspection up to the 30 that are asked for.
    `accepted_run`: original lots accepted in a row, under whatever status. `recent`: the last
    outcomes since normal inspection began, newest last, "a" or "n", at most five.
    `tightened_failures`: lots not accepted since tightened inspection began, counted up to the five
    that end it. `is_steady`: production is declared steady and reduced inspection authorised
    (9.3.3.1 c and d).
    """

    status: SamplingStatus = SamplingStatus.NORMAL
    score: int = 0
    accepted_run: int = 0
    recent: str = ""
    tightened_failures: int = 0
    is_steady: bool = False


@dataclass(frozen=True)
class Outcome:
    """The verdict on a lot.

    `is_original`: submitted for the first time. `passes_tighter`: whether it would also have been
    accepted with the AQL one step tighter; None when Ac is 0 or 1 (rules.passes_tighter).
    """

    is_original: bool
    accepted: bool
    passes_tighter: bool | None = None


@dataclass(frozen=True)
class Step:
    """The facts for the next lot, and why the status changed (None: it did not)."""

    facts: StateFacts
    reason: SwitchReason | None = None


def after(facts: StateFacts, outcome: Outcome, *, scheme: str, skip: SkipLot | None = None) -> Step:
    """Where the state stands after a verdict; `skip` is None where the plan forbids skipping.

    Lots that are resubmitted change nothing (9.3), nor does a verdict while inspection is
    discontinued: only `after_improvement` ends that (9.4).
    """
    if not outcome.is_original or facts.status == SamplingStatus.DISCONTINUED:
        return Step(facts)
    fits = _fits(facts.status, scheme, skip)
    if not fits:
        facts = _begun(facts, SamplingStatus.NORMAL)
    run = facts.accepted_run + 1 if outcome.accepted else 0
    step = _after_lot(replace(facts, accepted_run=run), outcome, scheme, skip)
    return step if fits or step.reason else replace(step, reason=SwitchReason.NOT_IN_PLAN)


def _after_lot(facts: StateFacts, outcome: Outcome, scheme: str, skip: SkipLot | None) -> Step:
    match facts.status:
        case SamplingStatus.TIGHTENED:
            return _after_tightened(facts, outcome, scheme)
        case SamplingStatus.REDUCED if not outcome.accepted:
            return Step(_begun(facts, SamplingStatus.NORMAL), SwitchReason.FAILED_ON_REDUCED)
        case SamplingStatus.NORMAL | SamplingStatus.SKIP:
            facts = _counted(facts, outcome, scheme)
    if _knows_severity(scheme) and facts.recent.count(FAILED) >= MOST_FAILED:
        return Step(_begun(facts, SamplingStatus.TIGHTENED), SwitchReason.TWO_OF_FIVE)
    if facts.status == SamplingStatus.SKIP:
        if outcome.accepted:
            return Step(facts)
        return Step(replace(facts, status=SamplingStatus.NORMAL), SwitchReason.FAILED_ON_SKIP)
    if skip and scheme != Scheme.MIL and facts.accepted_run >= skip.after_accepted:
        return Step(replace(facts, status=SamplingStatus.SKIP), SwitchReason.SKIP_EARNED)
    return _reduced_if_earned(facts, scheme)


def after_steadiness(facts: StateFacts, *, is_steady: bool, scheme: str) -> Step:
    """Production is declared steady and reduced inspection authorised, or no longer.

    Source: 9.3.3.1 c) and d), 9.3.4 b). With the score already reached the first leads to reduced
    inspection, the second away from it.
    """
    facts = replace(facts, is_steady=is_steady)
    if facts.status == SamplingStatus.REDUCED and not is_steady:
        return Step(_begun(facts, SamplingStatus.NORMAL), SwitchReason.IRREGULAR)
    return _reduced_if_earned(facts, scheme)


def can_resume(material: str, supplier: str, severity_class: str, status: str) -> list[Refusal]:
    """Only what was discontinued goes on anew (9.4)."""
    if status == SamplingStatus.DISCONTINUED:
        return []
    return [NotDiscontinued(material, supplier, severity_class, status)]


def after_improvement(facts: StateFacts) -> Step:
    """The supplier has improved: discontinued inspection goes on as tightened (9.4)."""
    if facts.status != SamplingStatus.DISCONTINUED:
        return Step(facts)
    return Step(_begun(facts, SamplingStatus.TIGHTENED), SwitchReason.IMPROVED)


def must_inspect(draw: int, skip: SkipLot) -> bool:
    """Whether a lot under skip-lot is inspected; `draw` is drawn evenly from 0 to one_in - 1.

    The caller draws it unpredictably and records it, so that nobody can know beforehand which lot
    is looked at.
    """
    if not 0 <= draw < skip.one_in:
        raise ValueError(f"the draw {draw} is not from 0 to {skip.one_in - 1}")
    return draw == 0


def severity_of(status: SamplingStatus) -> str:
    """Under which table a lot is inspected: a skip-lot's inspected lots are normal ones.

    What is still inspected of a discontinued supplier is inspected tightened.
    """
    match status:
        case SamplingStatus.SKIP:
            return SamplingStatus.NORMAL
        case SamplingStatus.DISCONTINUED:
            return SamplingStatus.TIGHTENED
        case _:
            return status


def _fits(status: SamplingStatus, scheme: str, skip: SkipLot | None) -> bool:
    """Whether the plan, which may have changed meanwhile, still leads to this status."""
    if status == SamplingStatus.REDUCED:
        return scheme == Scheme.ISO
    return status != SamplingStatus.SKIP or (skip is not None and scheme != Scheme.MIL)


def _knows_severity(scheme: str) -> bool:
    return scheme in (Scheme.ISO, Scheme.MIL)


def _begun(facts: StateFacts, status: SamplingStatus) -> StateFacts:
    """A status entered anew: its counts begin with the next lot."""
    return replace(facts, status=status, score=0, recent="", tightened_failures=0)


def _after_tightened(facts: StateFacts, outcome: Outcome, scheme: str) -> Step:
    if outcome.accepted:
        if facts.accepted_run < NORMAL_AFTER:
            return Step(facts)
        return Step(_begun(facts, SamplingStatus.NORMAL), SwitchReason.FIVE_ACCEPTED)
    failures = min(facts.tightened_failures + 1, DISCONTINUED_AFTER)  # MIL goes on for ever
    facts = replace(facts, tightened_failures=failures)
    if failures < DISCONTINUED_AFTER or scheme != Scheme.ISO:
        return Step(facts)
    return Step(replace(facts, status=SamplingStatus.DISCONTINUED), SwitchReason.FIVE_FAILED)


def _counted(facts: StateFacts, outcome: Outcome, scheme: str) -> StateFacts:
    """A lot of normal inspection: the window of 9.3.1 and the switching score of 9.3.3.2.

    The score stops at 30. The standard names no highest one, but asks only whether 30 are reached
    (9.3.3.1 b) and lets it fall only to 0, so no decision changes; without the flag for steady
    production it would grow with every lot for as long as the supplier is good.
    """
    recent = (facts.recent + (ACCEPTED if outcome.accepted else FAILED))[-WINDOW:]
    score = 0
    if scheme == Scheme.ISO and outcome.accepted and outcome.passes_tighter is not False:
        score = min(facts.score + (3 if outcome.passes_tighter else 2), REDUCED_FROM_SCORE)
    return replace(facts, recent=recent, score=score)


def _reduced_if_earned(facts: StateFacts, scheme: str) -> Step:
    earned = (
        scheme == Scheme.ISO
        and facts.status == SamplingStatus.NORMAL
        and facts.is_steady
        and facts.score >= REDUCED_FROM_SCORE
    )
    if not earned:
        return Step(facts)
    return Step(replace(facts, status=SamplingStatus.REDUCED), SwitchReason.SCORE_REACHED)
