"""Opening by a plan, verdicts by its samples, and the states that they feed."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import (
    FewerThanRead,
    NotDiscontinued,
    NotEveryUnitInspected,
    PlanFollowed,
    ReasonMissing,
    RejectionReached,
    SampleIncomplete,
    UnitsNotNamed,
)
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionSample,
    SampleDraw,
    SamplingChange,
    SamplingState,
    SkipDraw,
)
from zhiliu.contexts.inspections.operations import Units
from zhiliu.contexts.inspections.tests.conftest import (
    ARRIVED,
    act,
    inspection_of,
    open_again,
    record,
    totals_of,
)
from zhiliu.contexts.inspections.tests.planned import (
    MAJOR,
    attribute,
    drawn,
    make_plan,
    numeric,
    read,
    read_all,
    samples_of,
)
from zhiliu.contexts.partners.models import SupplyBlock
from zhiliu.contexts.stock.models import Lot, LotVersion
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.signatures.errors import SecretNeeded
from zhiliu.platform.signatures.public import Signature

pytestmark = pytest.mark.django_db

FULL = {"severity_class": "critical", "scheme": "full"}
TWO = {"severity_class": "major", "scheme": "fixed", "fixed_n": 2}


def planned(dock, *characteristics, classes=(MAJOR,), **where):
    material = dock.plant.material("bearing")
    return make_plan(material, characteristics or (numeric("D1"),), classes, **where)


def opened(dock, *characteristics, classes=(MAJOR,), quantity=100):
    planned(dock, *characteristics, classes=classes)
    return inspection_of(dock.arrive(quantity)[0])


def another(dock, quantity=100):
    return inspection_of(dock.arrive(quantity)[0])


def decide(verb, inspection, *parts, hour=2, reason=""):
    given = {} if verb == operations.not_accept else {"parts": parts}
    return act(verb, hour=hour, reason=reason, inspection_id=inspection.pk, **given)


def one_lot(dock, bad=0, quantity=100):
    """A lot that arrives, is read and decided as its plan says."""
    inspection = another(dock, quantity)
    read_all(inspection, ["D1"], bad)
    rejected = any(s.found >= s.reject for s in samples_of(inspection).values())
    if rejected:
        return decide(operations.not_accept, inspection).inspection
    return decide(operations.accept, inspection, *([Units(Decimal(bad))] if bad else []))


def state_of(dock, severity_class="major"):
    return SamplingState.objects.get(
        material_id=dock.plant.material("bearing"),
        supplier_id=dock.plant.supplier,
        severity_class=severity_class,
    )


def statements(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured.captured_queries)


def test_an_arrival_follows_the_plan_of_its_material(dock):
    version = planned(dock)

    inspection = another(dock)

    assert inspection.plan_version_id == version
    assert inspection.plan_rule == "inspections.plan_choice@1#material"
    (sample,) = samples_of(inspection).values()
    assert (sample.code_letter, sample.plan_letter, sample.severity) == ("F", "E", "normal")
    assert (sample.sample_size, sample.to_inspect, sample.accept, sample.reject) == (13, 13, 0, 1)
    assert (sample.cells, sample.read, sample.found) == (13, 0, 0)
    draw = SampleDraw.objects.get(inspection=inspection)
    assert draw.lot_size == 100
    assert len(set(draw.units)) == 13 and set(draw.units) <= set(range(1, 101))
    state = state_of(dock)
    assert (state.status, state.version) == ("normal", 1)
    change = SamplingChange.objects.get(state=state)
    assert (change.was, change.status) == ("", "normal")
    assert change.rule == "inspections.sampling_start@1#normal"


def test_the_nearest_plan_that_holds_is_chosen(dock, plant):
    planned(dock, valid_to=ARRIVED)
    assert another(dock).plan_version_id is None
    supplier = planned(dock, supplier_id=plant.supplier)
    assert another(dock).plan_version_id == supplier
    planned(dock, supplier_id=plant.customer)
    inspection = another(dock)
    assert inspection.plan_version_id == supplier
    assert inspection.plan_rule.endswith("#material-supplier")


def test_a_plan_that_does_not_hold_yet_is_not_followed(dock):
    planned(dock, valid_from=ARRIVED + timedelta(seconds=1))

    assert another(dock).plan_version_id is None


def test_a_sample_larger_than_the_lot_is_every_unit(dock):
    grid = numeric("D1"), attribute("look", "critical")
    inspection = opened(dock, *grid, classes=(MAJOR, FULL), quantity=8)

    samples = samples_of(inspection)

    assert (samples["major"].sample_size, samples["major"].to_inspect) == (13, 8)
    assert (samples["critical"].sample_size, samples["critical"].reject) == (8, 1)
    assert SampleDraw.objects.get(inspection=inspection).units == []
    read_all(inspection, ["D1"])


def test_every_unit_of_one_class_does_not_draw_for_another(dock):
    inspection = opened(dock, numeric("D1"), attribute("look", "critical"), classes=(TWO, FULL))

    assert len(SampleDraw.objects.get(inspection=inspection).units) == 2
    assert samples_of(inspection)["critical"].to_inspect == 100
    read(inspection, ("look", 99, "ok"), ("look", 1, "ok"))


def test_a_draw_from_a_seed_is_the_same_and_one_from_the_system_is_not(dock):
    planned(dock)

    def draw():
        return SampleDraw.objects.get(inspection=another(dock, 500)).units

    with operations.drawing_from(Random(7)):
        first = draw()
    with operations.drawing_from(Random(7)):
        second = draw()

    assert first == second
    assert draw() != draw()


def test_an_arrival_costs_the_same_statements_however_many_lots(dock):
    planned(dock)
    dock.arrive(100)

    assert statements(lambda: dock.arrive(100)) == statements(lambda: dock.arrive(*[100] * 7))


def test_a_complete_sample_below_re_is_accepted_and_signed(dock):
    inspection = opened(dock)
    with pytest.raises(SampleIncomplete) as caught:
        read(inspection, ("D1", drawn(inspection)[0], "10"))
        decide(operations.accept, inspection)
    assert "major: 12 of 13" in str(caught.value)

    read_all(inspection, ["D1"])
    decide(operations.accept, inspection)

    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.state, now.inspected, now.nonconforming) == ("accepted", 13, 0)
    signature = Signature.objects.get(subject_id=now.pk)
    assert (signature.verb, signature.strength, signature.subject_version) == (
        "accept",
        "recorded",
        now.version,
    )


def test_at_re_the_lot_is_not_accepted_and_reading_may_stop(dock):
    inspection = opened(dock)
    read(inspection, ("D1", drawn(inspection)[0], "12"))

    with pytest.raises(RejectionReached) as caught:
        decide(operations.accept, inspection, Units(Decimal(1)))
    assert "major: 1 found, Ac 0, Re 1" in str(caught.value)
    decide(operations.not_accept, inspection)

    assert Inspection.objects.get(pk=inspection.pk).state == "not_accepted"
    assert Signature.objects.get(subject_id=inspection.pk).strength == "recorded"


def test_not_accepting_before_re_is_an_override(dock):
    inspection = opened(dock)
    read_all(inspection, ["D1"])

    with pytest.raises(ReasonMissing):
        decide(operations.not_accept, inspection)
    with pytest.raises(SecretNeeded):
        decide(operations.not_accept, inspection, reason="certificate missing")

    assert Inspection.objects.get(pk=inspection.pk).state == "open"


def test_not_accepting_what_was_counted_whole_and_is_bad_is_no_override(dock, codes):
    inspection = opened(dock)
    record(inspection.pk, 100, 3, (codes[0], 3))

    decide(operations.not_accept, inspection)

    assert Inspection.objects.get(pk=inspection.pk).state == "not_accepted"
    signature = Signature.objects.get(subject_id=inspection.pk)
    assert (signature.strength, signature.rule) == (
        "recorded",
        "signatures.signing_strength@1#inspection-refuse",
    )


def test_not_accepting_what_was_counted_whole_and_is_good_is_an_override(dock):
    inspection = opened(dock)
    record(inspection.pk, 100)

    with pytest.raises(ReasonMissing):
        decide(operations.not_accept, inspection)
    with pytest.raises(SecretNeeded):
        decide(operations.not_accept, inspection, reason="certificate missing")


def test_units_found_within_ac_are_taken_out(dock):
    wide = {**MAJOR, "aql": Decimal(10)}
    inspection = opened(dock, classes=(wide,))
    sample = samples_of(inspection)["major"]
    assert sample.accept >= 2
    read_all(inspection, ["D1"], bad=2)

    with pytest.raises(UnitsNotNamed):
        decide(operations.accept, inspection)
    decide(operations.accept, inspection, Units(Decimal(2)))

    (row,) = InspectionSample.objects.filter(inspection=inspection)
    assert row.found == 2
    lot = Lot.objects.get(split_from__isnull=False)
    assert (lot.status, totals_of(lot)) == ("blocked", {"presented": 2, "not_accepted": 2})


def test_only_what_was_looked_at_unit_by_unit_is_judged(dock, codes):
    inspection = opened(dock)
    read_all(inspection, ["D1"], bad=1)
    with pytest.raises(RejectionReached):
        decide(operations.judge_units, inspection, Units(Decimal(1)))
    with pytest.raises(PlanFollowed):
        record(inspection.pk, 20, 3, (codes[0], 3))
    with pytest.raises(FewerThanRead):
        record(inspection.pk, 100)

    record(inspection.pk, 100, 3, (codes[0], 3))
    with pytest.raises(FewerThanRead):
        record(inspection.pk, 100, reason="counted again")
    decide(operations.judge_units, inspection, Units(Decimal(3)))

    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.state, now.inspected, now.nonconforming) == ("judged", 100, 3)


def test_a_sample_of_part_of_the_lot_is_not_judged(dock):
    inspection = opened(dock)
    read_all(inspection, ["D1"])

    with pytest.raises(NotEveryUnitInspected):
        decide(operations.judge_units, inspection)


def test_a_lot_that_was_read_in_full_is_judged(dock):
    inspection = opened(dock, attribute("look", "critical"), classes=(FULL,), quantity=4)
    read(inspection, *(("look", n, "ok") for n in (1, 2, 3)))
    with pytest.raises(SampleIncomplete):
        decide(operations.judge_units, inspection)
    read(inspection, ("look", 4, "na"))

    decide(operations.judge_units, inspection)

    assert Inspection.objects.get(pk=inspection.pk).state == "judged"


def test_two_of_five_tighten_and_five_accepted_bring_it_back(dock):
    planned(dock)
    for bad in (1, 0, 1):
        one_lot(dock, bad)
    assert state_of(dock).status == "tightened"
    tightened = another(dock)
    assert samples_of(tightened)["major"].severity == "tightened"
    read_all(tightened, ["D1"])
    decide(operations.accept, tightened)

    for _ in range(4):
        one_lot(dock)

    state = state_of(dock)
    assert (state.status, state.accepted_run) == ("normal", 5)
    changes = SamplingChange.objects.filter(state=state).order_by("id")
    assert [(c.was, c.status, c.reason_code) for c in changes] == [
        ("", "normal", "started"),
        ("normal", "tightened", "two_of_five_not_accepted"),
        ("tightened", "normal", "five_accepted_on_tightened"),
    ]
    events = OutboxEvent.objects.filter(type="inspections.sampling_state_changed.v1")
    assert [e.data["status"] for e in events.order_by("id")] == ["tightened", "normal"]


def test_five_not_accepted_on_tightened_block_the_supplier(dock, plant):
    planned(dock)
    for _ in range(7):
        one_lot(dock, bad=1)

    state = state_of(dock)
    assert state.status == "discontinued"
    block = SupplyBlock.objects.get(supplier_id=plant.supplier)
    assert (block.blocked_function, block.state) == ("receipt", "open")
    assert block.material_id == plant.material("bearing")
    assert OutboxEvent.objects.filter(type="inspections.supply_discontinued.v1").count() == 1
    assert samples_of(another(dock))["major"].severity == "tightened"

    with pytest.raises(ReasonMissing):
        act(operations.resume_sampling, hour=3, state_id=state.pk)
    act(operations.resume_sampling, hour=3, reason="8D closed", state_id=state.pk)
    assert state_of(dock).status == "tightened"
    with pytest.raises(NotDiscontinued):
        act(operations.resume_sampling, hour=4, reason="again", state_id=state.pk)


def test_only_original_inspections_feed_the_state(dock):
    planned(dock)
    one_lot(dock, bad=1)
    again = open_again(*Lot.objects.all())
    assert again.plan_version_id is not None
    read_all(again, ["D1"], bad=1, hour=6)
    decide(operations.not_accept, again, hour=7)

    assert (state_of(dock).status, state_of(dock).recent) == ("normal", "n")


def test_reduced_inspection_needs_the_score_and_steady_production(dock):
    planned(dock)
    for _ in range(15):
        one_lot(dock)
    state = state_of(dock)
    assert (state.score, state.status) == (30, "normal")

    act(operations.declare_steady, hour=3, reason="line audit", state_id=state.pk, is_steady=True)

    assert state_of(dock).status == "reduced"
    assert samples_of(another(dock))["major"].severity == "reduced"
    act(operations.declare_steady, hour=4, reason="new tool", state_id=state.pk, is_steady=False)
    assert (state_of(dock).status, state_of(dock).is_steady) == ("normal", False)


def test_after_ten_good_lots_some_are_skipped_until_one_is_bad(dock):
    planned(dock, classes=({**MAJOR, "may_skip": True},))
    for _ in range(10):
        one_lot(dock)
    assert state_of(dock).status == "skip"

    with operations.drawing_from(Random(1)):
        lots = [dock.arrive(100)[0] for _ in range(12)]

    rows = {d.lot_id: d for d in SkipDraw.objects.all()}
    skipped = [lot for lot in lots if rows[lot.pk].number]
    inspected = [lot for lot in lots if not rows[lot.pk].number]
    assert skipped and inspected
    for lot in skipped:
        now = Lot.objects.get(pk=lot.pk)
        assert now.status == "released"
        voucher = LotVersion.objects.get(lot=now, version=now.version)
        assert voucher.voucher_number == "inspections.skip_lot@1#default"
        assert voucher.voucher_id == rows[lot.pk].pk
    event = OutboxEvent.objects.filter(type="inspections.lot_skipped.v1").first()
    assert (event.data["one_in"], event.rule_version) == (3, "inspections.skip_lot@1#default")
    first = inspection_of(inspected[0])
    assert rows[inspected[0].pk].inspection_id == first.pk
    assert samples_of(first)["major"].severity == "normal"

    read_all(first, ["D1"], bad=1)
    decide(operations.not_accept, first)

    assert state_of(dock).status == "normal"
    assert another(dock).plan_version_id is not None


def test_a_class_that_stopped_before_its_end_says_nothing(dock):
    minor = {"severity_class": "minor", "scheme": "iso", "level": "II", "aql": Decimal("2.5")}
    inspection = opened(dock, numeric("D1"), numeric("M1", "minor"), classes=(MAJOR, minor))
    read(inspection, ("D1", drawn(inspection)[0], "12"))

    decide(operations.not_accept, inspection)

    assert state_of(dock).recent == "n"
    assert state_of(dock, "minor").recent == ""
