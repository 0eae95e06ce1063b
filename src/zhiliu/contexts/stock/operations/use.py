"""Using goods: issue to production, ship to a customer, and what comes back."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum

from zhiliu.contexts.stock.errors import Mismatch, NotEnough, WrongPlace
from zhiliu.contexts.stock.models import Balance, GenealogyEdge, Lot, Move
from zhiliu.contexts.stock.operations.births import Birth, create_lot, take_lot_numbers
from zhiliu.contexts.stock.operations.gate import (
    check_owner,
    check_there_then,
    check_use,
    moves_of,
    refusals_of,
    use_bound,
)
from zhiliu.contexts.stock.operations.locks import (
    get_internal_place,
    lock_balances,
    lock_lot,
    lock_lots,
    lock_reservations,
    lots_within,
    outside_place,
)
from zhiliu.contexts.stock.operations.posting import (
    Leg,
    pick_serials,
    post,
    record_moved,
    take_free,
)
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.reservations import use_own_reservations
from zhiliu.contexts.stock.rules import free, lowest_since
from zhiliu.contexts.stock.states import (
    EdgeKind,
    LotOrigin,
    LotStatus,
    MoveKind,
    PlaceKind,
    Use,
)
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import plain
from zhiliu.platform.evidence.public import flush, record_appended


def issue(
    *,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    serials: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Move:
    """Issue goods of a lot to production for an order. `quantity` in the stock unit.

    Raises NotFound, BadQuantity, the gate's refusals, OutsideBounds, OwnedByOther, NotEnough,
    NotThereThen, SerialsWrong; emits GoodsMoved.
    """
    return _use(
        Use.ISSUE, lot_id, place_id, owner_id, quantity, reference, serials, command=command, at=at
    )


def ship(
    *,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    serials: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Move:
    """Ship goods of a lot to a customer; refuses as `issue` does and urgent lots besides."""
    return _use(
        Use.SHIP, lot_id, place_id, owner_id, quantity, reference, serials, command=command, at=at
    )


def _use(
    use: Use,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    serials: Sequence[str],
    *,
    command: Command,
    at: datetime,
    is_assumed: bool = False,
) -> Move:
    lot = lock_lot(lot_id, command)
    place = get_internal_place(place_id, command)
    quantity = checked_quantity(quantity, get_material(lot.material_id))
    check_use(lot, use, command=command, at=at, reference=reference)
    check_owner(lot, owner_id, reference)
    key = (lot_id, place_id, owner_id)
    balance = lock_balances([key]).get(key)
    use_bound(lot, quantity)
    own = use_own_reservations(balance, quantity, reference, command)
    take_free(balance, lot, place_id, quantity, own)
    check_there_then(lot, place_id, owner_id, quantity, command=command, at=at)
    picked = pick_serials(lot, place_id, owner_id, quantity, serials)

    kind, outside = (
        (MoveKind.ISSUE, PlaceKind.PRODUCTION)
        if use is Use.ISSUE
        else (MoveKind.SHIP, PlaceKind.CUSTOMER)
    )
    leg = Leg(
        lot,
        place_id,
        outside_place(place.site_id, outside),
        owner_id,
        quantity,
        reference=reference,
        reserved_out=own,
        serials=picked,
    )
    (move,) = post([leg], kind=kind, command=command, at=at, reason=command.reason)
    _edge_to_reference(
        lot,
        quantity,
        reference,
        EdgeKind.CONSUMED if use is Use.ISSUE else EdgeKind.PACKED,
        is_assumed,
        command,
        at,
    )
    record_moved(move, lot, command, at, quantity)
    return move


def issue_material(
    *,
    material_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    command: Command,
    at: datetime,
) -> list[Move]:
    """Issue a material without lot control by its name: the oldest usable lots are taken.

    Of late postings: what was usable and lay there then. Their genealogy edges are marked
    `assumed`. Raises NotFound, BadQuantity, Mismatch for material with lot control, OwnedByOther,
    NotEnough; emits GoodsMoved per lot.
    """
    material = get_material(material_id)
    if material.profile.lot_control != "none":
        raise Mismatch(
            problem=f"material {material.number} has lot control; name the lot",
            problem_zh=f"物料 {material.number} 有批次管理，请指明批次",
        )
    place = get_internal_place(place_id, command)
    quantity = checked_quantity(quantity, material)
    rows = Balance.objects.filter(
        lots_within(command, "lot__"),
        lot__material_id=material_id,
        place_id=place_id,
        owner_id=owner_id,
        quantity__gt=0,
        lot__status=LotStatus.RELEASED,
        lot__open_holds=0,
    )
    lots = lock_lots([i for (i,) in rows.order_by("lot_id").values_list("lot_id")], command)
    locked = lock_balances((i, place_id, owner_id) for i in lots)
    moves: list[Move] = []
    left = quantity
    for lot in sorted(lots.values(), key=lambda x: x.pk):
        part = min(left, _usable(lot, locked[(lot.pk, place_id, owner_id)], reference, command, at))
        if part > 0:
            moves.append(
                _use(
                    Use.ISSUE,
                    lot.pk,
                    place_id,
                    owner_id,
                    part,
                    reference,
                    (),
                    command=command,
                    at=at,
                    is_assumed=True,
                )
            )
            left -= part
    if left > 0:
        raise NotEnough(
            lot=material.number,
            place=place.code,
            wanted=quantity,
            free=quantity - left,
            reserved=Decimal(0),
        )
    return moves


def _usable(
    lot: Lot, balance: Balance, reference: Reference, command: Command, at: datetime
) -> Decimal:
    """How much of a locked balance an order may draw now and, of a late posting, then."""
    if refusals_of(lot, Use.ISSUE, command=command, at=at, reference=reference):
        return Decimal(0)
    kept = Decimal(0)
    if balance.reserved:
        rows = lock_reservations(lot.pk, balance.place_id, balance.owner_id)
        kept = sum((r.open_quantity for r in rows if r.reference_id == reference.id), kept)
    usable = free(balance.quantity, balance.reserved, kept)
    if at < command.recorded_at:
        usable = min(usable, lowest_since(moves_of(lot, balance.place_id, balance.owner_id), at))
    return usable


def return_issue(
    *,
    lot_id: UUID,
    place_id: UUID,
    owner_id: UUID,
    quantity: Decimal,
    reference: Reference,
    serials: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Move:
    """Take back what an order drew and did not use: into its lot, at most what it drew.

    Raises NotFound, BadQuantity, Mismatch, SerialsWrong; emits GoodsMoved.
    """
    # exclusively, so that two returns of one order wait for each other
    lot = lock_lot(lot_id, command, exclusive=True)
    place = get_internal_place(place_id, command)
    quantity = checked_quantity(quantity, get_material(lot.material_id))
    lock_balances([(lot_id, place_id, owner_id)])
    production = outside_place(place.site_id, PlaceKind.PRODUCTION)
    rows = Move.objects.filter(lot_id=lot_id, owner_id=owner_id, reference_id=reference.id)
    drawn = _sum(rows.filter(to_place_id=production, occurred_at__lte=at))
    returned = _sum(rows.filter(from_place_id=production))
    if quantity > drawn - returned:
        raise Mismatch(
            problem=f"{reference.number} drew {plain(drawn)} of lot {lot.number} until then and"
            f" returned {plain(returned)}",
            problem_zh=f"{reference.number} 从批次 {lot.number} 领用 {plain(drawn)}，"
            f"已退 {plain(returned)}",
        )
    use_bound(lot, -quantity)
    picked = pick_serials(lot, production, owner_id, quantity, serials)
    leg = Leg(lot, production, place_id, owner_id, quantity, reference=reference, serials=picked)
    (move,) = post([leg], kind=MoveKind.RETURN_ISSUE, command=command, at=at, reason=command.reason)
    record_moved(move, lot, command, at, quantity)
    return move


def receive_customer_return(
    *,
    lot_id: UUID,
    place_id: UUID,
    quantity: Decimal,
    reference: Reference,
    serials: Sequence[str] = (),
    command: Command,
    at: datetime,
) -> Lot:
    """Book goods that a customer sends back: always a new lot that waits for inspection.

    At most what was shipped to this customer from the lot and did not come back, at any site of the
    company. Raises NotFound, BadQuantity, Mismatch, SerialsWrong; emits LotCreated, GoodsMoved.
    """
    source = lock_lot(lot_id, command, exclusive=True)
    place = get_internal_place(place_id, command)
    if place.company_id != source.company_id:
        raise WrongPlace(place=place.code, needed="a place of the lot's company")
    quantity = checked_quantity(quantity, get_material(source.material_id))
    customer, owner_id = _shipped_to(source, reference, quantity, at)
    picked = pick_serials(source, customer, owner_id, quantity, serials)
    (number,) = take_lot_numbers(source.company_id, 1)
    lot = create_lot(
        Birth(
            company_id=source.company_id,
            site_id=place.site_id,
            material_id=source.material_id,
            lot_control=source.lot_control,
            quantity=quantity,
            origin=LotOrigin.CUSTOMER_RETURN,
            voucher=reference,
            revision_id=source.revision_id,
            supplier_lot=source.supplier_lot,
            maker=source.maker,
            manufactured_date=source.manufactured_date,
            expires_at=source.expires_at,
        ),
        number,
        command=command,
        at=at,
    )
    leg = Leg(lot, customer, place_id, owner_id, quantity, reference=reference, serials=picked)
    (move,) = post(
        [leg], kind=MoveKind.CUSTOMER_RETURN, command=command, at=at, reason=command.reason
    )
    record_appended(
        GenealogyEdge(
            source_id=source.pk,
            target_id=lot.pk,
            edge_kind=EdgeKind.RETURNED,
            quantity=quantity,
            command_id=command.id,
            occurred_at=at,
        )
    )
    record_moved(move, lot, command, at, quantity)
    return lot


def _shipped_to(
    lot: Lot, reference: Reference, quantity: Decimal, at: datetime
) -> tuple[UUID, UUID]:
    """The customer place and owner for which so much of a lot is still out with this customer."""
    flush()
    out: dict[tuple[UUID, UUID], Decimal] = {}
    shipped = Move.objects.filter(
        lot_id=lot.pk,
        move_kind=MoveKind.SHIP,
        customer_id=reference.customer_id,
        occurred_at__lte=at,
    )
    for to, owner, sent in shipped.values_list("to_place_id", "owner_id", "quantity"):
        out[(to, owner)] = out.get((to, owner), Decimal(0)) + sent
    returns = GenealogyEdge.objects.filter(source_id=lot.pk, edge_kind=EdgeKind.RETURNED)
    back = Move.objects.filter(
        lot_id__in=returns.values("target_id"),
        move_kind=MoveKind.CUSTOMER_RETURN,
        customer_id=reference.customer_id,
    )
    for place, owner, came in back.values_list("from_place_id", "owner_id", "quantity"):
        out[(place, owner)] = out.get((place, owner), Decimal(0)) - came
    for key in sorted(out, key=str):
        if out[key] >= quantity:
            return key
    left = plain(max(out.values(), default=Decimal(0)))
    raise Mismatch(
        problem=f"{left} of lot {lot.number} are still out with this customer",
        problem_zh=f"批次 {lot.number} 在该客户处尚有 {left}",
    )


def _sum(moves: QuerySet[Move]) -> Decimal:
    flush()
    return moves.aggregate(total=Sum("quantity"))["total"] or Decimal(0)


def _edge_to_reference(
    lot: Lot,
    quantity: Decimal,
    reference: Reference,
    kind: EdgeKind,
    is_assumed: bool,
    command: Command,
    at: datetime,
) -> None:
    record_appended(
        GenealogyEdge(
            source_id=lot.pk,
            edge_kind=kind,
            quantity=quantity,
            is_assumed=is_assumed,
            reference_kind=reference.kind,
            reference_id=reference.id,
            reference_number=reference.number,
            command_id=command.id,
            occurred_at=at,
        )
    )
