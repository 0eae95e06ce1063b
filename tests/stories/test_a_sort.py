"""A lot is sorted: every unit is judged, the good part is used, the bad part goes back."""

from tests.stories.plant import Plant, order
from tests.stories.test_not_accepted import rejected


def test_the_good_part_is_used_and_the_bad_part_goes_back(plant: Plant) -> None:
    bought, arrived, _ = rejected(plant)
    lot = arrived["lot_id"]
    report = plant.report(lot)
    assert (report["source"], report["state"]) == ("verdict", "open")
    assert [(p["place"], p["quantity"]) for p in report["lots"][0]["places"]] == [("DOCK", "200")]
    assert report["costs"] == [{"amount": "2500", "currency": "CNY"}]

    sort = plant.dispose(lot, "sort")
    inspection = plant.count(lot, 200, 12, CRACK=12)
    assert inspection["id"] == sort["inspection_id"]
    verdict = plant.decide(inspection, "judge", parts=[{"quantity": "12"}])
    bad = next(x["lot_id"] for x in verdict["lots"] if not x["is_accepted"])

    report = plant.report(bad)
    assert report["state"] == "open"
    assert [(x["quantity"], x["open"], x["disposed"]) for x in report["lots"]] == [
        ("188", "0", "188"),
        ("12", "12", "0"),
    ]
    assert plant.status(lot) == "released"
    plant.person("warehouse").post(
        f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 188, order("WO-1"))
    )
    back = plant.dispose(bad, "return_to_vendor")
    board, address = plant.person("review board"), f"/nonconformance-reports/{report['id']}/close"
    waiting = board.post(address, status=409)
    assert (waiting["code"], back["number"] in waiting["detail"]) == (
        "nonconformance.still_waiting",
        True,
    )
    plant.give_back(bad, "DOCK", 12, by=back)
    assert board.post(address)["state"] == "closed"
    (line,) = plant.person("buyer").get(f"/orders/{bought['id']}")["lines"]
    assert (line["received"], line["returned"], line["open"]) == ("200", "12", "12")


def test_a_sample_is_no_sort(plant: Plant) -> None:
    _, arrived, _ = rejected(plant)
    lot = arrived["lot_id"]
    plant.dispose(lot, "sort")
    inspection = plant.count(lot, 20)
    before = plant.everything()

    refused = plant.decide(inspection, "accept", status=409)

    assert refused["code"] == "nonconformance.sort_judges_every_unit"
    assert (
        "全部 200"
        in plant.admin_zh().post(f"/inspections/{inspection['id']}/accept", status=409)["detail"]
    )
    assert plant.everything() == before


def test_who_counted_does_not_dispose(plant: Plant) -> None:
    lot = plant.received("bearing", 200)["lot_id"]
    inspection = plant.inspection(lot)
    plant.admin.post(f"/inspections/{inspection['id']}/result", inspected="20", nonconforming="0")
    plant.decide(inspection, "not-accept", reason="wrong steel")
    report = plant.report(lot)
    before = plant.everything()

    refused = plant.admin.post(
        f"/nonconformance-reports/{report['id']}/dispositions",
        lot_id=lot,
        kind="use_as_is",
        reason="it will do",
        status=409,
    )

    assert refused["code"] == "nonconformance.own_inspection"
    assert plant.everything() == before
