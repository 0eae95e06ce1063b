"""Goods in our bins that are not ours: a supplier's consignment and a customer's material."""

from tests.stories.plant import Plant, order


def test_consigned_goods_become_ours_when_they_are_drawn(plant: Plant) -> None:
    supplier = plant.partner("宁波轴承", "supplier")
    lot = plant.stock("bearing", 300, owner=supplier)
    warehouse = plant.person("warehouse")
    for_us = order("WO-1")
    before = plant.everything()
    refused = warehouse.post(
        f"/lots/{lot['id']}/issue",
        **plant.use(lot["id"], "A-01", 50, for_us, owner=supplier),
        status=409,
    )
    assert refused["code"] == "stock.owned_by_other"
    assert "宁波轴承" in refused["detail"]
    assert "draw consigned goods first" in refused["remedy"]
    assert plant.everything() == before

    warehouse.post(
        f"/lots/{lot['id']}/change-owner",
        **plant.part("A-01", 50, owner=supplier),
        to_owner_id=plant.own,
    )
    warehouse.post(f"/lots/{lot['id']}/issue", **plant.use(lot["id"], "A-01", 50, for_us))

    owners = {b["owner_id"]: b["quantity"] for b in plant.every("/balances", lot_id=lot["id"])}
    assert owners == {supplier: "250"}  # the rest is still the supplier's
    assert plant.events(lot["id"]).count("stock.owner_changed.v1") == 1


def test_goods_that_arrive_on_consignment_are_inspected_like_others(plant: Plant) -> None:
    supplier = plant.partner("宁波轴承", "supplier")
    bought = plant.buy("bearing", 300)
    (arrived,) = plant.arrive(bought, {"quantity": 300, "owner_id": supplier})
    lot = arrived["lot_id"]
    warehouse = plant.person("warehouse")
    draw = {**plant.part("DOCK", 50, owner=supplier), "to_owner_id": plant.own}

    early = warehouse.post(f"/lots/{lot}/change-owner", **draw, status=409)

    assert early["code"] == "stock.lot_not_usable"
    plant.decide(plant.count(lot, 30), "accept")
    warehouse.post(f"/lots/{lot}/change-owner", **draw)
    owners = {b["owner_id"]: b["quantity"] for b in plant.every("/balances", lot_id=lot)}
    assert owners == {supplier: "250", plant.own: "50"}


def test_goods_on_hold_are_not_drawn_from_consignment(plant: Plant) -> None:
    supplier = plant.partner("宁波轴承", "supplier")
    lot = plant.stock("bearing", 300, owner=supplier)
    plant.person("quality").post(f"/lots/{lot['id']}/hold", reason="cage cracks seen elsewhere")
    before = plant.everything()

    refused = plant.person("warehouse").post(
        f"/lots/{lot['id']}/change-owner",
        **plant.part("A-01", 50, owner=supplier),
        to_owner_id=plant.own,
        status=409,
    )

    assert refused["code"] == "stock.lot_on_hold"
    assert plant.everything() == before


def test_a_customers_material_goes_only_into_that_customers_orders(plant: Plant) -> None:
    customer = plant.partner("沈阳机床", "customer")
    other = plant.partner("大连重工", "customer")
    lot = plant.stock("housing", 20, owner=customer)
    warehouse = plant.person("warehouse")
    planner = plant.person("planner")
    before = plant.everything()

    for wanted in (order("WO-8", customer=other), order("WO-9")):
        body = plant.use(lot["id"], "A-01", 4, wanted, owner=customer)
        for refused in (
            warehouse.post(f"/lots/{lot['id']}/issue", **body, status=409),
            warehouse.post(f"/lots/{lot['id']}/ship", **body, status=409),
            planner.post(f"/lots/{lot['id']}/reserve", **body, status=409),
        ):
            assert refused["code"] == "stock.owned_by_other"
            assert "沈阳机床" in refused["detail"]
    assert plant.everything() == before

    warehouse.post(
        f"/lots/{lot['id']}/issue",
        **plant.use(lot["id"], "A-01", 4, order("WO-10", customer=customer), owner=customer),
    )
    assert plant.lies(lot["id"]) == {"A-01": "16"}
