"""What callers send to stock."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from zhiliu.contexts.stock.api.schemas.values import Amount, Day, Line, Moment, Named, Serials, Text
from zhiliu.contexts.stock.operations import Bounds, Part
from zhiliu.contexts.stock.states import HoldCause, LabelFormat, LabelSize, PlaceKind
from zhiliu.kernel.command import Reference
from zhiliu.platform.commands.http import Act, Schema


class Direction(StrEnum):
    """Which way a trace runs."""

    FORWARD = "forward"
    BACKWARD = "backward"


class ReferenceIn(Schema):
    """The order (or other record) that wants the goods."""

    kind: Named
    id: UUID
    number: Named
    customer_id: UUID | None = None

    def value(self) -> Reference:
        return Reference(self.kind, self.id, self.number, customer_id=self.customer_id)


class PartOfLot(Schema):
    """A part of a lot: where, whose, how much, which serials."""

    place_id: UUID
    owner_id: UUID
    quantity: Amount
    serials: Serials = []

    def part(self) -> Part:
        return Part(self.place_id, self.owner_id, self.quantity, tuple(self.serials))


class PartIn(PartOfLot, Act):
    """A part of a lot that the act is about."""


class UseIn(PartIn):
    """Goods to issue, ship, reserve or take back, and for whom."""

    reference: ReferenceIn


class ReserveIn(Act):
    """Goods to keep for an order."""

    place_id: UUID
    owner_id: UUID
    quantity: Amount
    reference: ReferenceIn


class MaterialIssueIn(Act):
    """A material without lot control, issued by its name."""

    material_id: UUID
    place_id: UUID
    owner_id: UUID
    quantity: Amount
    reference: ReferenceIn


class CustomerReturnIn(Act):
    """Goods that a customer sends back."""

    place_id: UUID
    quantity: Amount
    reference: ReferenceIn
    serials: Serials = []


class MoveIn(PartIn):
    """Goods to another internal place."""

    to_place_id: UUID


class SampleIn(PartIn):
    """A sample to a laboratory."""

    laboratory_id: UUID


class RetainIn(PartIn):
    """A sample to keep."""

    retention_id: UUID
    expires_at: Moment | None = None


class DisposeIn(PartIn):
    """Goods that leave: blocked ones by a disposition as voucher, others by a reason."""

    voucher_kind: Text = "nonconformance.disposition"
    voucher_id: UUID | None = None
    voucher_number: Text = ""

    def voucher(self) -> Reference | None:
        if self.voucher_id is None:
            return None
        return Reference(self.voucher_kind, self.voucher_id, self.voucher_number)


class CountIn(Act):
    """What was counted of a labelled lot at a place."""

    place_id: UUID
    owner_id: UUID
    counted: Amount
    serials_missing: Serials = []


class FoundIn(Act):
    """Goods found without a label."""

    material_id: UUID
    place_id: UUID
    owner_id: UUID
    quantity: Amount
    serials: Serials = []


class OpeningIn(FoundIn):
    """Stock that was there before Zhiliu."""

    supplier_lot: Text = ""
    expires_at: Moment | None = None


class HoldIn(Act):
    """A hold on a lot or, with `part`, on a part of it."""

    cause: HoldCause = HoldCause.MANUAL
    responsible_id: UUID | None = None
    review_date: Day | None = None
    part: PartOfLot | None = None


class MergePartIn(PartOfLot):
    """A part that goes into a merge."""

    lot_id: UUID


class MergeIn(Act):
    """Parts of several lots that become one."""

    parts: Annotated[list[MergePartIn], Field(min_length=2, max_length=100)]
    to_place_id: UUID


class RegradeIn(PartIn):
    """A part that becomes another material."""

    to_material_id: UUID


class OwnerIn(PartIn):
    """Goods that get another owner."""

    to_owner_id: UUID


class RestrictIn(Act):
    """Bounds within which a lot may be used."""

    quantity: Amount | None = None
    until: Moment | None = None
    reference_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)] | None = None
    customer_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)] | None = None

    def bounds(self) -> Bounds:
        return Bounds(self.quantity, self.until, self.reference_ids, self.customer_ids)


class ExpiryIn(Act):
    """A lot's new expiry; null means it does not expire."""

    expires_at: Moment | None


class ObserveIn(Act):
    """A move of another system."""

    lot_id: UUID
    from_place_id: UUID
    to_place_id: UUID
    owner_id: UUID
    quantity: Amount
    system: Annotated[Line, Field(min_length=1, max_length=30)]
    document: Annotated[Line, Field(min_length=1, max_length=100)]
    reference: ReferenceIn | None = None


class PlaceIn(Act):
    """A new internal place."""

    site_id: UUID
    code: Annotated[Line, Field(min_length=1, max_length=40)]
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    kind: PlaceKind
    parent_id: UUID | None = None


class ContainerMoveIn(Act):
    """Where a container goes; null takes it out of its parent."""

    parent_id: UUID | None


class PeriodIn(Act):
    """A span of days, the last one exclusive."""

    company_id: UUID
    starts_on: Day
    ends_on: Day


class LabelsIn(Act):
    """How many labels, how large, and for which printer; the resolution is a label printer's."""

    copies: int = Field(default=1, ge=1, le=1000)
    size: LabelSize = LabelSize.LARGE
    file_format: LabelFormat = LabelFormat.PDF
    dots_per_mm: Literal[8, 12] = 8
