"""A supplier whose lots fail is inspected more strictly, until its lots say otherwise.

ISO 2859-1:1999 clause 9: two of five not accepted tighten, five accepted in a row bring back; five
not accepted on tightened inspection end it, and only improvement opens the way again.
"""

from typing import Any

from tests.stories.plant import Plant

MAJOR = {"severity_class": "major", "scheme": "iso", "level": "II", "aql": "2.5"}
LENGTH = {
    "code": "D1",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "nominal": "10",
    "lower": "9.9",
    "upper": "10.1",
    "resolution": "0.01",
}


def ship_in(plant: Plant, bad: int = 0) -> Any:
    """A lot of 100 arrives and is read; `bad` units of the sample are too long."""
    inspection = plant.inspection(plant.received("shaft", 100)["lot_id"])
    (sample,) = inspection["sampled"]["samples"]
    units = range(1, sample["to_inspect"] + 1)
    answer = plant.read(
        inspection, *(("D1", unit, "10.13" if n < bad else "10.02") for n, unit in enumerate(units))
    )
    (standing,) = answer["samples"]
    if standing["status"] == "rejected":
        plant.decide(inspection, "not-accept")
    else:
        parts = [{"quantity": str(bad)}] if bad else []
        plant.decide(inspection, "accept", parts=parts)
    return sample


def state(plant: Plant) -> Any:
    """The only sampling state, with its history."""
    (found,) = plant.every("/sampling-states")
    return plant.person("quality").get(f"/sampling-states/{found['id']}")


def test_two_bad_lots_tighten_and_five_good_ones_bring_it_back(plant: Plant) -> None:
    plant.plan("shaft", [LENGTH], [MAJOR])

    first = ship_in(plant, bad=3)
    ship_in(plant)
    ship_in(plant, bad=3)

    assert (first["severity"], first["to_inspect"], first["reject"]) == ("normal", 20, 2)
    assert state(plant)["status"] == "tightened"

    strict = [ship_in(plant) for _ in range(5)]

    assert {(s["severity"], s["accept"], s["reject"]) for s in strict} == {("tightened", 1, 2)}
    assert {s["to_inspect"] for s in strict} == {32}
    now = state(plant)
    assert (now["status"], now["accepted_run"]) == ("normal", 5)
    assert [(c["was"], c["status"]) for c in now["changes"]] == [
        ("", "normal"),
        ("normal", "tightened"),
        ("tightened", "normal"),
    ]
    assert "Five lots in a row" in now["changes"][-1]["sentence"]
    assert now["changes"][1]["inspection"].startswith("INS-")
    assert ship_in(plant)["severity"] == "normal"


def test_five_bad_lots_on_tightened_end_it_until_the_supplier_has_improved(plant: Plant) -> None:
    plant.plan("shaft", [LENGTH], [MAJOR])
    for _ in range(7):
        ship_in(plant, bad=3)
    ended = state(plant)
    assert ended["status"] == "discontinued"

    held = plant.received("shaft", 100)
    assert plant.lot(held["lot_id"])["lot"]["open_holds"] == 1
    quality, buyer = plant.person("quality"), plant.person("buyer")
    refused = quality.post(f"/sampling-states/{ended['id']}/resume", status=409)
    assert refused["code"] == "inspections.reason_missing"
    (block,) = buyer.get("/supply-blocks?state=open")["items"]
    assert block["id"] == ended["supply_block_id"]
    quality.post(f"/sampling-states/{ended['id']}/resume", reason="new tool, 8D closed")

    (lifted,) = buyer.get("/supply-blocks")["items"]
    assert (lifted["id"], lifted["state"]) == (block["id"], "lifted")
    assert lifted["lift_reason"] == "new tool, 8D closed"
    assert state(plant)["supply_block_id"] is None
    free = plant.received("shaft", 100)
    assert plant.lot(free["lot_id"])["lot"]["open_holds"] == 0
    # what came meanwhile keeps its hold: its goods are looked at, not waved through
    assert plant.lot(held["lot_id"])["lot"]["open_holds"] == 1

    good = [ship_in(plant) for _ in range(5)]

    assert {s["severity"] for s in good} == {"tightened"}
    assert state(plant)["status"] == "normal"
    assert [c["status"] for c in state(plant)["changes"]] == [
        "normal",
        "tightened",
        "discontinued",
        "tightened",
        "normal",
    ]
    assert state(plant)["changes"][3]["reason"] == "new tool, 8D closed"
