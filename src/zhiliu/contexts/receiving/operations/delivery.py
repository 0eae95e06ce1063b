"""From what the dock says to what is booked: which order line, how much, on hold or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from zhiliu.contexts.partners.public import BlockedFunction, get_own_partner_id, get_partner
from zhiliu.contexts.purchasing.public import (
    LockedLine,
    LockedOrder,
    MaterialFacts,
    OrderState,
    load_facts,
)
from zhiliu.contexts.receiving import rules
from zhiliu.contexts.receiving.errors import BadOwner, LineNotNamed, MeasureUnused, NotFound
from zhiliu.contexts.receiving.states import ArrivalLineKind
from zhiliu.contexts.stock.public import HoldCause, LotHold
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import ZERO


@dataclass(frozen=True)
class DeliveryLine:
    """Goods of one material and supplier lot, as they stand on the dock.

    `quantity` is in `unit_id`, else in the ordered unit, without an order in the stock unit.
    `measured` is what the whole quantity measures in the stock unit, such as the metres of a roll.
    An order line together with another material says: this came instead. A material alone finds
    its order line. Without `owner_id` the goods are the company's own.
    """

    quantity: Decimal
    order_line_id: UUID | None = None
    material_id: UUID | None = None
    revision_id: UUID | None = None
    unit_id: UUID | None = None
    measured: Decimal | None = None
    supplier_lot: str = ""
    maker: str = ""
    manufactured_date: date | None = None
    expires_date: date | None = None
    owner_id: UUID | None = None
    serials: Sequence[str] = ()


@dataclass(frozen=True)
class Delivery:
    """Where a delivery goes, whose it is, and when it came."""

    company_id: UUID
    time_zone: str
    supplier_id: UUID
    supplier: str
    supplier_name: str
    order: LockedOrder | None
    at: datetime

    @property
    def buyer_id(self) -> UUID | None:
        """Who is told, and may lift the holds, when there is an order."""
        return self.order.order.buyer_id if self.order else None


@dataclass(frozen=True)
class Planned:
    """One lot to be booked. The first hold is born with it, further ones follow."""

    delivery_line: int
    given: DeliveryLine
    kind: ArrivalLineKind
    material: MaterialFacts
    order_line: LockedLine | None
    revision_id: UUID | None
    quantity: Decimal
    difference: Decimal
    factor: Decimal | None
    owner_id: UUID
    serials: Sequence[str]
    last_day: date | None
    holds: tuple[LotHold, ...]


def plan(delivery: Delivery, lines: Sequence[DeliveryLine]) -> list[Planned]:
    """The lots that a delivery becomes, in its order; a line over tolerance becomes two.

    No query for lines that are given in the ordered or stock unit of their order line, one for all
    others together. Raises NotFound, LineNotNamed, DoesNotFit, BadQuantity, NoConversion,
    RoundsToNothing, MeasureUnused, SerialsWrong, BadDates, BadOwner.
    """
    order_lines = [_order_line(delivery, n, line) for n, line in enumerate(lines, 1)]
    materials = _materials(delivery, lines, order_lines)
    left = _rooms(delivery)
    planned: list[Planned] = []
    for n, (line, order_line, material) in enumerate(
        zip(lines, order_lines, materials, strict=True), 1
    ):
        planned += _plan_line(delivery, n, line, order_line, material, left)
    return planned


def _order_line(delivery: Delivery, n: int, line: DeliveryLine) -> LockedLine | None:
    if delivery.order is None or line.order_line_id is None:
        if line.order_line_id is not None:
            raise NotFound("order line", str(line.order_line_id))
        if line.material_id is None:
            raise LineNotNamed(n)
        return _line_of(delivery.order, line.material_id)
    for one in delivery.order.lines:
        if one.line.pk == line.order_line_id:
            return one
    raise NotFound("order line", str(line.order_line_id))


def _line_of(order: LockedOrder | None, material_id: UUID) -> LockedLine | None:
    """The first line of a material that is open, else the last one."""
    lines = [one for one in order.lines if one.material.id == material_id] if order else []
    return next((one for one in lines if one.open_quantity), lines[-1] if lines else None)


def _materials(
    delivery: Delivery, lines: Sequence[DeliveryLine], order_lines: Sequence[LockedLine | None]
) -> list[MaterialFacts]:
    found = [_known(line, one) for line, one in zip(lines, order_lines, strict=True)]
    missing = [n for n, material in enumerate(found) if material is None]
    asked = []
    for n in missing:
        line, one = lines[n], order_lines[n]
        material_id = line.material_id or (one.material.id if one else None)
        assert material_id is not None
        asked.append((material_id, line.unit_id, line.revision_id))
    if asked:
        facts = load_facts(asked, delivery.supplier_id, BlockedFunction.RECEIPT)
        for n, known in zip(missing, facts.lines, strict=True):
            is_default = lines[n].unit_id is None
            found[n] = _in_stock_unit(known.material) if is_default else known.material
    return [material for material in found if material is not None]


def _known(line: DeliveryLine, one: LockedLine | None) -> MaterialFacts | None:
    """The material as it was loaded with the order; None when more must be asked."""
    if one is None or line.material_id not in (None, one.material.id):
        return None
    if line.unit_id in (None, one.material.unit.pk):
        return one.material
    return _in_stock_unit(one.material) if line.unit_id == one.material.stock_unit.pk else None


def _in_stock_unit(material: MaterialFacts) -> MaterialFacts:
    return replace(material, unit=material.stock_unit, factor=Fraction(1))


def _rooms(delivery: Delivery) -> dict[UUID, Decimal]:
    """What each order line may still take as expected; nothing once the order is closed."""
    if delivery.order is None:
        return {}
    is_closed = delivery.order.order.state == OrderState.CLOSED
    return {
        one.line.pk: ZERO
        if is_closed
        else rules.room(
            one.line.stock_quantity,
            one.line.received,
            one.line.returned,
            one.material.profile.over_tolerance_percent,
        )
        for one in delivery.order.lines
    }


def _plan_line(
    delivery: Delivery,
    n: int,
    line: DeliveryLine,
    order_line: LockedLine | None,
    material: MaterialFacts,
    left: dict[UUID, Decimal],
) -> list[Planned]:
    quantity, difference, factor = _quantity(n, line, material)
    today = delivery.at.astimezone(ZoneInfo(delivery.time_zone)).date()
    for refusal in (
        *rules.check_serials(
            n, material.number, material.profile.lot_control, quantity, line.serials
        ),
        *rules.check_dates(n, line.manufactured_date, line.expires_date, today),
    ):
        raise refusal
    is_ordered = order_line is not None and order_line.material.id == material.id
    day = rules.last_day(
        line.expires_date, line.manufactured_date, material.profile.shelf_life_days
    )
    ordered_revision = order_line.line.revision_id if order_line and is_ordered else None
    whole = Planned(
        delivery_line=n,
        given=line,
        kind=ArrivalLineKind.RECEIVED,
        material=material,
        order_line=order_line,
        revision_id=line.revision_id or ordered_revision,
        quantity=quantity,
        difference=difference,
        factor=factor,
        owner_id=_owner(delivery, n, line),
        serials=line.serials,
        last_day=day,
        holds=_holds(delivery, material, day),
    )
    if not is_ordered or order_line is None:
        return [_unexpected(delivery, whole)]
    decimals, room = material.stock_unit.decimals, left[order_line.line.pk]
    share = (
        rules.share(quantity, room, decimals)
        if factor is None
        else rules.share_pieces(line.quantity, quantity, room, decimals)
    )
    left[order_line.line.pk] = room - share.expected
    return _shared(delivery, whole, share)


def _shared(delivery: Delivery, whole: Planned, share: rules.Share) -> list[Planned]:
    """The expected part and the surplus part, as far as there are such."""
    if not share.surplus:
        return [whole]
    assert delivery.order is not None
    hold = LotHold(
        HoldCause.SURPLUS,
        f"more than order {delivery.order.order.number} still expects",
        delivery.order.reference,
        delivery.buyer_id,
    )
    cut = int(share.expected) if whole.serials else 0
    surplus = replace(
        whole,
        kind=ArrivalLineKind.SURPLUS,
        quantity=share.surplus,
        difference=ZERO if share.expected else whole.difference,
        serials=whole.serials[cut:],
        holds=(hold, *whole.holds),
    )
    if not share.expected:
        return [surplus]
    expected = replace(whole, quantity=share.expected, serials=whole.serials[:cut])
    return [expected, surplus]


def _unexpected(delivery: Delivery, whole: Planned) -> Planned:
    """Goods that no order line asked for, or that came instead of what it asked for."""
    instead = whole.order_line is not None
    kind = ArrivalLineKind.WRONG_MATERIAL if instead else ArrivalLineKind.UNORDERED
    reason = f"{whole.material.number} was not ordered"
    cause = delivery.order.reference if delivery.order else None
    if whole.order_line is not None:
        reason = f"{whole.material.number} came instead of {whole.order_line.material.number}"
    hold = LotHold(HoldCause.WRONG_MATERIAL, reason, cause, delivery.buyer_id)
    return replace(whole, kind=kind, holds=(hold, *whole.holds))


def _holds(delivery: Delivery, material: MaterialFacts, day: date | None) -> tuple[LotHold, ...]:
    """The holds that have nothing to do with the order: a block, a missing date."""
    holds: list[LotHold] = []
    if material.block is not None:
        holds.append(
            LotHold(
                HoldCause.SUPPLY_BLOCK,
                material.block.reason,
                material.block_reference(delivery.supplier),
                delivery.buyer_id,
            )
        )
    if material.profile.shelf_life_days is not None and day is None:
        # nobody may refuse goods for a missing date, and nobody may use them without one
        holds.append(
            LotHold(
                HoldCause.MANUAL,
                "the material has a shelf life, but no date of manufacture or expiry came with it",
                Reference(
                    "catalog.control_profile",
                    material.profile.id,
                    material.profile.code,
                    material.profile.version,
                ),
                delivery.buyer_id,
            )
        )
    return tuple(holds)


def _quantity(
    n: int, line: DeliveryLine, material: MaterialFacts
) -> tuple[Decimal, Decimal, Decimal | None]:
    """Quantity in the stock unit, rounding difference and, if measured, the lot's own factor."""
    if line.measured is None:
        converted = material.in_stock_unit(line.quantity)
        return converted.value, converted.difference, None
    if material.unit.pk == material.stock_unit.pk:
        raise MeasureUnused(n, material.unit.code)
    stock = _in_stock_unit(material)
    replace(stock, unit=material.unit).in_stock_unit(line.quantity)  # fits its own unit
    measured = stock.in_stock_unit(line.measured).value
    return measured, ZERO, rules.factor(measured, line.quantity)


def _owner(delivery: Delivery, n: int, line: DeliveryLine) -> UUID:
    own = get_own_partner_id(delivery.company_id)
    if line.owner_id is None or line.owner_id == own:
        return own
    if line.owner_id == delivery.supplier_id:
        return delivery.supplier_id
    partner = get_partner(line.owner_id)
    if not partner.is_customer:
        raise BadOwner(n, partner.number)
    return partner.pk
