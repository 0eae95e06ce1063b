"""Nonconforming goods are found in released stock: they are split off, blocked and scrapped."""

from tests.stories.plant import Plant, order


def test_what_is_found_is_blocked_and_the_orders_that_lose_it_are_named(plant: Plant) -> None:
    arrived = plant.received("bearing", 200, supplier_lot="H-77", maker="NSK")
    lot = arrived["lot_id"]
    sibling = plant.received("bearing", 50, supplier_lot="H-77", maker="NSK")["lot_id"]
    inspection = plant.count(lot, 20)
    plant.decide(inspection, "accept")
    wanted = order("WO-9")
    plant.person("planner").post(f"/lots/{lot}/reserve", **plant.use(lot, "DOCK", 190, wanted))

    reported = plant.person("review board").post(
        "/escapes",
        parts=[{"lot_id": lot, "quantity": "30"}],
        description="rust under the grease",
        severity_class="major",
        reason="found at assembly",
    )

    report = plant.person("auditor").get(f"/nonconformance-reports/{reported['id']}")
    (part,) = report["lots"]
    assert (report["source"], report["inspection"]) == ("escape", inspection["number"])
    assert (part["lot"], part["quantity"], part["open"]) == (f"{arrived['lot']}.1", "30", "30")
    assert (part["status"], plant.status(lot)) == ("blocked", "released")
    assert (report["estimated_cost"], report["currency"]) == ("375", "CNY")
    assert [s["lot_id"] for s in report["siblings"]] == [lot, sibling]
    assert [(h["reference"], h["is_broken"]) for h in report["orders_hit"]] == [("WO-9", True)]
    refused = plant.person("warehouse").post(
        f"/lots/{part['lot_id']}/issue",
        **plant.use(part["lot_id"], "DOCK", 1, wanted),
        status=409,
    )
    assert refused["code"] == "stock.lot_not_usable"

    scrap = plant.dispose(part["lot_id"], "scrap")
    plant.person("scrap yard").post(
        f"/dispositions/{scrap['id']}/carry-out", is_rendered_unusable=True
    )
    closed = plant.person("review board").post(f"/nonconformance-reports/{report['id']}/close")
    assert closed["state"] == "closed"
    assert plant.lies(part["lot_id"]) == {}
    assert plant.lies(lot) == {"DOCK": "170"}


def test_goods_that_quality_has_not_let_through_did_not_escape(plant: Plant) -> None:
    waiting = plant.received("bearing", 10)["lot_id"]
    before = plant.everything()

    refused = plant.person("review board").post(
        "/escapes", parts=[{"lot_id": waiting}], reason="rust", status=409
    )

    assert refused["code"] == "nonconformance.under_inspection"
    assert plant.everything() == before


def test_who_let_it_through_does_not_dispose_of_it(plant: Plant) -> None:
    lot = plant.received("bearing", 10)["lot_id"]
    inspection = plant.count(lot, 10)
    plant.admin.post(f"/inspections/{inspection['id']}/accept")
    plant.person("review board").post("/escapes", parts=[{"lot_id": lot}], reason="rust")
    report = plant.report(lot)

    refused = plant.admin.post(
        f"/nonconformance-reports/{report['id']}/dispositions",
        lot_id=lot,
        kind="scrap",
        reason="away with it",
        status=409,
    )

    assert refused["code"] == "nonconformance.own_inspection"
