"""Random histories of a supplier: through the operations and by the pure rules, the same end.

The machine of rules/switching.py gets the outcomes as a list; the operations get arrivals, readings
with corrections, and verdicts. States, severities and running totals must agree with it and with a
recount of the readings.
"""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plant import build_plant
from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionSample,
    Reading,
    SamplingChange,
    SamplingState,
)
from zhiliu.contexts.inspections.operations import Units, drawing_from
from zhiliu.contexts.inspections.rules import (
    Outcome,
    SkipLot,
    StateFacts,
    after,
    after_improvement,
    after_steadiness,
    passes_tighter,
    plan_for,
    severity_of,
)
from zhiliu.contexts.inspections.states import SamplingStatus
from zhiliu.contexts.inspections.tests.conftest import ARRIVED, Dock, act, inspection_of
from zhiliu.contexts.inspections.tests.planned import MAJOR, make_plan, numeric, read
from zhiliu.contexts.stock.models import Lot

pytestmark = pytest.mark.django_db

LOT, AQL = 60, Decimal("2.5")
SKIP = SkipLot()
# A lot with so many bad units in its sample, or what a person decides about the state.
STEPS = st.lists(
    st.one_of(
        st.sampled_from((0, 0, 0, 0, 0, 1, 2, 3)),
        st.sampled_from(("steady", "irregular", "improved")),
    ),
    min_size=8,
    max_size=40,
)


class Machine:
    """The pure rules, fed with plain outcomes."""

    def __init__(self) -> None:
        self.facts = StateFacts()
        self.changes = [SamplingStatus.NORMAL]

    def step(self, step: Any) -> None:
        if step.reason is not None:
            self.changes.append(step.facts.status)
        self.facts = step.facts

    def lot(self, bad: int) -> None:
        plan = plan_for(LOT, "II", AQL, severity_of(self.facts.status), "iso")
        tighter = passes_tighter(plan, AQL, severity_of(self.facts.status), "iso", bad)
        accepted = plan.accepts(bad)
        outcome = Outcome(True, accepted, tighter if accepted else None)
        self.step(after(self.facts, outcome, scheme="iso", skip=SKIP))


def inspected(dock: Dock, bad: int, source: Random) -> bool:
    """A lot arrives, is read with slips that are corrected, and decided; False when skipped."""
    (lot,) = dock.arrive(LOT)
    if Lot.objects.get(pk=lot.pk).status == "released":
        return False
    inspection = inspection_of(lot)
    sample = InspectionSample.objects.get(inspection=inspection)
    units = list(range(1, sample.to_inspect + 1))
    wrong = source.sample(units, min(len(units), 2))
    read(inspection, *(("D1", u, "12") for u in wrong))
    out = source.sample(units, bad)
    grid = [("D1", u, "12" if u in out else "10") for u in units]
    read(inspection, *grid, hour=2, reason="misread")
    found = recount(inspection)
    sample.refresh_from_db()
    assert (sample.found, sample.read) == found == (bad, sample.cells)
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.inspected, now.nonconforming) == (sample.to_inspect, bad)
    if sample.found >= sample.reject:
        act(operations.not_accept, hour=3, inspection_id=inspection.pk)
    else:
        parts = [Units(Decimal(bad))] if bad else []
        act(operations.accept, hour=3, inspection_id=inspection.pk, parts=parts)
    return True


def recount(inspection: Inspection) -> tuple[int, int]:
    """d and the number of cells, from the readings themselves."""
    now = {r.unit_no: r for r in Reading.objects.filter(inspection=inspection).order_by("ordinal")}
    return sum(1 for r in now.values() if r.is_in is False), len(now)


def decide(state: SamplingState, what: str) -> None:
    """What a person says about the state."""
    if what == "improved":
        if state.status == SamplingStatus.DISCONTINUED:
            act(operations.resume_sampling, hour=4, reason="8D", state_id=state.pk)
        return
    act(
        operations.declare_steady,
        hour=4,
        reason="audit",
        state_id=state.pk,
        is_steady=what == "steady",
    )


@settings(
    max_examples=6,
    deadline=timedelta(minutes=2),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, seed=st.integers(0, 2**32))
def test_a_history_of_lots_ends_where_the_pure_rules_say(steps: list[Any], seed: int) -> None:
    source, machine = Random(seed), Machine()
    with transaction.atomic(), drawing_from(source):
        dock = Dock(build_plant(), ARRIVED)
        plan = {**MAJOR, "aql": AQL, "may_skip": True}
        make_plan(dock.plant.material("bearing"), [numeric("D1")], [plan])
        inspected(dock, 0, source)
        machine.lot(0)

        for step in steps:
            state = SamplingState.objects.get()
            if isinstance(step, int):
                if inspected(dock, step, source):
                    machine.lot(step)
            else:
                decide(state, step)
                if step == "improved":
                    machine.step(after_improvement(machine.facts))
                else:
                    steady = step == "steady"
                    machine.step(after_steadiness(machine.facts, is_steady=steady, scheme="iso"))
            now = SamplingState.objects.get()
            assert operations.facts_of_state(now) == machine.facts

        changes = SamplingChange.objects.order_by("id").values_list("status", flat=True)
        assert list(changes) == machine.changes
        transaction.set_rollback(True)
