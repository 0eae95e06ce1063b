"""Booking goods in: what arrives, what was there before Zhiliu, what is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch, ReasonMissing
from zhiliu.contexts.stock.models import Lot, LotMeasure
from zhiliu.contexts.stock.operations.births import (
    Birth,
    create_lot,
    create_serials,
    take_lot_numbers,
)
from zhiliu.contexts.stock.operations.locks import get_internal_place, get_owner, outside_place
from zhiliu.contexts.stock.operations.placing import hold_locked
from zhiliu.contexts.stock.operations.posting import Leg, post
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.states import HoldCause, LotOrigin, LotStatus, MoveKind, PlaceKind
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_appended


@dataclass(frozen=True)
class LotHold:
    """A hold with which a lot is born, such as for a surplus."""

    cause: HoldCause
    reason: str
    cause_reference: Reference | None = None
    responsible_id: UUID | None = None


@dataclass(frozen=True)
class Incoming:
    """Goods of one source line and supplier lot that are booked in as one lot.

    `quantity` is in the stock unit; `measure` is the lot's own conversion (unit id, stock units in
    one), such as the length of a roll. `line` is the document line that the goods came by.
    """

    birth: Birth
    place_id: UUID
    owner_id: UUID
    line: Reference
    hold: LotHold | None = None
    serials: Sequence[str] = ()
    measure: tuple[UUID, Decimal] | None = None


_SOURCES = {
    LotOrigin.RECEIPT: PlaceKind.SUPPLIER,
    LotOrigin.OPENING: PlaceKind.ADJUSTMENT,
    LotOrigin.FOUND: PlaceKind.ADJUSTMENT,
    LotOrigin.WORK_ORDER: PlaceKind.PRODUCTION,
}


def receive_lots(
    *, incoming: Sequence[Incoming], kind: MoveKind, command: Command, at: datetime
) -> list[Lot]:
    """Book goods in: a new lot each, from the outside place that its origin says.

    The caller has checked quantities and rights on its document. Raises NotFound; emits LotCreated
    and, where asked, HoldPlaced. A serial that exists already is refused by its unique key.
    """
    numbers = take_lot_numbers(incoming[0].birth.company_id, len(incoming))
    lots = []
    for item, number in zip(incoming, numbers, strict=True):
        place = get_internal_place(item.place_id, command)
        lot = create_lot(item.birth, number, command=command, at=at)
        serials = create_serials(lot, item.place_id, item.owner_id, item.serials)
        source = outside_place(place.site_id, _SOURCES[item.birth.origin])
        leg = Leg(
            lot,
            source,
            item.place_id,
            item.owner_id,
            item.birth.quantity,
            reference=item.line,
            serials=serials,
        )
        post([leg], kind=kind, command=command, at=at, reason=command.reason)
        if item.measure is not None:
            unit_id, factor = item.measure
            record_appended(
                LotMeasure(lot_id=lot.pk, unit_id=unit_id, factor=factor, command_id=command.id)
            )
        if item.hold is not None:
            hold_locked(
                lot,
                cause=item.hold.cause,
                reason=item.hold.reason,
                cause_reference=item.hold.cause_reference,
                responsible_id=item.hold.responsible_id,
                is_new_lot=True,
                command=command,
                at=at,
            )
        lots.append(lot)
    return lots


def book_found_goods(
    *,
    material_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    serials: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Lot:
    """Book goods that were found without a label: a new lot, waiting for inspection and on hold.

    Raises NotFound, BadQuantity, ReasonMissing, SerialsWrong; emits LotCreated, HoldPlaced.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="book found goods")
    return _book(
        LotOrigin.FOUND,
        LotStatus.AWAITING_INSPECTION,
        LotHold(HoldCause.FOUND, command.reason),
        Reference("stock.count", command.id, "count"),
        material_id=material_id,
        place_id=place_id,
        owner_id=owner_id,
        quantity=quantity,
        serials=serials,
        command=command,
        at=at,
    )


def book_opening_stock(
    *,
    material_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    serials: Sequence[str] = (),
    supplier_lot: str = "",
    expires_at: datetime | None = None,
    command: Command,
    at: datetime,
) -> Lot:
    """Book stock that was there before Zhiliu: a released lot whose voucher is the signed reason.

    Raises NotFound, BadQuantity, ReasonMissing, Mismatch; emits LotCreated.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="book opening stock")
    voucher = Reference("stock.signed_reason", command.id, "opening stock")
    return _book(
        LotOrigin.OPENING,
        LotStatus.RELEASED,
        None,
        voucher,
        material_id=material_id,
        place_id=place_id,
        owner_id=owner_id,
        quantity=quantity,
        serials=serials,
        supplier_lot=supplier_lot,
        expires_at=expires_at,
        command=command,
        at=at,
    )


def _book(
    origin: LotOrigin,
    status: LotStatus,
    hold: LotHold | None,
    voucher: Reference,
    *,
    material_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    serials: Sequence[str],
    supplier_lot: str = "",
    expires_at: datetime | None = None,
    command: Command,
    at: datetime,
) -> Lot:
    material = get_material(material_id)
    place = get_internal_place(place_id, command)
    quantity = checked_quantity(quantity, material)
    get_owner(owner_id)
    control = material.profile.lot_control
    if (control == "serial") != bool(serials) or (serials and len(set(serials)) != quantity):
        raise Mismatch(
            problem="name one serial a piece exactly when the material has serials",
            problem_zh="仅序列号物料须且必须逐件给出序列号",
        )
    birth = Birth(
        company_id=place.company_id,
        site_id=place.site_id,
        material_id=material_id,
        lot_control=control,
        quantity=quantity,
        origin=origin,
        voucher=voucher,
        status=status,
        supplier_lot=supplier_lot,
        expires_at=expires_at,
    )
    (lot,) = receive_lots(
        incoming=[Incoming(birth, place_id, owner_id, voucher, hold=hold, serials=serials)],
        kind=MoveKind.COUNT,
        command=command,
        at=at,
    )
    return lot
