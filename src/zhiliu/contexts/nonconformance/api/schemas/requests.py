"""What callers say."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.nonconformance.operations import Allowed, Units, Wanted
from zhiliu.contexts.nonconformance.states import DispositionKind
from zhiliu.kernel.quantity import plain
from zhiliu.platform.commands.http import Act, Moment, Schema, SignedAct

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=10_000, pattern=r"^[^\x00]*$")
]
Amount = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Positive = Annotated[Amount, Field(gt=0)]
SerialNumber = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Ids = Annotated[list[UUID], Field(min_length=1, max_length=500)]


def stated(body: Act) -> dict[str, Any]:
    """A body's own fields that the caller stated, as the arguments of an operation."""
    return body.model_dump(exclude={"occurred_at", "reason"}, exclude_unset=True)


class ReportUnitsIn(Schema):
    """So much of a lot, all of it when no quantity is named.

    Place and owner are needed when the lot lies at several. Serials name the pieces of a
    serial-controlled lot.
    """

    lot_id: UUID
    quantity: Positive | None = None
    place_id: UUID | None = None
    owner_id: UUID | None = None
    serials: list[SerialNumber] = Field(default=[], max_length=20_000)

    def units(self) -> Units:
        """As the operations take it."""
        return Units(self.lot_id, self.quantity, self.place_id, self.owner_id, tuple(self.serials))


class ReportIn(Act):
    """Goods that are put under a report, and what is wrong with them; `reason` is needed."""

    parts: list[ReportUnitsIn] = Field(min_length=1, max_length=200)
    description: Note = ""
    severity_class: SeverityClass | None = None

    def values(self) -> list[Units]:
        """The parts as the operations take them."""
        return [part.units() for part in self.parts]


class ReportPatch(Act):
    """What is known of a report; what is left out stays."""

    description: Note = ""
    containment: Note = ""
    cause_code: Annotated[Line, Field(max_length=30)] = ""
    cause_text: Note = ""


class DispositionIn(SignedAct, ReportUnitsIn):
    """What happens to a lot of the report, or to a part of it; `reason` is needed.

    `to_material_id` is what a regrade turns the goods into.
    """

    kind: DispositionKind
    to_material_id: UUID | None = None

    def wanted(self) -> Wanted:
        """As the operation takes it."""
        return Wanted(self.units(), self.kind, self.to_material_id)


class DispositionPartIn(ReportUnitsIn):
    """What happens to a lot of the report, or to a part of it; without a reason the act's holds."""

    kind: DispositionKind
    to_material_id: UUID | None = None
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    def wanted(self) -> Wanted:
        """As the operation takes it."""
        return Wanted(self.units(), self.kind, self.to_material_id, self.reason)


class DispositionPartsIn(SignedAct):
    """What happens to several parts of the goods of a report, in this order."""

    parts: list[DispositionPartIn] = Field(min_length=1, max_length=100)


class CarryOutIn(SignedAct):
    """Scrap was rendered unusable, or rework or repair is done."""

    is_rendered_unusable: bool = False


class ConcessionIn(SignedAct):
    """Until when, how much, for which orders or customers; `reason` and `secret` are needed.

    Without a quantity all of the disposition, without ids every order and customer.
    """

    until: Moment
    quantity: Positive | None = None
    reference_ids: Ids | None = None
    customer_ids: Ids | None = None

    def allowed(self) -> Allowed:
        """As the operation takes it."""
        return Allowed(self.until, self.quantity, self.reference_ids, self.customer_ids)
