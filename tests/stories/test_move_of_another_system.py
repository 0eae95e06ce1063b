"""Where an ERP owns the stock, its moves are facts: recorded, and answered when they are wrong."""

from typing import Any

from tests.stories.plant import Plant, order


def observe(plant: Plant, lot: str, quantity: int, to: str, document: str, **more: Any) -> Any:
    """The ERP says that it moved goods out of A-01."""
    return plant.person("erp link").post(
        "/observed-moves",
        lot_id=lot,
        from_place_id=plant.places["A-01"],
        to_place_id=plant.places[to],
        owner_id=plant.own,
        quantity=str(quantity),
        system="erpnext",
        document=document,
        **more,
    )


def test_blocked_goods_issued_elsewhere_are_recorded_found_and_held(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    kept = plant.person("laboratory").post(
        f"/lots/{lot['id']}/retain-sample",
        **plant.part("A-01", 10),
        retention_id=plant.places["RETENTION"],
    )
    plant.person("laboratory").post(
        f"/lots/{kept['id']}/move",
        **plant.part("RETENTION", 10),
        to_place_id=plant.places["A-01"],
    )
    assert plant.status(kept["id"]) == "blocked"

    observe(plant, kept["id"], 4, "production", "STE-0007", reference=order("WO-1"))

    assert plant.lies(kept["id"]) == {"A-01": "6"}
    (finding,) = plant.every("/findings")
    assert finding["lot"] == kept["number"]
    assert finding["code"] == "stock.lot_not_usable"
    assert (finding["origin"], finding["origin_document"]) == ("erpnext", "STE-0007")
    (hold,) = plant.every("/holds", lot_id=kept["id"])
    assert (hold["cause"], hold["state"]) == ("observed_move", "open")
    (move,) = plant.every("/moves", origin="erpnext")
    assert (move["to_place"], move["quantity"]) == ("production", "4")


def test_a_good_move_of_the_erp_is_only_recorded(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)

    observe(plant, lot["id"], 30, "production", "STE-0008", reference=order("WO-1"))

    assert plant.lies(lot["id"]) == {"A-01": "70"}
    assert plant.every("/findings") == []
    assert plant.every("/holds") == []


def test_what_the_erp_took_and_we_do_not_have_is_booked_from_unexplained(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)

    observe(plant, lot["id"], 120, "production", "STE-0009", reference=order("WO-1"))

    assert plant.lies(lot["id"]) == {}
    moves = plant.every("/moves", origin="erpnext")
    assert [(m["from_place"], m["to_place"], m["quantity"]) for m in moves] == [
        ("unexplained", "A-01", "20"),
        ("A-01", "production", "120"),
    ]


def test_nobody_passes_an_own_move_off_as_foreign(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    before = plant.everything()

    refused = plant.person("erp link").post(
        "/observed-moves",
        lot_id=lot["id"],
        from_place_id=plant.places["A-01"],
        to_place_id=plant.places["production"],
        owner_id=plant.own,
        quantity="1",
        system="own",
        document="x",
        status=409,
    )

    assert refused["code"] == "stock.mismatch"
    assert plant.everything() == before
