"""`zhiliu replay adventureworks`: the purchase history of a real source, step by step.

What is history: order, order date, quantities ordered, received and rejected, prices, suppliers.
What is assumption: goods arrived on the ship date (a plan date), at 8 o'clock; the counted result,
the verdict and the return of what was rejected followed one hour apart; every unit was inspected.
The history names no people: one actor inspects and sends back, another one decides the return.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.connectors import rules
from zhiliu.contexts.connectors.operations.importing import (
    REJECTED,
    Imported,
    PlacedOrder,
    Progress,
    place_order,
)
from zhiliu.contexts.connectors.operations.performing import row_of
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.events import InspectionOpened
from zhiliu.contexts.nonconformance import public as nonconformance
from zhiliu.contexts.nonconformance.events import ReportOpened
from zhiliu.contexts.receiving import public as receiving
from zhiliu.kernel.actor import IMPORT_BOARD
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.outbox.public import events_so_far

HEADER, DETAIL = "purchase_order_header", "purchase_order_detail"


@dataclass(frozen=True)
class Step:
    """One act of the history: when, in which order among acts of the same time, and what."""

    at: datetime
    order: int
    ordinal: int
    act: Callable[[datetime], None]


@dataclass(frozen=True)
class Part:
    """A lot that came of a line, its inspection if it has one, and how many units were rejected."""

    key: str
    lot_id: UUID
    inspection: Reference | None
    quantity: Decimal
    rejected: Decimal

    @property
    def inspection_id(self) -> UUID:
        """Of a lot that was not skipped."""
        assert self.inspection is not None
        return self.inspection.id


def replay_purchases(imported: Imported, found: list[rules.Purchase], progress: Progress) -> None:
    """Drive every line from order to return, in the order of business time.

    Raises SourceUnreadable with the row whose act was refused, and SourceChanged. Repeating it adds
    nothing; an order that the import placed already goes on from there.
    """
    drive([Drive(imported, purchase) for purchase in found], progress)


def drive(drives: Iterable["Drive"], progress: Progress) -> None:
    """Do the steps of all purchases in the order of business time."""
    steps = [step for each in drives for step in each.steps()]
    steps.sort(key=lambda step: (step.at, step.order, step.ordinal))
    for step in progress(steps, "purchase history"):
        step.act(step.at)


class Drive:
    """One purchase on its way; what a later step needs of an earlier one is kept here."""

    def __init__(self, imported: Imported, purchase: rules.Purchase) -> None:
        self.imported = imported
        self.once = imported.performer.once
        self.purchase = purchase
        self.came = [line for line in purchase.lines if line.received]
        self.placed: PlacedOrder
        self.parts: dict[int, list[Part]] = {}
        self.bad_lots: dict[str, UUID] = {}
        self.reports: dict[str, UUID] = {}

    def steps(self) -> Iterator[Step]:
        """The order, and if anything came: arrival, results, verdicts, returns an hour apart."""
        order = self.purchase.order
        yield Step(rules.site_time(order.order_date), order.key, 0, self.place)
        if not self.came:
            return

        def at(hours: int) -> datetime:
            return rules.site_time(order.ship_date, hours)

        yield Step(at(0), order.key, 1, self.receive)
        for n, line in enumerate(self.came, start=2):
            for hours, act in self.acts(line):
                yield Step(at(hours), order.key, n, self._each(line, act))

    def acts(self, line: rules.Line) -> Iterator[tuple[int, Callable[[Part, datetime], None]]]:
        """What happens to each lot of a line, and how many hours after its arrival."""
        yield 1, self.count
        yield 2, self.decide
        if line.rejected:
            yield 3, self.give_back

    def _each(
        self, line: rules.Line, act: Callable[[Part, datetime], None]
    ) -> Callable[[datetime], None]:
        def on_every_part(at: datetime) -> None:
            with row_of(DETAIL, line.row):
                for part in self.parts[line.key]:
                    act(part, at)

        return on_every_part

    def place(self, at: datetime) -> None:
        """The order goes to the supplier."""
        self.placed = place_order(self.imported, self.purchase)

    def receive(self, at: datetime) -> None:
        """The goods come; what exceeds the ordered quantity becomes a lot of its own."""
        order, lines = self.purchase.order, self.came

        def call(command: Command, moment: datetime) -> list[list[dict[str, Any]]]:
            done = receiving.receive_goods(
                order_id=self.placed.order,
                place_id=self.imported.places["ARRIVAL"],
                lines=[
                    receiving.DeliveryLine(
                        quantity=line.received,
                        order_line_id=self.placed.lines[line.key],
                        supplier_lot=f"{order.key}-{line.key}",
                    )
                    for line in lines
                ],
                command=command,
                at=moment,
            )
            opened = opened_inspections()
            parts: list[list[dict[str, Any]]] = [[] for _ in lines]
            for one in done.lots:
                inspection = opened.get(one.lot.pk)
                parts[one.line.delivery_line - 1].append(
                    {
                        "lot": one.lot.pk,
                        "quantity": one.planned.quantity,
                        "inspection": inspection and [inspection.id, inspection.number],
                    }
                )
            return parts

        content = {
            "ship_date": order.ship_date,
            "received_qty": [[line.key, line.received] for line in lines],
        }
        with row_of(HEADER, order.row):
            answer = self.once(
                "receiving.receive_goods", f"arrival:{order.key}", content, call, at=at
            )
        for line, lots in zip(lines, answer, strict=True):
            self.parts[line.key] = list(_parts(line, lots))

    def count(self, part: Part, at: datetime) -> None:
        """Every unit was inspected; the source does not say why some were rejected."""
        defects = [inspections.Defect(REJECTED, part.rejected)] if part.rejected else []

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            inspections.record_result(
                inspection_id=part.inspection_id,
                inspected=part.quantity,
                nonconforming=part.rejected,
                defects=defects,
                command=command,
                at=moment,
            )
            return {}

        content = {"received_qty": part.quantity, "rejected_qty": part.rejected}
        self.once("inspections.record_result", f"result:{part.key}", content, call, at=at)

    def decide(self, part: Part, at: datetime) -> None:
        """Accepted, not accepted, or unit by unit when a part of it was rejected."""
        self.give_verdict(rules.verdict(part.quantity, part.rejected), part, at)

    def give_verdict(self, verb: str, part: Part, at: datetime) -> None:
        """The verdict on a lot; what it found nonconforming is under a report from then on."""
        units = [inspections.Units(part.rejected)] if part.rejected else []

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            given: dict[str, Any] = {
                "inspection_id": part.inspection_id,
                "command": command,
                "at": moment,
            }
            if verb == "accept":
                decided = inspections.accept(parts=units, **given)
            elif verb == "not_accept":
                decided = inspections.not_accept(**given)
            else:
                decided = inspections.judge_units(parts=units, **given)
            opened = [e.subject.id for e in events_so_far() if isinstance(e, ReportOpened)]
            return {
                "bad": [j.lot.pk for j in decided.lots if not j.is_accepted],
                "reports": opened,
            }

        answer = self.once(f"inspections.{verb}", f"verdict:{part.key}", {}, call, at=at)
        if part.rejected:
            (bad,) = answer["bad"]
            self.bad_lots[part.key] = UUID(bad)
            for report in answer["reports"]:  # none where the goods were under one before
                self.reports[part.key] = UUID(report)

    def give_back(self, part: Part, at: datetime) -> None:
        """What was rejected goes back to the supplier by a disposition; then its report closes."""
        if not part.rejected:
            return
        content = {"rejected_qty": part.rejected}
        voucher = self.dispose(part, content, at)
        line = receiving.ReturnLine(
            lot_id=self.bad_lots[part.key],
            place_id=self.imported.places["ARRIVAL"],
            quantity=part.rejected,
            voucher=voucher,
        )

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            receiving.return_goods(lines=[line], command=command, at=moment)
            return {}

        self.once("receiving.return_goods", f"return:{part.key}", content, call, at=at)
        self.close(part, at)

    def dispose(self, part: Part, content: dict[str, Any], at: datetime) -> Reference:
        """Somebody else than the inspector decides that the rejected units go back."""
        wanted = nonconformance.Wanted(
            nonconformance.Units(self.bad_lots[part.key]),
            nonconformance.DispositionKind.RETURN_TO_VENDOR,
        )

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            made = nonconformance.dispose(
                report_id=self.reports[part.key], wanted=wanted, command=command, at=moment
            )
            return {"id": made.pk, "number": made.number}

        answer = self.once(
            "nonconformance.dispose",
            f"disposition:{part.key}",
            content,
            call,
            at=at,
            actor=IMPORT_BOARD,
        )
        return Reference("nonconformance.disposition", UUID(answer["id"]), answer["number"])

    def close(self, part: Part, at: datetime) -> None:
        """Nothing of it is left to be done."""

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            nonconformance.close_report(
                report_id=self.reports[part.key], command=command, at=moment
            )
            return {}

        self.once(
            "nonconformance.close_report",
            f"closed:{part.key}",
            {},
            call,
            at=at,
            actor=IMPORT_BOARD,
        )


def inspection_of(answered: list[str] | None) -> Reference | None:
    """An inspection by the id and number in an answer."""
    return Reference("inspections.inspection", UUID(answered[0]), answered[1]) if answered else None


def opened_inspections() -> dict[UUID, Reference]:
    """By lot: the inspections that opened in this very command."""
    return {
        lot["lot_id"]: event.subject
        for event in events_so_far()
        if isinstance(event, InspectionOpened)
        for lot in event.lots
    }


def _parts(line: rules.Line, lots: list[dict[str, Any]]) -> Iterator[Part]:
    quantities = [Decimal(lot["quantity"]) for lot in lots]
    rejected = rules.shares(line.rejected, quantities)
    for n, (lot, quantity, bad) in enumerate(zip(lots, quantities, rejected, strict=True)):
        yield Part(
            key=f"{line.key}.{n}" if n else str(line.key),
            lot_id=UUID(lot["lot"]),
            inspection=inspection_of(lot["inspection"]),
            quantity=quantity,
            rejected=bad,
        )
