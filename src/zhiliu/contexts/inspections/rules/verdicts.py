"""Decisions of inspections on plain values; each returns its refusals, the first one first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
    EveryUnitCounted,
    FewerThanRead,
    NoPlan,
    NotDecided,
    NotEveryUnitInspected,
    NothingOpen,
    PartTooLarge,
    PlanFollowed,
    PositionUnknown,
    ReasonMissing,
    RejectionReached,
    ResultMissing,
    SampleIncomplete,
    SampleTaken,
    TooEarly,
    UnitsNotNamed,
)
from zhiliu.contexts.inspections.rules.samples import SampleFacts
from zhiliu.contexts.inspections.states import (
    INSPECTION,
    CountingBasis,
    InspectionOrigin,
    InspectionReason,
    InspectionState,
)
from zhiliu.kernel.quantity import ZERO
from zhiliu.kernel.refusal import Refusal

VERDICTS = frozenset({"accept", "not_accept", "judge"})
SAMPLED = frozenset({"record_readings", "count_characteristic"})


@dataclass(frozen=True)
class Defect:
    """A defect code and how many of the nonconforming units show it, in the stock unit; where
    nonconformities are counted, how often it was found.

    `position` is the code of the place on the part, or empty.
    """

    code: str
    count: Decimal
    position: str = ""


@dataclass(frozen=True)
class InspectionFacts:
    """What the verbs ask: state, totals over all lots, and the latest result (n, d) if any.

    `follows_plan`: its samples decide; `is_counted_whole`: every unit was counted instead.
    """

    number: str
    state: str
    open: Decimal
    consumed: Decimal
    inspected: Decimal | None
    nonconforming: Decimal | None
    opened_at: datetime
    result_at: datetime | None
    follows_plan: bool = False
    is_counted_whole: bool = False


def can(verb: str, facts: InspectionFacts) -> list[Refusal]:
    """Whether `verb` may happen to an inspection as it stands, whatever is said with it."""
    if not INSPECTION.allows(verb, facts.state):
        return [AlreadyDecided(inspection=facts.number, state=facts.state)]
    if verb == "cancel":
        return []
    found: list[Refusal] = []
    if verb in SAMPLED and not facts.follows_plan:
        found.append(NoPlan(inspection=facts.number))
    if verb in SAMPLED and facts.is_counted_whole:
        found.append(EveryUnitCounted(inspection=facts.number))
    is_gone = facts.open == 0 and (verb == "judge" or facts.consumed == 0)
    if is_gone and verb in VERDICTS:  # what was destroyed whole in test is accepted or not
        found.append(NothingOpen(inspection=facts.number))
    if verb in VERDICTS and facts.inspected is None:
        found.append(ResultMissing(inspection=facts.number))
    if verb == "judge" and not facts.follows_plan and facts.inspected is not None:
        found += _check_every_unit(facts, facts.inspected)
    return found


def _check_every_unit(facts: InspectionFacts, inspected: Decimal) -> list[Refusal]:
    if inspected >= facts.open:
        return []
    return [NotEveryUnitInspected(facts.number, inspected, facts.open)]


def can_print(inspection: str, state: str) -> list[Refusal]:
    """A report tells a decision, so there is none before it."""
    if state not in (InspectionState.OPEN, InspectionState.CANCELLED):
        return []
    return [NotDecided(inspection=inspection, state=state)]


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


def check_units(
    facts: InspectionFacts,
    inspected: Decimal,
    nonconforming: Decimal,
    most: int,
    counts: Iterable[Decimal],
) -> list[Refusal]:
    """A counted characteristic: whole units, 0 < n <= those of its sample, 0 <= d <= n, and whole
    `counts` of its defects."""
    for given in (inspected, nonconforming, *counts):
        if given % 1:
            return [CountTooFine(given=given, unit="units", decimals=0)]
    if not (0 < inspected <= most and 0 <= nonconforming <= inspected):
        return [CountOutOfRange(facts.number, inspected, nonconforming, Decimal(most))]
    return []


def check_whole(
    facts: InspectionFacts, inspected: Decimal, nonconforming: Decimal, found: Decimal
) -> list[Refusal]:
    """Under a plan the whole is counted only unit by unit, and finds what readings `found`."""
    if not facts.follows_plan:
        return []
    if inspected < facts.open:
        return [PlanFollowed(facts.number, inspected, facts.open)]
    if nonconforming < min(found, inspected):
        return [FewerThanRead(facts.number, nonconforming, found)]
    return []


def check_samples(
    verb: str, facts: InspectionFacts, samples: Sequence[tuple[str, SampleFacts]], lot_size: int
) -> list[Refusal]:
    """Whether the samples of a plan, each with its name, allow a verdict.

    ISO 2859-1:1999 clauses 11.1.1 and 5: the lot is acceptable when each class is, below its Re.
    `judge` releases the good units of a lot of which every unit was looked at: a sample that is
    not the whole lot must then be acceptable itself.
    """
    if verb == "judge" and facts.is_counted_whole:
        return []
    asked = [(name, s) for name, s in samples if verb != "judge" or s.to_inspect < lot_size]
    rejected = [(name, s) for name, s in asked if s.is_rejected]
    if rejected:
        return [RejectionReached(facts.number, *_listed(rejected))]
    missing = [(name, s) for name, s in samples if s.missing]
    if missing:
        return [SampleIncomplete(facts.number, *_missing(missing))]
    if verb == "judge" and len(asked) == len(samples):
        return [NotEveryUnitInspected(facts.number, facts.inspected or ZERO, facts.open)]
    return []


def is_override(verb: str, facts: InspectionFacts, samples: Iterable[SampleFacts]) -> bool:
    """True of a verdict against what was counted: not accepting, under a plan, what it lets pass.

    A plan says not accept once a sample has reached its Re (with Ac 0, as at 100 %, by the first
    nonconforming unit). Where every unit was counted instead of the samples, that was 100 %
    inspection: any nonconforming unit says it.
    """
    if verb != "not_accept" or not facts.follows_plan:
        return False
    is_bad = bool(facts.is_counted_whole and facts.nonconforming)
    return not is_bad and not any(sample.is_rejected for sample in samples)


def check_sample(
    inspection: str,
    needed: Decimal,
    taken: Decimal,
    quantity: Decimal,
    kept: Decimal,
    reason: str,
) -> list[Refusal]:
    """Whether so much more goes to the laboratory: what the plan needs, beside what is kept, or
    more with a reason."""
    if quantity > 0 and (taken + quantity <= needed + kept or reason.strip()):
        return []
    return [SampleTaken(inspection, needed, taken)]


def _listed(samples: Sequence[tuple[str, SampleFacts]]) -> tuple[str, str]:
    return (
        "; ".join(f"{name}: {s.found} found, Ac {s.accept}, Re {s.reject}" for name, s in samples),
        "；".join(f"{name}：不合格 {s.found}，Ac {s.accept}，Re {s.reject}" for name, s in samples),
    )


def _missing(samples: Sequence[tuple[str, SampleFacts]]) -> tuple[str, str]:
    return (
        "; ".join(f"{name}: {s.missing} of {s.cells}" for name, s in samples),
        "；".join(f"{name}：{s.cells} 项中缺 {s.missing} 项" for name, s in samples),
    )


def check_defects(
    facts: InspectionFacts,
    nonconforming: Decimal,
    defects: Collection[Defect],
    usable: Collection[str],
    usable_positions: Collection[str] = (),
    basis: str = CountingBasis.NONCONFORMING_UNITS,
) -> list[Refusal]:
    """One unit may show several defects.

    Each count lies above 0 and at most at d, each code is named once a position, both are in use,
    and together they cover all d units. On the basis of nonconformities each one counts, and a
    unit may have many of a code (ISO 2859-1:1999 clause 3.1.9), so a count may exceed d.
    """
    found: list[Refusal] = []
    seen: set[tuple[str, str]] = set()
    counts_each = basis == CountingBasis.NONCONFORMITIES and nonconforming > 0
    for defect in defects:
        key, count = (defect.code, defect.position), defect.count
        if defect.code not in usable:
            found.append(DefectUnknown(defect=defect.code))
        if defect.position and defect.position not in usable_positions:
            found.append(PositionUnknown(position=defect.position))
        if key in seen or count <= 0 or (count > nonconforming and not counts_each):
            found.append(DefectCountWrong(defect.code, count, nonconforming))
        seen.add(key)
    named = sum((defect.count for defect in defects), ZERO)
    if named < nonconforming:
        found.append(DefectMissing(facts.number, nonconforming, named))
    return found


def check_correction(earlier: int, reason: str) -> list[Refusal]:
    """A second result corrects the first, and says why."""
    if not earlier or reason.strip():
        return []
    return [ReasonMissing(act="correct a result")]


def check_not_accept(facts: InspectionFacts, reason: str, *, is_due: bool = False) -> list[Refusal]:
    """Not accepting goods in which nothing nonconforming was found needs a reason; under a plan
    it does unless that is due by what was counted (is_override)."""
    if reason.strip() or is_due or (facts.nonconforming and not facts.follows_plan):
        return []
    if facts.follows_plan and not facts.is_counted_whole:
        return [ReasonMissing(act="not accept goods before Re is reached")]
    return [ReasonMissing(act="not accept goods without a nonconforming unit")]


def check_named(
    facts: InspectionFacts,
    named: Mapping[str, Decimal],
    open_by_lot: Mapping[str, Decimal],
    certain: Decimal | None = None,
) -> list[Refusal]:
    """The units taken out are those found: d of them, less at most what was destroyed in test.

    `named` and `open_by_lot` are by lot number. `certain` is how many of the d are surely different
    units, where characteristics were counted and may have found the same ones; else all are.
    """
    found: list[Refusal] = []
    for lot, quantity in named.items():
        if quantity > open_by_lot[lot]:
            found.append(PartTooLarge(lot=lot, named=quantity, open=open_by_lot[lot]))
    most = facts.nonconforming or ZERO
    least = max((most if certain is None else certain) - facts.consumed, ZERO)
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
