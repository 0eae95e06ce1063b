"""Reads of receiving."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhiliu.contexts.catalog.models import Unit
from zhiliu.contexts.purchasing.models import Order, OrderLine, SupplierTerms
from zhiliu.contexts.purchasing.public import RECEIVABLE, OrderState
from zhiliu.contexts.receiving import rules
from zhiliu.contexts.receiving.errors import NotFound
from zhiliu.contexts.receiving.models import (
    Arrival,
    ArrivalLine,
    GateRefusal,
    SupplierReturn,
    SupplierReturnLine,
)
from zhiliu.contexts.receiving.permissions import ARRIVALS, READ, REFUSALS, RETURNS
from zhiliu.contexts.receiving.states import REFUSAL_KIND
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted, within_scopes
from zhiliu.platform.evidence.public import execute, flush

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class ArrivalView:
    """An arrival with its lines, their materials, units and lots."""

    arrival: Arrival
    lines: list[ArrivalLine]


@dataclass(frozen=True)
class SupplierReturnView:
    """A supplier return with its lines and their lots."""

    supplier_return: SupplierReturn
    lines: list[SupplierReturnLine]


def list_arrivals(actor: Actor) -> QuerySet[Arrival]:
    """Arrivals inside the actor's grants, with supplier and order."""
    return Arrival.objects.filter(ARRIVALS.filter(actor)).select_related("supplier", "order")


def get_arrival_view(actor: Actor, arrival_id: UUID) -> ArrivalView:
    """One arrival with its lines, in two queries; raises NotFound."""
    arrival = _get(list_arrivals(actor), "arrival", arrival_id)
    lines = ArrivalLine.objects.filter(arrival=arrival).order_by("line")
    return ArrivalView(arrival, list(lines.select_related("lot", "material__unit", "unit")))


def list_gate_refusals(actor: Actor) -> QuerySet[GateRefusal]:
    """Refusals at the gate inside the actor's grants."""
    rows = GateRefusal.objects.select_related("supplier", "order", "material", "unit")
    return rows.filter(REFUSALS.filter(actor))


def get_visible_gate_refusal(actor: Actor, refusal_id: UUID) -> GateRefusal:
    """One refusal at the gate; raises NotFound."""
    return _get(list_gate_refusals(actor), "gate refusal", refusal_id)


def list_supplier_returns(actor: Actor) -> QuerySet[SupplierReturn]:
    """Supplier returns inside the actor's grants, with their suppliers."""
    return SupplierReturn.objects.filter(RETURNS.filter(actor)).select_related("supplier")


def get_supplier_return_view(actor: Actor, return_id: UUID) -> SupplierReturnView:
    """One supplier return with its lines, in two queries; raises NotFound."""
    found = _get(list_supplier_returns(actor), "supplier return", return_id)
    lines = SupplierReturnLine.objects.filter(supplier_return=found).order_by("line")
    return SupplierReturnView(found, list(lines.select_related("lot")))


def find_arrival(actor: Actor, arrival_id: UUID) -> Reference:
    """The arrival that the actor may see, for what is kept about it; raises NotFound."""
    arrival = _get(list_arrivals(actor), "arrival", arrival_id)
    return Reference(Arrival.kind, arrival.pk, arrival.number, arrival.version)


def find_gate_refusal(actor: Actor, refusal_id: UUID) -> Reference:
    """The refusal at the gate, for what is kept about it, such as its photo; raises NotFound."""
    refused = get_visible_gate_refusal(actor, refusal_id)
    return Reference(REFUSAL_KIND, refused.pk, refused.number)


def find_supplier_return(actor: Actor, return_id: UUID) -> Reference:
    """The supplier return that the actor may see, for what is kept about it; raises NotFound."""
    found = _get(list_supplier_returns(actor), "supplier return", return_id)
    return Reference(SupplierReturn.kind, found.pk, found.number, found.version)


def _get(rows: QuerySet[Row], what: str, row_id: UUID) -> Row:
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound(what, str(row_id))
    return row


# A part that was split off came by the line of the lot it was split from; a wrong material has a
# line, but not its price.
_ORDER_LINES = b"""
with recursive up(asked, id, split_from_id) as (
  select l.id, l.id, l.split_from_id from stock_lot l where l.id = any($1::uuid[])
  union all
  select up.asked, l.id, l.split_from_id from up join stock_lot l on l.id = up.split_from_id)
select up.asked, a.order_line_id
from up join receiving_arrivalline a on a.lot_id = up.id
where a.order_line_id is not null and a.line_kind in ('received', 'surplus')
"""


def get_order_lines(lot_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By lot: the order line that it, or the lot it was split from, was received for, if any."""
    flush()
    return dict(execute(_ORDER_LINES, [[str(i) for i in lot_ids]]))


@dataclass(frozen=True)
class ExpectedLine:
    """What of an order line may still come, as the dock needs it.

    `line` has its material, profile and units. `open_quantity` and `room` (tolerance included) are
    in the stock unit; `due` is what is open in the ordered unit, or in the stock unit where the
    ordered one cannot say it exactly; `per_unit` is stock units in one ordered unit.
    """

    line: OrderLine
    supplier_item: str
    open_quantity: Decimal
    room: Decimal
    due: Decimal
    due_unit: Unit
    per_unit: Decimal


@dataclass(frozen=True)
class ExpectedOrder:
    """An order with what may still come for it."""

    order: Order
    lines: list[ExpectedLine]


def list_expected_orders(actor: Actor) -> QuerySet[Order]:
    """Placed orders of which something is still to come; `due_date` is that of the first line that
    is open (the order's date without one), `open_lines` how many are."""
    is_open = OrderLine.objects.filter(
        order=OuterRef("pk"), stock_quantity__gt=F("received") - F("returned")
    ).order_by()
    first = is_open.values("order").annotate(day=Min("due_date")).values("day")
    count = is_open.values("order").annotate(n=Count("pk")).values("n")
    return (
        Order.objects.filter(_expecting(actor), Exists(is_open), state=OrderState.CONFIRMED)
        .annotate(due_date=Coalesce(Subquery(first), F("order_date")), open_lines=Subquery(count))
        .select_related("supplier", "site")
    )


def _expecting(actor: Actor) -> Q:
    """The orders whose goods the actor may see arriving; purchasing's own grants are not asked."""
    fields = {"company": "company_id", "site": "site_id", "supplier": "supplier_id"}
    return within_scopes(actor, READ, **fields)


def get_expected_order(actor: Actor, order_id: UUID) -> ExpectedOrder:
    """One order, in whatever state, with what may still come; three queries. Raises NotFound."""
    rows = Order.objects.filter(_expecting(actor)).select_related("supplier", "site")
    order = _get(rows, "order", order_id)
    lines = OrderLine.objects.filter(order=order).order_by("line")
    lines = lines.select_related("material__unit", "material__profile", "unit")
    terms = SupplierTerms.objects.filter(supplier_id=order.supplier_id)
    items = dict(
        terms.filter(material__in=lines.values("material")).values_list(
            "material_id", "supplier_item"
        )
    )
    return ExpectedOrder(
        order, [_expected(line, items.get(line.material_id, "")) for line in lines]
    )


def order_actions(actor: Actor, order: Order) -> dict[str, list[Refusal]]:
    """What may be done with goods that came for an order, and what refuses it, for this actor."""
    here = Scope(order.company_id, order.site_id, order.supplier_id)
    is_receivable = order.state in RECEIVABLE
    return {
        "receive": permitted(actor, "receiving.receive_goods", here)
        + rules.can_receive(order.number, order.state, is_receivable=is_receivable),
        "refuse_at_gate": permitted(actor, "receiving.refuse_at_gate", here),
    }


def _expected(line: OrderLine, supplier_item: str) -> ExpectedLine:
    left = max(ZERO, line.stock_quantity - line.received + line.returned)
    per_unit = Fraction(line.stock_quantity + line.rounding_difference) / Fraction(line.quantity)
    due = rules.in_ordered_unit(left, per_unit, line.unit.decimals)
    tolerance = line.material.profile.over_tolerance_percent
    return ExpectedLine(
        line=line,
        supplier_item=supplier_item,
        open_quantity=left,
        room=rules.room(line.stock_quantity, line.received, line.returned, tolerance),
        due=left if due is None else due,
        due_unit=line.material.unit if due is None else line.unit,
        per_unit=round(Decimal(per_unit.numerator) / per_unit.denominator, 6),
    )
