"""Decisions of inspections on plain values; each returns its refusals, the first one first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhiliu.contexts.inspections.errors import (
    AlreadyDecided,
    CountOutOfRange,
    CountTooFine,
    DefectCountWrong,
    DefectMissing,
    DefectUnknown,
    NotEveryUnitInspected,
    NothingOpen,
    PartTooLarge,
    ReasonMissing,
    ResultMissing,
    TooEarly,
    UnitsNotNamed,
)
from zhiliu.contexts.inspections.states import INSPECTION, InspectionOrigin, InspectionReason
from zhiliu.kernel.quantity import ZERO
from zhiliu.kernel.refusal import Refusal

VERDICTS = frozenset({"accept", "not_accept", "judge"})


@dataclass(frozen=True)
class InspectionFacts:
    """What the verbs ask: state, totals over all lots, and the latest result (n, d) if any."""

    number: str
    state: str
    open: Decimal
    consumed: Decimal
    inspected: Decimal | None
    nonconforming: Decimal | None
    opened_at: datetime
    result_at: datetime | None


def can(verb: str, facts: InspectionFacts) -> list[Refusal]:
    """Whether `verb` may happen to an inspection as it stands, whatever is said with it."""
    if not INSPECTION.allows(verb, facts.state):
        return [AlreadyDecided(inspection=facts.number, state=facts.state)]
    if verb == "cancel":
        return []
    found: list[Refusal] = []
    if facts.open == 0 and verb in VERDICTS:
        found.append(NothingOpen(inspection=facts.number))
    if verb in VERDICTS and facts.inspected is None:
        found.append(ResultMissing(inspection=facts.number))
    if verb == "judge" and facts.inspected is not None and facts.inspected < facts.open:
        found.append(NotEveryUnitInspected(facts.number, facts.inspected, facts.open))
    return found


def check_time(verb: str, facts: InspectionFacts, at: datetime) -> list[Refusal]:
    """Nothing happens before the inspection was opened, no verdict before its result."""
    since = facts.result_at if verb in VERDICTS and facts.result_at else facts.opened_at
    if at >= since:
        return []
    return [TooEarly(facts.number, at.isoformat(), since.isoformat())]


def check_counts(
    facts: InspectionFacts, inspected: Decimal, nonconforming: Decimal, unit: str, decimals: int
) -> list[Refusal]:
    """0 < n <= open + consumed in test, 0 <= d <= n, no finer than the unit.

    What was destroyed in test was inspected too; what is retained was put aside uninspected.
    """
    step = Decimal(1).scaleb(-decimals)
    for given in (inspected, nonconforming):
        if given % step:
            return [CountTooFine(given=given, unit=unit, decimals=decimals)]
    most = facts.open + facts.consumed
    if not (0 < inspected <= most and 0 <= nonconforming <= inspected):
        return [CountOutOfRange(facts.number, inspected, nonconforming, most)]
    return []


def check_defects(
    facts: InspectionFacts,
    nonconforming: Decimal,
    defects: Collection[tuple[str, Decimal]],
    usable: Collection[str],
) -> list[Refusal]:
    """`defects` are (code, nonconforming units that show it); one unit may show several.

    Each count lies above 0 and at most at d, each code is named once and in use, and together they
    cover all d units.
    """
    found: list[Refusal] = []
    seen: set[str] = set()
    for code, count in defects:
        if code not in usable:
            found.append(DefectUnknown(defect=code))
        if code in seen or not 0 < count <= nonconforming:
            found.append(DefectCountWrong(code, count, nonconforming))
        seen.add(code)
    named = sum((count for _, count in defects), ZERO)
    if named < nonconforming:
        found.append(DefectMissing(facts.number, nonconforming, named))
    return found


def check_correction(facts: InspectionFacts, reason: str) -> list[Refusal]:
    """A second result corrects the first, and says why."""
    if facts.inspected is None or reason.strip():
        return []
    return [ReasonMissing(act="correct a result")]


def check_not_accept(facts: InspectionFacts, reason: str) -> list[Refusal]:
    """Not accepting goods in which nothing nonconforming was found needs a reason."""
    if facts.nonconforming or reason.strip():
        return []
    return [ReasonMissing(act="not accept goods without a nonconforming unit")]


def check_named(
    facts: InspectionFacts, named: Mapping[str, Decimal], open_by_lot: Mapping[str, Decimal]
) -> list[Refusal]:
    """The units taken out are those found: d of them, less at most what was destroyed in test.

    `named` and `open_by_lot` are by lot number.
    """
    found: list[Refusal] = []
    for lot, quantity in named.items():
        if quantity > open_by_lot[lot]:
            found.append(PartTooLarge(lot=lot, named=quantity, open=open_by_lot[lot]))
    most = facts.nonconforming or ZERO
    least = max(most - facts.consumed, ZERO)
    total = sum(named.values(), ZERO)
    if not least <= total <= most:
        found.append(UnitsNotNamed(facts.number, total, least, most))
    return found


def reason_of(origin: InspectionOrigin) -> InspectionReason:
    """Only a receipt is a supplier's first submission of these goods.

    What a customer returned, what was merged or regraded was inspected before; of what was found
    nobody knows. None of them may feed the supplier's sampling state (ISO 2859-1:1999, 9.3).
    """
    is_first = origin is InspectionOrigin.RECEIPT
    return InspectionReason.ORIGINAL if is_first else InspectionReason.REINSPECTION
