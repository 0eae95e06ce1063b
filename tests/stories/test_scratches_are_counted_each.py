"""Five scratches on one housing are five nonconformities, and the plan counts them all."""

from tests.stories.plant import Plant

MINOR = {
    "severity_class": "minor",
    "scheme": "iso",
    "level": "II",
    "aql": "15",
    "basis": "nonconformities",
}
LOOK = {"code": "LOOK", "characteristic_kind": "attribute", "severity_class": "minor"}


def arrived(plant: Plant) -> str:
    plant.plan("housing", [LOOK], [MINOR])
    plant.admin.post("/quality-codes", catalogue="defect", code="SCR", name_en="scratch")
    lot: str = plant.received("housing", 60)["lot_id"]
    (sample,) = plant.inspection(lot)["sampled"]["samples"]
    assert (sample["to_inspect"], sample["accept"], sample["reject"]) == (13, 5, 6)
    assert sample["basis"] == "nonconformities"
    return lot


def test_counted_on_the_sample_as_a_whole(plant: Plant) -> None:
    lot = arrived(plant)
    inspection = plant.inspection(lot)
    counted = {"characteristic": "LOOK", "inspected": "13", "nonconforming": "1"}

    answer = plant.person("inspector").post(
        f"/inspections/{inspection['id']}/result",
        **counted,
        defects=[{"code": "SCR", "count": "5"}],
    )

    (sample,) = answer["samples"]
    assert (sample["found"], sample["status"]) == (5, "acceptable")
    assert (answer["inspected"], answer["nonconforming"]) == ("13", "1")
    plant.decide(inspection, "accept", parts=[{"quantity": "1"}])
    assert plant.lot(lot)["usable_quantity"] == "59"


def test_counted_unit_by_unit(plant: Plant) -> None:
    lot = arrived(plant)
    inspection = plant.inspection(lot)

    answer = plant.person("inspector").post(
        f"/inspections/{inspection['id']}/readings",
        readings=[
            {
                "characteristic": "LOOK",
                "unit_no": 1,
                "text": "ng",
                "defect": "SCR",
                "nonconformities": 6,
            }
        ],
    )

    (sample,) = answer["samples"]
    assert (sample["found"], sample["status"]) == (6, "rejected")
    shown = plant.person("auditor").get(f"/inspections/{inspection['id']}/readings")["items"]
    assert [r["nonconformities"] for r in shown] == [6]
    plant.decide(inspection, "not-accept")
    assert plant.status(lot) == "blocked"
