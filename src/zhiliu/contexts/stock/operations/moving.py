"""Goods inside the walls: receiving them, moving them, sampling, counting, letting them go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch, ReasonMissing, ReturnOnly, VoucherMissing
from zhiliu.contexts.stock.errors import WrongPlace as WrongPlaceRefusal
from zhiliu.contexts.stock.events import SampleConsumed, SampleRetained
from zhiliu.contexts.stock.models import Lot, LotMeasure, LotVersion, Move
from zhiliu.contexts.stock.operations.births import (
    Birth,
    create_lot,
    create_serials,
    take_lot_numbers,
)
from zhiliu.contexts.stock.operations.gate import check_there_then, on_hand_at
from zhiliu.contexts.stock.operations.locks import (
    get_internal_place,
    lock_balances,
    lock_lot,
    lock_reservations,
    outside_place,
)
from zhiliu.contexts.stock.operations.placing import hold_locked
from zhiliu.contexts.stock.operations.posting import (
    Leg,
    pick_serials,
    post,
    record_moved,
    take_free,
)
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import break_reservations, carry_reservations
from zhiliu.contexts.stock.operations.split import Part, split_locked
from zhiliu.contexts.stock.operations.status import set_status_of
from zhiliu.contexts.stock.states import (
    ALLOWED,
    HoldCause,
    LotOrigin,
    LotStatus,
    MoveKind,
    Permit,
    PlaceKind,
    Use,
)
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_appended
from zhiliu.platform.outbox.public import record_event


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


def move_goods(
    *, lot_id: UUID, part: Part, to_place_id: UUID, command: Command, at: datetime
) -> Move:
    """Move goods to another internal place; reservations that need them go along.

    Never changes what the goods may be used for. Raises NotFound, BadQuantity, WrongPlace,
    NotEnough, NotThereThen, SerialsWrong; emits GoodsMoved.
    """
    return _move(lot_id, part, to_place_id, MoveKind.MOVE, command, at)


def take_sample(
    *, lot_id: UUID, part: Part, laboratory_id: UUID, command: Command, at: datetime
) -> Move:
    """Take a sample to a laboratory place. Refusals as `move_goods`; emits GoodsMoved."""
    laboratory = get_internal_place(laboratory_id, command)
    if laboratory.kind is not PlaceKind.LABORATORY:
        raise WrongPlaceRefusal(place=laboratory.code, needed="a laboratory")
    return _move(lot_id, part, laboratory_id, MoveKind.TAKE_SAMPLE, command, at)


def _move(
    lot_id: UUID, part: Part, to_place_id: UUID, kind: MoveKind, command: Command, at: datetime
) -> Move:
    lot = lock_lot(lot_id, command)
    source = get_internal_place(part.place_id, command)
    target = get_internal_place(to_place_id, command)
    if source.id == target.id or source.company_id != target.company_id:
        raise WrongPlaceRefusal(place=target.code, needed="another place of the same company")
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    key = (lot_id, part.place_id, part.owner_id)
    rows = lock_balances([key, (lot_id, to_place_id, part.owner_id)])
    balance = rows.get(key)
    take_free(
        balance, lot, part.place_id, quantity, own=balance.reserved if balance else Decimal(0)
    )
    assert balance is not None
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)
    picked = pick_serials(lot, part.place_id, part.owner_id, quantity, part.serials)
    carried = carry_reservations(balance, quantity, lot, to_place_id, command)
    leg = Leg(
        lot,
        part.place_id,
        to_place_id,
        part.owner_id,
        quantity,
        reserved_out=carried,
        reserved_in=carried,
        serials=picked,
    )
    (move,) = post([leg], kind=kind, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, quantity)
    return move


def consume_sample(*, lot_id: UUID, part: Part, command: Command, at: datetime) -> Move:
    """Record a sample as destroyed in test. Raises NotFound, WrongPlace, NotEnough;
    emits GoodsMoved, SampleConsumed."""
    place = get_internal_place(part.place_id, command)
    if place.kind is not PlaceKind.LABORATORY:
        raise WrongPlaceRefusal(place=place.code, needed="a laboratory")
    move = _leave(
        lot_id, part, PlaceKind.CONSUMED_IN_TEST, MoveKind.CONSUME_SAMPLE, None, command, at
    )
    lot = lock_lot(lot_id, command)
    record_event(
        SampleConsumed(
            subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
            company_id=lot.company_id,
            site_id=lot.site_id,
            quantity=move.quantity,
        ),
        command,
        at,
    )
    return move


def retain_sample(
    *,
    lot_id: UUID,
    part: Part,
    retention_id: UUID,
    expires_at: datetime | None,
    voucher: Reference,
    command: Command,
    at: datetime,
) -> Lot:
    """Keep a sample: split into a lot of its own, blocked, with its own expiry, in retention.

    Raises NotFound, WrongPlace and what a split refuses; emits LotCreated, LotSplit, LotBlocked,
    GoodsMoved.
    """
    retention = get_internal_place(retention_id, command)
    if retention.kind is not PlaceKind.RETENTION:
        raise WrongPlaceRefusal(place=retention.code, needed="a retention place")
    lot = lock_lot(lot_id, command, exclusive=True)
    kept = split_locked(lot, part, command=command, at=at)
    set_status_of(kept, LotStatus.BLOCKED, voucher, command, at, expires_at=expires_at)
    _move(kept.pk, part, retention_id, MoveKind.MOVE, command, at)
    record_event(
        SampleRetained(
            subject=Reference(Lot.kind, kept.pk, kept.number, kept.version),
            company_id=kept.company_id,
            site_id=kept.site_id,
            source_id=lot_id,
            quantity=part.quantity,
        ),
        command,
        at,
    )
    return kept


def scrap(
    *, lot_id: UUID, part: Part, voucher: Reference | None, command: Command, at: datetime
) -> Move:
    """Scrap goods: by the not accepted verdict or with a signed reason (the command's).

    Raises NotFound, ReturnOnly, VoucherMissing, NotEnough, SerialsWrong; emits GoodsMoved.
    """
    return _leave(
        lot_id, part, PlaceKind.SCRAP, MoveKind.SCRAP, voucher, command, at, needs_voucher=True
    )


def return_to_vendor(
    *, lot_id: UUID, part: Part, voucher: Reference | None, command: Command, at: datetime
) -> Move:
    """Send goods back to their supplier; voucher and refusals as `scrap`, awaiting lots may go."""
    return _leave(
        lot_id,
        part,
        PlaceKind.SUPPLIER,
        MoveKind.RETURN_TO_VENDOR,
        voucher,
        command,
        at,
        needs_voucher=True,
    )


def _leave(
    lot_id: UUID,
    part: Part,
    to: PlaceKind,
    kind: MoveKind,
    voucher: Reference | None,
    command: Command,
    at: datetime,
    *,
    needs_voucher: bool = False,
) -> Move:
    lot = lock_lot(lot_id, command)
    place = get_internal_place(part.place_id, command)
    if needs_voucher:
        _check_disposal(lot, kind, voucher, command)
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    key = (lot_id, part.place_id, part.owner_id)
    balance = lock_balances([key]).get(key)
    take_free(balance, lot, part.place_id, quantity)
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)
    picked = pick_serials(lot, part.place_id, part.owner_id, quantity, part.serials)
    leg = Leg(
        lot,
        part.place_id,
        outside_place(place.site_id, to),
        part.owner_id,
        quantity,
        reference=voucher,
        serials=picked,
    )
    (move,) = post([leg], kind=kind, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, quantity)
    return move


def _check_disposal(lot: Lot, kind: MoveKind, voucher: Reference | None, command: Command) -> None:
    permit = ALLOWED[LotStatus(lot.status)][Use.DISPOSE]
    if permit is Permit.RETURN_ONLY and kind is not MoveKind.RETURN_TO_VENDOR:
        raise ReturnOnly(lot=lot.number)
    if command.reason.strip():
        return
    if voucher is None or lot.status != LotStatus.BLOCKED:
        raise VoucherMissing(lot=lot.number)
    version = LotVersion.objects.filter(
        lot_id=lot.pk, status=LotStatus.BLOCKED, voucher_id=voucher.id
    )
    if not version.exists():
        raise VoucherMissing(lot=lot.number)


def count_goods(
    *,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    counted: Decimal,
    serials_missing: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Move | None:
    """Correct what a place holds of a labelled lot by what was counted; None when it was right.

    A count that is booked late corrects what was there at its time. A signed adjustment with a
    reason; what is then missing for reservations breaks the youngest. Raises NotFound, BadQuantity,
    ReasonMissing, NotThereThen, SerialsWrong; emits GoodsMoved, ReservationsBroken.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="adjust a count")
    lot = lock_lot(lot_id, command, exclusive=True)
    place = get_internal_place(place_id, command)
    counted = checked_quantity(counted, get_material(lot.material_id), zero_allowed=True)
    key = (lot_id, place_id, owner_id)
    balance = lock_balances([key]).get(key)
    on_hand = balance.quantity if balance else Decimal(0)
    is_late = at < command.recorded_at
    difference = counted - (on_hand_at(lot, place_id, owner_id, at) if is_late else on_hand)
    if difference == 0:
        return None
    check_there_then(lot, place_id, owner_id, -difference, command=command, at=at)
    if lot.has_serials and difference > 0:
        raise Mismatch(
            problem="a serial that turned up is moved or received, never counted in",
            problem_zh="找到的序列号应移库或收货，不能盘入",
        )
    left = on_hand + difference
    if balance is not None and balance.reserved > left:
        rows = lock_reservations(lot_id, place_id)
        mine = [r for r in rows if r.owner_id == owner_id]
        break_reservations(lot, mine, command, at, at_most=balance.reserved - left)
    picked = pick_serials(lot, place_id, owner_id, abs(difference), serials_missing)
    adjustment = outside_place(place.site_id, PlaceKind.ADJUSTMENT)
    ends = (place_id, adjustment) if difference < 0 else (adjustment, place_id)
    leg = Leg(lot, *ends, owner_id, abs(difference), serials=picked)
    (move,) = post([leg], kind=MoveKind.COUNT, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, abs(difference))
    return move


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
