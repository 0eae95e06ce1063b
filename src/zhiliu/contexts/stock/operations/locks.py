"""Loading and locking, once and in key order: lots, then balances, then bounds and reservations.

Using a lot takes its row FOR SHARE, changing it takes it exclusively (DESIGN.md section 3, Locks).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.stock.errors import NotFound, WrongPlace
from zhiliu.contexts.stock.models import Balance, Hold, Lot, LotBound, Place, Reservation
from zhiliu.contexts.stock.permissions import LOTS
from zhiliu.contexts.stock.states import HoldState, PlaceKind, ReservationState
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush

Key = tuple[UUID, UUID, UUID]  # lot, place, owner


@dataclass(frozen=True)
class PlaceFacts:
    """What never changes about a place, so that a process may remember it."""

    id: UUID
    code: str
    kind: PlaceKind
    is_internal: bool
    site_id: UUID
    company_id: UUID


_places: dict[UUID, PlaceFacts] = {}
_outside: dict[tuple[UUID, str], UUID] = {}


def get_place(place_id: UUID, command: Command | None = None) -> PlaceFacts:
    """The unchanging facts of a place; raises NotFound, also when the actor may not act there."""
    found = _places.get(place_id)
    if found is None:
        flush()
        row = Place.objects.select_related("site").filter(pk=place_id).first()
        if row is None:
            raise NotFound(what="place", given=str(place_id))
        found = PlaceFacts(
            row.pk,
            row.code,
            PlaceKind(row.place_kind),
            row.is_internal,
            row.site_id,
            row.site.company_id,
        )
        _places[place_id] = found
    if command is not None and not command.actor.may(
        command.operation, Scope(company_id=found.company_id, site_id=found.site_id)
    ):
        raise NotFound(what="place", given=str(place_id))
    return found


def get_internal_place(place_id: UUID, command: Command) -> PlaceFacts:
    """A place that we account for; raises NotFound, WrongPlace."""
    place = get_place(place_id, command)
    if not place.is_internal:
        raise WrongPlace(place=place.code, needed="an internal place")
    return place


def outside_place(site_id: UUID, kind: PlaceKind) -> UUID:
    """The site's one outside place of a kind (made with the site)."""
    known = _outside.get((site_id, kind))
    if known is None:
        flush()
        row = Place.objects.filter(site_id=site_id, place_kind=kind, is_internal=False).first()
        if row is None:
            raise NotFound(what="outside place", given=kind)
        known = _outside[(site_id, kind)] = row.pk
    return known


def get_owner(owner_id: UUID) -> Partner:
    """The partner to whom goods belong; raises NotFound."""
    flush()
    owner = Partner.objects.filter(pk=owner_id).first()
    if owner is None:
        raise NotFound(what="owner", given=str(owner_id))
    return owner


def lock_lots(
    lot_ids: Collection[UUID], command: Command, *, exclusive: bool = False
) -> dict[UUID, Lot]:
    """The lots by id, locked in id order; raises NotFound for a missing or foreign one."""
    flush()
    strength = "no key update" if exclusive else "share"
    rows = Lot.objects.raw(
        f"select * from stock_lot where id = any(%s) order by id for {strength}",  # noqa: S608
        [list(lot_ids)],
    )
    found = {lot.pk: lot for lot in rows}
    for lot_id in lot_ids:
        if lot_id not in found or not command.actor.may(command.operation, where(found[lot_id])):
            raise NotFound(what="lot", given=str(lot_id))
    return found


def lock_lot(lot_id: UUID, command: Command, *, exclusive: bool = False) -> Lot:
    """One lot, locked; raises NotFound."""
    return lock_lots([lot_id], command, exclusive=exclusive)[lot_id]


def about(lot: Lot) -> tuple[Reference, UUID, UUID]:
    """The head of an event about a lot: subject, company, site."""
    return Reference(Lot.kind, lot.pk, lot.number, lot.version), lot.company_id, lot.site_id


def where(lot: Lot) -> Scope:
    """Where a lot belongs, for the question whether an actor may act on it."""
    return Scope(company_id=lot.company_id, site_id=lot.site_id, supplier_id=lot.supplier_id)


def lots_within(command: Command, prefix: str = "") -> Q:
    """The filter that leaves only lots on which the actor may act so; `prefix` leads to the lot."""
    return LOTS.filter(command.actor, operation=command.operation, prefix=prefix)


def lock_balances(keys: Iterable[Key]) -> dict[Key, Balance]:
    """The balance rows that exist among `keys`, locked in key order."""
    wanted = sorted(set(keys), key=lambda k: [str(part) for part in k])
    if not wanted:
        return {}
    flush()
    lots, places, owners = (list(column) for column in zip(*wanted, strict=True))
    rows = Balance.objects.raw(
        "select b.* from stock_balance b "
        "join unnest(%s::uuid[], %s::uuid[], %s::uuid[]) k(lot, place, owner) "
        "on b.lot_id = k.lot and b.place_id = k.place and b.owner_id = k.owner "
        "order by b.lot_id, b.place_id, b.owner_id for no key update of b",
        [lots, places, owners],
    )
    return {(b.lot_id, b.place_id, b.owner_id): b for b in rows}


def lock_balances_of_lot(lot_id: UUID) -> list[Balance]:
    """All balance rows of a lot, locked in key order."""
    return lock_balances_of_lots([lot_id])


def lock_balances_of_lots(lot_ids: Collection[UUID]) -> list[Balance]:
    """All balance rows of these lots, locked in key order."""
    flush()
    rows = Balance.objects.filter(lot_id__in=lot_ids).order_by("lot_id", "place_id", "owner_id")
    return list(rows.select_for_update(no_key=True))


def lock_bound(lot_id: UUID) -> LotBound | None:
    """What remains of a lot's quantity bound, locked like a balance."""
    flush()
    return LotBound.objects.filter(pk=lot_id).select_for_update(no_key=True).first()


def lock_reservations(
    lot_id: UUID, place_id: UUID | None = None, owner_id: UUID | None = None
) -> list[Reservation]:
    """The open reservations of a lot (at one place, of one owner), oldest first, locked."""
    flush()
    rows = Reservation.objects.filter(lot_id=lot_id, state=ReservationState.OPEN)
    if place_id is not None:
        rows = rows.filter(place_id=place_id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return list(rows.order_by("id").select_for_update(no_key=True))


def lock_reservations_of_lots(lot_ids: Collection[UUID]) -> dict[UUID, list[Reservation]]:
    """The open reservations of each of these lots, oldest first, locked."""
    flush()
    found: dict[UUID, list[Reservation]] = {lot_id: [] for lot_id in lot_ids}
    rows = Reservation.objects.filter(lot_id__in=lot_ids, state=ReservationState.OPEN)
    for row in rows.order_by("id").select_for_update(no_key=True):
        found[row.lot_id].append(row)
    return found


def open_hold_numbers(lot: Lot) -> list[str]:
    """The numbers of a lot's open holds, oldest first; no query when it has none."""
    return open_hold_numbers_of_lots([lot])[lot.pk]


def open_hold_numbers_of_lots(lots: Collection[Lot]) -> dict[UUID, list[str]]:
    """The numbers of each lot's open holds, oldest first; no query when none has any."""
    found: dict[UUID, list[str]] = {lot.pk: [] for lot in lots}
    held = [lot.pk for lot in lots if lot.open_holds]
    if held:
        flush()
        rows = Hold.objects.filter(lot_id__in=held, state=HoldState.OPEN).order_by("id")
        for lot_id, number in rows.values_list("lot_id", "number"):
            found[lot_id].append(number)
    return found


def free_of(balance: Balance | None) -> Decimal:
    """What of a balance is not reserved."""
    return balance.quantity - balance.reserved if balance else Decimal(0)
