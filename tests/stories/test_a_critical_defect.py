"""One crack is enough: a critical defect stops the lot, however good everything else is."""

from tests.stories.plant import Plant

CRITICAL = {"severity_class": "critical", "scheme": "fixed", "fixed_n": 20}
MAJOR = {"severity_class": "major", "scheme": "iso", "level": "II", "aql": "4.0"}
CRACK = {"code": "CRACK", "characteristic_kind": "attribute", "severity_class": "critical"}
LENGTH = {
    "code": "D1",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "nominal": "10",
    "lower": "9.9",
    "upper": "10.1",
    "resolution": "0.01",
}


def test_a_crack_ends_the_reading_and_the_lot_is_not_accepted(plant: Plant) -> None:
    plant.plan("bolt", [CRACK, LENGTH], [CRITICAL, MAJOR])
    plant.admin.post("/quality-codes", catalogue="defect", code="CR-1", name_en="crack")
    lot = plant.received("bolt", 100)["lot_id"]
    inspection = plant.inspection(lot)
    a, b, c = 1, 2, 3

    good = plant.read(inspection, ("CRACK", a, "ok"), ("D1", a, "10.00"), ("D1", b, "10.13"))
    assert {s["severity_class"]: s["status"] for s in good["samples"]} == {
        "critical": "open",
        "major": "open",
    }
    refused = plant.person("inspector").send(
        "POST",
        f"/inspections/{inspection['id']}/readings",
        {"readings": [{"characteristic": "CRACK", "unit_no": c, "text": "ng"}]},
    )
    assert refused.json()["code"] == "inspections.readings_refused"
    assert refused.json()["data"]["cells"][0]["problem"] == "defect_missing"
    bad = plant.read(inspection, ("CRACK", c, "ng", "CR-1"))

    critical = next(s for s in bad["samples"] if s["severity_class"] == "critical")
    assert (critical["found"], critical["accept"], critical["reject"]) == (1, 0, 1)
    assert critical["status"] == "rejected" and critical["missing"] == 18
    shown = plant.person("quality").get(f"/inspections/{inspection['id']}")
    actions = {x["verb"]: x for x in shown["allowed_actions"]}
    assert actions["accept"]["refusal"] == "inspections.rejection_reached"
    refused = plant.person("quality").post(
        f"/inspections/{inspection['id']}/accept", parts=[{"quantity": "1"}], status=409
    )
    assert "critical: 1 found, Ac 0, Re 1" in refused["detail"]
    assert "judge" in refused["remedy"]

    plant.decide(inspection, "not-accept")

    assert plant.status(lot) == "blocked"
    seen = plant.inspection(lot)
    assert (seen["state"], seen["inspected"], seen["nonconforming"]) == ("not_accepted", "3", "2")


def test_every_unit_is_looked_at_instead_and_the_cracked_ones_leave(plant: Plant) -> None:
    plant.plan("bolt", [CRACK, LENGTH], [CRITICAL, MAJOR])
    plant.admin.post("/quality-codes", catalogue="defect", code="CR-1", name_en="crack")
    plant.defects.add("CR-1")
    lot = plant.received("bolt", 100)["lot_id"]
    inspection = plant.inspection(lot)
    plant.read(inspection, ("CRACK", 1, "ng", "CR-1"))

    plant.count(lot, 100, 4, **{"CR-1": 4})
    plant.decide(inspection, "judge", parts=[{"quantity": "4"}])

    assert plant.lot(lot)["usable_quantity"] == "96"
    totals = {row["status"]: row["presented"] for row in plant.inspection(lot)["lots"]}
    assert totals == {"released": "96", "blocked": "4"}
