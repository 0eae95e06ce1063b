"""A lot is not accepted: it is blocked, most of it goes back, the rest is scrapped."""

from typing import Any

from tests.stories.plant import Plant, order


def rejected(plant: Plant) -> tuple[Any, Any, Any]:
    """An order, its lot of 200 with cracks, and the inspection that did not accept it."""
    bought = plant.buy("bearing", 200)
    (lot,) = plant.arrive(bought, {"quantity": 200})
    inspection = plant.count(lot["lot_id"], 20, 6, CRACK=5, RUST=2)
    plant.decide(inspection, "not-accept", reason="6 of 20 nonconforming")
    return bought, lot, inspection


def test_the_lot_is_blocked_and_the_defects_are_on_record(plant: Plant) -> None:
    _, lot, inspection = rejected(plant)

    assert plant.status(lot["lot_id"]) == "blocked"
    refused = plant.person("warehouse").post(
        f"/lots/{lot['lot_id']}/issue",
        **plant.use(lot["lot_id"], "DOCK", 1, order("WO-1")),
        status=409,
    )
    assert refused["code"] == "stock.lot_not_usable"
    seen = plant.inspection(lot["lot_id"])
    assert (seen["state"], seen["inspected"], seen["nonconforming"]) == ("not_accepted", "20", "6")
    assert {(d["code"], d["count"]) for d in seen["results"][-1]["defects"]} == {
        ("CRACK", "5"),
        ("RUST", "2"),
    }
    assert [(x["presented"], x["not_accepted"], x["open"]) for x in seen["lots"]] == [
        ("200", "200", "0")
    ]
    assert plant.lot(lot["lot_id"])["versions"][-1]["voucher_number"] == inspection["number"]


def test_blocked_goods_go_back_by_a_disposition_and_the_order_is_open_again(plant: Plant) -> None:
    bought, lot, _ = rejected(plant)
    back = plant.dispose(lot["lot_id"], "return_to_vendor", 150)
    part = back["lot_id"]
    assert plant.lot(part)["lot"]["number"] == f"{lot['lot']}.1"

    returned = plant.give_back(part, "DOCK", 150, by=back)

    assert [(x["lot"], x["quantity"]) for x in returned["lines"]] == [(back["lot"], "150")]
    assert returned["lines"][0]["voucher_number"] == back["number"]
    assert plant.lies(lot["lot_id"]) == {"DOCK": "50"}
    (line,) = plant.person("buyer").get(f"/orders/{bought['id']}")["lines"]
    assert (line["received"], line["returned"], line["open"]) == ("200", "150", "150")
    move = plant.every("/moves", lot_id=part, kind="return_to_vendor")[0]
    assert (move["to_place"], move["quantity"]) == ("supplier", "150")


def test_the_rest_is_scrapped_when_it_is_rendered_unusable(plant: Plant) -> None:
    _, lot, _ = rejected(plant)
    scrap = plant.dispose(lot["lot_id"], "scrap")
    yard, address = plant.person("scrap yard"), f"/dispositions/{scrap['id']}/carry-out"
    before = plant.everything()

    refused = yard.post(address, status=409)

    assert refused["code"] == "nonconformance.not_rendered_unusable"
    assert plant.everything() == before
    done = yard.post(address, is_rendered_unusable=True, reason="cut through")
    assert (done["state"], done["posted"]) == ("done", "200")
    assert plant.lies(lot["lot_id"]) == {}
    (move,) = plant.every("/moves", lot_id=lot["lot_id"], kind="scrap")
    assert move["reference_number"] == scrap["number"]


def test_neither_a_verdict_nor_a_reason_lets_blocked_goods_leave(plant: Plant) -> None:
    _, lot, inspection = rejected(plant)
    quality, before = plant.person("quality"), plant.everything()
    verdict = {
        "kind": "inspections.inspection",
        "id": inspection["id"],
        "number": inspection["number"],
    }
    line = {"lot_id": lot["lot_id"], "place_id": plant.places["DOCK"], "quantity": "5"}

    for refused in (
        quality.post(
            "/supplier-returns", lines=[{**line, "voucher": verdict}], reason="bad", status=409
        ),
        quality.post("/supplier-returns", lines=[line], reason="bad", status=409),
        quality.post(
            f"/lots/{lot['lot_id']}/scrap",
            **plant.part("DOCK", 5),
            voucher_kind=verdict["kind"],
            voucher_id=verdict["id"],
            reason="bad",
            status=409,
        ),
    ):
        assert refused["code"] == "stock.not_disposed"
        assert "nonconformance report" in refused["remedy"]
    assert plant.everything() == before


def test_without_a_reason_nothing_is_scrapped_or_returned(plant: Plant) -> None:
    good = plant.stock("bearing", 100)
    lot = plant.received("bearing", 100)["lot_id"]
    quality = plant.person("quality")
    before = plant.everything()

    for refused, code in (
        (
            quality.post(f"/lots/{good['id']}/scrap", **plant.part("A-01", 5), status=409),
            "stock.voucher_missing",
        ),
        (
            quality.post(f"/lots/{lot}/scrap", **plant.part("DOCK", 5), reason="bent", status=409),
            "stock.return_only",
        ),
        (
            quality.post(
                "/supplier-returns",
                lines=[{"lot_id": lot, "place_id": plant.places["DOCK"], "quantity": "5"}],
                status=409,
            ),
            "stock.voucher_missing",
        ),
    ):
        assert refused["code"] == code
    assert plant.everything() == before


def test_a_disposition_of_another_lot_is_no_voucher(plant: Plant) -> None:
    _, lot, _ = rejected(plant)
    back = plant.dispose(lot["lot_id"], "return_to_vendor")
    _, other, _ = rejected(plant)
    before = plant.everything()

    refused = plant.give_back(other["lot_id"], "DOCK", 5, by=back, status=409)

    assert refused["code"] == "stock.not_disposed"
    assert plant.everything() == before


def test_goods_sent_back_before_the_verdict_end_their_inspection(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]

    plant.person("quality").post(
        "/supplier-returns",
        lines=[{"lot_id": lot, "place_id": plant.places["DOCK"], "quantity": "100"}],
        reason="driver brought the wrong pallet and takes it back",
    )

    assert plant.lies(lot) == {}
    assert plant.inspection(lot)["state"] == "cancelled"
