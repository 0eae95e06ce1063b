"""A hold is stronger than a reservation, and says which order loses its goods."""

from tests.stories.plant import Plant, order


def test_the_hold_names_the_orders_it_broke(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    first, second = order("WO-11"), order("SO-4", kind="sales.order")
    planner = plant.person("planner")
    for wanted, quantity in ((first, 30), (second, 50)):
        planner.post(f"/lots/{lot['id']}/reserve", **plant.use(lot["id"], "A-01", quantity, wanted))

    held = plant.person("quality").post(
        f"/lots/{lot['id']}/hold", cause="complaint", reason="noise reported by a customer"
    )

    assert set(held["broken_orders"]) == {"production.work_order/WO-11", "sales.order/SO-4"}
    states = {r["reference_number"]: r["state"] for r in plant.every("/reservations")}
    assert states == {"WO-11": "broken", "SO-4": "broken"}
    (balance,) = plant.every("/balances", lot_id=lot["id"])
    assert (balance["quantity"], balance["reserved"]) == ("100", "0")
    (broken,) = plant.every("/events", type="stock.reservations_broken.v1")
    assert set(broken["data"]["orders"]) == set(held["broken_orders"])
    refused = plant.person("warehouse").post(
        f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 30, first), status=409
    )
    assert refused["code"] == "stock.lot_on_hold"


def test_a_hold_on_a_part_breaks_only_what_the_rest_cannot_serve(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    planner = plant.person("planner")
    for number, quantity in (("WO-11", 30), ("WO-12", 50)):
        planner.post(
            f"/lots/{lot['id']}/reserve", **plant.use(lot["id"], "A-01", quantity, order(number))
        )

    held = plant.person("quality").post(
        f"/lots/{lot['id']}/hold", reason="rust on one layer", part=plant.part("A-01", 40)
    )

    # 60 stay, 80 were reserved: the younger order loses the 20 that lie in the part
    assert held["broken_orders"] == ["production.work_order/WO-12"]
    still = [
        (r["reference_number"], r["open_quantity"])
        for r in plant.every("/reservations", state="open")
    ]
    assert sorted(still) == [("WO-11", "30"), ("WO-12", "30")]


def test_goods_are_free_again_after_the_hold_is_lifted_with_a_reason(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    quality = plant.person("quality")
    held = quality.post(f"/lots/{lot['id']}/hold", reason="noise")
    silent = quality.post(f"/holds/{held['hold']['id']}/lift", status=409)
    assert silent["code"] == "stock.reason_missing"

    quality.post(f"/holds/{held['hold']['id']}/lift", reason="measured: no noise")

    plant.person("planner").post(
        f"/lots/{lot['id']}/reserve", **plant.use(lot["id"], "A-01", 100, order("WO-11"))
    )
    again = quality.post(f"/holds/{held['hold']['id']}/lift", reason="twice", status=409)
    assert again["code"] == "stock.not_in_state"
