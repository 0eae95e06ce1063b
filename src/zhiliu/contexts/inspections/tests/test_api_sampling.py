"""Readings, samples and sampling states through HTTP: four kinds of caller, and what they see."""

from uuid import uuid4

import pytest
from tests.support import NOBODY, caller, person

from zhiliu.contexts.inspections.models import Inspection, Reading, SamplingState
from zhiliu.contexts.inspections.tests.conftest import inspection_of
from zhiliu.contexts.inspections.tests.planned import attribute, make_plan, numeric, read
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Scope
from zhiliu.platform.signatures.public import Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(dock):
    ovality = {
        "code": "OV",
        "characteristic_kind": "calculated",
        "severity_class": "major",
        "upper": "0.5",
        "formula": "D1 - D2",
        "resolution": "0.001",
    }
    lines = [numeric("D1"), numeric("D2"), ovality, attribute("LOOK")]
    make_plan(dock.plant.material("bearing"), lines)
    (lot,) = dock.arrive(100)
    return lot


@pytest.fixture
def inspection(lot):
    return inspection_of(lot)


@pytest.fixture
def path(inspection):
    return f"/inspections/{inspection.pk}"


def grid(*cells, **more):
    readings = [{"characteristic": c, "unit_no": u, "text": t} for c, u, t in cells]
    return {"readings": readings, **more}


GRID = grid(("D1", 1, "10.002"), ("D2", 1, "9.4"))


@pytest.mark.parametrize(
    ("verb", "operation", "body"),
    [
        ("readings", "inspections.record_readings", GRID),
        (
            "result",
            "inspections.record_result",
            {"characteristic": "LOOK", "inspected": "13", "nonconforming": "0"},
        ),
        ("sample", "inspections.post_sample", {"quantity": "3"}),
    ],
)
def test_four_kinds_of_caller_act(path, plant, verb, operation, body):
    address = f"{path}/{verb}"
    if verb == "sample":
        body = {**body, "laboratory_id": str(plant.places["LAB"])}

    assert NOBODY.send("POST", address, body).status_code == 401
    assert caller("inspections.read").send("POST", address, body).status_code == 403
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=uuid4())):
        refused = caller(operation, scope=scope).send("POST", address, body)
        assert refused.status_code == 404
        assert refused.json()["code"] == "inspections.not_found"
    assert not Reading.objects.exists() and Inspection.objects.get().version == 1
    answer = caller(operation, scope=Scope(site_id=plant.site)).send("POST", address, body)

    assert answer.status_code == 200, answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "operation", "body"),
    [
        (
            "declare-steady",
            "inspections.declare_steady",
            {"is_steady": True, "reason": "line audit"},
        ),
        ("resume", "inspections.resume_sampling", {"reason": "8D closed"}),
    ],
)
def test_four_kinds_of_caller_move_a_state(lot, plant, verb, operation, body):
    state = SamplingState.objects.get()
    address = f"/sampling-states/{state.pk}/{verb}"

    assert NOBODY.send("POST", address, body).status_code == 401
    assert caller("inspections.read").send("POST", address, body).status_code == 403
    # a state belongs to no site: who may act at one site only may not change it for all
    for scope in (Scope(site_id=plant.site), Scope(supplier_id=uuid4())):
        refused = caller(operation, scope=scope).send("POST", address, body)
        assert (refused.status_code, refused.json()["code"]) == (404, "inspections.not_found")
    assert SamplingState.objects.get().version == 1
    answer = caller(operation).send("POST", address, body)

    if verb == "resume":
        assert answer.json()["code"] == "inspections.not_discontinued"
        assert plant.supplier and "normal" in answer.json()["detail"]
    else:
        assert answer.json()["is_steady"] is True


def test_who_may_see_readings_and_states(lot, inspection, path, plant):
    read(inspection, ("D1", 1, "10"), ("D2", 1, "10"))
    state = f"/sampling-states/{SamplingState.objects.get().pk}"

    def seen(address, scope):
        return caller("inspections.read", scope=scope).send("GET", address).status_code

    for address in (f"{path}/readings", state):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("stock.read").send("GET", address).status_code == 403
        assert seen(address, Scope(supplier_id=uuid4())) == 404
        assert seen(address, Scope(supplier_id=plant.supplier)) == 200
    stranger = caller("inspections.read", scope=Scope(supplier_id=uuid4()))
    assert stranger.get("/sampling-states")["items"] == []
    mine = caller("inspections.read", scope=Scope(site_id=plant.site)).get("/sampling-states")
    assert [s["status"] for s in mine["items"]] == ["normal"]


def test_a_grid_answers_each_result_and_where_each_sample_stands(path):
    inspector = caller()

    answer = inspector.post(f"{path}/readings", **GRID)

    assert [(r["characteristic"], r["value"], r["result"]) for r in answer["readings"]] == [
        ("D1", "10.002", "in"),
        ("D2", "9.4", "in"),
        ("OV", "0.602", "out"),
    ]
    (sample,) = answer["samples"]
    assert (sample["severity_class"], sample["characteristic"]) == ("major", None)
    assert (sample["found"], sample["accept"], sample["reject"]) == (1, 0, 1)
    assert (sample["status"], sample["missing"]) == ("rejected", 37)
    assert (answer["inspected"], answer["nonconforming"]) == ("1", "1")


def test_the_same_request_again_answers_the_same_bytes(path):
    inspector = caller()
    first = inspector.send("POST", f"{path}/readings", GRID, key="grid-1")
    again = inspector.send("POST", f"{path}/readings", GRID, key="grid-1")

    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Reading.objects.count() == 3


def test_refused_and_suspicious_cells_are_listed_in_both_languages(path):
    chinese = caller(language="zh-CN")

    refused = chinese.post(f"{path}/readings", status=409, **grid(("D1", 1, "十"), ("D9", 2, "1")))
    asked = chinese.post(f"{path}/readings", status=409, **grid(("D1", 1, "1000.2")))
    chinese.post(f"{path}/readings", **grid(("D1", 1, "1000.2"), confirm=True))

    assert refused["code"] == "inspections.readings_refused"
    assert "“十”不是数字" in refused["detail"] and refused["data"]["count"] == 2
    assert [c["problem"] for c in refused["data"]["cells"]] == [
        "not_a_number",
        "characteristic_unknown",
    ]
    assert refused["data"]["cells"][0]["en"] == "'十' is no number"
    assert asked["code"] == "inspections.readings_suspicious"
    assert Reading.objects.get().is_confirmed


def test_the_detail_shows_the_grid_to_fill(path):
    shown = caller().get(path)

    sampled = shown["sampled"]
    assert shown["plan"].startswith("PLAN-") and shown["plan_rule"].endswith("#material")
    assert (sampled["lot_size"], len(sampled["units"])) == (100, 13)
    (sample,) = sampled["samples"]
    assert (sample["scheme"], sample["level"], sample["aql"]) == ("iso", "II", "1")
    assert (sample["code_letter"], sample["plan_letter"], sample["cells"]) == ("F", "E", 39)
    assert [(c["code"], c["kind"], c["units"]) for c in sampled["characteristics"]] == [
        ("D1", "numeric", 13),
        ("D2", "numeric", 13),
        ("OV", "calculated", 13),
        ("LOOK", "attribute", 13),
    ]
    assert sampled["characteristics"][0]["upper"] == "11"
    actions = {a["verb"]: a["refusal"] for a in shown["allowed_actions"]}
    assert actions["record_readings"] is None
    assert actions["accept"] == "inspections.result_missing"
    (before_re,) = (a for a in shown["allowed_actions"] if a["verb"] == "not_accept")
    assert before_re["strength"] == "re_authenticated"


def test_corrected_readings_are_listed_with_those_that_count(inspection, path):
    read(inspection, ("D1", 1, "12"))
    read(inspection, ("D1", 1, "10"), hour=2, reason="misread")
    reader = caller()

    both = reader.get(f"{path}/readings?unit_no=1&characteristic=D1")["items"]
    current = reader.get(f"{path}/readings?is_current=true")["items"]

    assert [(r["ordinal"], r["is_current"], r["result"], r["reason"]) for r in both] == [
        (1, False, "out", ""),
        (2, True, "in", "misread"),
    ]
    assert [r["text"] for r in current] == ["10"]


def test_an_override_takes_a_person_with_a_password(inspection, path):
    read(inspection, ("D1", 1, "10"))
    manager = person("inspections.not_accept", name="quality manager")

    without = manager.post(f"{path}/not-accept", status=403, reason="no certificate")
    manager.post(f"{path}/not-accept", reason="no certificate", secret=manager.password)

    assert without["code"] == "signatures.secret_needed"
    signature = Signature.objects.get(subject_id=inspection.pk)
    assert (signature.strength, signature.method) == ("re_authenticated", "password")
    assert signature.rule.endswith("#inspection-override")
    assert Inspection.objects.get().state == "not_accepted"


def test_a_sample_lies_in_a_laboratory(path, plant):
    there = {"laboratory_id": plant.places["ARRIVAL"], "retention_id": plant.places["RETENTION"]}

    for more in ({}, {"retained": "1"}):
        refused = caller().post(f"{path}/sample", 409, **there, quantity="3", **more)
        assert refused["code"] == "stock.wrong_place"
    assert Lot.objects.count() == 1
