"""`zhiliu replay adventureworks --scheme`: the same history, inspected by sampling.

What is history: see replaying.py; the rejected quantity of a line is the true number of
nonconforming units in its lot. What is assumption, beyond replaying.py: which units of a lot are
nonconforming, and so what a sample finds; every lot that is not accepted is sorted, unit by unit;
what a sample or a skipped inspection let through is found 30 days after arrival, and sent back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.connectors import rules
from zhiliu.contexts.connectors.operations.importing import REJECTED, Imported, Progress
from zhiliu.contexts.connectors.operations.replaying import (
    Drive,
    Part,
    drive,
    inspection_of,
    opened_inspections,
)
from zhiliu.contexts.connectors.operations.scheme_plans import CONFORMS, PlanBook
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import InspectionSample, SampleDraw
from zhiliu.contexts.nonconformance import public as nonconformance
from zhiliu.contexts.nonconformance.events import ReportOpened
from zhiliu.kernel.actor import IMPORT_BOARD
from zhiliu.kernel.command import Command
from zhiliu.platform.outbox.public import events_so_far

FOUND_AFTER_HOURS = 30 * 24
ESCAPED = "Found in stock; its inspection had let it through. 库存中发现；检验时未检出。"


def rehearse_purchases(
    imported: Imported,
    found: list[rules.Purchase],
    scheme: rules.Scheme,
    progress: Progress,
    *,
    skip_lot: bool,
) -> None:
    """Drive every line from order to return, inspected under `scheme`, in order of business time.

    Samples and skipped lots are drawn with a fixed seed: the same history comes out the same. Meant
    for a database of its own. Raises as replay_purchases.
    """
    plans = PlanBook(imported, scheme, skip_lot=skip_lot)
    drive([SchemeDrive(imported, purchase, plans) for purchase in found], progress)


@dataclass(frozen=True)
class _Looked:
    """What a sample showed: how many of the lot's units were looked at, d, and whether Re is
    reached."""

    units: int
    found: int
    is_rejected: bool


class SchemeDrive(Drive):
    """One purchase whose lots are inspected by samples, or skipped."""

    def __init__(self, imported: Imported, purchase: rules.Purchase, plans: PlanBook) -> None:
        super().__init__(imported, purchase)
        self.plans = plans
        self.looked: dict[str, _Looked] = {}
        self.found: dict[str, Part] = {}  # with so many units rejected as were found at arrival
        self.sorted: dict[str, Part] = {}
        self.escaped: dict[str, Part] = {}

    def acts(self, line: rules.Line) -> Iterator[tuple[int, Callable[[Part, datetime], None]]]:
        """As in the plain replay; a lot with nonconforming units may be sorted, or found later."""
        yield 1, self.count
        yield 2, self.decide
        if line.rejected:
            yield 3, self.begin_sort
            yield 4, self.count_sorted
            yield 5, self.judge_sorted
            yield 6, self.give_back
            yield FOUND_AFTER_HOURS, self.find_escape
            yield FOUND_AFTER_HOURS + 1, self.give_back_escape

    def receive(self, at: datetime) -> None:
        """The goods come; their samples are drawn, or their inspections skipped, with the seed."""
        for line in self.came:
            self.plans.prepare(self.purchase.order.vendor, line, at)
        with inspections.drawing_from(rules.drawing(str(self.purchase.order.key))):
            super().receive(at)

    def count(self, part: Part, at: datetime) -> None:
        """So many of the sample's units are nonconforming as the draw hit."""
        if part.inspection is None:
            return

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            sample = InspectionSample.objects.get(inspection_id=part.inspection_id)
            drawn = SampleDraw.objects.get(inspection_id=part.inspection_id).units
            looked_at = drawn or range(1, int(part.quantity) + 1)  # none are drawn of all
            d = rules.found_in(looked_at, int(part.rejected))
            inspections.count_characteristic(
                inspection_id=part.inspection_id,
                characteristic=CONFORMS,
                inspected=Decimal(len(looked_at)),
                nonconforming=Decimal(d),
                defects=[inspections.Defect(REJECTED, Decimal(d))] if d else [],
                command=command,
                at=moment,
            )
            return {"units": len(looked_at), "found": d, "is_rejected": d >= sample.reject}

        content = {"received_qty": part.quantity, "rejected_qty": part.rejected}
        answer = self.once("inspections.record_result", f"sample:{part.key}", content, call, at=at)
        self.looked[part.key] = _Looked(**answer)

    def decide(self, part: Part, at: datetime) -> None:
        """As Ac and Re say; where every unit was looked at, unit by unit."""
        if part.inspection is None:
            return
        looked = self.looked[part.key]
        if looked.is_rejected and looked.units < part.quantity:
            self.give_verdict("not_accept", part, at)
            return
        found = replace(part, rejected=Decimal(looked.found))
        verb = rules.verdict(found.quantity, found.rejected) if looked.is_rejected else "accept"
        self.give_verdict(verb, found, at)
        self.found[part.key] = found

    def begin_sort(self, part: Part, at: datetime) -> None:
        """Somebody else than the inspector decides that a lot that was not accepted is sorted."""
        if part.inspection is None or part.key in self.found:
            return
        wanted = nonconformance.Wanted(
            nonconformance.Units(part.lot_id), nonconformance.DispositionKind.SORT
        )

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            nonconformance.dispose(
                report_id=self.reports[part.key], wanted=wanted, command=command, at=moment
            )
            inspection = opened_inspections()[part.lot_id]
            return {"inspection": [inspection.id, inspection.number]}

        key = f"{part.key}:sort"
        answer = self.once(
            "nonconformance.dispose", f"sort:{part.key}", {}, call, at=at, actor=IMPORT_BOARD
        )
        inspection = inspection_of(answer["inspection"])
        self.sorted[part.key] = replace(part, key=key, inspection=inspection)
        self.reports[key] = self.reports[part.key]

    def count_sorted(self, part: Part, at: datetime) -> None:
        """Sorting looks at every unit, and so finds every nonconforming one."""
        if part.key in self.sorted:
            super().count(self.sorted[part.key], at)

    def judge_sorted(self, part: Part, at: datetime) -> None:
        """Unit by unit: the conforming ones are released."""
        if part.key in self.sorted:
            self.give_verdict("judge", self.sorted[part.key], at)
            self.found[part.key] = self.sorted[part.key]

    def give_back(self, part: Part, at: datetime) -> None:
        """What the sample or the sort found goes back."""
        if part.key in self.found:
            super().give_back(self.found[part.key], at)

    def find_escape(self, part: Part, at: datetime) -> None:
        """What nobody found at arrival is found in stock."""
        found = self.found.get(part.key)
        left = part.rejected - (found.rejected if found else 0)
        if not left:
            return
        escape = replace(part, key=f"{part.key}:escape", rejected=left)

        def call(command: Command, moment: datetime) -> dict[str, Any]:
            report = nonconformance.report_escape(
                parts=[nonconformance.Units(part.lot_id, left)],
                description=ESCAPED,
                command=command,
                at=moment,
            )
            (bad,) = next(e.lots for e in events_so_far() if isinstance(e, ReportOpened))
            return {"report": report.pk, "bad": bad["lot_id"]}

        answer = self.once(
            "nonconformance.report_escape", f"report:{escape.key}", {"left": left}, call, at=at
        )
        self.reports[escape.key] = UUID(answer["report"])
        self.bad_lots[escape.key] = UUID(answer["bad"])
        self.escaped[part.key] = escape

    def give_back_escape(self, part: Part, at: datetime) -> None:
        """It goes back as well."""
        if part.key in self.escaped:
            super().give_back(self.escaped[part.key], at)
