"""Screws have no lot control: they are issued by name, and the trace says what it assumes."""

from tests.stories.plant import Plant, order


def test_the_oldest_usable_lots_are_taken_and_marked_assumed(plant: Plant) -> None:
    plant.material("screw", control="none")
    oldest, on_hold, newest = (plant.stock("screw", n) for n in (600, 500, 1000))
    plant.person("quality").post(f"/lots/{on_hold['id']}/hold", reason="thread too tight")
    wanted = order("WO-5")

    issued = plant.person("warehouse").post(
        "/issue-material",
        material_id=plant.material("screw"),
        reference=wanted,
        **plant.part("A-01", 750),
    )

    assert [(p["lot_id"], p["quantity"]) for p in issued["postings"]] == [
        (oldest["id"], "600"),
        (newest["id"], "150"),
    ]
    assert plant.lies(oldest["id"]) == {}
    assert plant.lies(on_hold["id"]) == {"A-01": "500"}
    assert plant.lies(newest["id"]) == {"A-01": "850"}
    for lot in (oldest, newest):
        edges = plant.person("warehouse").get(f"/lots/{lot['id']}/trace?direction=forward")["edges"]
        assert [(e["reference_number"], e["is_assumed"]) for e in edges] == [("WO-5", True)]


def test_what_is_scanned_by_lot_is_not_an_assumption(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    warehouse = plant.person("warehouse")

    warehouse.post(f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 5, order("WO-5")))

    edges = warehouse.get(f"/lots/{lot['id']}/trace?direction=forward")["edges"]
    assert [e["is_assumed"] for e in edges] == [False]


def test_material_with_lot_control_is_not_issued_by_name(plant: Plant) -> None:
    plant.stock("bearing", 100)
    before = plant.everything()

    refused = plant.person("warehouse").post(
        "/issue-material",
        material_id=plant.material("bearing"),
        reference=order("WO-5"),
        **plant.part("A-01", 5),
        status=409,
    )

    assert refused["code"] == "stock.mismatch"
    assert "name the lot" in refused["detail"]
    assert plant.everything() == before


def test_more_than_all_usable_lots_together_is_refused_as_a_whole(plant: Plant) -> None:
    plant.material("screw", control="none")
    plant.stock("screw", 600)
    held = plant.stock("screw", 500)
    plant.person("quality").post(f"/lots/{held['id']}/hold", reason="thread too tight")
    before = plant.everything()

    refused = plant.person("warehouse").post(
        "/issue-material",
        material_id=plant.material("screw"),
        reference=order("WO-5"),
        **plant.part("A-01", 601),
        status=409,
    )

    assert refused["code"] == "stock.not_enough"
    assert (refused["data"]["wanted"], refused["data"]["free"]) == ("601", "600")
    assert plant.everything() == before
