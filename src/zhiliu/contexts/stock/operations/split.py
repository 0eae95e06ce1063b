"""Split, merge, regrade and change of owner: one posting through the place `transformation`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.stock.errors import Mismatch
from zhiliu.contexts.stock.events import LotRegraded, LotsMerged, LotSplit, OwnerChanged
from zhiliu.contexts.stock.models import Balance, GenealogyEdge, Lot
from zhiliu.contexts.stock.operations.births import Birth, create_lot, take_lot_numbers
from zhiliu.contexts.stock.operations.gate import check_there_then, check_use
from zhiliu.contexts.stock.operations.locks import (
    get_internal_place,
    lock_balances,
    lock_balances_of_lot,
    lock_bound,
    lock_lot,
    lock_lots,
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
    Use,
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
    """Give a part of a lot a number of its own; it inherits the lot's gate, open holds too.

    Raises NotFound, BadQuantity, NotEnough, SerialsWrong, Mismatch; emits LotCreated, LotSplit,
    HoldPlaced.
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
    voucher = Reference(Lot.kind, lot.pk, lot.number, lot.version)
    birth = _like(lot, quantity, LotOrigin.SPLIT, voucher, share)
    child = create_lot(birth, child_number(lot.number, ordinal), command=command, at=at)
    if share is not None:
        set_bound(child.pk, share)
    carried = carry_reservations(balance, quantity, child, part.place_id, command)
    middle = outside_place(place.site_id, PlaceKind.TRANSFORMATION)
    post(
        [
            Leg(
                lot,
                part.place_id,
                middle,
                part.owner_id,
                quantity,
                reserved_out=carried,
                serials=serials,
            ),
            Leg(
                child,
                middle,
                part.place_id,
                part.owner_id,
                quantity,
                reserved_in=carried,
                serials=serials,
            ),
        ],
        kind=MoveKind.TRANSFORM,
        command=command,
        at=at,
        reason=command.reason,
    )
    _edge(lot, child, EdgeKind.SPLIT, quantity, command, at)
    carry_holds(lot, child, command=command, at=at)
    record_event(
        LotSplit(
            subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
            company_id=lot.company_id,
            site_id=lot.site_id,
            part_id=child.pk,
            part=child.number,
            quantity=quantity,
            place_id=part.place_id,
        ),
        command,
        at,
    )
    return child


def _like(
    lot: Lot,
    quantity: Decimal,
    origin: LotOrigin,
    voucher: Reference,
    bound_quantity: Decimal | None = None,
) -> Birth:
    """A lot with the same facts and the same gate; `carry_holds` adds the holds."""
    return Birth(
        company_id=lot.company_id,
        site_id=lot.site_id,
        material_id=lot.material_id,
        lot_control=lot.lot_control,
        quantity=quantity,
        origin=origin,
        voucher=voucher,
        status=LotStatus(lot.status),
        revision_id=lot.revision_id,
        supplier_id=lot.supplier_id,
        supplier_lot=lot.supplier_lot,
        maker=lot.maker,
        manufactured_date=lot.manufactured_date,
        expires_at=lot.expires_at,
        is_urgent=lot.is_urgent,
        split_from_id=lot.pk if origin is LotOrigin.SPLIT else None,
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
    """
    if lot.status != LotStatus.RESTRICTED or (bound := lock_bound(lot.pk)) is None:
        return None
    share = max(Decimal(0), bound.remaining - rest)
    if share:
        current().add_to(type(bound), {"lot_id": lot.pk}, insert=False, remaining=-share)
    return share


def merge_lots(
    *, parts: Sequence[tuple[UUID, Part]], to_place_id: UUID, command: Command, at: datetime
) -> Lot:
    """Bring parts of several lots of one material together into a new lot, such as in a tank.

    All must have the same status, owner, site and no open hold, and none may be restricted. The new
    lot takes the earliest expiry. Raises NotFound, NotEnough, Mismatch; emits LotCreated,
    LotsMerged.
    """
    if len(parts) < 2 or len({lot_id for lot_id, _ in parts}) != len(parts):
        raise Mismatch(
            problem="a merge needs two or more different lots",
            problem_zh="合并需要两个或以上不同的批次",
        )
    lots = lock_lots([lot_id for lot_id, _ in parts], command)
    target = get_internal_place(to_place_id, command)
    first = lots[parts[0][0]]
    _may_merge(list(lots.values()), {part.owner_id for _, part in parts})
    material = get_material(first.material_id)
    balances = lock_balances((i, p.place_id, p.owner_id) for i, p in parts)
    total = Decimal(0)
    for lot_id, part in parts:
        get_internal_place(part.place_id, command)
        quantity = checked_quantity(part.quantity, material)
        row = balances.get((lot_id, part.place_id, part.owner_id))
        take_free(row, lots[lot_id], part.place_id, quantity)
        check_there_then(
            lots[lot_id], part.place_id, part.owner_id, quantity, command=command, at=at
        )
        total += quantity

    expiries = [x.expires_at for x in lots.values() if x.expires_at is not None]
    voucher = Reference(Lot.kind, first.pk, first.number, first.version)
    like = _like(first, total, LotOrigin.MERGE, voucher)
    same_supplier = len({x.supplier_id for x in lots.values()}) == 1
    birth = Birth(
        company_id=like.company_id,
        site_id=target.site_id,
        material_id=like.material_id,
        lot_control=like.lot_control,
        quantity=total,
        origin=LotOrigin.MERGE,
        voucher=voucher,
        status=like.status,
        supplier_id=like.supplier_id if same_supplier else None,
        expires_at=min(expiries, default=None),
        is_urgent=any(x.is_urgent for x in lots.values()),
    )
    (number,) = take_lot_numbers(first.company_id, 1)
    merged = create_lot(birth, number, command=command, at=at)
    middle = outside_place(target.site_id, PlaceKind.TRANSFORMATION)
    owner_id = parts[0][1].owner_id
    legs = [Leg(lots[i], p.place_id, middle, p.owner_id, p.quantity) for i, p in parts]
    legs.append(Leg(merged, middle, to_place_id, owner_id, total))
    post(legs, kind=MoveKind.TRANSFORM, command=command, at=at, reason=command.reason)
    for lot_id, part in parts:
        _edge(lots[lot_id], merged, EdgeKind.MERGED, part.quantity, command, at)
    record_event(
        LotsMerged(
            subject=Reference(Lot.kind, merged.pk, merged.number, merged.version),
            company_id=merged.company_id,
            site_id=merged.site_id,
            sources=tuple(x.number for x in lots.values()),
            quantity=total,
        ),
        command,
        at,
    )
    return merged


def _may_merge(lots: list[Lot], owners: set[UUID]) -> None:
    first = lots[0]
    for what, zh, values in (
        ("material", "物料", {x.material_id for x in lots}),
        ("revision", "版本", {x.revision_id for x in lots}),
        ("company", "公司", {x.company_id for x in lots}),
        ("status", "状态", {x.status for x in lots}),
        ("owner", "货主", owners),
    ):
        if len(values) > 1:
            raise Mismatch(problem=f"the lots differ in {what}", problem_zh=f"各批次的{zh}不同")
    if any(x.open_holds for x in lots):
        raise Mismatch(problem="a lot on hold cannot be merged", problem_zh="已冻结的批次不能合并")
    if first.status == LotStatus.RESTRICTED:
        raise Mismatch(
            problem="a restricted lot cannot be merged, its bounds would be lost",
            problem_zh="限制使用的批次不能合并，否则其限制会丢失",
        )
    if first.has_serials:
        raise Mismatch(
            problem="serials keep their lot; move them instead",
            problem_zh="序列号不能脱离其批次，请改用移库",
        )


def regrade_lot(
    *, lot_id: UUID, part: Part, to_material_id: UUID, command: Command, at: datetime
) -> Lot:
    """Turn a part of a lot into another material of the same unit: a new lot that waits for
    inspection; open holds go along. Raises NotFound, NotEnough, Mismatch; emits LotCreated,
    LotRegraded, HoldPlaced."""
    lot = lock_lot(lot_id, command)
    place = get_internal_place(part.place_id, command)
    material, other = get_material(lot.material_id), get_material(to_material_id)
    if other.pk == material.pk or other.unit_id != material.unit_id:
        raise Mismatch(
            problem=f"{other.number} must be another material with the same unit",
            problem_zh=f"{other.number} 须为单位相同的另一种物料",
        )
    if "serial" in (lot.lot_control, other.profile.lot_control):
        raise Mismatch(
            problem="serials are not regraded; issue and receive them",
            problem_zh="序列号物料不能降级，请先发料再收货",
        )
    quantity = checked_quantity(part.quantity, material)
    key = (lot_id, part.place_id, part.owner_id)
    take_free(lock_balances([key]).get(key), lot, part.place_id, quantity)
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)

    (number,) = take_lot_numbers(lot.company_id, 1)
    voucher = Reference(Lot.kind, lot.pk, lot.number, lot.version)
    birth = Birth(
        company_id=lot.company_id,
        site_id=place.site_id,
        material_id=to_material_id,
        lot_control=other.profile.lot_control,
        quantity=quantity,
        origin=LotOrigin.REGRADE,
        voucher=voucher,
        supplier_id=lot.supplier_id,
        supplier_lot=lot.supplier_lot,
        maker=lot.maker,
        manufactured_date=lot.manufactured_date,
        expires_at=lot.expires_at,
        is_urgent=lot.is_urgent,
    )
    new = create_lot(birth, number, command=command, at=at)
    middle = outside_place(place.site_id, PlaceKind.TRANSFORMATION)
    post(
        [
            Leg(lot, part.place_id, middle, part.owner_id, quantity),
            Leg(new, middle, part.place_id, part.owner_id, quantity),
        ],
        kind=MoveKind.TRANSFORM,
        command=command,
        at=at,
        reason=command.reason,
    )
    _edge(lot, new, EdgeKind.REGRADED, quantity, command, at)
    carry_holds(lot, new, command=command, at=at)
    record_event(
        LotRegraded(
            subject=Reference(Lot.kind, new.pk, new.number, new.version),
            company_id=new.company_id,
            site_id=new.site_id,
            source_id=lot.pk,
            quantity=quantity,
        ),
        command,
        at,
    )
    return new


def change_owner(
    *, lot_id: UUID, part: Part, to_owner_id: UUID, command: Command, at: datetime
) -> Lot:
    """Give goods another owner, such as consigned goods when they are drawn.

    Only usable goods may be drawn. Raises NotFound, the gate's refusals, NotEnough, Mismatch;
    emits OwnerChanged.
    """
    lot = lock_lot(lot_id, command)
    place = get_internal_place(part.place_id, command)
    if to_owner_id == part.owner_id:
        raise Mismatch(
            problem="the goods belong to this owner already", problem_zh="物料已归该货主所有"
        )
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    check_use(lot, Use.ISSUE, command=command, at=at)
    key = (lot_id, part.place_id, part.owner_id)
    balances = lock_balances([key, (lot_id, part.place_id, to_owner_id)])
    row: Balance | None = balances.get(key)
    take_free(row, lot, part.place_id, quantity)
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)
    serials = pick_serials(lot, part.place_id, part.owner_id, quantity, part.serials)

    middle = outside_place(place.site_id, PlaceKind.TRANSFORMATION)
    post(
        [
            Leg(lot, part.place_id, middle, part.owner_id, quantity, serials=serials),
            Leg(lot, middle, part.place_id, to_owner_id, quantity, serials=serials),
        ],
        kind=MoveKind.TRANSFORM,
        command=command,
        at=at,
        reason=command.reason,
    )
    record_event(
        OwnerChanged(
            subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
            company_id=lot.company_id,
            site_id=lot.site_id,
            from_owner_id=part.owner_id,
            to_owner_id=to_owner_id,
            quantity=quantity,
        ),
        command,
        at,
    )
    return lot


def _edge(
    source: Lot, target: Lot, kind: EdgeKind, quantity: Decimal, command: Command, at: datetime
) -> None:
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
