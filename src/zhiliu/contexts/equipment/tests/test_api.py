"""Equipment through HTTP."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.support import NOBODY, Caller, caller

from zhiliu.contexts.equipment.models import Calibration, Gauge
from zhiliu.contexts.equipment.tests.conftest import NOON, Lab
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.clock import server_time

A_PASS: dict[str, Any] = {"as_found": "pass", "as_left": "pass"}


def a_gauge(lab: Lab, **other: Any) -> dict[str, Any]:
    gauge = {
        "site_id": str(lab.site.pk),
        "gauge_type_id": str(lab.micrometer.pk),
        "name": "外径千分尺",
        "serial_number": "SN-1",
        "unit_id": str(lab.mm.pk),
        "resolution": "0.001",
        "interval_days": 365,
    }
    return {**gauge, **other}


def strangers(lab: Lab, operation: str) -> list[tuple[Caller, int]]:
    """Nobody, another role, another site's."""
    elsewhere = caller(operation, scope=Scope(site_id=uuid4()))
    return [(NOBODY, 401), (caller("equipment.read"), 403), (elsewhere, 404)]


def test_four_kinds_of_caller_register_a_gauge(lab: Lab) -> None:
    operation, body = "equipment.register_gauge", a_gauge(lab, calibration=A_PASS)
    for stranger, status in strangers(lab, operation):
        assert stranger.send("POST", "/gauges", body).status_code == status
    clerk = caller(operation, scope=Scope(site_id=lab.site.pk))

    made = clerk.post("/gauges", **body)

    today = (server_time() + timedelta(hours=8)).date()
    assert (made["number"], made["state"], made["is_overdue"]) == ("G-000001", "in_service", False)
    assert made["due_date"] == str(today + timedelta(days=365))
    assert (made["unit"], made["resolution"]) == (lab.mm.code, "0.001")
    assert (made["gauge_type"], made["site"]) == (lab.micrometer.code, lab.site.code)
    assert made["state_by"] == str(clerk.user_id)


def test_a_gauge_says_what_may_be_done_with_it_and_by_whom(lab: Lab) -> None:
    gauge = lab.gauge(calibration=None)
    here = Scope(site_id=lab.site.pk)
    clerk = caller("equipment.read", "equipment.retire_gauge", scope=here)

    def refused(who: Caller) -> dict[str, str | None]:
        return {a["verb"]: a["refusal"] for a in who.get(f"/gauges/{gauge.pk}")["allowed_actions"]}

    assert refused(caller()) == {
        "take_out_of_service": "equipment.not_in_state",
        "put_in_service": "equipment.calibration_needed",
        "retire": None,
        "change": None,
        "calibrate": None,
    }
    assert refused(clerk) == {
        "take_out_of_service": "access.not_permitted",
        "put_in_service": "access.not_permitted",
        "retire": None,
        "change": "access.not_permitted",
        "calibrate": "access.not_permitted",
    }
    caller().post(f"/gauges/{gauge.pk}/retire", reason="磨损")
    assert set(refused(caller()).values()) == {"equipment.not_in_state"}


@pytest.mark.parametrize(
    ("operation", "address", "body", "state"),
    [
        ("record_calibration", "calibrations", A_PASS, "out_of_service"),
        ("take_out_of_service", "take-out-of-service", {"reason": "跌落"}, "out_of_service"),
        ("put_in_service", "put-in-service", {}, "in_service"),
        ("retire_gauge", "retire", {"reason": "磨损"}, "retired"),
    ],
)
def test_four_kinds_of_caller_act_on_a_gauge(
    lab: Lab, operation: str, address: str, body: dict[str, Any], state: str
) -> None:
    gauge = lab.gauge(calibration=None)
    admin = caller()
    if operation in ("take_out_of_service", "put_in_service"):
        admin.post(f"/gauges/{gauge.pk}/calibrations", **A_PASS)
    if operation == "take_out_of_service":
        admin.post(f"/gauges/{gauge.pk}/put-in-service")
    path, right = f"/gauges/{gauge.pk}/{address}", f"equipment.{operation}"
    before = Gauge.objects.get(pk=gauge.pk)
    for stranger, status in strangers(lab, right):
        assert stranger.send("POST", path, body).status_code == status
    assert Gauge.objects.get(pk=gauge.pk).version == before.version

    caller(right).post(path, **body)

    after = Gauge.objects.get(pk=gauge.pk)
    assert (after.version, after.state) == (before.version + 1, state)


def test_four_kinds_of_caller_change_a_gauge(lab: Lab) -> None:
    gauge, right = lab.gauge(), "equipment.change_gauge"
    path, body, at_one = f"/gauges/{gauge.pk}", {"interval_days": 90}, {"If-Match": '"1"'}
    for stranger, status in strangers(lab, right):
        assert stranger.send("PATCH", path, body, **at_one).status_code == status
    clerk = caller(right)

    assert clerk.send("PATCH", path, body).status_code == 428
    answer = clerk.send("PATCH", path, body, **at_one)

    assert answer.status_code == 200, answer.content.decode()
    assert (answer.json()["version"], answer.json()["interval_days"]) == (2, 90)
    assert answer.json()["name"] == gauge.name
    assert clerk.send("PATCH", path, body, **at_one).status_code == 412


def test_four_kinds_of_caller_keep_the_types(lab: Lab) -> None:
    body: dict[str, Any] = {"code": "CALLIPER", "name_en": "Calliper", "name_zh": "卡尺"}
    add, change = "equipment.add_gauge_type", "equipment.change_gauge_type"
    path, new, at_one = f"/gauge-types/{lab.plug.pk}", {"name_zh": "光滑塞规"}, {"If-Match": '"1"'}
    for operation, method, address, content in (
        (add, "POST", "/gauge-types", body),
        (change, "PATCH", path, new),
    ):
        part = caller(operation, scope=Scope(site_id=lab.site.pk))
        for stranger, status in ((NOBODY, 401), (caller("equipment.read"), 403), (part, 403)):
            assert stranger.send(method, address, content, **at_one).status_code == status

    assert body.items() <= caller(add).post("/gauge-types", **body).items()
    answer = caller(change).send("PATCH", path, new, **at_one)
    assert answer.status_code == 200
    assert (answer.json()["name_zh"], answer.json()["name_en"]) == ("光滑塞规", "PLUG")
    assert caller(change).send("PATCH", path, new, **at_one).status_code == 412
    assert caller(add).post("/gauge-types", 409, **body)["code"] == "equipment.already_exists"


@pytest.mark.parametrize("collection", ["gauges", "gauge-types", "calibrations"])
def test_four_kinds_of_caller_read(lab: Lab, collection: str) -> None:
    gauge = lab.gauge()
    one_id = {
        "gauges": gauge.pk,
        "gauge-types": lab.micrometer.pk,
        "calibrations": Calibration.objects.get(gauge=gauge).pk,
    }[collection]
    path, one = f"/{collection}", f"/{collection}/{one_id}"
    stranger = caller("equipment.read", scope=Scope(supplier_id=uuid4()))
    clerk = caller("equipment.read")

    for address in (path, one):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("equipment.add_gauge_type").send("GET", address).status_code == 403
    assert stranger.get(path)["items"] == []
    assert stranger.send("GET", one).status_code == 404
    answer = clerk.send("GET", one)

    shown = {n: v for n, v in answer.json().items() if n != "allowed_actions"}
    assert shown in clerk.get(path)["items"]
    assert answer.headers.get("ETag") == (None if collection == "calibrations" else '"1"')
    assert clerk.send("GET", f"{path}/{uuid4()}").json()["code"] == "equipment.not_found"


def test_a_calibration_tells_its_values(lab: Lab) -> None:
    gauge = lab.gauge()
    points = [{"reference": "10", "as_found": "10.010", "as_left": "10.001", "max_error": "0.004"}]

    made = caller().post(
        f"/gauges/{gauge.pk}/calibrations",
        as_found="fail",
        as_left="pass",
        performed_at=str(NOON + timedelta(days=1)),
        performed_by="华南计量院",
        certificate_number="HN-7",
        points=points,
    )

    assert made["points"] == [{**points[0], "as_found": "10.01"}]
    assert (made["unit"], made["gauge"]) == (lab.mm.code, gauge.number)
    assert (made["since"], made["due_date"]) == ("2026-03-02T04:00:00Z", "2027-03-03")
    assert caller().get(f"/calibrations/{made['id']}") == made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("overdue=true", ["old"]),
        ("overdue=false", ["never", "new"]),
        ("due_before=2026-03-13", ["old"]),
        ("due_before=2026-03-12", []),
        ("state=out_of_service", ["never"]),
        ("state=in_service&sort=due", ["old", "new"]),
        ("sort=-due", ["never", "new", "old"]),
        ("search=SN-N", ["new"]),
    ],
)
def test_gauges_are_filtered_in_one_query(
    lab: Lab, query: str, found: list[str], django_assert_num_queries: Any
) -> None:
    lab.gauge(name="never", calibration=None)
    lab.gauge(name="old", interval_days=10)
    caller().post("/gauges", **a_gauge(lab, name="new", serial_number="SN-N", calibration=A_PASS))
    clerk = caller("equipment.read")
    clerk.get("/gauges")
    types = f"&gauge_type={lab.micrometer.code}&gauge_type_id={lab.micrometer.pk}"

    with django_assert_num_queries(1):
        items = clerk.get(f"/gauges?{query}{types}")["items"]

    assert sorted(i["name"] for i in items) == sorted(found)
    if "sort" in query:
        assert [i["name"] for i in items] == found
    assert clerk.get(f"/gauges?{query}&gauge_type={lab.plug.code}")["items"] == []
    exported = clerk.send("GET", f"/gauges?{query}&format=csv").content.decode("utf-8-sig")
    assert len(exported.splitlines()) == len(found) + 1


@pytest.mark.parametrize("sort", ["due", "-due"])
def test_pages_by_due_date_lose_nobody(lab: Lab, sort: str) -> None:
    for interval in (5, 5, 9):
        lab.gauge(interval_days=interval)
    lab.gauge(calibration=None)
    clerk, seen = caller("equipment.read"), []
    cursor: str | None = ""

    while cursor is not None:
        answer = clerk.get(f"/gauges?sort={sort}&limit=1" + (f"&cursor={cursor}" if cursor else ""))
        seen += [item["number"] for item in answer["items"]]
        cursor = answer["next_cursor"]

    assert sorted(seen) == [f"G-00000{n}" for n in (1, 2, 3, 4)]


def test_a_list_counts_itself_when_it_is_asked(lab: Lab) -> None:
    for _ in range(3):
        lab.gauge()
    lab.gauge(calibration=None)
    clerk = caller("equipment.read")

    first = clerk.get("/gauges?limit=1&with_total=true&state=in_service")
    second = clerk.get(
        f"/gauges?limit=1&with_total=true&state=in_service&cursor={first['next_cursor']}"
    )

    assert [page["total"] for page in (first, second)] == [3, 3]
    assert clerk.get("/gauges?limit=1")["total"] is None


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/gauge-types", {"code": "", "name_en": "x", "name_zh": "塞"}, "code"),
        ("/gauges", {"site_id": str(uuid4()), "name": "x"}, "gauge_type_id"),
        (f"/gauges/{UUID(int=1)}/calibrations", {"as_found": "pass"}, "as_left"),
        (f"/gauges/{UUID(int=1)}/calibrations", {**A_PASS, "as_left": "ok"}, "as_left"),
        (f"/gauges/{UUID(int=1)}/retire", {"reason": " "}, "reason"),
        (f"/gauges/{UUID(int=1)}/take-out-of-service", {}, "reason"),
    ],
)
@pytest.mark.django_db
def test_a_payload_that_does_not_fit_names_the_field(
    path: str, body: dict[str, Any], field: str
) -> None:
    answer = caller().post(path, 422, **body)

    assert [f["field"] for f in answer["data"]["fields"]] == [field]


def test_a_refusal_speaks_chinese_and_tells_the_way_out(lab: Lab) -> None:
    gauge = lab.gauge(calibration=None)

    answer = caller(language="zh-CN").post(f"/gauges/{gauge.pk}/put-in-service", 409)

    assert answer["detail"] == f"量具 {gauge.number} 停用后尚无合格的校准记录。"
    assert answer["remedy"] == "请先录入校准后合格的校准记录，再恢复使用。"
