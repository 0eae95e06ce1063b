"""Inspection-exempt material is usable at once, released by inspections and never by the dock."""

from tests.stories.plant import Plant, order


def test_the_rule_is_the_voucher_of_the_release(plant: Plant) -> None:
    plant.material("glove", inspection="exempt")

    lot = plant.received("glove", 200)["lot_id"]

    seen = plant.lot(lot)
    assert (seen["lot"]["status"], seen["usable_quantity"]) == ("released", "200")
    assert [(v["status"], v["voucher_kind"]) for v in seen["versions"]] == [
        ("awaiting_inspection", "receiving.arrival_line"),
        ("released", "catalog.control_profile"),
    ]
    assert seen["versions"][-1]["voucher_version"] == 1
    assert plant.every("/inspections", lot_id=lot) == []
    assert "inspections.exempted.v1" in plant.events(lot)


def test_a_surplus_of_it_is_still_on_hold(plant: Plant) -> None:
    plant.material("glove", inspection="exempt")
    bought = plant.buy("glove", 100)

    lots = plant.arrive(bought, {"quantity": 120})

    surplus = lots[1]["lot_id"]
    assert plant.status(surplus) == "released"
    refused = plant.person("warehouse").post(
        f"/lots/{surplus}/issue", **plant.use(surplus, "DOCK", 1, order("WO-1")), status=409
    )
    assert refused["code"] == "stock.lot_on_hold"
