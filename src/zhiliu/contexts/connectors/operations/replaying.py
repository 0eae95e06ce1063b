"""`zhiliu replay adventureworks`: the purchase history of a real source, step by step.

What is history: order, order date, quantities ordered, received and rejected, prices, suppliers.
What is assumption: goods arrived on the ship date (a plan date), at 8 o'clock; the counted result,
the verdict and the return of what was rejected followed one hour apart; every unit was inspected.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.connectors.operations.importing import REJECTED, Imported
from zhiliu.contexts.connectors.operations.performing import once
from zhiliu.contexts.connectors.rules import HOUR, Line, Order, site_hour
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.events import InspectionOpened
from zhiliu.contexts.purchasing import public as purchasing
from zhiliu.contexts.receiving import public as receiving
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import plain
from zhiliu.platform.outbox.public import events_so_far

Progress = Callable[[Iterable[Any], str], Iterable[Any]]
OPENING_HOUR = 8


@dataclass(frozen=True)
class _Received:
    """What the arrival of one line made: its lot and the inspection that opened."""

    lot_id: UUID
    inspection_id: UUID
    inspection: str


@dataclass
class _Running:
    """What the later steps of an order need from the earlier ones."""

    imported: Imported
    order: Order
    order_id: UUID | None = None
    lines: dict[int, UUID] | None = None
    received: dict[int, _Received] | None = None


Step = tuple[datetime, int, int, Callable[[datetime], None]]


def replay_orders(imported: Imported, orders: list[Order], progress: Progress) -> None:
    """Drive every line of `orders` from order to return, in the order of business time.

    Raises what the operations refuse. Repeating it adds nothing.
    """
    steps = sorted((s for o in orders for s in _steps(imported, o)), key=lambda s: s[:3])
    for at, _, _, act in progress(steps, "purchase history"):
        act(at)


def _steps(imported: Imported, order: Order) -> Iterator[Step]:
    run = _Running(imported, order)
    yield site_hour(order.order_date, OPENING_HOUR), order.number, 0, lambda at: _order(run, at)
    came = [line for line in order.lines if line.received > 0]
    if not came:
        return
    arrived = site_hour(order.ship_date, OPENING_HOUR)
    yield arrived, order.number, 1, lambda at: _arrive(run, came, at)
    for line in came:
        yield (
            arrived + HOUR,
            order.number,
            2 + line.detail,
            lambda at, line=line: _count(run, line, at),
        )
        yield (
            arrived + 2 * HOUR,
            order.number,
            2 + line.detail,
            lambda at, line=line: _decide(run, line, at),
        )
        if line.rejected:
            yield (
                arrived + 3 * HOUR,
                order.number,
                2 + line.detail,
                lambda at, line=line: _return(run, line, at),
            )


def _order(run: _Running, at: datetime) -> None:
    order = run.order
    lines = [
        purchasing.LineIn(
            material_id=run.imported.materials[line.product],
            quantity=line.ordered,
            price=line.price,
            due_date=line.due_date,
        )
        for line in order.lines
    ]

    def call(command: Command, moment: datetime) -> dict[str, Any]:
        made = purchasing.create_order(
            site_id=run.imported.site,
            supplier_id=run.imported.vendors[order.vendor],
            lines=lines,
            order_date=order.order_date,
            reference=f"AdventureWorks {order.number}",
            confirm=True,
            command=command,
            at=moment,
        )
        return {"id": made.order.pk, "lines": [line.line.pk for line in made.lines]}

    content = {"lines": [[x.product, str(x.ordered), str(x.price)] for x in order.lines]}
    answer = once("purchasing.create_order", f"order:{order.number}", content, call, at=at)
    run.order_id = UUID(answer["id"])
    ids = (UUID(i) for i in answer["lines"])
    run.lines = dict(zip((line.detail for line in order.lines), ids, strict=True))


def _arrive(run: _Running, came: list[Line], at: datetime) -> None:
    assert run.lines is not None
    order, of_line = run.order, run.lines

    def call(command: Command, moment: datetime) -> list[dict[str, Any]]:
        done = receiving.receive_goods(
            order_id=run.order_id,
            place_id=run.imported.places["ARRIVAL"],
            lines=[
                receiving.DeliveryLine(
                    quantity=line.received,
                    order_line_id=of_line[line.detail],
                    supplier_lot=f"{order.number}-{line.detail}",
                )
                for line in came
            ],
            command=command,
            at=moment,
        )
        opened = {
            UUID(str(lot["lot_id"])): event.subject
            for event in events_so_far()
            if isinstance(event, InspectionOpened)
            for lot in event.lots
        }
        lots = [one.lot.pk for one in done.lots]
        return [
            {"lot": lot, "inspection": opened[lot].id, "number": opened[lot].number} for lot in lots
        ]

    content = {"lines": [[x.detail, str(x.received)] for x in came]}
    answer = once("receiving.receive_goods", f"arrival:{order.number}", content, call, at=at)
    run.received = {
        line.detail: _Received(UUID(a["lot"]), UUID(a["inspection"]), a["number"])
        for line, a in zip(came, answer, strict=True)
    }


def _of(run: _Running, line: Line) -> _Received:
    assert run.received is not None
    return run.received[line.detail]


def _count(run: _Running, line: Line, at: datetime) -> None:
    defects = [inspections.Defect(REJECTED, line.rejected)] if line.rejected else []

    def call(command: Command, moment: datetime) -> dict[str, Any]:
        inspections.record_result(
            inspection_id=_of(run, line).inspection_id,
            inspected=line.received,
            nonconforming=line.rejected,
            defects=defects,
            command=command,
            at=moment,
        )
        return {}

    content = {"inspected": plain(line.received), "nonconforming": plain(line.rejected)}
    once("inspections.record_result", f"result:{line.detail}", content, call, at=at)


def _decide(run: _Running, line: Line, at: datetime) -> None:
    inspection_id = _of(run, line).inspection_id

    def call(command: Command, moment: datetime) -> dict[str, Any]:
        if not line.rejected:
            inspections.accept(inspection_id=inspection_id, command=command, at=moment)
            return {}
        if line.rejected == line.received:
            inspections.not_accept(inspection_id=inspection_id, command=command, at=moment)
            return {"lot": _of(run, line).lot_id}
        decided = inspections.judge_units(
            inspection_id=inspection_id,
            parts=[inspections.Units(quantity=line.rejected)],
            command=command,
            at=moment,
        )
        (bad,) = (j.lot.pk for j in decided.lots if not j.is_accepted)
        return {"lot": bad}

    content = {"nonconforming": plain(line.rejected)}
    answer = once("inspections.decide", f"verdict:{line.detail}", content, call, at=at)
    if line.rejected:
        received = _of(run, line)
        assert run.received is not None
        run.received[line.detail] = _Received(
            UUID(answer["lot"]), received.inspection_id, received.inspection
        )


def _return(run: _Running, line: Line, at: datetime) -> None:
    bad = _of(run, line)

    def call(command: Command, moment: datetime) -> dict[str, Any]:
        receiving.return_goods(
            lines=[
                receiving.ReturnLine(
                    lot_id=bad.lot_id,
                    place_id=run.imported.places["ARRIVAL"],
                    quantity=line.rejected,
                    voucher=Reference("inspections.inspection", bad.inspection_id, bad.inspection),
                )
            ],
            command=command,
            at=moment,
        )
        return {}

    content = {"quantity": plain(line.rejected)}
    once("receiving.return_goods", f"return:{line.detail}", content, call, at=at)
