"""Specifications through HTTP: four kinds of caller, what the edge asks, what is shown."""

from typing import Any
from uuid import uuid4

import pytest
from tests.support import NOBODY, Caller, caller

from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.kernel.actor import Scope

LINE = {
    "code": "D1",
    "name_en": "diameter",
    "name_zh": "直径",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "nominal": "10.00",
    "lower": "9.95",
    "upper": "10.05",
    "resolution": "0.01",
}
AT_ONE = {"If-Match": '"1"'}


def body(plant: Plant, **more: Any) -> dict[str, Any]:
    return {"material_id": str(plant.bolt.pk), "characteristics": [LINE], **more}


def everyone(operation: str, plant: Plant) -> tuple[Caller, Caller, Caller]:
    """Another role, another party, and somebody who may."""
    site = Scope(site_id=plant.site.pk)
    return caller("catalog.read"), caller(operation, scope=site), caller(operation)


def test_four_kinds_of_caller_draft(plant: Plant) -> None:
    clerk, local, author = everyone("catalog.add_specification", plant)

    assert NOBODY.send("POST", "/specifications", body(plant)).status_code == 401
    assert clerk.send("POST", "/specifications", body(plant)).status_code == 403
    refused = local.send("POST", "/specifications", body(plant))
    assert (refused.status_code, refused.json()["code"]) == (403, "catalog.shared_by_all")
    made = author.post("/specifications", status=201, **body(plant))
    assert (made["state"], made["issue"], made["material"]) == ("draft", 1, plant.bolt.number)


@pytest.mark.parametrize(
    ("verb", "method", "change"),
    [
        ("change", "PATCH", {"note": "new"}),
        ("approve", "POST", {}),
        ("end", "POST", {"reason": "out of use"}),
    ],
)
def test_four_kinds_of_caller_act(
    plant: Plant, verb: str, method: str, change: dict[str, Any]
) -> None:
    made = caller("catalog.add_specification").post("/specifications", **body(plant))
    address, version = f"/specifications/{made['id']}", 1
    if verb == "end":
        approved = caller("catalog.approve_specification").send(
            "POST", f"{address}/approve", {}, **AT_ONE
        )
        version = approved.json()["version"]
    path = address if verb == "change" else f"{address}/{verb}"
    seen = {"If-Match": f'"{version}"'}
    clerk, local, engineer = everyone(f"catalog.{verb}_specification", plant)

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


def test_four_kinds_of_caller_read(plant: Plant) -> None:
    made = caller("catalog.add_specification").post("/specifications", **body(plant))
    one = f"/specifications/{made['id']}"
    partner = caller("catalog.read", scope=Scope(supplier_id=uuid4()))
    reader = caller("catalog.read")

    for address in ("/specifications", one):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("catalog.add_specification").send("GET", address).status_code == 403
    assert partner.get("/specifications")["items"] == []
    assert partner.send("GET", one).status_code == 404
    assert [x["id"] for x in reader.get("/specifications")["items"]] == [made["id"]]
    answer = reader.send("GET", one)
    assert answer.headers["ETag"] == '"1"'
    shown = answer.json()["characteristics"][0]
    assert (shown["code"], shown["upper"], shown["unit_id"]) == ("D1", "10.05", None)


def test_a_draft_says_what_keeps_it_from_holding_and_who_may_what(plant: Plant) -> None:
    wrong = {**LINE, "lower": "11"}
    author = caller(language="zh")
    made = author.post("/specifications", **body(plant, characteristics=[wrong]))
    one = f"/specifications/{made['id']}"

    mine = author.get(one)
    theirs = caller(language="en").get(one)

    assert mine["problems"] == ["D1: 下限大于上限"]
    assert theirs["problems"] == ["D1: the lower limit is above the upper one"]
    of_author = {a["verb"]: a["refusal"] for a in mine["allowed_actions"]}
    of_other = {a["verb"]: a["refusal"] for a in theirs["allowed_actions"]}
    assert of_author == {
        "change": None,
        "approve": "catalog.own_draft",
        "end": "catalog.not_in_state",
    }
    assert of_other == {**of_author, "approve": None}
    assert [a["strength"] for a in mine["allowed_actions"]] == [None, "recorded", None]
    refused = caller().send("POST", f"{one}/approve", {}, **AT_ONE)
    assert (refused.status_code, refused.json()["code"]) == (
        409,
        "catalog.specification_not_ready",
    )


def test_what_holds_is_found_by_material_state_and_instant(plant: Plant) -> None:
    author, chief = caller(), caller()
    made = author.post("/specifications", **body(plant))
    soon = "2031-01-01T00:00:00Z"
    chief.send("POST", f"/specifications/{made['id']}/approve", {"valid_from": soon}, **AT_ONE)

    def found(query: str) -> int:
        return len(chief.get(f"/specifications?{query}")["items"])

    assert found("valid_at=2030-12-31T23:59:59Z") == 0
    assert found(f"valid_at={soon}&state=valid&material_id={plant.bolt.pk}") == 1
    assert found(f"material_id={plant.frame.pk}") == 0
    assert found("state=draft") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "d1"},
        {"code": "1D"},
        {"code": "D-1"},
        {"code": "直径"},
        {"characteristic_kind": "Numeric"},
        {"severity_class": "blocker"},
        {"upper": "1.0000001"},
        {"upper": "NaN"},
        {"formula": "A" * 301},
    ],
)
def test_what_no_characteristic_can_be_is_a_wrong_payload(
    plant: Plant, wrong: dict[str, Any]
) -> None:
    caller().post("/specifications", status=422, **body(plant, characteristics=[{**LINE, **wrong}]))
