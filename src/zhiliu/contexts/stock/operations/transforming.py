"""Merge, regrade and change of owner: one posting through the place `transformation` each."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.partners.public import get_own_partner_id
from zhiliu.contexts.stock.errors import Mismatch, OwnedByOther, ReasonMissing, WrongPlace
from zhiliu.contexts.stock.events import LotRegraded, LotsMerged, OwnerChanged
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.operations.births import Birth, create_lot, take_lot_numbers
from zhiliu.contexts.stock.operations.dispositions import check_disposed
from zhiliu.contexts.stock.operations.gate import check_there_then, check_use
from zhiliu.contexts.stock.operations.locks import (
    about,
    get_internal_place,
    get_owner,
    lock_balances,
    lock_lot,
    lock_lots,
    outside_place,
)
from zhiliu.contexts.stock.operations.placing import carry_holds
from zhiliu.contexts.stock.operations.posting import Leg, pick_serials, post, take_free
from zhiliu.contexts.stock.operations.quantities import checked_quantity, get_material
from zhiliu.contexts.stock.operations.split import Part, check_not_earlier, record_edge
from zhiliu.contexts.stock.rules import can_merge, can_regrade
from zhiliu.contexts.stock.states import (
    EdgeKind,
    LotOrigin,
    LotStatus,
    MoveKind,
    PlaceKind,
    Use,
)
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.outbox.public import record_event


def merge_lots(
    *, parts: Sequence[tuple[UUID, Part]], to_place_id: UUID, command: Command, at: datetime
) -> Lot:
    """Bring parts of several lots of one material together into a new lot, such as in a tank.

    All must have the same status, revision and owner, lie at one site with no open hold, and none
    may be restricted. The new lot takes the earliest expiry, and of supplier, supplier lot, maker
    and date of manufacture what all have in common. Raises NotFound, BadQuantity, NotEnough,
    NotThereThen, TooEarly, WrongPlace, Mismatch; emits LotCreated, LotsMerged.
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
        if get_internal_place(part.place_id, command).site_id != target.site_id:
            raise WrongPlace(place=target.code, needed="a place at the site of all parts")
        quantity = checked_quantity(part.quantity, material)
        check_not_earlier(lots[lot_id], at)
        row = balances.get((lot_id, part.place_id, part.owner_id))
        take_free(row, lots[lot_id], part.place_id, quantity)
        check_there_then(
            lots[lot_id], part.place_id, part.owner_id, quantity, command=command, at=at
        )
        total += quantity

    checked_quantity(total, material)
    birth = _mixed(list(lots.values()), first, total, target.site_id)
    (number,) = take_lot_numbers(first.company_id, 1)
    merged = create_lot(birth, number, command=command, at=at)
    middle = outside_place(target.site_id, PlaceKind.TRANSFORMATION)
    owner_id = parts[0][1].owner_id
    legs = [Leg(lots[i], p.place_id, middle, p.owner_id, p.quantity) for i, p in parts]
    legs.append(Leg(merged, middle, to_place_id, owner_id, total))
    post(legs, kind=MoveKind.TRANSFORM, command=command, at=at, reason=command.reason)
    for lot_id, part in parts:
        record_edge(lots[lot_id], merged, EdgeKind.MERGED, part.quantity, command, at)
    record_event(
        LotsMerged(
            *about(merged),
            sources=tuple(x.number for x in lots.values()),
            quantity=total,
        ),
        command,
        at,
    )
    return merged


def _mixed(lots: list[Lot], first: Lot, total: Decimal, site_id: UUID) -> Birth:
    """What a mixture of lots is: the worst of their gates, and the facts that all share."""

    def common(name: str, otherwise: Any) -> Any:
        values = {getattr(lot, name) for lot in lots}
        return values.pop() if len(values) == 1 else otherwise

    return Birth(
        company_id=first.company_id,
        site_id=site_id,
        material_id=first.material_id,
        lot_control=first.lot_control,
        quantity=total,
        origin=LotOrigin.MERGE,
        voucher=Reference(Lot.kind, first.pk, first.number, first.version),
        status=LotStatus(first.status),
        revision_id=first.revision_id,
        supplier_id=common("supplier_id", None),
        supplier_lot=common("supplier_lot", ""),
        maker=common("maker", ""),
        manufactured_date=common("manufactured_date", None),
        expires_at=min((x.expires_at for x in lots if x.expires_at is not None), default=None),
        is_urgent=any(x.is_urgent for x in lots),
    )


def _may_merge(lots: list[Lot], owners: set[UUID]) -> None:
    for what, zh, values in (
        ("material", "物料", {x.material_id for x in lots}),
        ("revision", "版本", {x.revision_id for x in lots}),
        ("company", "公司", {x.company_id for x in lots}),
        ("status", "状态", {x.status for x in lots}),
        ("owner", "货主", owners),
    ):
        if len(values) > 1:
            raise Mismatch(problem=f"the lots differ in {what}", problem_zh=f"各批次的{zh}不同")
    for lot in lots:
        for refusal in can_merge(
            LotStatus(lot.status), is_held=lot.open_holds > 0, is_serial=lot.has_serials
        ):
            raise refusal


def regrade_lot(
    *,
    lot_id: UUID,
    part: Part,
    to_material_id: UUID,
    voucher: Reference | None = None,
    command: Command,
    at: datetime,
) -> Lot:
    """Turn a part of a lot into another material of the same unit, by a signed reason.

    Blocked goods are regraded by a disposition. The result is a new lot that waits for inspection,
    on the holds of its source. Raises NotFound, ReasonMissing, NotDisposed, BadQuantity, NotEnough,
    NotThereThen, Mismatch; emits LotCreated, LotRegraded, HoldPlaced.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="regrade goods")
    lot = lock_lot(lot_id, command)
    place = get_internal_place(part.place_id, command)
    material, other = get_material(lot.material_id), get_material(to_material_id)
    _may_regrade(lot, material, other)
    quantity = checked_quantity(part.quantity, material)
    if lot.status == LotStatus.BLOCKED:
        check_disposed(lot, voucher, MoveKind.TRANSFORM, quantity, command, at)
    key = (lot_id, part.place_id, part.owner_id)
    take_free(lock_balances([key]).get(key), lot, part.place_id, quantity)
    check_there_then(lot, part.place_id, part.owner_id, quantity, command=command, at=at)

    (number,) = take_lot_numbers(lot.company_id, 1)
    birth = Birth(
        company_id=lot.company_id,
        site_id=place.site_id,
        material_id=to_material_id,
        lot_control=other.profile.lot_control,
        quantity=quantity,
        origin=LotOrigin.REGRADE,
        voucher=about(lot)[0],
        supplier_id=lot.supplier_id,
        supplier_lot=lot.supplier_lot,
        maker=lot.maker,
        manufactured_date=lot.manufactured_date,
        expires_at=lot.expires_at,
        is_urgent=lot.is_urgent,
    )
    new = create_lot(birth, number, command=command, at=at)
    middle, at_place = outside_place(place.site_id, PlaceKind.TRANSFORMATION), part.place_id
    legs = [
        Leg(lot, at_place, middle, part.owner_id, quantity, reference=voucher),
        Leg(new, middle, at_place, part.owner_id, quantity),
    ]
    post(legs, kind=MoveKind.TRANSFORM, command=command, at=at, reason=command.reason)
    record_edge(lot, new, EdgeKind.REGRADED, quantity, command, at)
    carry_holds(lot, new, command=command, at=at)
    record_event(LotRegraded(*about(new), source_id=lot.pk, quantity=quantity), command, at)
    return new


def _may_regrade(lot: Lot, material: Material, other: Material) -> None:
    if other.pk == material.pk or other.unit_id != material.unit_id:
        raise Mismatch(
            problem=f"{other.number} must be another material with the same unit",
            problem_zh=f"{other.number} 须为单位相同的另一种物料",
        )
    is_serial = "serial" in (lot.lot_control, other.profile.lot_control)
    for refusal in can_regrade(is_serial=is_serial):
        raise refusal


def change_owner(
    *, lot_id: UUID, part: Part, to_owner_id: UUID, command: Command, at: datetime
) -> Lot:
    """Give goods another owner, such as consigned goods when they are drawn.

    Only usable goods may be drawn, and from a customer nobody draws. Raises NotFound, the gate's
    refusals, OwnedByOther, BadQuantity, NotEnough, NotThereThen, SerialsWrong, Mismatch; emits
    OwnerChanged.
    """
    lot = lock_lot(lot_id, command)
    place = get_internal_place(part.place_id, command)
    if to_owner_id == part.owner_id:
        raise Mismatch(
            problem="the goods belong to this owner already", problem_zh="物料已归该货主所有"
        )
    owner = get_owner(part.owner_id)
    get_owner(to_owner_id)
    if owner.pk != get_own_partner_id(lot.company_id) and not owner.is_supplier:
        raise OwnedByOther(lot=lot.number, owner=owner.name)
    quantity = checked_quantity(part.quantity, get_material(lot.material_id))
    check_use(lot, Use.ISSUE, command=command, at=at)
    key = (lot_id, part.place_id, part.owner_id)
    balances = lock_balances([key, (lot_id, part.place_id, to_owner_id)])
    take_free(balances.get(key), lot, part.place_id, quantity)
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
            *about(lot),
            from_owner_id=part.owner_id,
            to_owner_id=to_owner_id,
            quantity=quantity,
        ),
        command,
        at,
    )
    return lot
