"""Using goods: issue to production, ship to a customer, and what comes back."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum

from zhiliu.contexts.stock.errors import Mismatch, NotEnough
from zhiliu.contexts.stock.models import Balance, GenealogyEdge, Lot, Move
from zhiliu.contexts.stock.operations.births import Birth, create_lot, take_lot_numbers
from zhiliu.contexts.stock.operations.gate import (
    check_owner,
    check_there_then,
    check_use,
    use_bound,
)
from zhiliu.contexts.stock.operations.locks import (
    get_internal_place,
    lock_balances,
    lock_lot,
    lock_lots,
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
from zhiliu.contexts.stock.states import (
    EdgeKind,
    LotOrigin,
    LotStatus,
    MoveKind,
    PlaceKind,
    Use,
)
from zhiliu.kernel.command import Command, Reference
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
    own = use_own_reservations(balance, quantity, reference, command)
    take_free(balance, lot, place_id, quantity, own)
    check_there_then(lot, place_id, owner_id, quantity, command=command, at=at)
    use_bound(lot, quantity)
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

    Their genealogy edges are marked `assumed`. Raises NotFound, Mismatch for material with lot
    control, NotEnough; emits GoodsMoved per lot.
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
        lot__material_id=material_id,
        place_id=place_id,
        owner_id=owner_id,
        quantity__gt=F("reserved"),
        lot__status=LotStatus.RELEASED,
        lot__open_holds=0,
    )
    lots = lock_lots([i for (i,) in rows.order_by("lot_id").values_list("lot_id")], command)
    locked = lock_balances((i, place_id, owner_id) for i in lots)
    moves: list[Move] = []
    left = quantity
    for lot in sorted(lots.values(), key=lambda x: x.pk):
        balance = locked[(lot.pk, place_id, owner_id)]
        usable = not lot.open_holds and lot.status == LotStatus.RELEASED
        if lot.expires_at is not None and lot.expires_at <= command.recorded_at:
            usable = False
        part = min(left, balance.quantity - balance.reserved)
        if usable and part > 0:
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
    drawn = _sum(rows.filter(to_place_id=production))
    returned = _sum(rows.filter(from_place_id=production))
    if quantity > drawn - returned:
        raise Mismatch(
            problem=f"{reference.number} drew {drawn} of lot {lot.number} and returned {returned}",
            problem_zh=f"{reference.number} 从批次 {lot.number} 领用 {drawn}，已退 {returned}",
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

    At most what was shipped to this customer from the lot. Raises NotFound, Mismatch,
    SerialsWrong; emits LotCreated, GoodsMoved.
    """
    source = lock_lot(lot_id, command, exclusive=True)
    place = get_internal_place(place_id, command)
    quantity = checked_quantity(quantity, get_material(source.material_id))
    customer = outside_place(place.site_id, PlaceKind.CUSTOMER)
    shipped = Move.objects.filter(
        lot_id=lot_id, to_place_id=customer, customer_id=reference.customer_id
    )
    edges = GenealogyEdge.objects.filter(
        source_id=lot_id, edge_kind=EdgeKind.RETURNED, reference_id__isnull=True
    )
    back = edges.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    if quantity > _sum(shipped) - back:
        raise Mismatch(
            problem=f"{_sum(shipped)} of lot {source.number} went there, {back} came back already",
            problem_zh=f"批次 {source.number} 曾发出 {_sum(shipped)}，已退回 {back}",
        )
    owner_id = shipped.values_list("owner_id", flat=True)[0]
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


def _sum(moves: object) -> Decimal:
    flush()
    return moves.aggregate(total=Sum("quantity"))["total"] or Decimal(0)  # type: ignore[attr-defined, no-any-return]


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
