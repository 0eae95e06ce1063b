"""Splitting: a part of a lot gets a number of its own, through the place `transformation`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import (
    Mismatch,
    TooEarly,
)
from zhiliu.contexts.stock.events import LotSplit
from zhiliu.contexts.stock.models import GenealogyEdge, Lot
from zhiliu.contexts.stock.operations.births import Birth, create_lot
from zhiliu.contexts.stock.operations.gate import check_there_then
from zhiliu.contexts.stock.operations.locks import (
    about,
    get_internal_place,
    lock_balances_of_lot,
    lock_bound,
    lock_lot,
    outside_place,
)
from zhiliu.contexts.stock.operations.placing import carry_holds
from zhiliu.contexts.stock.operations.posting import Leg, pick_serials, post, take_free
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import carry_reservations
from zhiliu.contexts.stock.operations.status import set_bound
from zhiliu.contexts.stock.states import (
    EdgeKind,
    LotOrigin,
    LotStatus,
    MoveKind,
    PlaceKind,
)
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.ids import child_number
from zhiliu.platform.evidence.public import current, record_appended
from zhiliu.platform.outbox.public import record_event


@dataclass(frozen=True)
class Part:
    """A part of a lot: so much of it at one place of one owner, and which serials."""

    place_id: UUID
    owner_id: UUID
    quantity: Decimal
    serials: Sequence[str] = ()


def split_lot(*, lot_id: UUID, part: Part, command: Command, at: datetime) -> Lot:
    """Give a part of a lot a number of its own; it inherits the lot's gate and its holds.

    Raises NotFound, BadQuantity, NotEnough, NotThereThen, TooEarly, SerialsWrong, Mismatch; emits
    LotCreated, LotSplit, HoldPlaced.
    """
    return split_locked(lock_lot(lot_id, command, exclusive=True), part, command=command, at=at)


def split_locked(
    lot: Lot, part: Part, *, command: Command, at: datetime, may_be_all: bool = False
) -> Lot:
    """Split an exclusively locked lot; the part is the new lot.

    With `may_be_all` a part that is all of the lot is the lot itself, unsplit.
    """
    place = get_internal_place(part.place_id, command)
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    check_not_earlier(lot, at)
    rows = lock_balances_of_lot(lot.pk)
    key = (part.place_id, part.owner_id)
    balance = next((b for b in rows if (b.place_id, b.owner_id) == key), None)
    reserved = balance.reserved if balance else Decimal(0)
    take_free(balance, lot, part.place_id, quantity, own=reserved)
    assert balance is not None
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)
    serials = pick_serials(lot, part.place_id, part.owner_id, quantity, part.serials)
    rest = sum((b.quantity for b in rows), Decimal(0)) - quantity
    if rest == 0 and may_be_all:
        return lot
    if rest == 0:
        raise Mismatch(
            problem=f"{quantity} is all of lot {lot.number}, nothing would stay behind",
            problem_zh=f"{quantity} 已是批次 {lot.number} 的全部，拆分后不会有剩余",
        )

    share = _share_of_bound(lot, rest)
    ordinal = Lot.objects.filter(split_from_id=lot.pk).count() + 1
    birth = _like(lot, quantity, share)
    child = create_lot(birth, child_number(lot.number, ordinal), command=command, at=at)
    if share is not None:
        set_bound(child.pk, share)
    carried = carry_reservations(balance, quantity, child, part.place_id, command)
    middle = outside_place(place.site_id, PlaceKind.TRANSFORMATION)
    there, owner_id = part.place_id, part.owner_id
    gone = Leg(lot, there, middle, owner_id, quantity, reserved_out=carried, serials=serials)
    made = Leg(child, middle, there, owner_id, quantity, reserved_in=carried, serials=serials)
    post(
        [gone, made],
        kind=MoveKind.TRANSFORM,
        command=command,
        at=at,
        reason=command.reason,
    )
    record_edge(lot, child, EdgeKind.SPLIT, quantity, command, at)
    carry_holds(lot, child, command=command, at=at)
    record_event(
        LotSplit(
            *about(lot),
            part_id=child.pk,
            part=child.number,
            quantity=quantity,
            place_id=part.place_id,
        ),
        command,
        at,
    )
    return child


def _like(lot: Lot, quantity: Decimal, bound_quantity: Decimal | None) -> Birth:
    """A lot with the same facts and the same gate; its holds follow when it is born."""
    return Birth(
        company_id=lot.company_id,
        site_id=lot.site_id,
        material_id=lot.material_id,
        lot_control=lot.lot_control,
        quantity=quantity,
        origin=LotOrigin.SPLIT,
        voucher=Reference(Lot.kind, lot.pk, lot.number, lot.version),
        status=LotStatus(lot.status),
        revision_id=lot.revision_id,
        supplier_id=lot.supplier_id,
        supplier_lot=lot.supplier_lot,
        maker=lot.maker,
        manufactured_date=lot.manufactured_date,
        expires_at=lot.expires_at,
        is_urgent=lot.is_urgent,
        split_from_id=lot.pk,
        inherited={
            "bound_quantity": bound_quantity,
            "bound_until": lot.bound_until,
            "bound_references": lot.bound_references,
            "bound_customers": lot.bound_customers,
        },
    )


def _share_of_bound(lot: Lot, rest: Decimal) -> Decimal | None:
    """Divide what remains of a quantity bound: the rest keeps what it can still use.

    The part's share = max(0, remaining - rest on hand), so the sum stays what quality allowed.
    The row of the lot loses it from `quantity` too: that is what may ever remain here.
    """
    if lot.status != LotStatus.RESTRICTED or (bound := lock_bound(lot.pk)) is None:
        return None
    share = max(Decimal(0), bound.remaining - rest)
    if share:
        key = {"lot_id": lot.pk}
        current().add_to(type(bound), key, insert=False, quantity=-share, remaining=-share)
    return share


def check_not_earlier(lot: Lot, at: datetime) -> None:
    """Raise TooEarly when a lot that inherits this one's gate would be born before that gate."""
    if at < lot.status_occurred_at:
        since = lot.status_occurred_at
        raise TooEarly(what="lot", number=lot.number, occurred_at=at, since=since)


def record_edge(
    source: Lot, target: Lot, kind: EdgeKind, quantity: Decimal, command: Command, at: datetime
) -> None:
    """Append that quantity of one lot became part of another."""
    record_appended(
        GenealogyEdge(
            source_id=source.pk,
            target_id=target.pk,
            edge_kind=kind,
            quantity=quantity,
            command_id=command.id,
            occurred_at=at,
        )
    )
