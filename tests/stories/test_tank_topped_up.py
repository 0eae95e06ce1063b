"""A tank is topped up from two lots: what is in it is a new lot, made of both."""

from tests.stories.plant import Plant, ago, order


def test_the_tank_holds_a_new_lot_made_of_both(plant: Plant) -> None:
    plant.material("oil", unit="L", decimals=3)
    soon, later = ago(days=-30).isoformat(), ago(days=-90).isoformat()
    in_tank = plant.stock("oil", "120.250", "TANK-1", expires_at=later)
    drum = plant.stock("oil", "200", "A-01", expires_at=soon)

    mixed = plant.person("warehouse").post(
        "/lots/merge",
        parts=[
            {"lot_id": in_tank["id"], **plant.part("TANK-1", "120.250")},
            {"lot_id": drum["id"], **plant.part("A-01", "180.5")},
        ],
        to_place_id=plant.places["TANK-1"],
    )

    assert mixed["number"] not in (in_tank["number"], drum["number"])
    assert plant.lies(mixed["id"]) == {"TANK-1": "300.75"}
    assert plant.lies(in_tank["id"]) == {}
    assert plant.lies(drum["id"]) == {"A-01": "19.5"}
    seen = plant.lot(mixed["id"])["lot"]
    assert seen["status"] == "released"
    assert seen["expires_at"][:10] == soon[:10]  # the earlier of the two
    back = plant.person("warehouse").get(f"/lots/{mixed['id']}/trace?direction=backward")
    assert {(e["kind"], e["source"], e["quantity"]) for e in back["edges"]} == {
        ("merged", in_tank["number"], "120.25"),
        ("merged", drum["number"], "180.5"),
    }


def test_from_either_lot_the_order_that_drew_from_the_tank_is_found(plant: Plant) -> None:
    plant.material("oil", unit="L", decimals=3)
    in_tank, drum = plant.stock("oil", 50, "TANK-1"), plant.stock("oil", 50, "A-01")
    warehouse = plant.person("warehouse")
    mixed = warehouse.post(
        "/lots/merge",
        parts=[
            {"lot_id": in_tank["id"], **plant.part("TANK-1", 50)},
            {"lot_id": drum["id"], **plant.part("A-01", 50)},
        ],
        to_place_id=plant.places["TANK-1"],
    )

    warehouse.post(
        f"/lots/{mixed['id']}/issue", **plant.use(mixed["id"], "TANK-1", "12.5", order("WO-7"))
    )

    for source in (in_tank, drum):
        edges = warehouse.get(f"/lots/{source['id']}/trace?direction=forward")["edges"]
        assert [(e["kind"], e["target"], e["reference_number"]) for e in edges] == [
            ("merged", mixed["number"], None),
            ("consumed", None, "WO-7"),
        ]


def test_goods_on_hold_do_not_disappear_in_a_tank(plant: Plant) -> None:
    plant.material("oil", unit="L", decimals=3)
    in_tank, drum = plant.stock("oil", 50, "TANK-1"), plant.stock("oil", 50, "A-01")
    plant.person("quality").post(f"/lots/{drum['id']}/hold", reason="smells of fuel")
    before = plant.everything()

    refused = plant.person("warehouse").post(
        "/lots/merge",
        parts=[
            {"lot_id": in_tank["id"], **plant.part("TANK-1", 50)},
            {"lot_id": drum["id"], **plant.part("A-01", 50)},
        ],
        to_place_id=plant.places["TANK-1"],
        status=409,
    )

    assert refused["code"] == "stock.mismatch"
    assert "a lot on hold cannot be merged" in refused["detail"]
    assert plant.everything() == before
