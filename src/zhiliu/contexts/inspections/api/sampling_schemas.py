"""What goes over the wire for samples, readings and sampling states."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from zhiliu.contexts.catalog.public import CharacteristicKind, SeverityClass
from zhiliu.contexts.inspections.api.fields import Amount, Code, Positive, SerialNumber
from zhiliu.contexts.inspections.models import (
    InspectionSample,
    PlanCharacteristic,
    Reading,
    SampleDraw,
)
from zhiliu.contexts.inspections.operations import PostedSample, ReadingIn, Recorded, SamplePart
from zhiliu.contexts.inspections.queries.plans import Instructions
from zhiliu.contexts.inspections.rules.samples import PlanContent, SampleFacts
from zhiliu.contexts.inspections.states import CountingBasis, Scheme
from zhiliu.platform.attachments.public import Attachment
from zhiliu.platform.commands.http import Act, Moment, Schema

Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
UnitNo = Annotated[int, Field(ge=1, le=2_147_483_647)]


class Result(StrEnum):
    """The result of a single reading."""

    IN = "in"
    OUT = "out"


class SampleStatus(StrEnum):
    """Where a sample stands against its Ac and Re."""

    OPEN = "open"
    ACCEPTABLE = "acceptable"
    REJECTED = "rejected"


class ReadingBody(Schema):
    """What was entered for one characteristic of one unit.

    `text` is kept as it was typed: a number, `ok`, `ng` or `na` of an attribute, or a text. `gauge`
    is the number of the gauge, `defect` the code of what is wrong with a unit that is out, and
    `nonconformities` how often it was found on the unit, where the plan counts each one. `position`
    is the code of the place on the part where it lies.
    """

    characteristic: Code
    unit_no: UnitNo
    text: Text
    gauge: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] | None = None
    defect: Code | None = None
    nonconformities: Annotated[int, Field(ge=1, le=10_000)] | None = None
    position: Code | None = None


class ReadingsIn(Act):
    """A grid of readings, all recorded or none.

    `confirm` says that values far outside the tolerance were looked at and are right. A different
    reading for a cell that has one corrects it and needs the reason.
    """

    readings: list[ReadingBody] = Field(min_length=1, max_length=5_000)
    confirm: bool = False

    def values(self) -> list[ReadingIn]:
        """The readings as the operation takes them."""
        return [
            ReadingIn(
                r.characteristic,
                r.unit_no,
                r.text,
                r.gauge,
                r.defect,
                r.nonconformities,
                r.position,
            )
            for r in self.readings
        ]


class ReadOut(Schema):
    """A reading as it counts now; no result where there is nothing to judge."""

    characteristic: str
    unit_no: int
    ordinal: int
    value: Amount | None
    result: Result | None


class SampleOut(Schema):
    """Where the sample of a class (or of one characteristic) stands.

    `found` is d, counted by `basis`, against `accept` (Ac) and `reject` (Re); `missing` of `cells`
    readings are still to come. `rejected` as soon as Re is reached: reading may stop.
    """

    severity_class: SeverityClass
    characteristic: str | None
    to_inspect: int
    accept: int
    reject: int
    found: int
    cells: int
    missing: int
    status: SampleStatus

    @classmethod
    def of(cls, characteristic: str | None, facts: SampleFacts) -> "SampleOut":
        return cls(
            severity_class=SeverityClass(facts.severity_class),
            characteristic=characteristic,
            to_inspect=facts.to_inspect,
            accept=facts.accept,
            reject=facts.reject,
            found=facts.found,
            cells=facts.cells,
            missing=facts.missing,
            status=status_of(facts),
        )


def status_of(facts: SampleFacts) -> SampleStatus:
    """In one word."""
    if facts.is_rejected:
        return SampleStatus.REJECTED
    return SampleStatus.ACCEPTABLE if facts.is_acceptable else SampleStatus.OPEN


class ReadingsRecordedOut(Schema):
    """An inspection after readings: each with its result, and every sample as it stands now."""

    id: UUID
    version: int
    number: str
    inspected: Amount | None
    nonconforming: Amount | None
    readings: list[ReadOut]
    samples: list[SampleOut]

    @classmethod
    def of(cls, recorded: Recorded) -> "ReadingsRecordedOut":
        inspection = recorded.inspection
        return cls.model_construct(
            id=inspection.pk,
            version=inspection.version,
            number=inspection.number,
            inspected=inspection.inspected,
            nonconforming=inspection.nonconforming,
            readings=[
                ReadOut.model_construct(
                    characteristic=code,
                    unit_no=unit_no,
                    ordinal=ordinal,
                    value=value,
                    result=result_of(is_in),
                )
                for code, unit_no, ordinal, value, is_in in recorded.readings
            ],
            samples=[SampleOut.of(code, facts) for code, facts in recorded.samples],
        )


def result_of(is_in: bool | None) -> Result | None:
    """In, out, or nothing to judge."""
    return None if is_in is None else Result.IN if is_in else Result.OUT


class ReadingOut(Schema):
    """One recorded reading; the highest ordinal of a cell counts."""

    id: UUID
    characteristic: str
    unit_no: int
    ordinal: int
    is_current: bool
    text: str
    value: Amount | None
    result: Result | None
    nonconformities: int
    is_confirmed: bool
    gauge_id: UUID | None
    defect: str | None
    position: str | None
    reason: str
    recorded_by: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, row: Reading) -> "ReadingOut":
        return cls(
            id=row.pk,
            characteristic=row.characteristic.code,
            unit_no=row.unit_no,
            ordinal=row.ordinal,
            is_current=row.is_current,  # type: ignore[attr-defined]
            text=row.text,
            value=row.value,
            result=result_of(row.is_in),
            nonconformities=row.nonconformities,
            is_confirmed=row.is_confirmed,
            gauge_id=row.gauge_id,
            defect=row.defect_code.code if row.defect_code else None,
            position=row.position_code.code if row.position_code else None,
            reason=row.reason,
            recorded_by=row.recorded_by,
            occurred_at=row.occurred_at,
        )


class SampleDetailOut(SampleOut):
    """A sample with the sampling plan that it was taken by."""

    scheme: Scheme
    level: str
    aql: Amount | None
    severity: str
    code_letter: str
    plan_letter: str
    sample_size: int
    basis: CountingBasis

    @classmethod
    def whole(cls, row: InspectionSample, facts: SampleFacts) -> "SampleDetailOut":
        """The row and where it stands."""
        code = row.characteristic.code if row.characteristic else None
        return cls(
            **SampleOut.of(code, facts).model_dump(),
            scheme=Scheme(row.scheme),
            level=row.level,
            aql=row.aql,
            severity=row.severity,
            code_letter=row.code_letter,
            plan_letter=row.plan_letter,
            sample_size=row.sample_size,
            basis=CountingBasis(row.basis),
        )


class CharacteristicOut(Schema):
    """A characteristic to be read: its limits are inclusive, in its unit.

    `units` is how many of the drawn units it is read of, from the first one drawn.
    """

    code: str
    name_en: str
    name_zh: str
    kind: CharacteristicKind
    severity_class: SeverityClass
    unit: str | None
    nominal: Amount | None
    lower: Amount | None
    upper: Amount | None
    resolution: Amount | None
    formula: str
    gauge_type: str | None
    is_destructive: bool
    units: int


class InstructionOut(Schema):
    """A file that the inspector works by: of the plan version, or of its specification.

    Its bytes are at /attachments/{id}/content.
    """

    id: UUID
    subject_kind: str
    purpose: str
    title: str
    file_name: str
    media_type: str
    size: int

    @classmethod
    def of(cls, row: Attachment) -> "InstructionOut":
        return cls.model_validate(row, from_attributes=True)


class SampledOut(Schema):
    """What an inspection under a plan looks at, and by which instructions.

    `units` says which pieces of the lots, out of 1 to `lot_size`, were drawn as units 1, 2, 3 ...
    of the sample, which is how readings name them; empty where every piece is looked at. Within
    `near_percent` of the tolerance width from a limit a reading is near it; no result changes.
    """

    version_no: int
    lot_size: int
    units: list[int]
    samples: list[SampleDetailOut]
    characteristics: list[CharacteristicOut]
    plan_version_id: UUID
    specification: str | None
    note: str
    near_percent: Amount
    attachments: list[InstructionOut]

    @classmethod
    def whole(
        cls,
        content: PlanContent,
        draw: SampleDraw,
        samples: list[tuple[InspectionSample, SampleFacts]],
        rows: list[PlanCharacteristic],
        instructions: Instructions,
    ) -> "SampledOut":
        """Everything about the samples of one inspection."""
        sizes = {(r.severity_class, r.characteristic_id): r.to_inspect for r, _ in samples}
        gauges = {c.id: c.gauge_type for c in content.characteristics.values()}
        pinned = instructions.version.specification
        return cls(
            version_no=content.version_no,
            lot_size=draw.lot_size,
            units=draw.units,
            samples=[SampleDetailOut.whole(row, facts) for row, facts in samples],
            characteristics=[
                CharacteristicOut(
                    code=row.code,
                    name_en=row.name_en,
                    name_zh=row.name_zh,
                    kind=CharacteristicKind(row.characteristic_kind),
                    severity_class=SeverityClass(row.severity_class),
                    unit=row.unit.code if row.unit else None,
                    nominal=row.nominal,
                    lower=row.lower,
                    upper=row.upper,
                    resolution=row.resolution,
                    formula=row.formula,
                    gauge_type=gauges[row.pk] or None,
                    is_destructive=row.is_destructive,
                    units=sizes.get((row.severity_class, row.pk if row.scheme else None), 0),
                )
                for row in rows
            ],
            plan_version_id=instructions.version.pk,
            specification=pinned.shown if pinned is not None else None,
            note=instructions.version.note,
            near_percent=instructions.version.near_percent,
            attachments=[InstructionOut.of(file) for file in instructions.files],
        )


class SamplePostIn(Act):
    """Taking the sample of an inspection to the laboratory, and what is destroyed or kept of it.

    Without a quantity those of the units drawn are taken that were not yet; more than the plan
    needs takes a reason. Without `destroyed` those of the plan's destructive characteristics are
    destroyed. The lot is named when the inspection covers several,
    place and owner when the lot lies at several.
    """

    laboratory_id: UUID
    quantity: Positive | None = None
    destroyed: Annotated[Amount, Field(ge=0)] | None = None
    retained: Annotated[Amount, Field(ge=0)] = Decimal(0)
    retention_id: UUID | None = None
    expires_at: Moment | None = None
    lot_id: UUID | None = None
    place_id: UUID | None = None
    owner_id: UUID | None = None
    serials: list[SerialNumber] = Field(default=[], max_length=20_000)

    def value(self) -> SamplePart:
        """The part as the operation takes it."""
        return SamplePart(
            quantity=self.quantity,
            destroyed=self.destroyed,
            retained=self.retained,
            lot_id=self.lot_id,
            place_id=self.place_id,
            owner_id=self.owner_id,
            serials=tuple(self.serials),
        )


class SamplePostedOut(Schema):
    """What was taken, destroyed and kept of a lot, in the stock unit."""

    id: UUID
    number: str
    lot_id: UUID
    lot: str
    quantity: Amount
    destroyed: Amount
    retained: Amount
    retained_lot_id: UUID | None
    retained_lot: str | None

    @classmethod
    def of(cls, posted: PostedSample) -> "SamplePostedOut":
        kept = posted.kept
        return cls(
            id=posted.inspection.pk,
            number=posted.inspection.number,
            lot_id=posted.lot_id,
            lot=posted.lot,
            quantity=posted.quantity,
            destroyed=posted.destroyed,
            retained=posted.retained,
            retained_lot_id=kept.pk if kept else None,
            retained_lot=kept.number if kept else None,
        )
