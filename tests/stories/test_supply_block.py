"""A supplier is blocked: for ordering, or for what still arrives."""

from typing import Any

from tests.stories.plant import Plant, order


def block(plant: Plant, function: str) -> Any:
    """The buyer blocks bearings of this supplier."""
    return plant.person("buyer").post(
        "/supply-blocks",
        supplier_id=plant.partner("宁波轴承", "supplier"),
        material_id=plant.material("bearing"),
        blocked_function=function,
        reason="certificate expired",
    )


def test_nothing_more_is_ordered_there_until_the_block_is_lifted(plant: Plant) -> None:
    placed = block(plant, "order")
    wanted: dict[str, Any] = {
        "site_id": plant.site,
        "supplier_id": plant.partner("宁波轴承", "supplier"),
        "lines": [{"material_id": plant.material("bearing"), "quantity": "10", "price": "1"}],
        "confirm": True,
    }
    buyer = plant.person("buyer")
    before = plant.everything()

    refused = buyer.post("/orders", **wanted, status=409)

    assert refused["code"] == "purchasing.order_blocked"
    assert "certificate expired" in refused["detail"]
    assert plant.everything() == before
    buyer.post(f"/supply-blocks/{placed['id']}/lift", reason="new certificate seen")
    assert buyer.post("/orders", **wanted)["state"] == "confirmed"


def test_what_arrives_against_a_receipt_block_is_booked_on_hold_and_told(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    block(plant, "receipt")

    (lot,) = plant.arrive(bought, {"quantity": 100})

    assert (lot["line_kind"], lot["is_on_hold"]) == ("received", True)
    (hold,) = plant.lot(lot["lot_id"])["holds"]
    assert (hold["cause"], hold["state"]) == ("supply_block", "open")
    assert "certificate expired" in hold["reason"]
    (told,) = plant.every("/events", type="receiving.receipt_blocked.v1")
    assert told["data"]["lot"] == lot["lot"]
    plant.decide(plant.count(lot["lot_id"], 10), "accept")
    refused = plant.person("warehouse").post(
        f"/lots/{lot['lot_id']}/issue",
        **plant.use(lot["lot_id"], "DOCK", 1, order("WO-1")),
        status=409,
    )
    assert refused["code"] == "stock.lot_on_hold"


def test_another_material_of_the_same_supplier_is_not_touched(plant: Plant) -> None:
    block(plant, "order")
    block(plant, "receipt")

    lot = plant.received("seal", 100)

    assert lot["is_on_hold"] is False
