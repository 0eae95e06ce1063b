"""The supplier delivers in parts, then more than was ordered."""

from typing import Any

from tests.stories.plant import Plant, order


def line_of(plant: Plant, bought: Any) -> Any:
    """The only line of an order as the buyer sees it now."""
    return plant.person("buyer").get(f"/orders/{bought['id']}")["lines"][0]


def test_a_partial_delivery_leaves_the_rest_open(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)

    plant.arrive(bought, {"quantity": 40})

    line = line_of(plant, bought)
    assert (line["received"], line["open"], line["is_complete"]) == ("40", "60", False)


def test_slightly_short_within_tolerance_is_complete(plant: Plant) -> None:
    plant.material("gravel", short_tolerance_percent="2")
    bought = plant.buy("gravel", 100)

    plant.arrive(bought, {"quantity": 98})

    line = line_of(plant, bought)
    assert (line["received"], line["open"], line["is_complete"]) == ("98", "2", True)


def test_over_within_tolerance_is_received_as_expected(plant: Plant) -> None:
    plant.material("gravel", over_tolerance_percent="5")
    bought = plant.buy("gravel", 100)

    lots = plant.arrive(bought, {"quantity": 105})

    assert [(x["line_kind"], x["stock_quantity"], x["is_on_hold"]) for x in lots] == [
        ("received", "105", False)
    ]


def test_the_surplus_beyond_tolerance_is_a_lot_on_hold_and_the_buyer_is_told(plant: Plant) -> None:
    plant.material("gravel", over_tolerance_percent="5")
    bought = plant.buy("gravel", 100)

    lots = plant.arrive(bought, {"quantity": 130, "supplier_lot": "G-1"})

    assert [(x["line_kind"], x["stock_quantity"], x["is_on_hold"]) for x in lots] == [
        ("received", "105", False),
        ("surplus", "25", True),
    ]
    surplus = lots[1]["lot_id"]
    (told,) = plant.every("/events", type="receiving.surplus_arrived.v1")
    assert told["data"]["buyer_id"] == str(plant.person("buyer").user_id)
    assert told["data"]["quantity"] == "25"
    # even accepted goods stay where they are until somebody lifts the hold
    plant.decide(plant.count(surplus, 5), "accept")
    refused = plant.person("warehouse").post(
        f"/lots/{surplus}/issue", **plant.use(surplus, "DOCK", 1, order("WO-1")), status=409
    )
    assert refused["code"] == "stock.lot_on_hold"
    (hold,) = plant.lot(surplus)["holds"]
    assert hold["cause"] == "surplus"
    assert hold["responsible_id"] == str(plant.person("buyer").user_id)


def test_what_comes_in_later_fills_the_same_room(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    plant.arrive(bought, {"quantity": 70})

    lots = plant.arrive(bought, {"quantity": 50})

    assert [(x["line_kind"], x["stock_quantity"]) for x in lots] == [
        ("received", "30"),
        ("surplus", "20"),
    ]


def test_something_else_than_ordered_is_booked_on_hold(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)

    (wrong,) = plant.arrive(bought, {"quantity": 100, "material_id": plant.material("seal")})

    assert (wrong["line_kind"], wrong["is_on_hold"]) == ("wrong_material", True)
    assert line_of(plant, bought)["received"] == "0"
    assert plant.status(wrong["lot_id"]) == "awaiting_inspection"


def test_what_nobody_ordered_is_booked_on_hold_too(plant: Plant) -> None:
    arrival = plant.person("dock").post(
        "/arrivals",
        supplier_id=plant.partner("宁波轴承", "supplier"),
        place_id=plant.places["DOCK"],
        lines=[{"material_id": plant.material("bearing"), "quantity": "30"}],
    )

    (lot,) = arrival["lines"]
    assert (lot["line_kind"], lot["is_on_hold"]) == ("unordered", True)
    assert plant.lies(lot["lot_id"]) == {"DOCK": "30"}
    (told,) = plant.every("/events", type="receiving.unordered_arrived.v1")
    assert told["data"]["lot"] == lot["lot"]


def test_goods_for_a_closed_order_are_surplus(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    plant.arrive(bought, {"quantity": 40})
    plant.person("buyer").post(f"/orders/{bought['id']}/close", reason="the rest is cancelled")

    lots = plant.arrive(bought, {"quantity": 60})

    assert [(x["line_kind"], x["stock_quantity"], x["is_on_hold"]) for x in lots] == [
        ("surplus", "60", True)
    ]
