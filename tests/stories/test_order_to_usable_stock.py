"""The main job: ordered, arrived, inspected, accepted, usable."""

from tests.stories.plant import Plant, order


def test_goods_wait_at_the_dock_until_the_verdict_releases_them(plant: Plant) -> None:
    bought = plant.buy("bearing", 500)
    (arrived,) = plant.arrive(
        bought,
        {
            "quantity": 500,
            "supplier_lot": "NB-2611-07",
            "maker": "宁波轴承",
            "manufactured_date": "2026-01-05",
            "expires_date": "2031-01-05",
        },
    )
    lot = arrived["lot_id"]
    seen = plant.lot(lot)
    assert (seen["lot"]["status"], seen["usable_quantity"]) == ("awaiting_inspection", "0")
    assert plant.lies(lot) == {"DOCK": "500"}
    warehouse = plant.person("warehouse")
    early = warehouse.post(
        f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 1, order("WO-1")), status=409
    )
    assert early["code"] == "stock.lot_not_usable"

    inspection = plant.count(lot, inspected=50)
    verdict = plant.decide(inspection, "accept")

    assert verdict["state"] == "accepted"
    seen = plant.lot(lot)
    assert (seen["lot"]["status"], seen["usable_quantity"]) == ("released", "500")
    assert seen["versions"][-1]["voucher_number"] == inspection["number"]
    assert [(b["lot_id"], b["free"]) for b in warehouse.get("/usable-stock")["items"]] == [
        (lot, "500")
    ]
    warehouse.post(f"/lots/{lot}/move", **plant.part("DOCK", 500), to_place_id=plant.places["A-01"])
    warehouse.post(f"/lots/{lot}/issue", **plant.use(lot, "A-01", 20, order("WO-1")))
    (line,) = plant.person("buyer").get(f"/orders/{bought['id']}")["lines"]
    assert (line["received"], line["open"], line["is_complete"]) == ("500", "0", True)


def test_the_lot_is_found_by_the_suppliers_own_number(plant: Plant) -> None:
    arrived = plant.received("bearing", 100, supplier_lot="NB-2611-07", maker="宁波轴承")

    (found,) = plant.person("warehouse").get("/lots?supplier_lot=NB-2611-07")["items"]

    assert (found["id"], found["maker"]) == (arrived["lot_id"], "宁波轴承")


def test_one_delivery_of_many_lines_and_supplier_lots_is_one_lot_each(plant: Plant) -> None:
    bought = plant.buy_lines(
        [
            {"material_id": plant.material("bearing"), "quantity": 300},
            {"material_id": plant.material("seal"), "quantity": 80},
        ]
    )
    bearings, seals = (line["id"] for line in bought["lines"])

    lots = plant.arrive(
        bought,
        {"order_line_id": bearings, "quantity": 120, "supplier_lot": "A"},
        {"order_line_id": bearings, "quantity": 180, "supplier_lot": "B"},
        {"order_line_id": seals, "quantity": 80, "supplier_lot": "S-9"},
        delivery_note="DN-881",
    )

    assert [(x["stock_quantity"], x["supplier_lot"], x["is_on_hold"]) for x in lots] == [
        ("120", "A", False),
        ("180", "B", False),
        ("80", "S-9", False),
    ]
    assert len({x["lot"] for x in lots}) == 3
    assert len({plant.inspection(x["lot_id"])["number"] for x in lots}) == 3
    first, second, third = (x["lot_id"] for x in lots)
    plant.decide(plant.count(first, 10), "accept")
    plant.decide(plant.count(second, 10, 2, CRACK=2), "not-accept", reason="cracks")
    assert [plant.status(x) for x in (first, second, third)] == [
        "released",
        "blocked",
        "awaiting_inspection",
    ]


def test_who_inspects_does_not_decide_and_the_dock_never_releases(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]
    inspection = plant.count(lot, 10)
    before = plant.everything()

    for job in ("inspector", "dock", "warehouse", "buyer"):
        refused = plant.person(job).post(f"/inspections/{inspection['id']}/accept", status=403)
        assert refused["code"] == "access.not_permitted"

    assert plant.everything() == before


def test_there_is_no_verdict_without_a_result(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]
    inspection = plant.inspection(lot)
    before = plant.everything()

    refused = plant.person("quality").post(f"/inspections/{inspection['id']}/accept", status=409)

    assert refused["code"] == "inspections.result_missing"
    assert inspection["number"] in refused["detail"]
    assert plant.everything() == before


def test_a_verdict_is_given_once(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]
    inspection = plant.count(lot, 10)
    plant.decide(inspection, "accept")
    before = plant.everything()

    again = plant.decide(inspection, "not-accept", reason="changed my mind", status=409)

    assert again["code"] == "inspections.already_decided"
    assert plant.everything() == before
