"""A gauge found bad: what it measured is listed and held."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.plant import build_plant
from tests.support import NOBODY, caller, run
from tests.support_committing import committing, in_thread

from zhiliu.contexts.equipment import public as equipment
from zhiliu.contexts.equipment.models import Calibration, Gauge
from zhiliu.contexts.inspections import queries
from zhiliu.contexts.inspections.errors import ReadingsRefused
from zhiliu.contexts.inspections.models import Inspection, Reading
from zhiliu.contexts.inspections.queries import affected
from zhiliu.contexts.inspections.tests.conftest import ARRIVED, Dock, act, inspection_of
from zhiliu.contexts.inspections.tests.planned import (
    attribute,
    make_plan,
    numeric,
    read,
)
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Hold, Lot
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.platform.outbox.models import OutboxEvent

FULL = {"severity_class": "major", "scheme": "full", "level": "", "aql": None}
PASS, FAIL = equipment.CalibrationResult.PASS, equipment.CalibrationResult.FAIL


@dataclass
class Bench:
    """A dock, and two micrometers that were good the day before the goods arrived."""

    dock: Dock
    type_id: UUID
    gauge: Gauge
    other: Gauge

    def calibrate(
        self, as_found: Any, as_left: Any = None, *, hour: int, gauge: Gauge | None = None
    ) -> Calibration:
        """Calibrate the first gauge so many hours after arrival."""
        given = equipment.CalibrationIn(as_found=as_found, as_left=as_left or as_found)
        made: Calibration = act(
            equipment.record_calibration,
            hour=hour,
            gauge_id=(gauge or self.gauge).pk,
            calibration=given,
        )
        return made

    def inspection(self, quantity: int = 4, *characteristics: dict[str, Any]) -> Inspection:
        """An inspection of one lot, every unit, of characteristics that need a micrometer."""
        self.plan(*characteristics)
        (lot,) = self.dock.arrive(quantity)
        return inspection_of(lot)

    def plan(self, *characteristics: dict[str, Any]) -> None:
        if not hasattr(self, "planned"):
            self.planned = make_plan(
                self.dock.plant.material("bearing"),
                characteristics or (numeric("D1", gauge_type_id=self.type_id),),
                (FULL,),
            )

    def read(self, inspection: Inspection, *texts: str, code: str = "D1", **how: Any) -> None:
        """Read the first units one after the other with the first gauge."""
        gauge = how.pop("gauge", self.gauge).number
        cells = [(code, n, text, gauge) for n, text in enumerate(texts, 1)]
        read(inspection, *cells, confirm=True, **how)


def make_bench(dock: Dock) -> Bench:
    def register(command: Any, at: Any) -> list[Any]:
        own: Any = {"command": command, "at": at}
        kind = equipment.add_gauge_type(
            code=f"MIC-{uuid4().hex[:6]}", name_en="Micrometer", name_zh="千分尺", **own
        )
        gauges = [
            equipment.register_gauge(
                site_id=dock.plant.site,
                gauge_type_id=kind.pk,
                name=f"千分尺 {n}",
                interval_days=365,
                calibration=equipment.CalibrationIn(as_found=PASS, as_left=PASS),
                **own,
            )
            for n in (1, 2)
        ]
        return [kind.pk, *gauges]

    return Bench(dock, *run(register, at=ARRIVED - timedelta(days=1)))


@pytest.fixture
def bench(dock: Dock) -> Bench:
    return make_bench(dock)


def lot_of(inspection: Inspection) -> Lot:
    return Lot.objects.get(pk=inspection_lots(inspection)[0])


def inspection_lots(inspection: Inspection) -> list[UUID]:
    return [row.lot_id for row in queries.list_lots(inspection.pk)]


def held() -> set[UUID]:
    return set(Hold.objects.filter(cause="gauge_recall").values_list("lot_id", flat=True))


def listed(calibration: Calibration | None = None, actor: Actor = SYSTEM) -> list[Reading]:
    rows = affected.list_affected_readings(actor, calibration.pk if calibration else None)
    return list(rows.order_by("nearness", "id"))


def test_lots_that_rest_on_its_readings_are_held_in_one_act(bench: Bench) -> None:
    inspections = [bench.inspection() for _ in range(3)]
    spared = bench.inspection()
    for inspection in inspections:
        bench.read(inspection, "10.1", "10.2")
    bench.read(spared, "10.1", gauge=bench.other)

    calibration = bench.calibrate(FAIL, hour=3)

    lots = {lot_of(i).pk for i in inspections}
    assert held() == lots
    hold = Hold.objects.get(lot_id=lot_of(inspections[0]).pk)
    assert (hold.cause_kind, hold.cause_id, hold.cause_number) == (
        "equipment.calibration",
        calibration.pk,
        calibration.number,
    )
    assert hold.reason == f"gauge {bench.gauge.number} was found bad by {calibration.number}"
    sent = OutboxEvent.objects.filter(type="stock.hold_placed.v1")
    assert {e.subject_id for e in sent} == lots and len(sent) == 3
    assert {e.command_id for e in sent} == {calibration.command_id}


def test_only_what_was_measured_since_the_last_good_calibration_is_in_doubt(bench: Bench) -> None:
    before, since, after = (bench.inspection() for _ in range(3))
    bench.read(before, "10.1", hour=1)
    bench.calibrate(PASS, hour=2)
    bench.read(since, "10.1", hour=2)

    calibration = bench.calibrate(FAIL, PASS, hour=4)
    bench.read(after, "10.1", hour=4)

    assert held() == {lot_of(since).pk}
    assert [r.inspection for r in listed(calibration)] == [since]


def test_a_good_calibration_holds_nothing(bench: Bench) -> None:
    bench.read(bench.inspection(), "10.1")

    passed = bench.calibrate(PASS, hour=3)
    broken = bench.calibrate(PASS, FAIL, hour=4)

    assert (held(), listed(passed), listed(broken), listed()) == (set(), [], [], [])


def test_a_reading_corrected_with_a_good_gauge_is_listed_and_holds_nothing(bench: Bench) -> None:
    inspection = bench.inspection()
    bench.read(inspection, "10.1", "10.2")
    bench.read(inspection, "10.11", "10.21", gauge=bench.other, reason="measured again", hour=2)

    calibration = bench.calibrate(FAIL, hour=3)

    assert held() == set()
    assert [(r.text, r.is_current) for r in listed(calibration)] == [  # type: ignore[attr-defined]
        ("10.2", False),
        ("10.1", False),
    ]


def test_what_is_read_after_the_gauge_was_good_again_is_in_no_doubt(bench: Bench) -> None:
    first, second = bench.inspection(), bench.inspection()
    bench.read(first, "10.1")
    bad = bench.calibrate(FAIL, hour=3)
    again = bench.calibrate(FAIL, PASS, hour=5)
    act(equipment.put_in_service, hour=6, gauge_id=bench.gauge.pk)
    bench.read(second, "10.1", hour=7)

    for calibration in (bad, again, None):
        assert [r.inspection for r in listed(calibration)] == [first]
    assert Hold.objects.filter(lot_id=lot_of(first).pk).count() == 2
    assert held() == {lot_of(first).pk}


def test_goods_that_left_are_listed_with_their_parts_held(bench: Bench) -> None:
    gone, split = bench.inspection(4), bench.inspection(4)
    for inspection in (gone, split):
        bench.read(inspection, "10.1")
    plant, lot = bench.dock.plant, lot_of(gone)
    act(
        stock.return_to_vendor,
        hour=2,
        lot_id=lot.pk,
        part=plant.part("ARRIVAL", 4),
        voucher=None,
        reason="not ordered",
    )
    part = act(stock.split_lot, hour=2, lot_id=lot_of(split).pk, part=plant.part("ARRIVAL", 1))

    calibration = bench.calibrate(FAIL, hour=3)

    assert held() == {lot_of(split).pk, part.pk}
    assert {r.inspection for r in listed(calibration)} == {gone, split}


def test_the_nearest_to_a_limit_comes_first_and_what_has_none_last(bench: Bench) -> None:
    need: dict[str, Any] = {"gauge_type_id": bench.type_id}
    inspection = bench.inspection(
        8,
        numeric("D1", **need),  # 9 to 11
        numeric("D2", lower=None, upper=Decimal(40), nominal=Decimal(20), **need),
        numeric("D3", lower=Decimal(5), upper=Decimal(5), nominal=Decimal(5), **need),
        numeric("D4", lower=None, upper=Decimal(3), nominal=None, **need),
        attribute("look", **need),
    )
    for code, text in (("D1", "10"), ("D2", "39"), ("D3", "5"), ("D4", "2.999"), ("look", "ok")):
        bench.read(inspection, text, code=code)
    read(inspection, ("D1", 2, "11.02", bench.gauge.number))
    read(inspection, ("D1", 3, "9.2", bench.gauge.number))

    rows = listed(bench.calibrate(FAIL, hour=3))

    near = [(r.characteristic.code, r.text, r.nearness) for r in rows]  # type: ignore[attr-defined]
    assert near == [
        ("D3", "5", 0),
        ("D1", "11.02", Decimal("0.01")),
        ("D2", "39", Decimal("0.05")),
        ("D1", "9.2", Decimal("0.1")),
        ("D1", "10", Decimal("0.5")),
        ("D4", "2.999", affected.FARTHEST),
        ("look", "ok", affected.FARTHEST),
    ]


def test_a_gauge_that_may_not_measure_is_refused_with_its_cell(bench: Bench) -> None:
    inspection = bench.inspection()
    act(equipment.take_out_of_service, hour=1, gauge_id=bench.gauge.pk, reason="跌落")

    with pytest.raises(ReadingsRefused) as caught:
        bench.read(inspection, "10", hour=2)

    (cell,) = caught.value.cells
    assert cell["problem"] == "gauge_unusable"
    assert bench.gauge.number in cell["en"] and "停用" in cell["zh"]
    assert not Reading.objects.exists()


def test_a_gauge_of_another_type_is_refused(bench: Bench) -> None:
    other = make_bench(bench.dock)
    inspection = bench.inspection()

    with pytest.raises(ReadingsRefused) as caught:
        bench.read(inspection, "10", gauge=other.gauge)

    (cell,) = caught.value.cells
    assert cell["problem"] == "gauge_unusable"
    assert "is needed here" in cell["en"]


def test_a_reading_keeps_the_version_of_its_gauge(bench: Bench) -> None:
    bench.calibrate(PASS, hour=0)
    bench.read(bench.inspection(), "10")

    reading = Reading.objects.get()

    assert (reading.gauge_id, reading.gauge_version) == (bench.gauge.pk, 2)


def test_readings_in_flight_are_waited_for(django_db_blocker: Any) -> None:
    with committing(django_db_blocker):
        bench = make_bench(Dock(build_plant()))
        inspection = bench.inspection()

        with transaction.atomic():
            bench.read(inspection, "10.1", hour=1)
            thread = in_thread(lambda: bench.calibrate(FAIL, hour=3))
            calibrating = thread.__enter__()
            with pytest.raises(TimeoutError):
                calibrating.result(timeout=0.4)
        calibrating.result(timeout=20)
        thread.__exit__(None, None, None)

        assert held() == {lot_of(inspection).pk}


def test_500_readings_are_listed_page_by_page_and_their_lots_held_at_once(bench: Bench) -> None:
    bench.plan()
    lots = bench.dock.arrive(*[50] * 10)
    inspections = [inspection_of(lot) for lot in lots]
    for n, inspection in enumerate(inspections):
        bench.read(inspection, *[f"{9 + (50 * n + i) / 250:.3f}" for i in range(50)])

    with CaptureQueriesContext(connection) as few:
        calibration = bench.calibrate(FAIL, hour=3)

    assert held() == {lot.pk for lot in lots}
    assert len(few) < 40
    clerk, seen = caller("inspections.read"), []
    cursor: str | None = ""
    while cursor is not None:
        path = f"/affected-readings?calibration_id={calibration.pk}&limit=120"
        answer = clerk.get(path + (f"&cursor={cursor}" if cursor else ""))
        seen += answer["items"]
        cursor = answer["next_cursor"]
    assert len({row["id"] for row in seen}) == len(seen) == 500
    near = [Decimal(row["nearness"]) for row in seen]
    assert near == sorted(near) and near[0] == 0 and near[-1] == Decimal("0.5")
    assert seen[0]["text"] == "9.000"
    first = seen[0]
    assert (first["gauge"], first["characteristic"], first["result"]) == (
        bench.gauge.number,
        "D1",
        "in",
    )
    assert first["lots"] == [{"lot_id": str(lots[0].pk), "lot": lots[0].number}]


def test_four_kinds_of_caller_list_what_is_in_doubt(bench: Bench) -> None:
    bench.read(bench.inspection(), "10.1", "10.2")
    calibration = bench.calibrate(FAIL, hour=3)
    path = "/affected-readings"

    assert NOBODY.send("GET", path).status_code == 401
    assert caller("equipment.read").send("GET", path).status_code == 403
    elsewhere = caller("inspections.read", scope=Scope(site_id=uuid4()))
    assert elsewhere.get(path)["items"] == []
    here = caller("inspections.read", scope=Scope(site_id=bench.dock.plant.site))
    supplier = caller("inspections.read", scope=Scope(supplier_id=bench.dock.plant.supplier))
    for query, found in (
        ("", 2),
        (f"?calibration_id={calibration.pk}&gauge_id={bench.gauge.pk}&is_current=true", 2),
        (f"?calibration_id={uuid4()}", 0),
        (f"?gauge_id={bench.other.pk}", 0),
        ("?is_in=false", 0),
        ("?is_current=false", 0),
        ("?sort=-occurred_at&search=INS", 2),
    ):
        for reader in (here, supplier):
            assert len(reader.get(path + query)["items"]) == found, query
    exported = here.send("GET", f"{path}?format=csv").content.decode("utf-8-sig")
    assert len(exported.splitlines()) == 3
