"""Goods are used under a concession: for one order, in time, to the last piece and not beyond."""

from typing import Any

from tests.stories.plant import Plant, order
from tests.stories.test_not_accepted import rejected


def conceded(plant: Plant, **bounds: Any) -> tuple[str, Any]:
    """A lot of 200 that may be used as it is within bounds, and the concession."""
    _, arrived, _ = rejected(plant)
    lot = arrived["lot_id"]
    as_is = plant.dispose(lot, "use_as_is")
    assert (as_is["state"], plant.status(lot)) == ("decided", "blocked")
    return lot, plant.concede(as_is["id"], **bounds)


def shown(plant: Plant, concession: Any) -> tuple[str, str, str]:
    """State, cause of its end, and what remains."""
    now = plant.person("auditor").get(f"/concessions/{concession['id']}")
    return now["state"], now["end_cause"], now["remaining"]


def test_the_last_conceded_piece_goes_and_the_next_one_does_not(plant: Plant) -> None:
    allowed, other = order("WO-21"), order("WO-22")
    lot, concession = conceded(plant, quantity="60", reference_ids=[allowed["id"]])
    warehouse = plant.person("warehouse")
    assert plant.status(lot) == "restricted"
    assert shown(plant, concession) == ("in_force", "", "60")
    assert plant.lot(lot)["versions"][-1]["voucher_number"] == concession["number"]

    warehouse.post(f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 59, allowed))
    before = plant.everything()
    for wanted, quantity in ((allowed, 2), (other, 1)):
        refused = warehouse.post(
            f"/lots/{lot}/issue", **plant.use(lot, "DOCK", quantity, wanted), status=409
        )
        assert refused["code"] == "stock.outside_bounds"
    assert plant.everything() == before
    assert shown(plant, concession) == ("in_force", "", "1")

    warehouse.post(f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 1, allowed))

    assert shown(plant, concession) == ("ended", "used_up", "0")
    refused = warehouse.post(f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 1, allowed), status=409)
    assert refused["code"] == "stock.outside_bounds"
    assert plant.lies(lot) == {"DOCK": "140"}


def test_what_comes_back_unused_may_be_used_again(plant: Plant) -> None:
    wanted = order("WO-21")
    lot, concession = conceded(plant, quantity="10")
    warehouse = plant.person("warehouse")
    warehouse.post(f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 10, wanted))

    warehouse.post(f"/lots/{lot}/return-issue", **plant.use(lot, "DOCK", 4, wanted))

    assert shown(plant, concession) == ("in_force", "", "4")


def test_what_is_left_of_it_is_disposed_of_by_a_new_report(plant: Plant) -> None:
    lot, concession = conceded(plant, quantity="10")
    first = plant.report(lot)
    board = plant.person("review board")
    assert board.post(f"/nonconformance-reports/{first['id']}/close")["state"] == "closed"
    plant.person("warehouse").post(
        f"/lots/{lot}/issue", **plant.use(lot, "DOCK", 10, order("WO-21"))
    )

    reopened = board.post(
        f"/nonconformance-reports/{first['id']}/reopen", reason="190 are left", status=409
    )
    assert reopened["code"] == "nonconformance.already_posted"
    assert "Open a new report" in reopened["remedy"]
    board.post("/nonconformance-reports", parts=[{"lot_id": lot}], reason="190 are left")

    second = plant.report(lot)
    assert second["id"] != first["id"]
    assert (second["source"], second["lots"][0]["open"]) == ("by_hand", "190")
    assert plant.status(lot) == "blocked"
    assert shown(plant, concession) == ("ended", "used_up", "0")


def test_repaired_goods_are_restricted_to_their_concession_when_they_are_accepted(
    plant: Plant,
) -> None:
    _, arrived, _ = rejected(plant)
    lot = arrived["lot_id"]
    repair = plant.dispose(lot, "repair")
    plant.person("scrap yard").post(f"/dispositions/{repair['id']}/carry-out")
    inspection = plant.count(lot, 200, 5, CRACK=5)
    parts = [{"quantity": "5"}]
    refused = plant.decide(inspection, "judge", parts=parts, status=409)
    assert refused["code"] == "nonconformance.concession_missing"

    concession = plant.concede(repair["id"], reason="welded at the edge")
    assert (concession["state"], plant.status(lot)) == ("approved", "blocked")
    plant.decide(inspection, "judge", parts=parts)

    assert plant.status(lot) == "restricted"
    assert shown(plant, concession) == ("in_force", "", "195")
    report = plant.report(lot)
    assert [(x["quantity"], x["open"]) for x in report["lots"]] == [("195", "0"), ("5", "5")]


def test_a_concession_is_signed_again_by_whoever_approves_it(plant: Plant) -> None:
    _, arrived, _ = rejected(plant)
    as_is = plant.dispose(arrived["lot_id"], "use_as_is")
    plant.person("director")  # is signed in from here on
    before = plant.everything()

    unsigned = plant.concede(as_is["id"], 403, secret=None)
    wrong = plant.concede(as_is["id"], 403, secret="not this one")

    assert (unsigned["code"], wrong["code"]) == ("signatures.secret_needed", "access.wrong_secret")
    assert plant.everything() == before
    assert plant.concede(as_is["id"])["state"] == "in_force"
