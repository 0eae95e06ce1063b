"""How many queries each list of the API makes: the same for one row as for many.

The counts are kept in `query_counts.json`; `SNAPSHOTS=write pytest tests/snapshots` rewrites it.
A list whose count grows with its rows reads one of them at a time.
"""

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.stories.plant import Plant, ago, open_plant, order
from tests.support import run
from zhiliu.config.api import api
from zhiliu.contexts.inspections.tests.planned import make_plan, numeric
from zhiliu.platform.access.operations import link_identity
from zhiliu.platform.commands.checking import end_check, start_check

FILE = Path(__file__).parent / "query_counts.json"
DOCUMENT: dict[str, Any] = api.get_openapi_schema()
LISTS = {
    methods["get"]["operationId"]: path.removeprefix("/api/v1")
    for path, methods in DOCUMENT["paths"].items()
    if any(p["name"] == "cursor" for p in methods.get("get", {}).get("parameters", ()))
}
# What only another system's act or a failed delivery fills, and what belongs to one record: one
# page is counted all the same.
MAY_BE_FEW = {"list_parked_deliveries", "list_rules", "list_rule_versions", "list_signatures"}
MANY = 3


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> Any:
    """For each list: the queries of a page of one row, of a full page, and the rows of that."""
    from django.db import transaction

    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("zhiliu.platform.access.queries.REMEMBERED_SECONDS", 3600)
        plant = open_plant()
        for i in range(MANY):
            fill(plant, i)
        yield {name: count(plant, path, of_a_record(plant, name)) for name, path in LISTS.items()}
        transaction.set_rollback(True)


def of_a_record(plant: Plant, name: str) -> str:
    """The record that a list needs to be told, as parameters."""
    if name == "list_attachments":
        return f"&record_kind=catalog.material&record_id={plant.material('pump 0')}"
    if name == "list_signatures":
        first = plant.admin.get("/inspections")["items"][0]["id"]
        return f"&record_kind=inspections.inspection&record_id={first}"
    return ""


def count(plant: Plant, path: str, record: str) -> dict[str, int]:
    plant.admin.get("/me")  # who asks is remembered: not part of a list's work
    path = path.replace("{code}", "signatures.signing_strength")
    if "{inspection_id}" in path:
        read = plant.admin.get("/inspections?search=shaft")["items"][0]["id"]
        path = path.replace("{inspection_id}", read)
    found = {}
    for name, limit in (("one", 1), ("many", 500)):
        with CaptureQueriesContext(connection) as queries:
            rows = plant.admin.get(f"{path}?limit={limit}{record}")["items"]
        found[name] = len(queries)
    return {**found, "rows": len(rows)}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_makes_as_many_queries_for_many_rows_as_for_one(
    name: str, counts: dict[str, dict[str, int]]
) -> None:
    found = counts[name]

    assert found["one"] == found["many"]
    assert found["rows"] >= MANY or name in MAY_BE_FEW


def test_no_list_makes_more_queries_than_it_did(counts: dict[str, dict[str, int]]) -> None:
    now = {name: found["many"] for name, found in counts.items()}
    if os.environ.get("SNAPSHOTS") == "write":
        FILE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")

    assert now == json.loads(FILE.read_text(encoding="utf-8"))
    assert max(now.values()) <= 4


def fill(plant: Plant, i: int) -> None:
    """One more of everything that the API lists, each time of other parents."""
    _fill_catalog(plant, i)
    _fill_purchase(plant, i)
    _fill_urgent(plant, i)
    _fill_readings(plant, i)
    _fill_stock(plant, i)
    _fill_access(plant, i)
    _fill_checks(plant)
    _fill_equipment(plant, i)


def _fill_catalog(plant: Plant, i: int) -> None:
    post = plant.admin.post
    company = post(
        "/companies", code=f"M{i}", name="又一公司", currency="CNY", time_zone="Asia/Shanghai"
    )
    post("/sites", company_id=company["id"], code=f"M{i}", name="又一厂")
    plant.admin.upload(
        "/attachments",
        SimpleUploadedFile(f"note {i}.txt", b"look"),
        {
            "subject_kind": "catalog.material",
            "subject_id": plant.material("pump 0"),
            "purpose": "document",
        },
    )
    post("/periods", company_id=plant.company, starts_on=f"202{i}-01-01", ends_on=f"202{i}-01-31")
    material, part = plant.material(f"pump {i}"), plant.material(f"impeller {i}")
    box = plant.unit(f"BOX{i}")
    post("/unit-conversions", from_unit_id=box, to_unit_id=plant.unit("PCS"), numerator=12 + i)
    post("/material-revisions", material_id=material, revision=f"R{i}")
    post("/specifications", material_id=material)
    post("/inspection-plans", material_id=material)
    post(
        "/bill-lines",
        assembly_id=material,
        component_id=part,
        quantity="2",
        unit_id=plant.unit("PCS"),
        valid_from="2020-01-01",
    )


def _fill_purchase(plant: Plant, i: int) -> None:
    name, post = f"supplier {i}", plant.admin.post
    supplier, material = plant.partner(name, "supplier"), plant.material(f"pump {i}")
    post(
        "/supplier-terms",
        supplier_id=supplier,
        material_id=material,
        price="5",
        currency="CNY",
        lead_time_days=7,
    )
    bought = plant.buy(f"pump {i}", 100, supplier=name)
    (line,) = plant.arrive(bought, {"quantity": 100, "supplier_lot": f"S-{i}"})
    inspection = plant.count(line["lot_id"], 100, 5, **{f"CRACK{i}": 5})
    plant.decide(inspection, "not-accept", reason="cracks")
    as_is = plant.dispose(line["lot_id"], "use_as_is", 20)
    plant.concede(as_is["id"])
    back = plant.dispose(line["lot_id"], "return_to_vendor", 50)
    plant.give_back(back["lot_id"], "DOCK", 50, by=back)
    post("/gate-refusals", order_id=bought["id"], material_id=material, reason="soaked")
    post("/supply-blocks", supplier_id=supplier, blocked_function="receipt", reason="cracks")


def _fill_urgent(plant: Plant, i: int) -> None:
    wanted = order(f"WO-3{i}")
    plant.person("production lead").post(
        "/urgent-releases",
        lot_id=plant.received(f"pump {i}", 20)["lot_id"],
        quantity="5",
        reference={key: wanted[key] for key in ("kind", "id", "number")},
        reason="the line stands still",
        secret=plant.password("production lead"),
    )


def _fill_readings(plant: Plant, i: int) -> None:
    make_plan(UUID(plant.material(f"shaft {i}")), [numeric("D1")], valid_from=ago(days=1))
    inspection = plant.inspection(plant.received(f"shaft {i}", MANY)["lot_id"])
    plant.admin.post(
        f"/inspections/{inspection['id']}/readings",
        readings=[{"characteristic": "D1", "unit_no": n + 1, "text": "10"} for n in range(MANY)],
    )


def _fill_stock(plant: Plant, i: int) -> None:
    post, wanted = plant.admin.post, order(f"WO-{i}")
    lot = plant.stock(f"pump {i}", 100)["id"]
    post(f"/lots/{lot}/reserve", **plant.use(lot, "A-01", 10, wanted))
    post(f"/lots/{lot}/issue", **plant.use(lot, "A-01", 5, order(f"WO-1{i}")))
    post(f"/lots/{lot}/labels", copies=2)
    held = plant.stock(f"impeller {i}", 10)["id"]
    post(f"/lots/{held}/hold", cause="manual", reason="look again")
    post(
        "/observed-moves",
        lot_id=held,
        from_place_id=plant.places["A-01"],
        to_place_id=plant.places["production"],
        owner_id=plant.own,
        quantity="1",
        system="erpnext",
        document=f"STE-{i}",
        reference=order(f"WO-2{i}"),
    )
    if i == 0:
        plant.material("meter", control="serial")
        plant.received("meter", MANY, serials=[f"SN-{n}" for n in range(MANY)])


def _fill_access(plant: Plant, i: int) -> None:
    post = plant.admin.post
    user = post("/users", username=f"scale-{i}", name=f"Scale {i}", is_machine=True)
    role = post(
        "/roles", code=f"role-{i}", name_en="Role", name_zh="角色", operations=["stock.read"]
    )
    post("/role-grants", user_id=user["id"], role_id=role["id"])
    person = UUID(post("/users", username=f"li-{i}", name="李娜")["id"])
    run(
        lambda command, at: link_identity(
            user_id=person,
            issuer="https://id.example",
            subject_id=f"s-{i}",
            matched_by="email",
            command=command,
            at=at,
        )
    )
    post("/api-tokens", user_id=user["id"], name="gate", operations=["stock.read"])
    post("/saved-views", list="lots", name=f"View {i}", query={"sort": "number"})


def _fill_checks(plant: Plant) -> None:
    check = UUID(plant.admin.post("/check-runs")["id"])
    run(lambda command, at: start_check(run_id=check, command=command, at=at))
    run(lambda command, at: end_check(run_id=check, looked=[], command=command, at=at))


def _fill_equipment(plant: Plant, i: int) -> None:
    post = plant.admin.post
    gauge_type = post("/gauge-types", code=f"T{i}", name_en="Calliper", name_zh="卡尺")
    points = [{"reference": "10", "as_found": f"10.00{n}"} for n in range(i + 1)]
    good = {"as_found": "pass", "as_left": "pass", "points": points}
    gauge = post(
        "/gauges",
        site_id=plant.site,
        gauge_type_id=gauge_type["id"],
        name=f"卡尺 {i}",
        unit_id=plant.unit(f"MM{i}"),
        interval_days=365,
        calibration=good,
    )
    make_plan(
        UUID(plant.material(f"axle {i}")),
        [numeric("D1", gauge_type_id=UUID(gauge_type["id"]))],
        [{"severity_class": "major", "scheme": "full"}],
    )
    inspection = plant.inspection(plant.received(f"axle {i}", 1)["lot_id"])
    reading = {"characteristic": "D1", "unit_no": 1, "text": "10", "gauge": gauge["number"]}
    post(f"/inspections/{inspection['id']}/readings", readings=[reading])
    post(f"/gauges/{gauge['id']}/calibrations", as_found="fail", as_left="fail")
