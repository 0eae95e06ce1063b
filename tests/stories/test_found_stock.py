"""The count finds more, or less, than the books say."""

from typing import Any

from tests.stories.plant import Plant, order


def count(plant: Plant, lot: str, counted: int, **more: Any) -> Any:
    """The stocktaker says what lies in A-01."""
    body = {k: v for k, v in plant.part("A-01", 1).items() if k != "quantity"}
    return plant.person("stocktaker").post(
        f"/lots/{lot}/count", **body, counted=str(counted), **more
    )


def test_a_surplus_with_its_label_corrects_the_lot(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)

    told = count(plant, lot["id"], 107, reason="seven behind the shelf, labelled")

    assert told["adjusted"] is True
    assert plant.lies(lot["id"]) == {"A-01": "107"}
    adjustment = plant.every("/moves", lot_id=lot["id"], kind="count")[-1]
    assert (adjustment["from_place"], adjustment["quantity"]) == ("adjustment", "7")
    assert adjustment["reason"] == "seven behind the shelf, labelled"


def test_a_surplus_without_a_label_is_a_new_lot_on_hold(plant: Plant) -> None:
    known = plant.stock("bearing", 100)

    found = plant.person("stocktaker").post(
        "/found-goods",
        material_id=plant.material("bearing"),
        **plant.part("A-01", 12),
        reason="loose in a box without a label",
    )

    assert found["number"] != known["number"]
    seen = plant.lot(found["id"])
    assert (seen["lot"]["status"], seen["lot"]["open_holds"]) == ("awaiting_inspection", 1)
    assert [h["cause"] for h in seen["holds"]] == ["found"]
    refused = plant.person("warehouse").post(
        f"/lots/{found['id']}/issue",
        **plant.use(found["id"], "A-01", 1, order("WO-1")),
        status=409,
    )
    assert refused["code"] == "stock.lot_not_usable"
    assert plant.lies(known["id"]) == {"A-01": "100"}


def test_a_shortage_breaks_the_youngest_reservation(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    for number in ("WO-1", "WO-2"):
        plant.person("planner").post(
            f"/lots/{lot['id']}/reserve", **plant.use(lot["id"], "A-01", 50, order(number))
        )

    count(plant, lot["id"], 80, reason="twenty missing")

    assert plant.lies(lot["id"]) == {"A-01": "80"}
    left = {r["reference_number"]: r["open_quantity"] for r in plant.every("/reservations")}
    assert left == {"WO-1": "50", "WO-2": "30"}
    (broken,) = plant.every("/events", type="stock.reservations_broken.v1")
    assert broken["data"]["orders"] == ["production.work_order/WO-2"]


def test_a_count_needs_a_reason_and_a_right_count_posts_nothing(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    moves = len(plant.every("/moves"))
    before = plant.everything()

    refused = count(plant, lot["id"], 90, status=409)

    assert refused["code"] == "stock.reason_missing"
    assert plant.everything() == before
    assert count(plant, lot["id"], 100, reason="yearly count")["adjusted"] is False
    assert len(plant.every("/moves")) == moves
