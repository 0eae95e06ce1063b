"""Inspection plans through HTTP: four kinds of caller, what the edge asks, what is shown."""

from typing import Any
from uuid import uuid4

import pytest
from tests.plant import Plant
from tests.support import NOBODY, Caller, caller

from zhiliu.kernel.actor import Scope

MAJOR = {"severity_class": "major", "scheme": "iso", "level": "II", "aql": "1.0"}
LINE = {
    "code": "D1",
    "name_en": "bore",
    "name_zh": "内径",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "lower": "9.95",
    "upper": "10.05",
}
AT_ONE = {"If-Match": '"1"'}


def body(plant: Plant, **more: Any) -> dict[str, Any]:
    goods = {"material_id": str(plant.material("bearing"))}
    return {**goods, "classes": [MAJOR], "characteristics": [LINE], **more}


def everyone(operation: str, plant: Plant) -> tuple[Caller, Caller, Caller]:
    """Another role, another party, and somebody who may."""
    site = Scope(site_id=plant.site)
    return caller("inspections.read"), caller(operation, scope=site), caller(operation)


def test_four_kinds_of_caller_add(plant: Plant) -> None:
    clerk, local, author = everyone("inspections.add_plan", plant)

    assert NOBODY.send("POST", "/inspection-plans", body(plant)).status_code == 401
    assert clerk.send("POST", "/inspection-plans", body(plant)).status_code == 403
    refused = local.send("POST", "/inspection-plans", body(plant))
    assert (refused.status_code, refused.json()["code"]) == (403, "catalog.shared_by_all")
    made = author.post("/inspection-plans", status=201, **body(plant))
    assert (made["state"], made["version_no"], made["material_group"]) == ("draft", 1, "")


def test_four_kinds_of_caller_draft_the_next_version(plant: Plant) -> None:
    made = caller().post("/inspection-plans", **body(plant))
    caller().send("POST", f"/plan-versions/{made['id']}/approve", {}, **AT_ONE)
    path = f"/inspection-plans/{made['plan_id']}/versions"
    clerk, local, author = everyone("inspections.add_plan_version", plant)

    assert NOBODY.send("POST", path, {}).status_code == 401
    assert clerk.send("POST", path, {}).status_code == 403
    assert local.send("POST", path, {}).status_code == 403
    unknown = f"/inspection-plans/{uuid4()}/versions"
    assert author.send("POST", unknown, {}).status_code == 404
    copy = author.post(path, status=201, note="next")
    assert (copy["version_no"], copy["state"], copy["note"]) == (2, "draft", "next")
    assert author.post(path, status=409)["code"] == "inspections.plan_draft_exists"


@pytest.mark.parametrize(
    ("verb", "method", "change"),
    [
        ("change", "PATCH", {"note": "new"}),
        ("approve", "POST", {}),
        ("end", "POST", {"reason": "not bought any more"}),
    ],
)
def test_four_kinds_of_caller_act(
    plant: Plant, verb: str, method: str, change: dict[str, Any]
) -> None:
    made = caller("inspections.add_plan").post("/inspection-plans", **body(plant))
    address, version = f"/plan-versions/{made['id']}", 1
    if verb == "end":
        approved = caller("inspections.approve_plan_version").send(
            "POST", f"{address}/approve", {}, **AT_ONE
        )
        version = approved.json()["version"]
    path = address if verb == "change" else f"{address}/{verb}"
    seen = {"If-Match": f'"{version}"'}
    clerk, local, engineer = everyone(f"inspections.{verb}_plan_version", plant)

    assert NOBODY.send(method, path, change, **seen).status_code == 401
    assert clerk.send(method, path, change, **seen).status_code == 403
    assert local.send(method, path, change, **seen).status_code == 403
    assert engineer.send(method, path, change).status_code == 428
    assert engineer.send(method, path, change, **{"If-Match": '"9"'}).status_code == 412
    unknown = path.replace(made["id"], str(uuid4()))
    assert engineer.send(method, unknown, change, **seen).status_code == 404
    answer = engineer.send(method, path, change, **seen)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["version"] == version + 1


@pytest.mark.parametrize("wrong", ["-1", "50.1", "1.234", "NaN"])
def test_what_is_near_a_limit_is_a_share_of_the_tolerance(plant: Plant, wrong: str) -> None:
    author = caller("inspections.add_plan")

    made = author.post("/inspection-plans", **body(plant), near_percent="10")
    refused = author.send("POST", "/inspection-plans", {**body(plant), "near_percent": wrong})

    assert made["near_percent"] == "10"
    assert refused.status_code == 422


def test_four_kinds_of_caller_read(plant: Plant) -> None:
    made = caller("inspections.add_plan").post("/inspection-plans", **body(plant))
    plan, version = f"/inspection-plans/{made['plan_id']}", f"/plan-versions/{made['id']}"
    partner = caller("inspections.read", scope=Scope(supplier_id=plant.supplier))
    reader = caller("inspections.read", scope=Scope(site_id=plant.site))

    for address in ("/inspection-plans", plan, "/plan-versions", version):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("inspections.add_plan").send("GET", address).status_code == 403
    for address in (plan, version):
        assert partner.send("GET", address).status_code == 404
    for collection in ("/inspection-plans", "/plan-versions"):
        assert partner.get(collection)["items"] == []
        assert len(reader.get(collection)["items"]) == 1
    assert [v["id"] for v in reader.get(plan)["versions"]] == [made["id"]]
    answer = reader.send("GET", version)
    assert answer.headers["ETag"] == '"1"'
    shown = answer.json()
    assert [(c["severity_class"], c["aql"], c["basis"]) for c in shown["classes"]] == [
        ("major", "1", "nonconforming_units")
    ]
    assert [(x["code"], x["upper"]) for x in shown["characteristics"]] == [("D1", "10.05")]


def test_a_draft_says_what_keeps_it_from_holding_and_who_may_what(plant: Plant) -> None:
    author = caller(language="zh")
    made = author.post("/inspection-plans", **body(plant, classes=[]))
    one = f"/plan-versions/{made['id']}"

    mine, theirs = author.get(one), caller().get(one)

    assert mine["problems"] == ["D1: 其严重度分类 major 没有抽样规定：请添加该分类"]
    assert theirs["problems"] == ["D1: its class major has no sampling: add the class"]
    of_author = {a["verb"]: a["refusal"] for a in mine["allowed_actions"]}
    of_other = {a["verb"]: a["refusal"] for a in theirs["allowed_actions"]}
    assert of_author == {
        "change": None,
        "approve": "inspections.own_plan_draft",
        "end": "inspections.plan_not_in_state",
    }
    assert of_other == {**of_author, "approve": None}
    assert {a["verb"]: a["strength"] for a in theirs["allowed_actions"]} == {
        "change": None,
        "approve": "recorded",
        "end": None,
    }
    refused = caller().send("POST", f"{one}/approve", {}, **AT_ONE)
    assert (refused.status_code, refused.json()["code"]) == (409, "inspections.plan_not_ready")


def test_what_holds_is_found_by_goods_state_and_instant(plant: Plant) -> None:
    author, chief = caller(), caller()
    made = author.post("/inspection-plans", **body(plant, supplier_id=str(plant.supplier)))
    soon = "2031-01-01T00:00:00Z"
    chief.send("POST", f"/plan-versions/{made['id']}/approve", {"valid_from": soon}, **AT_ONE)

    def found(query: str) -> int:
        return len(chief.get(f"/plan-versions?{query}")["items"])

    assert found("valid_at=2030-12-31T23:59:59Z") == 0
    assert found(f"valid_at={soon}&state=valid&supplier_id={plant.supplier}") == 1
    assert found(f"material_id={plant.material('oil')}") == 0
    assert found("state=draft") == 0
    assert len(chief.get(f"/inspection-plans?supplier_id={plant.supplier}")["items"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": [{**MAJOR, "scheme": "iso2"}]},
        {"classes": [{**MAJOR, "aql": "1.0001"}]},
        {"classes": [{**MAJOR, "fixed_n": 0}]},
        {"characteristics": [{**LINE, "code": "d1"}]},
        {"characteristics": [{**LINE, "upper": "Infinity"}]},
        {"stage": "incomming"},
    ],
)
def test_what_no_plan_can_be_is_a_wrong_payload(plant: Plant, wrong: dict[str, Any]) -> None:
    caller().post("/inspection-plans", status=422, **body(plant, **wrong))
