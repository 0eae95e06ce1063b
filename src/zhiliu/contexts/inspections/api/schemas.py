"""What goes over the wire for inspections. Quantities are decimals as text in the stock unit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections.api.fields import (
    Amount,
    Code,
    OtherName,
    Positive,
    SerialNumber,
    ShortName,
)
from zhiliu.contexts.inspections.api.sampling_schemas import SampledOut, SampleOut
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionLot,
    InspectionResult,
    QualityCode,
)
from zhiliu.contexts.inspections.operations import Decided, Defect, Recorded, Units
from zhiliu.contexts.inspections.states import (
    Catalogue,
    InspectionOrigin,
    InspectionReason,
    InspectionState,
    Stage,
)
from zhiliu.platform.commands.http import Act, AllowedAction, Schema, SignedAct


def stated(body: Act) -> dict[str, Any]:
    """A body's own fields that the caller stated, as the arguments of an operation."""
    return body.model_dump(exclude={"occurred_at", "reason"}, exclude_unset=True)


class QualityCodeIn(Act):
    """A new quality code, for all companies; only a defect may have a severity class."""

    catalogue: Catalogue
    code: Code
    name_en: ShortName
    name_zh: OtherName = ""
    severity_class: SeverityClass | Literal[""] = ""


class QualityCodePatch(Act):
    """Changes of a quality code; what is left out stays. is_active false takes it out of use."""

    name_en: ShortName = ""
    name_zh: OtherName = ""
    severity_class: SeverityClass | Literal[""] = ""
    is_active: bool = True


class QualityCodeOut(Schema):
    """A quality code: a defect, a cause or a position; severity_class is empty without one."""

    id: UUID
    version: int
    catalogue: Catalogue
    code: str
    name_en: str
    name_zh: str
    severity_class: str
    is_active: bool

    @classmethod
    def of(cls, code: QualityCode) -> "QualityCodeOut":
        return cls.model_validate(code, from_attributes=True)


class InspectionIn(Act):
    """A re-inspection or retest of lots of one material, supplier, revision and site."""

    lot_ids: list[UUID] = Field(min_length=1, max_length=500)
    kind: Literal[InspectionReason.REINSPECTION, InspectionReason.RETEST] = (
        InspectionReason.REINSPECTION
    )


class DefectIn(Schema):
    """How many of the nonconforming units show a defect; a unit may show several. `position` is the
    code of the place on the part.

    Of a characteristic whose sample counts nonconformities: how often the defect was found, which
    may be more than there are nonconforming units.
    """

    code: Code
    count: Positive
    position: Code | Literal[""] = ""


class ResultIn(Act):
    """A counted result: n inspected, d of them nonconforming, and which defects they show.

    A second result corrects the first and needs a reason. Under a plan `characteristic` is the
    attribute that was counted on the units of its sample; without it every unit was counted.
    """

    characteristic: Code | None = None
    inspected: Positive
    nonconforming: Annotated[Amount, Field(ge=0)]
    defects: list[DefectIn] = Field(default=[], max_length=200)

    def values(self) -> list[Defect]:
        """The defects as the operation takes them."""
        return [Defect(d.code, d.count, d.position) for d in self.defects]


class NonconformingPart(Schema):
    """Nonconforming units of a lot at one place of one owner.

    The lot is needed when the inspection covers several; place and owner are needed when the lot
    lies at several. Serials name the pieces of a serial-controlled lot.
    """

    quantity: Positive
    lot_id: UUID | None = None
    place_id: UUID | None = None
    owner_id: UUID | None = None
    serials: list[SerialNumber] = Field(default=[], max_length=20_000)


class VerdictIn(SignedAct):
    """A verdict; `parts` are the nonconforming units that were found, to be taken out."""

    parts: list[NonconformingPart] = Field(default=[], max_length=500)

    def values(self) -> list[Units]:
        """The parts as the operation takes them."""
        return [
            Units(p.quantity, p.lot_id, p.place_id, p.owner_id, tuple(p.serials))
            for p in self.parts
        ]


class ResultRecordedOut(Schema):
    """An inspection after a result; under a plan with each sample as it stands now."""

    id: UUID
    version: int
    number: str
    state: InspectionState
    inspected: Amount | None
    nonconforming: Amount | None
    result_count: int
    samples: list[SampleOut]

    @classmethod
    def of(cls, recorded: Inspection | Recorded) -> "ResultRecordedOut":
        standing = recorded.samples if isinstance(recorded, Recorded) else []
        inspection = recorded.inspection if isinstance(recorded, Recorded) else recorded
        return cls(
            id=inspection.pk,
            version=inspection.version,
            number=inspection.number,
            state=InspectionState(inspection.state),
            inspected=inspection.inspected,
            nonconforming=inspection.nonconforming,
            result_count=inspection.result_count,
            samples=[SampleOut.of(code, facts) for code, facts in standing],
        )


class JudgedLotOut(Schema):
    """What the verdict made of one lot."""

    lot_id: UUID
    lot: str
    version: int
    status: str
    quantity: Amount
    is_accepted: bool


class VerdictOut(Schema):
    """An inspection after its verdict, lot by lot."""

    id: UUID
    version: int
    number: str
    state: InspectionState
    lots: list[JudgedLotOut]

    @classmethod
    def of(cls, decided: Decided) -> "VerdictOut":
        inspection = decided.inspection
        return cls(
            id=inspection.pk,
            version=inspection.version,
            number=inspection.number,
            state=InspectionState(inspection.state),
            lots=[
                JudgedLotOut(
                    lot_id=judged.lot.pk,
                    lot=judged.lot.number,
                    version=judged.lot.version,
                    status=judged.lot.status,
                    quantity=judged.quantity,
                    is_accepted=judged.is_accepted,
                )
                for judged in decided.lots
            ],
        )


class InspectionStateOut(Schema):
    """An inspection that was opened by hand or cancelled."""

    id: UUID
    version: int
    number: str
    state: InspectionState

    @classmethod
    def of(cls, inspection: Inspection) -> "InspectionStateOut":
        return cls.model_validate(inspection, from_attributes=True)


class InspectionOut(Schema):
    """An inspection; n and d are those of the latest result.

    `lot` is the first of its lots, `presented` what all of them are. Under a plan `sample_size` and
    `severity` are those of its largest sample, and `read` of `cells` readings are there.
    """

    id: UUID
    version: int
    number: str
    company_id: UUID
    site_id: UUID
    stage: Stage
    reason: InspectionReason
    origin: InspectionOrigin
    state: InspectionState
    material_id: UUID
    material: str
    material_name: str
    unit: str
    revision: str | None
    supplier_id: UUID | None
    supplier: str | None
    supplier_name: str | None
    lot_id: UUID | None
    lot: str | None
    lot_count: int
    presented: Amount
    sample_size: int | None
    severity: str
    cells: int
    read: int
    plan_version_id: UUID | None
    plan: str | None
    plan_rule: str
    opened_at: datetime
    opened_by: UUID
    due_at: datetime
    due_rule: str
    inspected: Amount | None
    nonconforming: Amount | None
    result_count: int
    reading_count: int
    result_at: datetime | None
    result_by: UUID | None
    decided_at: datetime | None
    decided_by: UUID | None

    @classmethod
    def of(cls, inspection: Inspection) -> "InspectionOut":
        return cls(**_shown(inspection))


class InspectionLotOut(Schema):
    """A lot under inspection: presented = accepted + not_accepted + open + consumed + retained."""

    lot_id: UUID
    lot: str
    status: str
    is_on_hold: bool
    presented: Amount
    accepted: Amount
    not_accepted: Amount
    open: Amount
    consumed: Amount
    retained: Amount

    @classmethod
    def of(cls, row: InspectionLot) -> "InspectionLotOut":
        return cls(
            lot_id=row.lot_id,
            lot=row.lot.number,
            status=row.lot.status,
            is_on_hold=row.lot.open_holds > 0,
            presented=row.presented,
            accepted=row.accepted,
            not_accepted=row.not_accepted,
            open=row.open,
            consumed=row.consumed,
            retained=row.retained,
        )


class DefectCountOut(Schema):
    """How many nonconforming units show a defect, or how often it was found; `position` is the
    code of the place on the part, or empty."""

    code: str
    count: Amount
    position: str

    @classmethod
    def of(cls, defect: Defect) -> "DefectCountOut":
        return cls.model_validate(defect, from_attributes=True)


class InspectionResultOut(Schema):
    """One recorded result; the last one of the inspection, or of a characteristic, counts."""

    id: UUID
    characteristic: str | None
    ordinal: int
    inspected: Amount
    nonconforming: Amount
    recorded_by: UUID
    reason: str
    occurred_at: datetime
    defects: list[DefectCountOut]

    @classmethod
    def of(cls, result: InspectionResult, defects: list[Defect]) -> "InspectionResultOut":
        return cls(
            id=result.pk,
            characteristic=result.characteristic.code if result.characteristic else None,
            ordinal=result.ordinal,
            inspected=result.inspected,
            nonconforming=result.nonconforming,
            recorded_by=result.recorded_by,
            reason=result.reason,
            occurred_at=result.occurred_at,
            defects=[DefectCountOut.of(defect) for defect in defects],
        )


class InspectionDetailOut(InspectionOut):
    """An inspection with its lots, results and what may be done with it now.

    `sampled` is what its plan looks at, with Ac, Re and d as they stand; null without a plan.
    """

    lots: list[InspectionLotOut]
    results: list[InspectionResultOut]
    sampled: SampledOut | None
    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(
        cls,
        inspection: Inspection,
        lots: list[InspectionLot],
        results: list[InspectionResult],
        defects: Mapping[UUID, list[Defect]],
        sampled: SampledOut | None,
        actions: list[AllowedAction],
    ) -> "InspectionDetailOut":
        """Everything about one inspection."""
        return cls(
            **_shown(inspection),
            lots=[InspectionLotOut.of(row) for row in lots],
            results=[InspectionResultOut.of(r, defects.get(r.pk, [])) for r in results],
            sampled=sampled,
            allowed_actions=actions,
        )


# What an inspection says of other records, or under another name.
_OF_OTHERS = frozenset(
    [
        "material",
        "material_name",
        "unit",
        "revision",
        "supplier",
        "supplier_name",
        "plan",
        "lot_id",
        "lot",
        "severity",
    ]
)


def _shown(inspection: Inspection) -> dict[str, Any]:
    row: Any = inspection  # with what `summarised` adds
    own = {
        name: getattr(row, name) for name in InspectionOut.model_fields if name not in _OF_OTHERS
    }
    revision, supplier = inspection.revision, inspection.supplier
    version = inspection.plan_version
    return {
        **own,
        "material": inspection.material.number,
        "material_name": inspection.material.name,
        "unit": inspection.material.unit.code,
        "revision": revision.revision if revision else None,
        "supplier": supplier.number if supplier else None,
        "supplier_name": supplier.name if supplier else None,
        "plan": version.plan.number if version else None,
        "lot_id": row.first_lot_id,
        "lot": row.first_lot,
        "severity": row.severity or "",
    }
