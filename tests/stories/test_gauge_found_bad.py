"""A gauge found bad: what it measured since it was last good is stopped, listed and looked at.

A micrometer is dropped and nobody says so. Weeks later its calibration fails; from that act on
nothing that rests on its readings can be used, and quality knows where to begin.
"""

from datetime import timedelta
from typing import Any

import pytest

from tests.stories.plant import SITE_ZONE, Plant, ago, open_plant, order
from tests.support import caller
from zhiliu.kernel.clock import server_time

pytestmark = pytest.mark.django_db
GOOD = {"as_found": "pass", "as_left": "pass"}
BAD = {"as_found": "fail", "as_left": "fail", "remark": "测砧崩缺"}


class Workshop:
    """The plant with its metrologist, a plan for housings, and two micrometers."""

    def __init__(self) -> None:
        self.plant: Plant = open_plant()
        self.metrologist = caller(
            "equipment.read",
            "equipment.register_gauge",
            "equipment.record_calibration",
            "equipment.put_in_service",
            "inspections.read",
            name="metrologist",
        )
        self.inspector = caller("inspections.read", "inspections.record_readings")
        kind = self.plant.admin.post(
            "/gauge-types", code="MICROMETER", name_en="Micrometer", name_zh="千分尺"
        )
        self.kind = kind["id"]
        self.gauge, self.other = (self.register(f"千分尺 {n}") for n in (1, 2))
        self.plan()

    def register(self, name: str, **certificate: Any) -> Any:
        """A micrometer that was calibrated 100 days ago and is good for a year."""
        return self.metrologist.post(
            "/gauges",
            site_id=self.plant.site,
            gauge_type_id=self.kind,
            name=name,
            interval_days=365,
            occurred_at=ago(days=100).isoformat(),
            calibration={**GOOD, "certificate_number": f"HN-{name}", **certificate},
        )

    def plan(self) -> None:
        """Two units of each lot are measured, none may be out: 10 ± 1 mm with a micrometer."""
        draft = caller("inspections.add_plan").post(
            "/inspection-plans",
            material_id=self.plant.material("housing"),
            classes=[{"severity_class": "major", "scheme": "fixed", "fixed_n": 2}],
            characteristics=[
                {
                    "code": "D1",
                    "name_en": "bore",
                    "name_zh": "内径",
                    "characteristic_kind": "numeric",
                    "severity_class": "major",
                    "nominal": "10",
                    "lower": "9",
                    "upper": "11",
                    "gauge_type_id": self.kind,
                }
            ],
        )
        approved = caller("inspections.approve_plan_version").send(
            "POST", f"/plan-versions/{draft['id']}/approve", {}, **{"If-Match": '"1"'}
        )
        assert approved.status_code == 200, approved.content.decode()

    def measure(self, *texts: str, gauge: Any = None) -> Any:
        """A lot of 20 housings that was measured and accepted."""
        line = self.plant.received("housing", 20)
        inspection = self.plant.inspection(line["lot_id"])
        self.read(inspection, *texts, gauge=gauge)
        self.plant.decide(inspection, "accept")
        return line

    def read(self, inspection: Any, *texts: str, gauge: Any = None, status: int = 200) -> Any:
        """The inspector reads the sampled units with the first micrometer, or another one."""
        number = (gauge or self.gauge)["number"]
        return self.inspector.post(
            f"/inspections/{inspection['id']}/readings",
            status,
            readings=[
                {"characteristic": "D1", "unit_no": n, "text": text, "gauge": number}
                for n, text in enumerate(texts, start=1)
            ],
        )

    def calibrate(self, **found: Any) -> Any:
        """The metrologist calibrates the first micrometer now."""
        return self.metrologist.post(f"/gauges/{self.gauge['id']}/calibrations", **found)

    def issue(self, line: Any, status: int = 201) -> Any:
        """The warehouse issues one housing of a lot."""
        body = self.plant.use(line["lot_id"], "DOCK", 1, order("WO-1"))
        return self.plant.person("warehouse").post(f"/lots/{line['lot_id']}/issue", status, **body)


@pytest.fixture
def shop(db: None) -> Workshop:
    return Workshop()


def test_a_failed_calibration_holds_what_it_measured_and_lists_the_readings(
    shop: Workshop,
) -> None:
    first, second = shop.measure("10.0", "10.98"), shop.measure("9.5", "9.4")
    spared = shop.measure("10.1", "10.2", gauge=shop.other)
    shop.issue(first)

    calibration = shop.calibrate(**BAD)

    holds = shop.plant.every("/holds", cause_id=calibration["id"])
    assert {h["lot_id"] for h in holds} == {first["lot_id"], second["lot_id"]}
    assert {(h["cause"], h["cause_number"]) for h in holds} == {
        ("gauge_recall", calibration["number"])
    }
    refused = shop.issue(first, 409)
    assert refused["code"] == "stock.lot_on_hold"
    shop.issue(spared)
    rows = shop.metrologist.get(f"/affected-readings?calibration_id={calibration['id']}")["items"]
    assert [(r["text"], r["nearness"], r["result"]) for r in rows] == [
        ("10.98", "0.01", "in"),
        ("9.4", "0.2", "in"),
        ("9.5", "0.25", "in"),
        ("10.0", "0.5", "in"),
    ]
    assert rows[0]["lots"] == [{"lot_id": first["lot_id"], "lot": first["lot"]}]


def test_with_the_gauge_out_of_service_nothing_is_read_until_it_is_good_again(
    shop: Workshop,
) -> None:
    shop.calibrate(**BAD)
    line = shop.plant.received("housing", 20)
    inspection = shop.plant.inspection(line["lot_id"])

    refused = shop.read(inspection, "10", "10", status=409)

    sentence = refused["data"]["cells"][0]["en"]
    assert shop.gauge["number"] in sentence and "may not be used" in sentence
    path = f"/gauges/{shop.gauge['id']}/put-in-service"
    assert shop.metrologist.post(path, 409)["code"] == "equipment.calibration_needed"
    shop.calibrate(as_found="fail", as_left="pass", remark="更换测砧")
    assert shop.metrologist.post(path)["state"] == "in_service"
    shop.read(inspection, "10", "10")
    assert shop.plant.every("/holds", cause="gauge_recall") == []


def test_quality_measures_again_and_lifts_the_hold(shop: Workshop) -> None:
    line = shop.measure("10.0", "10.98")
    shop.calibrate(**BAD)
    (hold,) = shop.plant.every("/holds", lot_id=line["lot_id"])
    quality = shop.plant.person("quality")

    again = quality.post(
        "/inspections", lot_ids=[line["lot_id"]], kind="retest", reason="gauge found bad"
    )
    shop.read(again, "10.0", "10.97", gauge=shop.other)
    shop.plant.decide(again, "accept")
    quality.post(f"/holds/{hold['id']}/lift", reason="measured again, conforms")

    shop.issue(line)


def test_a_gauge_is_good_to_the_end_of_its_last_day(shop: Workshop) -> None:
    today = server_time().astimezone(SITE_ZONE).date()
    last_day = shop.register("due today", due_date=str(today))
    over = shop.register("due yesterday", due_date=str(today - timedelta(days=1)))

    line = shop.plant.received("housing", 20)
    inspection = shop.plant.inspection(line["lot_id"])
    refused = shop.read(inspection, "10", "10", gauge=over, status=409)
    assert "was due for calibration" in refused["data"]["cells"][0]["en"]
    shop.read(inspection, "10", "10", gauge=last_day)

    overdue = shop.metrologist.get("/gauges?overdue=true")["items"]
    assert [g["number"] for g in overdue] == [over["number"]]
