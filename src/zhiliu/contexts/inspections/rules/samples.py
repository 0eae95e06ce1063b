"""How many units of a lot are looked at, and where a sample stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final
from uuid import UUID

from zhiliu.contexts.inspections.rules.readings import Characteristic
from zhiliu.contexts.inspections.rules.sampling import SinglePlan, passes_tighter, plan_for
from zhiliu.contexts.inspections.rules.switching import Outcome, severity_of
from zhiliu.contexts.inspections.states import SamplingStatus, Scheme

BY_AQL: Final = frozenset({Scheme.ISO, Scheme.MIL})


@dataclass(frozen=True, slots=True)
class Sampling:
    """How one class of a plan version, or one characteristic with a sampling of its own, is
    sampled. `entered` is how many characteristics of it are read of each unit."""

    severity_class: str
    characteristic_id: UUID | None
    scheme: str
    level: str
    aql: Decimal | None
    fixed_n: int | None
    basis: str
    may_skip: bool
    entered: int

    @property
    def has_state(self) -> bool:
        """Whether lots that were inspected so say anything about the next one."""
        return self.scheme in BY_AQL or self.may_skip


@dataclass(frozen=True)
class PlanContent:
    """An approved plan version, which never changes: what is sampled how, and what is read."""

    version_id: UUID
    plan: str
    version_no: int
    samplings: tuple[Sampling, ...]
    characteristics: Mapping[str, Characteristic]

    @property
    def stated_classes(self) -> dict[str, Sampling]:
        """The sampling that moves the state of each class: its own, else a characteristic's."""
        found: dict[str, Sampling] = {}
        for sampling in self.samplings:  # those of classes come first
            if sampling.has_state:
                found.setdefault(sampling.severity_class, sampling)
        return found


@dataclass(frozen=True, slots=True)
class SampleSize:
    """n, Ac and Re of one sample of a lot; `to_inspect` is n, or the lot where it is smaller."""

    severity: str
    code_letter: str
    plan_letter: str
    sample_size: int
    to_inspect: int
    accept: int
    reject: int


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """Where the sample of a class, or of one characteristic, stands: `read` of `cells` readings,
    `found` against Ac and Re."""

    severity_class: str
    characteristic_id: UUID | None
    scheme: str
    aql: Decimal | None
    severity: str
    plan_letter: str
    to_inspect: int
    accept: int
    reject: int
    cells: int
    read: int
    found: int

    def moved(self, found: int, read: int) -> "SampleFacts":
        """The sample after `found` more nonconforming and `read` more readings."""
        return replace(self, found=self.found + found, read=self.read + read)

    def told(self, characteristic: str | None) -> dict[str, Any]:
        """As events tell it."""
        return {
            "severity_class": self.severity_class,
            "characteristic": characteristic,
            "found": self.found,
            "accept": self.accept,
            "reject": self.reject,
            "missing": self.missing,
        }

    @property
    def missing(self) -> int:
        """How many readings are still to come."""
        return self.cells - self.read

    @property
    def is_rejected(self) -> bool:
        """Re is reached; whatever is read after that changes nothing."""
        return self.found >= self.reject

    @property
    def is_acceptable(self) -> bool:
        """Complete, and below Re. Under MIL reduced d may lie between Ac and Re: accepted."""
        return self.missing == 0 and not self.is_rejected


def units_of(quantity: Decimal) -> int:
    """The size of a lot in units: its quantity in the stock unit, a started unit is one."""
    return max(int(quantity.to_integral_value(ROUND_CEILING)), 1)


def size_sample(sampling: Sampling, lot_size: int, status: SamplingStatus) -> SampleSize:
    """The sample of a lot under the state of its class."""
    if sampling.scheme in BY_AQL:
        assert sampling.aql is not None
        severity = severity_of(status)
        if severity == SamplingStatus.REDUCED and sampling.scheme == Scheme.MIL:
            severity = SamplingStatus.NORMAL  # the plan has left ISO since reduced was earned
        plan = plan_for(lot_size, sampling.level, sampling.aql, severity, sampling.scheme)
        return SampleSize(
            str(severity),
            plan.code_letter,
            plan.plan_letter,
            plan.sample_size,
            plan.units_to_inspect,
            plan.accept,
            plan.reject,
        )
    n = lot_size if sampling.scheme == Scheme.FULL else sampling.fixed_n or 0
    return SampleSize("", "", "", n, min(n, lot_size), 0, 1)


def outcome_of(samples: Sequence[SampleFacts]) -> Outcome | None:
    """What the samples of one class say about the lot, for the switching rules.

    Not accepted as soon as one has reached Re, accepted when all are complete below it, None when
    the reading stopped before either. The step tighter is looked up for the class's own sample.
    """
    if any(sample.is_rejected for sample in samples):
        return Outcome(is_original=True, accepted=False)
    if not all(sample.is_acceptable for sample in samples):
        return None
    first = samples[0]
    tighter = None
    if first.scheme in BY_AQL:
        assert first.aql is not None
        plan = SinglePlan(
            first.plan_letter,
            first.plan_letter,
            first.to_inspect,
            first.accept,
            first.reject,
            full_inspection=False,
            units_to_inspect=first.to_inspect,
        )
        tighter = passes_tighter(plan, first.aql, first.severity, first.scheme, first.found)
    return Outcome(is_original=True, accepted=True, passes_tighter=tighter)


def entered_of(characteristics: list[Characteristic], severity_class: str) -> int:
    """How many characteristics of a class are read of each unit of the class's sample."""
    return sum(
        1
        for c in characteristics
        if c.severity_class == severity_class and not c.formula and not c.has_own_sample
    )
