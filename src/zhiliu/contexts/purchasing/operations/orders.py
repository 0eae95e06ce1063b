"""Writing orders and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from zhiliu.contexts.catalog.models import Site
from zhiliu.contexts.catalog.public import get_company, get_site
from zhiliu.contexts.partners.public import BlockedFunction, get_supplier
from zhiliu.contexts.purchasing import rules
from zhiliu.contexts.purchasing.errors import (
    NotFound,
    NotInUse,
    OrderBlocked,
    PriceMissing,
    WrongRevision,
)
from zhiliu.contexts.purchasing.events import (
    OrderCancelled,
    OrderClosed,
    OrderConfirmed,
    OrderCreated,
    OrderWritten,
)
from zhiliu.contexts.purchasing.models import Order, OrderLine
from zhiliu.contexts.purchasing.operations.locks import LockedLine, LockedOrder, lock_order
from zhiliu.contexts.purchasing.queries.facts import LineFacts, MaterialFacts, load_facts
from zhiliu.contexts.purchasing.states import OrderState
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.evidence.public import current, record_changed, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

ORDER_RANGE = "purchasing.order"


@dataclass(frozen=True)
class LineIn:
    """One line to order. What is left out comes from the supplier's terms: the unit (else the stock
    unit), the price per unit (same unit and currency), the due date (order date + lead time)."""

    material_id: UUID
    quantity: Decimal
    unit_id: UUID | None = None
    price: Decimal | None = None
    due_date: date | None = None
    revision_id: UUID | None = None


def create_order(
    *,
    site_id: UUID,
    supplier_id: UUID,
    lines: Sequence[LineIn],
    currency: str | None = None,
    order_date: date | None = None,
    reference: str = "",
    confirm: bool = False,
    command: Command,
    at: datetime,
) -> LockedOrder:
    """Write an order of at least one line; with `confirm` it is placed with the supplier at once.

    Currency is the company's and the date that of `at` at the site unless stated. Each line is
    rounded to its stock unit once; the difference is kept. Raises NotFound, NotPermitted, NotInUse,
    NotASupplier, OrderBlocked, BadCurrency, DoesNotFit, BadQuantity, NoConversion, RoundsToNothing,
    BadPrice, PriceMissing, OutsideOrderQuantity, WrongRevision; emits OrderConfirmed or
    OrderCreated.
    """
    site = get_site(site_id)
    _check_permitted(site, supplier_id, confirm, command)
    order = Order(
        company_id=site.company_id,
        site_id=site.pk,
        supplier_id=supplier_id,
        state=OrderState.CONFIRMED if confirm else OrderState.DRAFT,
        currency=get_company(site.company_id).currency if currency is None else currency,
        order_date=order_date or at.astimezone(ZoneInfo(site.time_zone)).date(),
        reference=reference,
        buyer_id=command.actor.id,
        confirmed_at=at if confirm else None,
        confirmed_by=command.actor.id if confirm else None,
    )
    for refusal in rules.check_currency(order.currency):
        raise refusal
    asked = [(line.material_id, line.unit_id, line.revision_id) for line in lines]
    facts = load_facts(asked, supplier_id, BlockedFunction.ORDER)
    if not facts.is_active:
        raise NotInUse("supplier", facts.supplier)
    written = [
        _checked_line(order, n, line, known, facts.supplier, command)
        for n, (line, known) in enumerate(zip(lines, facts.lines, strict=True), 1)
    ]

    (order.number,) = take_numbers(company_id=order.company_id, kind=ORDER_RANGE)
    record_created(order, command)
    for one in written:
        current().insert(one.line)
    locked = LockedOrder(order, facts.supplier, facts.supplier_name, written)
    record_event(_written(OrderConfirmed if confirm else OrderCreated, locked), command, at)
    return locked


def confirm_order(*, order_id: UUID, command: Command, at: datetime) -> LockedOrder:
    """Place a draft order with its supplier, unless either went out of use or is blocked since.

    Raises NotFound, NotInState, NotInUse, OrderBlocked; emits OrderConfirmed.
    """
    locked = lock_order(order_id, command, blocked_function=BlockedFunction.ORDER)
    for refusal in rules.can("confirm", locked.facts):
        raise refusal
    supplier = get_supplier(locked.order.supplier_id)
    if not supplier.is_active:
        raise NotInUse("supplier", supplier.number)
    for line in locked.lines:
        _check_material(line.material, locked.supplier)

    record_changed(
        locked.order,
        command,
        state=OrderState.CONFIRMED,
        confirmed_at=at,
        confirmed_by=command.actor.id,
    )
    record_event(_written(OrderConfirmed, locked), command, at)
    return locked


def cancel_order(*, order_id: UUID, command: Command, at: datetime) -> LockedOrder:
    """Call off an order for which nothing was received, with the command's reason.

    Raises NotFound, NotInState, AlreadyReceived, ReasonMissing, TooEarly; emits OrderCancelled.
    """
    locked = _end(order_id, "cancel", OrderState.CANCELLED, command, at)
    record_event(
        OrderCancelled(
            subject=locked.reference,
            company_id=locked.order.company_id,
            site_id=locked.order.site_id,
            supplier_id=locked.order.supplier_id,
            reason=command.reason,
        ),
        command,
        at,
    )
    return locked


def close_order(*, order_id: UUID, command: Command, at: datetime) -> LockedOrder:
    """Expect nothing more for an order; while something is open that needs the command's reason.

    What still arrives for it is surplus. Raises NotFound, NotInState, ReasonMissing, TooEarly;
    emits OrderClosed.
    """
    locked = _end(order_id, "close", OrderState.CLOSED, command, at)
    record_event(
        OrderClosed(
            subject=locked.reference,
            company_id=locked.order.company_id,
            site_id=locked.order.site_id,
            supplier_id=locked.order.supplier_id,
            reason=command.reason,
            is_short=locked.facts.is_open,
        ),
        command,
        at,
    )
    return locked


def record_received(line_id: UUID, quantity: Decimal) -> None:
    """Add what arrived for a locked line (stock unit), expected or surplus."""
    current().add_to(OrderLine, {"id": line_id}, insert=False, received=quantity)


def record_returned(line_id: UUID, quantity: Decimal) -> None:
    """Add what of a locked line went back to the supplier (stock unit); it is open again."""
    current().add_to(OrderLine, {"id": line_id}, insert=False, returned=quantity)


def _end(
    order_id: UUID, verb: str, state: OrderState, command: Command, at: datetime
) -> LockedOrder:
    locked = lock_order(order_id, command)
    for refusal in rules.can(verb, locked.facts, at=at, reason=command.reason):
        raise refusal
    record_changed(
        locked.order,
        command,
        state=state,
        ended_at=at,
        ended_by=command.actor.id,
        end_reason=command.reason.strip(),
    )
    return locked


def _check_permitted(site: Site, supplier_id: UUID, confirm: bool, command: Command) -> None:
    there = Scope(company_id=site.company_id, site_id=site.pk, supplier_id=supplier_id)
    if not command.actor.may(command.operation, there):
        raise NotFound("supplier", str(supplier_id))
    if confirm and not command.actor.may("purchasing.confirm_order", there):
        raise NotPermitted(operation="purchasing.confirm_order")


def _check_material(material: MaterialFacts, supplier: str) -> None:
    if not material.is_active:
        raise NotInUse("material", material.number)
    if material.block is not None:
        raise OrderBlocked(supplier, material.number, material.block.reason)


def _checked_line(
    order: Order, n: int, line: LineIn, known: LineFacts, supplier: str, command: Command
) -> LockedLine:
    material, terms = known.material, known.terms
    _check_material(material, supplier)
    if line.revision_id is not None and (
        known.revision is None or known.revision[0] != material.id
    ):
        shown = known.revision[1] if known.revision else str(line.revision_id)
        raise WrongRevision(material.number, shown)
    converted = material.in_stock_unit(line.quantity)
    is_agreed = terms is not None and terms.unit_id == material.unit.pk
    if terms is not None and is_agreed and not command.reason.strip():
        for refusal in rules.check_order_quantity(
            material.number,
            line.quantity,
            material.unit.code,
            terms.min_order_quantity,
            terms.max_order_quantity,
        ):
            raise refusal
    price = line.price
    if price is None:
        if terms is None or not is_agreed or terms.currency != order.currency:
            raise PriceMissing(material.number, material.unit.code, order.currency)
        price = terms.price
    for refusal in rules.check_price(material.number, price):
        raise refusal
    due_date = line.due_date
    if due_date is None and terms is not None:
        due_date = order.order_date + timedelta(days=terms.lead_time_days)
    row = OrderLine(
        order_id=order.pk,
        line=n,
        material_id=material.id,
        revision_id=line.revision_id,
        quantity=line.quantity,
        unit_id=material.unit.pk,
        stock_quantity=converted.value,
        rounding_difference=converted.difference,
        price=price,
        due_date=due_date,
    )
    return LockedLine(row, material)


def _written(kind: type[OrderWritten], locked: LockedOrder) -> OrderWritten:
    order = locked.order
    return kind(
        subject=locked.reference,
        company_id=order.company_id,
        site_id=order.site_id,
        supplier_id=order.supplier_id,
        currency=order.currency,
        order_date=order.order_date,
        lines=tuple(
            {
                "order_line_id": one.line.pk,
                "line": one.line.line,
                "material_id": one.line.material_id,
                "revision_id": one.line.revision_id,
                "quantity": one.line.quantity,
                "unit_id": one.line.unit_id,
                "stock_quantity": one.line.stock_quantity,
                "price": one.line.price,
                "due_date": one.line.due_date,
            }
            for one in locked.lines
        ),
    )
