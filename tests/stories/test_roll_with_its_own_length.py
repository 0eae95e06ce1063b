"""A roll of foil is bought by the roll, kept in metres, and each roll has its own length."""

from tests.stories.plant import Plant, order


def test_the_measured_length_is_the_stock_and_stays_with_the_lot(plant: Plant) -> None:
    foil = plant.material("foil", unit="M", decimals=2)
    roll = plant.unit("ROLL")
    plant.admin.post(
        "/unit-conversions", from_unit_id=roll, to_unit_id=plant.unit("M"), material_id=foil,
        numerator=100,
    )  # fmt: skip
    bought = plant.buy("foil", 2, unit_id=roll)
    assert bought["lines"][0]["stock_quantity"] == "200"

    first, second = plant.arrive(
        bought,
        {"quantity": 1, "measured": "98.6", "supplier_lot": "R1"},
        {"quantity": 1, "measured": "100.15", "supplier_lot": "R2"},
    )

    assert plant.lies(first["lot_id"]) == {"DOCK": "98.6"}
    assert plant.lies(second["lot_id"]) == {"DOCK": "100.15"}
    factors = [plant.lot(x["lot_id"])["measures"][0]["factor"] for x in (first, second)]
    assert factors == ["98.6", "100.15"]
    plant.decide(plant.count(first["lot_id"], 1), "accept")
    warehouse = plant.person("warehouse")
    lot = first["lot_id"]
    warehouse.post(f"/lots/{lot}/issue", **plant.use(lot, "DOCK", "98.55", order("WO-1")))
    assert plant.lies(lot) == {"DOCK": "0.05"}
    refused = warehouse.post(
        f"/lots/{lot}/issue", **plant.use(lot, "DOCK", "0.06", order("WO-1")), status=409
    )
    assert refused["code"] == "stock.not_enough"
