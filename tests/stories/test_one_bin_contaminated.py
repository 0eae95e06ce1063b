"""One lot lies in five bins, and coolant dripped into one of them."""

from typing import Any

from tests.stories.plant import Plant, order


def spread(plant: Plant) -> Any:
    """500 bearings of one lot, 100 in each of five bins."""
    lot = plant.stock("bearing", 500)
    for bin_ in ("A-02", "A-03", "A-04", "A-05"):
        plant.person("warehouse").post(
            f"/lots/{lot['id']}/move",
            **plant.part("A-01", 100),
            to_place_id=plant.places[bin_],
        )
    return lot


def test_only_the_goods_in_that_bin_stop_and_get_a_number_of_their_own(plant: Plant) -> None:
    lot = spread(plant)

    held = plant.person("quality").post(
        f"/lots/{lot['id']}/hold",
        reason="coolant dripped into bin A-03",
        part=plant.part("A-03", 100),
    )

    part = held["lot_id"]
    assert held["lot"] == f"{lot['number']}.1"
    assert plant.lies(part) == {"A-03": "100"}
    assert plant.lies(lot["id"]) == {"A-01": "100", "A-02": "100", "A-04": "100", "A-05": "100"}
    warehouse = plant.person("warehouse")
    warehouse.post(
        f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-04", 100, order("WO-1")), status=201
    )
    refused = warehouse.post(
        f"/lots/{part}/issue", **plant.use(part, "A-03", 1, order("WO-1")), status=409
    )
    assert refused["code"] == "stock.lot_on_hold"
    assert held["hold"]["number"] in refused["detail"]
    assert lot["number"] in refused["remedy"]  # free stock of the same material
    assert plant.lies(part) == {"A-03": "100"}


def test_the_part_gets_new_labels_and_an_old_label_never_picks_silently(plant: Plant) -> None:
    lot = spread(plant)
    held = plant.person("quality").post(
        f"/lots/{lot['id']}/hold",
        reason="coolant dripped on the upper layer of bin A-03",
        part=plant.part("A-03", 40),
    )
    warehouse = plant.person("warehouse")

    printed = warehouse.post(f"/lots/{held['lot_id']}/labels", copies=4)

    assert (printed["lot"], printed["copies"]) == (f"{lot['number']}.1", 4)
    assert [p["copies"] for p in plant.every("/label-prints", lot_id=held["lot_id"])] == [4]
    label = f"/lots/by-label?scanned={lot['number']}"
    elsewhere = warehouse.get(f"{label}&place_id={plant.places['A-05']}")
    assert elsewhere["number"] == lot["number"]
    for scan in (f"{label}&place_id={plant.places['A-03']}", label):
        asked = warehouse.send("GET", scan)
        assert asked.status_code == 409
        assert asked.json()["code"] == "stock.label_ambiguous"
        assert f"{lot['number']}, {lot['number']}.1" in asked.json()["detail"]

    # the clean rest leaves the bin: now only the part stands there
    warehouse.post(
        f"/lots/{lot['id']}/move", **plant.part("A-03", 60), to_place_id=plant.places["A-01"]
    )
    there = warehouse.get(f"{label}&place_id={plant.places['A-03']}")
    assert there["number"] == f"{lot['number']}.1"


def test_the_trace_shows_where_the_part_came_from(plant: Plant) -> None:
    lot = spread(plant)

    held = plant.person("quality").post(
        f"/lots/{lot['id']}/hold", reason="coolant", part=plant.part("A-03", 100)
    )

    trace = plant.person("quality").get(f"/lots/{held['lot_id']}/trace?direction=backward")
    assert [(e["kind"], e["source"], e["quantity"]) for e in trace["edges"]] == [
        ("split", lot["number"], "100")
    ]
    assert plant.events(lot["id"]).count("stock.lot_split.v1") == 1
