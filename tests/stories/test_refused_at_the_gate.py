"""Goods are turned away at the gate: on record with the reason, and never in stock."""

from tests.stories.plant import Plant


def test_the_refusal_is_recorded_without_stock(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    stock = {path: plant.every(path) for path in ("/balances", "/moves", "/lots", "/inspections")}

    refused = plant.person("dock").post(
        "/gate-refusals",
        order_id=bought["id"],
        material_id=plant.material("bearing"),
        quantity="100",
        delivery_note="DN-17",
        reason="pallet soaked with rain water",
    )

    (seen,) = plant.every("/gate-refusals", order_id=bought["id"])
    assert (seen["id"], seen["number"]) == (refused["id"], refused["number"])
    assert (seen["reason"], seen["quantity"]) == ("pallet soaked with rain water", "100")
    assert seen["refused_by"] == str(plant.person("dock").user_id)
    assert {path: plant.every(path) for path in stock} == stock
    (line,) = plant.person("buyer").get(f"/orders/{bought['id']}")["lines"]
    assert (line["received"], line["open"]) == ("0", "100")


def test_nothing_is_turned_away_without_a_reason(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    before = plant.everything()

    refused = plant.person("dock").post(
        "/gate-refusals", order_id=bought["id"], description="one pallet", status=409
    )

    assert refused["code"] == "receiving.reason_missing"
    assert plant.everything() == before
