"""The public facts of inspections. Quantities are in the material's stock unit."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class QualityCodeAdded(Event):
    """Results and reports may name this defect, cause or position."""

    catalogue: str
    name_en: str
    name_zh: str
    severity_class: str

    type = "inspections.quality_code_added.v1"


@dataclass(frozen=True)
class QualityCodeChanged(Event):
    """A code's names, severity class or activity changed."""

    catalogue: str
    name_en: str
    name_zh: str
    severity_class: str
    is_active: bool

    type = "inspections.quality_code_changed.v1"


@dataclass(frozen=True)
class InspectionOpened(Event):
    """Goods wait for a result. `lots`: lot_id, lot, quantity of each.

    `plan_version_id` (of the plan with the number `plan`) is what it follows, by `plan_rule`;
    without one it is counted as its inspector sees fit. Its verdict is due at `due_at`, by
    `due_rule`.
    """

    stage: str
    reason: str
    origin: str
    material_id: UUID
    revision_id: UUID | None
    supplier_id: UUID | None
    plan_version_id: UUID | None
    plan: str
    plan_rule: str
    due_at: datetime
    due_rule: str
    lots: tuple[dict[str, Any], ...]

    type = "inspections.opened.v1"


@dataclass(frozen=True)
class ResultRecorded(Event):
    """A result was counted; `ordinal` above 1 corrects the ones before.

    `defects`: code, count, position (a code, or empty).
    """

    result_id: UUID
    ordinal: int
    inspected: Decimal
    nonconforming: Decimal
    defects: tuple[dict[str, Any], ...]

    type = "inspections.result_recorded.v1"


@dataclass(frozen=True)
class ReadingsRecorded(Event):
    """Readings were recorded; `corrected` of them replace earlier ones.

    `samples`: severity_class, characteristic (code, or null for the class), found, accept, reject,
    missing of each sample, as it stands now.
    """

    readings: int
    corrected: int
    samples: tuple[dict[str, Any], ...]

    type = "inspections.readings_recorded.v1"


@dataclass(frozen=True)
class CharacteristicCounted(Event):
    """A characteristic was counted; `ordinal` above 1 corrects the ones before.

    `defects`: code, count, position (a code, or empty). `samples` as in ReadingsRecorded.
    """

    result_id: UUID
    characteristic: str
    ordinal: int
    inspected: Decimal
    nonconforming: Decimal
    defects: tuple[dict[str, Any], ...]
    samples: tuple[dict[str, Any], ...]

    type = "inspections.characteristic_counted.v1"


@dataclass(frozen=True)
class VerdictGiven(Event):
    """The signed decision of an inspection. `lots`: lot_id, lot, quantity, is_accepted of each."""

    stage: str
    reason: str
    material_id: UUID
    revision_id: UUID | None
    supplier_id: UUID | None
    inspected: Decimal
    nonconforming: Decimal
    lots: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class InspectionAccepted(VerdictGiven):
    """Accepted; the nonconforming units found in the sample are lots of their own, blocked."""

    type = "inspections.accepted.v1"


@dataclass(frozen=True)
class InspectionNotAccepted(VerdictGiven):
    """Not accepted; all that was open is blocked."""

    type = "inspections.not_accepted.v1"


@dataclass(frozen=True)
class UnitsJudged(VerdictGiven):
    """Every unit was judged: what conforms is released, the rest is blocked."""

    type = "inspections.judged.v1"


@dataclass(frozen=True)
class InspectionCancelled(Event):
    """The inspection ended without a verdict; its lots keep the status that they have."""

    material_id: UUID
    supplier_id: UUID | None

    type = "inspections.cancelled.v1"


@dataclass(frozen=True)
class LotExempted(Event):
    """A lot was released without inspection; the subject is the lot, the profile the voucher."""

    material_id: UUID
    supplier_id: UUID | None
    profile_id: UUID
    profile: str
    profile_version: int

    type = "inspections.exempted.v1"


@dataclass(frozen=True)
class UrgentReleaseEvent(Event):
    """The subject is the urgent release; the lot and the inspection it runs ahead of."""

    lot_id: UUID
    lot: str
    inspection_id: UUID


@dataclass(frozen=True)
class UrgentReleaseRequested(UrgentReleaseEvent):
    """Somebody asks to use goods before their inspection ends. `order`: the human number."""

    quantity: Decimal
    until: datetime | None
    order: str

    type = "inspections.urgent_release_requested.v1"


@dataclass(frozen=True)
class UrgentReleaseApproved(UrgentReleaseEvent):
    """A second person approved: so much may be issued for that order, and not shipped."""

    quantity: Decimal
    until: datetime | None
    order: str

    type = "inspections.urgent_release_approved.v1"


@dataclass(frozen=True)
class UrgentReleaseRefused(UrgentReleaseEvent):
    """It was refused; the goods wait for their inspection."""

    type = "inspections.urgent_release_refused.v1"


@dataclass(frozen=True)
class UrgentReleaseEnded(UrgentReleaseEvent):
    """The inspection ended (`outcome` accepted or not_accepted) after `drawn` had been used."""

    outcome: str
    drawn: Decimal
    order: str

    type = "inspections.urgent_release_ended.v1"


@dataclass(frozen=True)
class PlanAdded(Event):
    """Goods of a material or a group, of one supplier or of all, have a plan to be inspected by."""

    name: str
    stage: str
    material_id: UUID | None
    material_group: str
    supplier_id: UUID | None

    type = "inspections.plan_added.v1"


@dataclass(frozen=True)
class PlanVersionEvent(Event):
    """Something happened to a version of a plan; the subject is the version."""

    plan_id: UUID
    version_no: int
    material_id: UUID | None
    material_group: str
    supplier_id: UUID | None


@dataclass(frozen=True)
class PlanVersionAdded(PlanVersionEvent):
    """A version is drafted."""

    type = "inspections.plan_version_added.v1"


@dataclass(frozen=True)
class PlanVersionChanged(PlanVersionEvent):
    """The draft of a version changed."""

    type = "inspections.plan_version_changed.v1"


@dataclass(frozen=True)
class PlanVersionApproved(PlanVersionEvent):
    """A version holds from `valid_from` on and ends the one before it."""

    specification_id: UUID | None
    valid_from: datetime

    type = "inspections.plan_version_approved.v1"


@dataclass(frozen=True)
class PlanVersionEnded(PlanVersionEvent):
    """A version holds only until `valid_to`."""

    valid_to: datetime

    type = "inspections.plan_version_ended.v1"


@dataclass(frozen=True)
class LotSkipped(Event):
    """A lot was released without inspection by skip-lot; the subject is the lot, the draw the
    voucher: 1 lot in `one_in` is inspected, this one was not drawn."""

    material_id: UUID
    supplier_id: UUID | None
    plan_version_id: UUID
    plan: str
    skip_draw_id: UUID
    one_in: int
    rule: str

    type = "inspections.lot_skipped.v1"


@dataclass(frozen=True)
class SamplingStateChanged(Event):
    """How strictly a material of a supplier is inspected changed, from the next lot on.

    `inspection_id` is the inspection whose outcome did it, none where a person did.
    """

    material_id: UUID
    supplier_id: UUID
    severity_class: str
    was: str
    status: str
    reason_code: str
    inspection_id: UUID | None

    type = "inspections.sampling_state_changed.v1"


@dataclass(frozen=True)
class SupplyDiscontinued(Event):
    """Sampling inspection of a material from a supplier ended; its receipts go on hold.

    ISO 2859-1:1999 clause 9.4. The subject is the sampling state.
    """

    material_id: UUID
    supplier_id: UUID
    severity_class: str
    inspection_id: UUID | None

    type = "inspections.supply_discontinued.v1"
