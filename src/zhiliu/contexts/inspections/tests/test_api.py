"""Inspections through HTTP: four kinds of caller at each endpoint, and the main job."""

from uuid import uuid4

import pytest
from tests.support import NOBODY, caller

from zhiliu.contexts.inspections.models import Inspection, InspectionResult, QualityCode
from zhiliu.contexts.inspections.tests.conftest import inspection_of, record
from zhiliu.contexts.inspections.tests.planned import make_plan, numeric
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(dock):
    (lot,) = dock.arrive(100)
    return lot


@pytest.fixture
def path(lot):
    return f"/inspections/{inspection_of(lot).pk}"


RESULT = {"inspected": "20", "nonconforming": "0"}


@pytest.mark.parametrize(
    ("verb", "operation", "body"),
    [
        ("result", "inspections.record_result", RESULT),
        ("accept", "inspections.accept", {}),
        ("not-accept", "inspections.not_accept", {"reason": "no certificate"}),
        ("judge", "inspections.judge", {}),
        ("cancel", "inspections.cancel", {"reason": "opened twice"}),
    ],
)
def test_four_kinds_of_caller_act(lot, path, plant, verb, operation, body):
    if verb != "result":
        record(inspection_of(lot).pk, 100)
    before = Inspection.objects.get().version
    address = f"{path}/{verb}"

    assert NOBODY.send("POST", address, body).status_code == 401
    assert caller("inspections.read").send("POST", address, body).status_code == 403
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=uuid4())):
        refused = caller(operation, scope=scope).send("POST", address, body)
        assert refused.status_code == 404
        assert refused.json()["code"] == "inspections.not_found"
    assert Inspection.objects.get().version == before
    answer = caller(operation, scope=Scope(site_id=plant.site)).send("POST", address, body)

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["version"] == before + 1


def test_four_kinds_of_caller_open(lot, path, plant):
    caller("inspections.cancel").post(f"{path}/cancel", reason="again")
    body = {"lot_ids": [str(lot.pk)], "kind": "retest", "reason": "complaint 7"}
    open_it = "inspections.open_inspection"

    assert NOBODY.send("POST", "/inspections", body).status_code == 401
    assert caller("inspections.read").send("POST", "/inspections", body).status_code == 403
    stranger = caller(open_it, scope=Scope(company_id=uuid4()))
    assert stranger.send("POST", "/inspections", body).status_code == 404
    assert Inspection.objects.count() == 1
    # only a receipt is a supplier's first submission, which moves his sampling state
    as_first = caller(open_it).send("POST", "/inspections", {**body, "kind": "original"})
    assert as_first.status_code == 422
    answer = caller(open_it).send("POST", "/inspections", body)

    assert answer.status_code == 201, answer.content.decode()
    assert Inspection.objects.get(pk=answer.json()["id"]).reason == "retest"


def test_four_kinds_of_caller_read(lot, path, plant):
    strange = caller("inspections.read", scope=Scope(supplier_id=uuid4()))
    for address in ("/inspections", path):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("inspections.accept").send("GET", address).status_code == 403
    assert strange.get("/inspections")["items"] == []
    assert strange.send("GET", path).status_code == 404

    reader = caller("inspections.read", scope=Scope(supplier_id=plant.supplier))
    (row,) = reader.get("/inspections")["items"]

    assert row["material_id"] == str(plant.material("bearing"))
    assert (row["state"], row["inspected"], row["lot_count"]) == ("open", None, 1)
    assert reader.get(path)["lots"] == [
        {
            "lot_id": str(lot.pk),
            "lot": lot.number,
            "status": "awaiting_inspection",
            "is_on_hold": False,
            "presented": "100",
            "accepted": "0",
            "not_accepted": "0",
            "open": "100",
            "consumed": "0",
            "retained": "0",
        }
    ]


def test_four_kinds_of_caller_keep_quality_codes(plant):
    add, change = "inspections.add_quality_code", "inspections.change_quality_code"
    body = {"catalogue": "defect", "code": "CRACK", "name_en": "crack", "name_zh": "裂纹"}
    site = Scope(site_id=plant.site)

    assert NOBODY.send("POST", "/quality-codes", body).status_code == 401
    assert caller("inspections.read").send("POST", "/quality-codes", body).status_code == 403
    assert caller(add, scope=site).send("POST", "/quality-codes", body).status_code == 403
    assert not QualityCode.objects.exists()
    added = caller(add).send("POST", "/quality-codes", body).json()
    assert caller(add).send("POST", "/quality-codes", body).json()["code"] == (
        "inspections.already_exists"
    )

    address, at_one = f"/quality-codes/{added['id']}", {"If-Match": '"1"'}
    off = {"is_active": False}
    assert NOBODY.send("PATCH", address, off, **at_one).status_code == 401
    assert caller("inspections.read").send("PATCH", address, off, **at_one).status_code == 403
    assert caller(change, scope=site).send("PATCH", address, off, **at_one).status_code == 403
    unknown = f"/quality-codes/{uuid4()}"
    assert caller(change).send("PATCH", unknown, off, **at_one).status_code == 404
    assert caller(change).send("PATCH", address, off).status_code == 428
    changed = caller(change).send("PATCH", address, off, **at_one).json()
    assert (changed["is_active"], changed["name_zh"], changed["version"]) == (False, "裂纹", 2)
    assert caller(change).send("PATCH", address, off, **at_one).status_code == 412


def test_four_kinds_of_caller_read_quality_codes(codes, plant):
    one = f"/quality-codes/{QualityCode.objects.get(code=codes[0]).pk}"
    partner = caller("inspections.read", scope=Scope(supplier_id=plant.supplier))
    for address in ("/quality-codes", one):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("inspections.accept").send("GET", address).status_code == 403
    assert partner.get("/quality-codes")["items"] == []
    assert partner.send("GET", one).status_code == 404

    reader = caller("inspections.read")
    assert {c["code"] for c in reader.get("/quality-codes")["items"]} == set(codes)
    answer = reader.send("GET", one)
    assert (answer.json()["name_zh"], answer.headers["ETag"]) == ("裂纹", '"1"')
    found = reader.get("/quality-codes?catalogue=defect&is_active=true&search=划")["items"]
    assert [c["code"] for c in found] == [codes[1]]
    assert reader.get("/quality-codes?catalogue=cause")["items"] == []


def test_the_main_job_counted_judged_and_shown(lot, path, codes):
    inspector = caller()

    counted = inspector.post(
        f"{path}/result",
        inspected="100",
        nonconforming="30",
        defects=[{"code": codes[0], "count": "30"}, {"code": codes[1], "count": "2"}],
    )
    assert (counted["inspected"], counted["nonconforming"], counted["result_count"]) == (
        "100",
        "30",
        1,
    )
    verdict = inspector.post(f"{path}/judge", parts=[{"quantity": "30"}])

    assert verdict["state"] == "judged"
    assert [(x["lot"], x["quantity"], x["status"]) for x in verdict["lots"]] == [
        (lot.number, "70", "released"),
        (f"{lot.number}.1", "30", "blocked"),
    ]
    shown = inspector.get(path)
    of_record = f"record_kind=inspections.inspection&record_id={shown['id']}"
    (signature,) = inspector.get(f"/signatures?{of_record}")["items"]
    assert (signature["verb"], signature["strength"]) == ("judge", "recorded")
    assert shown["decided_by"] == str(inspector.user_id)
    assert [(x["presented"], x["accepted"], x["not_accepted"]) for x in shown["lots"]] == [
        ("70", "70", "0"),
        ("30", "0", "30"),
    ]
    assert shown["results"][0]["defects"] == [
        {"code": codes[0], "count": "30", "position": ""},
        {"code": codes[1], "count": "2", "position": ""},
    ]
    assert {a["verb"] for a in shown["allowed_actions"] if a["is_allowed"]} == {"print"}


def test_the_detail_says_what_is_refused_and_the_way_out(path):
    reader = caller(
        "inspections.read",
        "inspections.record_result",
        "inspections.accept",
        "inspections.judge",
        "inspections.cancel",
        language="zh-CN",
    )

    actions = {a["verb"]: a for a in reader.get(path)["allowed_actions"]}

    assert {verb: a["refusal"] for verb, a in actions.items()} == {
        "record_result": None,
        "record_readings": "access.not_permitted",
        "count_characteristic": "inspections.no_plan",
        "post_sample": "access.not_permitted",
        "accept": "inspections.result_missing",
        "not_accept": "access.not_permitted",
        "judge": "inspections.result_missing",
        "cancel": None,
        "print": "access.not_permitted",
        "request_urgent_release": "access.not_permitted",
    }
    assert actions["record_result"]["is_allowed"]
    assert {verb: a["strength"] for verb, a in actions.items() if a["strength"]} == {
        "accept": "recorded",
        "not_accept": "recorded",
        "judge": "recorded",
        "request_urgent_release": "re_authenticated",
    }
    assert "请先录入检验数和不合格数" in actions["accept"]["remedy"]
    reader.send("POST", f"{path}/result", RESULT)
    again = {a["verb"]: a["refusal"] for a in reader.get(path)["allowed_actions"]}
    assert again == {
        "record_result": None,
        "record_readings": "access.not_permitted",
        "count_characteristic": "inspections.no_plan",
        "post_sample": "access.not_permitted",
        "accept": None,
        "not_accept": "access.not_permitted",
        "judge": "inspections.not_every_unit_inspected",
        "cancel": None,
        "print": "access.not_permitted",
        "request_urgent_release": "access.not_permitted",
    }


def test_filters_find_by_state_material_supplier_and_lot(dock, lot, path, plant):
    (oil,) = dock.arrive(7, material="oil")
    everybody = caller()
    everybody.post(f"{path}/cancel", reason="x")

    def found(query):
        return {x["material_id"] for x in everybody.get(f"/inspections?{query}")["items"]}

    bearing, oil_id = str(plant.material("bearing")), str(plant.material("oil"))
    assert found("state=open") == {oil_id}
    assert found("state=cancelled") == {bearing}
    assert found(f"material_id={oil_id}") == {oil_id}
    assert found(f"supplier_id={plant.supplier}") == {bearing, oil_id}
    assert found(f"supplier_id={uuid4()}") == set()
    assert found(f"lot_id={oil.pk}") == {oil_id}
    assert found(f"search={oil.number}") == {oil_id}
    assert found(f"lot_id={lot.pk}&state=open") == set()
    assert everybody.send("GET", "/inspections?state=nonsense").status_code == 422
    csv = everybody.send("GET", "/inspections?format=csv")
    assert csv.content.decode().count("INS-") == 2


def test_a_row_says_its_lot_its_sample_and_how_far_it_is_read(dock, lot, path, plant):
    make_plan(plant.material("bearing"), [numeric("D1"), numeric("D2")])
    (planned,) = dock.arrive(100)
    reading = {"characteristic": "D1", "unit_no": 1, "text": "10"}
    everybody = caller()
    inspection = inspection_of(planned)
    everybody.post(f"/inspections/{inspection.pk}/readings", readings=[reading])

    rows = {row["id"]: row for row in everybody.get("/inspections")["items"]}

    counted, sampled = rows[str(inspection_of(lot).pk)], rows[str(inspection.pk)]
    assert (counted["lot"], counted["presented"], counted["lot_count"]) == (lot.number, "100", 1)
    assert (counted["sample_size"], counted["severity"], counted["cells"]) == (None, "", 0)
    assert sampled["lot_id"] == str(planned.pk)
    assert (sampled["sample_size"], sampled["severity"]) == (13, "normal")
    assert (sampled["read"], sampled["cells"]) == (1, 26)
    detail = everybody.get(path)
    assert {name: detail[name] for name in counted} == counted


@pytest.mark.parametrize(
    "body",
    [
        {"inspected": "0", "nonconforming": "0"},
        {"inspected": "NaN", "nonconforming": "0"},
        {"inspected": "1", "nonconforming": "-1"},
        {"inspected": "1.1234567", "nonconforming": "0"},
        {"inspected": "1"},
        {"inspected": "1", "nonconforming": "1", "defects": [{"code": "X", "count": "0"}]},
    ],
)
def test_a_malformed_result_is_422_and_changes_nothing(path, body):
    assert caller().send("POST", f"{path}/result", body).status_code == 422
    assert not InspectionResult.objects.exists()


def test_a_refused_verdict_speaks_both_languages_and_changes_nothing(lot, path):
    refused = caller("inspections.accept", language="zh-CN").post(f"{path}/accept", 409)

    assert refused["code"] == "inspections.result_missing"
    assert "尚无检验结果" in refused["detail"]
    assert "has no result yet" in caller("inspections.accept").post(f"{path}/accept", 409)["detail"]
    assert Lot.objects.get(pk=lot.pk).version == 1


def test_the_same_key_accepts_once(lot, path):
    record(inspection_of(lot).pk, 20)
    inspector = caller("inspections.accept")

    first = inspector.send("POST", f"{path}/accept", {}, key="k")
    again = inspector.send("POST", f"{path}/accept", {}, key="k")

    assert first.status_code == 200
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Lot.objects.get(pk=lot.pk).version == 2
