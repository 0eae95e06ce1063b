"""A restricted lot may be used within its bounds, to the last piece and not beyond."""

from typing import Any

from tests.stories.plant import Plant, ago, order


def test_the_last_piece_of_the_bound_goes_and_the_next_one_does_not(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    allowed, other = order("WO-21"), order("WO-22")
    plant.person("quality").post(
        f"/lots/{lot['id']}/restrict",
        quantity="60",
        reference_ids=[allowed["id"]],
        reason="bore at the upper limit: order WO-21 only",
    )
    warehouse = plant.person("warehouse")

    warehouse.post(f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 40, allowed))
    before = plant.everything()
    too_much = warehouse.post(
        f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 21, allowed), status=409
    )
    elsewhere = warehouse.post(
        f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 1, other), status=409
    )

    assert too_much["code"] == elsewhere["code"] == "stock.outside_bounds"
    assert "20/60" in too_much["detail"]
    assert elsewhere["data"]["bound"] == "order"
    assert plant.everything() == before
    warehouse.post(f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 20, allowed))
    assert plant.lot(lot["id"])["bound"] == {"quantity": "60", "remaining": "0"}
    nothing_left = warehouse.post(
        f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 1, allowed), status=409
    )
    assert nothing_left["code"] == "stock.outside_bounds"
    assert plant.lies(lot["id"]) == {"A-01": "40"}


def test_what_the_order_gives_back_may_be_used_again(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    wanted = order("WO-21")
    plant.person("quality").post(f"/lots/{lot['id']}/restrict", quantity="10", reason="limit")
    warehouse = plant.person("warehouse")
    warehouse.post(f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 10, wanted))

    warehouse.post(f"/lots/{lot['id']}/return-issue", **plant.use(lot["id"], "A-01", 4, wanted))

    assert plant.lot(lot["id"])["bound"] == {"quantity": "10", "remaining": "4"}
    refused = warehouse.post(
        f"/lots/{lot['id']}/return-issue", **plant.use(lot["id"], "A-01", 7, wanted), status=409
    )
    assert refused["code"] == "stock.mismatch"


def test_only_the_named_customer_is_served_and_only_until_the_date(plant: Plant) -> None:
    customer, other = plant.partner("沈阳机床", "customer"), plant.partner("大连重工", "customer")
    lot = plant.stock("bearing", 100)
    quality = plant.person("quality")
    quality.post(
        f"/lots/{lot['id']}/restrict",
        customer_ids=[customer],
        until=ago(days=-1).isoformat(),
        reason="agreed with this customer",
    )
    warehouse = plant.person("warehouse")
    ship = f"/lots/{lot['id']}/ship"
    for_customer = order("SO-1", kind="sales.order", customer=customer)

    refused = warehouse.post(
        ship, **plant.use(lot["id"], "A-01", 5, order("SO-2", customer=other)), status=409
    )
    assert (refused["code"], refused["data"]["bound"]) == ("stock.outside_bounds", "customer")
    warehouse.post(ship, **plant.use(lot["id"], "A-01", 5, for_customer))

    quality.post(
        f"/lots/{lot['id']}/restrict",
        customer_ids=[customer],
        until=ago(seconds=1).isoformat(),
        reason="the agreement ends now",
    )
    late = warehouse.post(ship, **plant.use(lot["id"], "A-01", 5, for_customer), status=409)
    assert (late["code"], late["data"]["bound"]) == ("stock.outside_bounds", "until")
    assert plant.lies(lot["id"]) == {"A-01": "95"}


def test_a_reason_narrows_a_bound_and_never_widens_it(plant: Plant) -> None:
    customer, other = plant.partner("沈阳机床", "customer"), plant.partner("大连重工", "customer")
    lot = plant.stock("bearing", 100)
    quality = plant.person("quality")
    soon = ago(days=-1).isoformat()
    bounds: dict[str, Any] = {"quantity": "10", "until": soon, "customer_ids": [customer]}
    quality.post(f"/lots/{lot['id']}/restrict", **bounds, reason="agreed")
    before = plant.everything()

    for wider in (
        {**bounds, "quantity": "11"},
        {**bounds, "until": ago(days=-2).isoformat()},
        {**bounds, "customer_ids": [customer, other]},
        {"quantity": "10", "until": soon},
    ):
        refused = quality.post(f"/lots/{lot['id']}/restrict", **wider, reason="more", status=409)
        assert refused["code"] == "stock.mismatch"

    assert plant.everything() == before
    quality.post(f"/lots/{lot['id']}/restrict", **{**bounds, "quantity": "4"}, reason="less")
    assert plant.lot(lot["id"])["bound"] == {"quantity": "4", "remaining": "4"}
