"""Decisions on plain values; each returns its refusals, the first one first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiliu.contexts.nonconformance.errors import (
    AlreadyPosted,
    ConcessionOver,
    ConcessionTooLarge,
    KindNotAllowed,
    KindNotPossible,
    NoConcessionNeeded,
    NothingLeft,
    NothingToCarryOut,
    NothingToReturn,
    NotInState,
    OwnInspection,
    StillOpen,
    StillWaiting,
)
from zhiliu.contexts.nonconformance.states import (
    CARRIED_OUT,
    CONCEDED,
    DISPOSITION,
    REPORT,
    DispositionKind,
    ReportState,
)
from zhiliu.kernel.money import Money
from zhiliu.kernel.refusal import Refusal


@dataclass(frozen=True)
class ReportFacts:
    """What the verbs of a report ask: its totals over all lots, and its dispositions by number.

    `waiting` are decided and not done, by `posted` stock was posted. `inspectors` are all who
    recorded or decided in the inspections behind the report.
    """

    number: str
    state: str
    open: Decimal
    waiting: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    inspectors: frozenset[UUID] = frozenset()
    inspections: str = ""


def can(verb: str, facts: ReportFacts, actor_id: UUID | None = None) -> list[Refusal]:
    """Whether `verb` may happen to a report as it stands, whatever is said with it.

    Who inspected may not dispose (DESIGN.md section 4.5; ISO 9001:2015, 8.7.1).
    """
    if verb == "close" and facts.state == ReportState.OPEN:
        return [StillOpen(report=facts.number, open=facts.open)]
    if not REPORT.allows(verb, facts.state):
        return [NotInState(what="report", number=facts.number, state=facts.state)]
    if verb == "close" and facts.waiting:
        return [StillWaiting(report=facts.number, dispositions=", ".join(facts.waiting))]
    if verb == "reopen" and facts.posted:
        return [AlreadyPosted(number=facts.number, dispositions=", ".join(facts.posted))]
    if verb == "dispose" and actor_id in facts.inspectors:
        return [OwnInspection(report=facts.number, inspection=facts.inspections)]
    return []


@dataclass(frozen=True)
class LotFacts:
    """What a disposition asks of the lot that it is for."""

    lot: str
    open: Decimal
    has_supplier: bool
    is_serial: bool


def check_disposition(
    kind: DispositionKind, facts: LotFacts, wanted: Decimal, *, has_target: bool
) -> list[Refusal]:
    """Whether so much of a lot may be disposed of so."""
    if not 0 < wanted <= facts.open:
        return [NothingLeft(lot=facts.lot, wanted=wanted, open=facts.open)]
    problem = None
    if kind is DispositionKind.RETURN_TO_VENDOR and not facts.has_supplier:
        problem = ("it came from no single supplier", "没有唯一的供应商")
    if kind is DispositionKind.REGRADE and facts.is_serial:
        problem = ("serials are not regraded", "序列号物料不能降级")
    if (kind is DispositionKind.REGRADE) != has_target:
        problem = (
            "a regrade, and nothing else, names the material that the goods become",
            "降级须指明目标物料，其他处置不得指明",
        )
    if problem is None:
        return []
    return [KindNotPossible(kind, facts.lot, *problem)]


def check_allowed(report: str, kind: DispositionKind, kinds: Collection[str]) -> list[Refusal]:
    """Whether the table of allowed dispositions lets a report be disposed of so."""
    if kind in kinds:
        return []
    return [KindNotAllowed(report=report, kind=kind, kinds=tuple(kinds))]


@dataclass(frozen=True)
class DispositionFacts:
    """What the verbs of a disposition ask."""

    number: str
    kind: DispositionKind
    state: str
    posted: Decimal
    is_carried_out: bool
    has_concession: bool


_INSTEAD = {
    DispositionKind.USE_AS_IS: ("have its concession approved", "请批准其让步单"),
    DispositionKind.SORT: ("its inspection judges every unit", "由其检验单逐件判定"),
    DispositionKind.RETURN_TO_VENDOR: ("send the goods back with it as voucher", "请凭其办理退供"),
    DispositionKind.REGRADE: ("it was posted when it was decided", "决定时已过账"),
}


def can_disposition(verb: str, facts: DispositionFacts) -> list[Refusal]:
    """Whether `verb` may happen to a disposition.

    It is carry_out, cancel, approve_concession, or return_goods, by which goods leave for their
    supplier with the disposition as voucher.
    """
    if verb == "cancel" and facts.posted > 0:
        return [AlreadyPosted(number=facts.number, dispositions=facts.number)]
    asked = "complete" if verb in ("approve_concession", "return_goods") else verb
    if not DISPOSITION.allows(asked, facts.state):
        return [NotInState(what="disposition", number=facts.number, state=facts.state)]
    if verb == "carry_out" and facts.kind not in CARRIED_OUT:
        return [NothingToCarryOut(facts.number, *_INSTEAD[facts.kind])]
    if verb == "carry_out" and facts.is_carried_out:
        instead = ("it is carried out already and waits for the inspection", "已执行，等待检验判定")
        return [NothingToCarryOut(facts.number, *instead)]
    if verb == "return_goods" and facts.kind is not DispositionKind.RETURN_TO_VENDOR:
        return [NothingToReturn(facts.number, facts.kind)]
    if verb == "approve_concession" and (facts.kind not in CONCEDED or facts.has_concession):
        return [NoConcessionNeeded(facts.number, facts.kind)]
    return []


def check_concession(
    disposition: str,
    most: Decimal,
    wanted: Decimal,
    unit: tuple[str, int],
    until: datetime,
    at: datetime,
) -> list[Refusal]:
    """A concession covers at most the disposition's quantity and ends after it begins."""
    code, decimals = unit
    if not 0 < wanted <= most or wanted % Decimal(1).scaleb(-decimals):
        return [ConcessionTooLarge(disposition, wanted, most, code)]
    if until <= at:
        return [ConcessionOver(until=until, at=at)]
    return []


def shares(quantity: Decimal, lots: Collection[Decimal]) -> list[Decimal]:
    """How much of a concession each of several lots gets, the first lots first."""
    left, found = quantity, []
    for of_lot in lots:
        found.append(min(left, of_lot))
        left -= found[-1]
    return found


def estimate(costs: Iterable[tuple[Fraction, str] | None]) -> Money | None:
    """The sum of what the lots cost, rounded once, half-even, to 6 decimals.

    None when a lot has no price, or they are in several currencies: unknown is not zero, and
    nothing converts currencies.
    """
    known = list(costs)
    priced = [cost for cost in known if cost is not None]
    currencies = {currency for _, currency in priced}
    if len(priced) < len(known) or len(currencies) != 1:
        return None
    return Money(rounded(sum((cost for cost, _ in priced), Fraction(0))), currencies.pop())


def rounded(amount: Fraction) -> Decimal:
    """An exact amount at the 6 decimals of money, half-even, whatever its size."""
    return Decimal(round(amount * 10**6)).scaleb(-6)
