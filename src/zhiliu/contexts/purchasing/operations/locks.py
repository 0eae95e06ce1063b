"""Loading and locking an order with its lines, once, in one statement."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from zhiliu.contexts.partners.public import BlockedFunction
from zhiliu.contexts.purchasing import rules
from zhiliu.contexts.purchasing.errors import NotFound
from zhiliu.contexts.purchasing.models import Order, OrderLine
from zhiliu.contexts.purchasing.permissions import where
from zhiliu.contexts.purchasing.queries.facts import (
    FACT_COUNT,
    FACTS,
    MaterialFacts,
    fact_joins,
    material_of,
)
from zhiliu.contexts.purchasing.queries.orders import LineView, OrderView
from zhiliu.contexts.purchasing.states import RECEIVABLE
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import execute, flush

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class LockedLine:
    """An order line under the order's lock, with its material in the ordered unit."""

    line: OrderLine
    material: MaterialFacts

    @property
    def open_quantity(self) -> Decimal:
        """What may still come, in the stock unit."""
        return self.view.open_quantity

    @property
    def view(self) -> LineView:
        """The line as people see it."""
        return LineView(
            line=self.line,
            material=self.material.number,
            material_name=self.material.name,
            unit=self.material.unit.code,
            stock_unit=self.material.stock_unit.code,
            short_tolerance_percent=self.material.profile.short_tolerance_percent,
        )


@dataclass(frozen=True)
class LockedOrder:
    """An order with its lines: nobody else confirms, ends, receives or returns it meanwhile."""

    order: Order
    supplier: str
    supplier_name: str
    lines: list[LockedLine]

    @property
    def reference(self) -> Reference:
        """The order at its present version."""
        return Reference(Order.kind, self.order.pk, self.order.number, self.order.version)

    @property
    def facts(self) -> rules.OrderFacts:
        """What the lifecycle asks."""
        return self.view.facts

    @property
    def view(self) -> OrderView:
        """The order as people see it."""
        return OrderView(
            self.order, self.supplier, self.supplier_name, [line.view for line in self.lines]
        )

    @property
    def is_receivable(self) -> bool:
        """True when goods may be booked in for it."""
        return self.order.state in RECEIVABLE


# Lines are locked too: whoever waited for the order must see the totals that the other committed,
# and PostgreSQL reads again only the rows that it locks.
@cache
def _statement(key: str) -> bytes:
    order, line = _columns(Order, "o"), _columns(OrderLine, "l")
    wanted = "o.id = $1::uuid" if key == "order" else "l.id = any($1::uuid[])"
    return f"""
select p.number, p.name, {order}, {line}, {FACTS}
from purchasing_order o
  join partners_partner p on p.id = o.supplier_id
  join purchasing_orderline l on l.order_id = o.id
  join catalog_material m on m.id = l.material_id
  cross join lateral (select l.unit_id id) u
  {fact_joins("o.supplier_id")}
where {wanted}
order by o.id, l.line
for no key update of o, l
""".encode()  # noqa: S608


def lock_order(
    order_id: UUID,
    command: Command,
    *,
    blocked_function: BlockedFunction = BlockedFunction.RECEIPT,
) -> LockedOrder:
    """The order with its lines, locked; raises NotFound, also when the actor may not act on it."""
    found = _lock("order", str(order_id), blocked_function)
    if not found or not command.actor.may(command.operation, where(found[0].order)):
        raise NotFound("order", str(order_id))
    return found[0]


def lock_order_lines(line_ids: list[UUID]) -> dict[UUID, LockedLine]:
    """Lines of any orders by id, locked with their orders in key order; the caller has checked
    that its actor may act there."""
    if not line_ids:
        return {}
    orders = _lock("line", [str(i) for i in line_ids], BlockedFunction.RECEIPT)
    return {line.line.pk: line for order in orders for line in order.lines}


def _lock(
    key: str, wanted: str | list[str], blocked_function: BlockedFunction
) -> list[LockedOrder]:
    flush()
    rows = execute(_statement(key), [wanted, str(blocked_function)])
    of_order, of_line = 2 + len(Order._meta.concrete_fields), len(OrderLine._meta.concrete_fields)
    found: dict[UUID, LockedOrder] = {}
    for row in rows:
        order = _row(Order, row[2:of_order])
        locked = found.setdefault(order.pk, LockedOrder(order, row[0], row[1], []))
        line = _row(OrderLine, row[of_order : of_order + of_line])
        locked.lines.append(LockedLine(line, material_of(row[-FACT_COUNT:])))
    return list(found.values())


def _columns(model: type[models.Model], alias: str) -> str:
    return ", ".join(f'{alias}."{f.column}"' for f in model._meta.concrete_fields)


def _row(model: type[Row], values: tuple[Any, ...]) -> Row:
    return model.from_db("default", [f.attname for f in model._meta.concrete_fields], values)
