"""What a scheme does to a history, counted anew without a database.

Shares the sampling tables, the switching rules and the draws with the product; what happens to each
lot, and when its state is asked and fed, is written down here again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any, NamedTuple

from zhiliu.contexts.connectors.rules import Line, Purchase, Scheme, drawing
from zhiliu.contexts.inspections.rules import (
    Outcome,
    SkipLot,
    StateFacts,
    after,
    must_inspect,
    passes_tighter,
    plan_for,
    severity_of,
)

COUNTED = (
    "lots",
    "lots_skipped",
    "lots_not_accepted",
    "lots_escaped",
    "units_inspected",
    "units_sorted",
    "units_escaped",
)


class Sample(NamedTuple):
    """How many units of a lot are looked at, from how many on it is not accepted, and the plan."""

    units: int
    reject: int
    plan: Any


class Recount:
    """The account of a scheme, without its vendors."""

    def __init__(self, scheme: Scheme, *, skip_lot: bool) -> None:
        self.scheme = scheme
        self.skip = SkipLot() if skip_lot else None
        self.states: dict[tuple[int, int], StateFacts] = {}
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.switches: Counter[str] = Counter()

    def follow(self, purchases: Sequence[Purchase]) -> dict[str, Any]:
        """Go through the history day by day: all goods of a day come before its verdicts."""
        came = sorted(purchases, key=lambda p: (p.order.ship_date, p.order.key))
        for _, deliveries in groupby(came, key=attrgetter("order.ship_date")):
            fed = [each for purchase in deliveries for each in self._receive(purchase)]
            for key, outcome in fed:
                step = after(self.states[key], outcome, scheme=self.scheme.sampling, skip=self.skip)
                self.states[key] = step.facts
                if step.reason:
                    self.switches[str(step.reason)] += 1
        return {**self.counts, "switches": dict(sorted(self.switches.items()))}

    def _receive(self, purchase: Purchase) -> Iterator[tuple[tuple[int, int], Outcome]]:
        """First what is skipped is drawn for the whole delivery, then its samples are."""
        draw = drawing(str(purchase.order.key))
        lines = [line for line in purchase.lines if line.received]
        inspected = [line for line in lines if not self._skips(purchase, line, draw)]
        for line in inspected:
            key = (line.product, purchase.order.vendor)
            yield key, self._inspect(line, self.states[key], draw)

    def _skips(self, purchase: Purchase, line: Line, draw: Random) -> bool:
        state = self.states.setdefault((line.product, purchase.order.vendor), StateFacts())
        self.counts["lots"] += 1
        if self.skip is None or state.status != "skip":
            return False
        if must_inspect(draw.randrange(self.skip.one_in), self.skip):
            return False
        self.counts["lots_skipped"] += 1
        self._let_through(int(line.rejected))
        return True

    def _inspect(self, line: Line, state: StateFacts, draw: Random) -> Outcome:
        size, bad = int(line.received), int(line.rejected)
        sample = self._sample(size, state)
        is_whole = sample.units == size
        units = range(1, size + 1) if is_whole else draw.sample(range(1, size + 1), sample.units)
        found = sum(unit <= bad for unit in units)
        self.counts["units_inspected"] += sample.units
        if found >= sample.reject:
            self.counts["lots_not_accepted"] += 1
            self.counts["units_sorted"] += 0 if is_whole else size
            return Outcome(True, False)
        self._let_through(bad - found)
        if not sample.plan:
            return Outcome(True, True)
        severity = severity_of(state.status)
        tighter = passes_tighter(sample.plan, self.scheme.aql, severity, "iso", found)
        return Outcome(True, True, tighter)

    def _let_through(self, bad: int) -> None:
        self.counts["lots_escaped"] += bad > 0
        self.counts["units_escaped"] += bad

    def _sample(self, size: int, state: StateFacts) -> Sample:
        if self.scheme.sampling == "full":
            return Sample(size, 1, None)
        is_iso = self.scheme.sampling == "iso"
        severity = severity_of(state.status) if is_iso else "normal"
        plan = plan_for(size, "II", self.scheme.aql, severity, "iso")
        return Sample(plan.units_to_inspect, plan.reject if is_iso else 1, plan if is_iso else None)
