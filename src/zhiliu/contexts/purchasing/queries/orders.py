"""Lists and details of orders and terms."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiliu.contexts.purchasing import rules
from zhiliu.contexts.purchasing.errors import NotFound
from zhiliu.contexts.purchasing.models import Order, OrderLine, SupplierTerms
from zhiliu.contexts.purchasing.permissions import ORDERS, TERMS, where
from zhiliu.contexts.purchasing.states import ORDER
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted


@dataclass(frozen=True)
class LineView:
    """An order line as people see it; `stock_unit` and `unit` are codes."""

    line: OrderLine
    material: str
    material_name: str
    unit: str
    stock_unit: str
    short_tolerance_percent: Decimal

    @property
    def open_quantity(self) -> Decimal:
        """What may still come, in the stock unit."""
        line = self.line
        return rules.open_quantity(line.stock_quantity, line.received, line.returned)

    @property
    def is_complete(self) -> bool:
        """True when what is missing lies within the short tolerance."""
        line = self.line
        return rules.is_complete(
            line.stock_quantity, line.received, line.returned, self.short_tolerance_percent
        )


@dataclass(frozen=True)
class OrderView:
    """An order with its lines as people see it."""

    order: Order
    supplier: str
    supplier_name: str
    lines: list[LineView]

    @property
    def facts(self) -> rules.OrderFacts:
        """What the lifecycle asks."""
        return rules.OrderFacts(
            order=self.order.number,
            state=self.order.state,
            confirmed_at=self.order.confirmed_at,
            is_received=any(line.line.received for line in self.lines),
            is_open=any(line.open_quantity for line in self.lines),
        )


def list_orders(actor: Actor) -> QuerySet[Order]:
    """Orders inside the actor's grants, with their suppliers."""
    return Order.objects.filter(ORDERS.filter(actor)).select_related("supplier")


def of_material(text: str) -> Q:
    """Orders with a line whose material has the text in its number or name."""
    named = Q(material__number__icontains=text) | Q(material__name__icontains=text)
    return Q(pk__in=OrderLine.objects.filter(named).values("order_id"))


def get_order_view(actor: Actor, order_id: UUID) -> OrderView:
    """One order with its lines, in two queries; raises NotFound."""
    order = list_orders(actor).filter(pk=order_id).first()
    if order is None:
        raise NotFound("order", str(order_id))
    rows = OrderLine.objects.filter(order=order).order_by("line")
    rows = rows.select_related("material__unit", "material__profile", "unit")
    lines = [
        LineView(
            line=row,
            material=row.material.number,
            material_name=row.material.name,
            unit=row.unit.code,
            stock_unit=row.material.unit.code,
            short_tolerance_percent=row.material.profile.short_tolerance_percent,
        )
        for row in rows
    ]
    return OrderView(order, order.supplier.number, order.supplier.name, lines)


def order_actions(actor: Actor, view: OrderView) -> dict[str, list[Refusal]]:
    """For each verb of an order what refuses it now, for this actor."""
    return {
        verb: permitted(actor, transition.permission, where(view.order))
        + rules.can(verb, view.facts)
        for verb, transition in ORDER.verbs.items()
    }


def find_order(actor: Actor, order_id: UUID) -> Reference:
    """The order that the actor may see, for what is kept about it; raises NotFound."""
    order = list_orders(actor).filter(pk=order_id).first()
    if order is None:
        raise NotFound("order", str(order_id))
    return Reference(Order.kind, order.pk, order.number, order.version)


def list_supplier_terms(actor: Actor) -> QuerySet[SupplierTerms]:
    """Terms that the actor may see, with supplier, material and unit."""
    rows = SupplierTerms.objects.select_related("supplier", "material", "unit")
    return rows.filter(TERMS.filter(actor))


def get_visible_terms(actor: Actor, terms_id: UUID) -> SupplierTerms:
    """One supplier's terms for a material; raises NotFound."""
    terms = list_supplier_terms(actor).filter(pk=terms_id).first()
    if terms is None:
        raise NotFound("supplier terms", str(terms_id))
    return terms
