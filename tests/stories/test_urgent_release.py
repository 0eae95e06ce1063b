"""Production cannot wait: goods are used before their inspection ends, and what was used is known.

ISO 9001:2015 8.6: by two people, for one order, so much and no more; nothing of it ships until the
inspection ends.
"""

from typing import Any

from tests.stories.plant import Plant, ago, order


def ask(plant: Plant, lot: Any, quantity: int, wanted: dict[str, Any], **more: Any) -> Any:
    """The production lead asks, and signs with the password."""
    body = {key: wanted[key] for key in ("kind", "id", "number")}
    return plant.person("production lead").post(
        "/urgent-releases",
        **{
            "lot_id": lot["lot_id"],
            "quantity": str(quantity),
            "reference": body,
            "reason": "line 3 stands still",
            "secret": plant.password("production lead"),
            **more,
        },
    )


def approve(plant: Plant, asked: Any, who: str = "quality manager", **more: Any) -> Any:
    """A second person approves, and signs with the password."""
    return plant.person(who).post(
        f"/urgent-releases/{asked['id']}/approve",
        **{"secret": plant.password(who), **more},
    )


def test_two_people_let_forty_go_to_one_order_and_the_verdict_covers_them(plant: Plant) -> None:
    lot = plant.received("bearing", 100)
    wanted, other = order("WO-31"), order("WO-32")
    warehouse = plant.person("warehouse")
    lot_id = lot["lot_id"]
    refused = warehouse.post(
        f"/lots/{lot_id}/issue", **plant.use(lot_id, "DOCK", 40, wanted), status=409
    )
    assert refused["code"] == "stock.lot_not_usable"

    asked = ask(plant, lot, 40, wanted)
    assert asked["state"] == "requested" and plant.status(lot_id) == "awaiting_inspection"
    approved = approve(plant, asked)
    assert approved["state"] == "approved" and plant.status(lot_id) == "restricted"
    assert plant.lot(lot_id)["lot"]["is_urgent"] is True

    warehouse.post(f"/lots/{lot_id}/issue", **plant.use(lot_id, "DOCK", 30, wanted))
    too_much = warehouse.post(
        f"/lots/{lot_id}/issue", **plant.use(lot_id, "DOCK", 11, wanted), status=409
    )
    elsewhere = warehouse.post(
        f"/lots/{lot_id}/issue", **plant.use(lot_id, "DOCK", 1, other), status=409
    )
    shipped = warehouse.post(
        f"/lots/{lot_id}/ship", **plant.use(lot_id, "DOCK", 1, wanted), status=409
    )
    assert too_much["code"] == elsewhere["code"] == "stock.outside_bounds"
    assert "urgent" in shipped["detail"]

    inspection = plant.count(lot_id, 13)
    assert inspection["lots"][0]["open"] == "100"  # what was used is judged with the rest
    plant.decide(inspection, "accept")
    assert plant.status(lot_id) == "released"
    assert plant.lot(lot_id)["lot"]["is_urgent"] is False
    ended = plant.person("auditor").get(f"/urgent-releases/{asked['id']}")
    assert (ended["state"], ended["outcome"], ended["drawn"]) == ("ended", "accepted", "30")
    warehouse.post(f"/lots/{lot_id}/ship", **plant.use(lot_id, "DOCK", 70, wanted))


def test_not_accepted_after_all_says_what_was_used_and_for_whom(plant: Plant) -> None:
    lot = plant.received("bearing", 100)
    lot_id, wanted = lot["lot_id"], order("WO-33")
    asked = ask(plant, lot, 40, wanted)
    approve(plant, asked)
    warehouse = plant.person("warehouse")
    warehouse.post(f"/lots/{lot_id}/issue", **plant.use(lot_id, "DOCK", 40, wanted))
    warehouse.post(f"/lots/{lot_id}/return-issue", **plant.use(lot_id, "DOCK", 5, wanted))

    plant.decide(plant.count(lot_id, 13, 2, CRACK=2), "not-accept")

    assert plant.status(lot_id) == "blocked"
    ended = plant.person("auditor").get(f"/urgent-releases/{asked['id']}")
    assert (ended["state"], ended["outcome"], ended["drawn"]) == ("ended", "not_accepted", "35")
    (event,) = [
        e
        for e in plant.every("/events", record_id=asked["id"])
        if e["type"] == "inspections.urgent_release_ended.v1"
    ]
    assert event["data"]["drawn"] == "35" and event["data"]["order"] == "WO-33"
    lots = plant.inspection(lot_id)["lots"]
    assert (lots[0]["not_accepted"], lots[0]["open"]) == ("100", "0")
    report = plant.report(lot_id)
    (hit,) = report["orders_hit"]
    assert (hit["reference"], hit["reference_id"], hit["quantity"], hit["lot_id"]) == (
        "WO-33",
        wanted["id"],
        "35",
        lot_id,
    )
    assert (hit["is_used"], hit["is_broken"], hit["reservation"]) == (True, False, None)
    (reported,) = report["lots"]  # what was used waits for no disposition
    assert [reported[k] for k in ("quantity", "open", "cleared")] == ["100", "65", "35"]
    assert plant.lies(lot_id) == {"DOCK": "65"}


def test_nobody_approves_what_he_asked_for_and_nobody_signs_without_the_secret(
    plant: Plant,
) -> None:
    lot = plant.received("bearing", 100)
    wanted = order("WO-34")
    plant.person("production lead"), plant.person("quality manager")
    before = plant.everything()
    unsigned = ask(plant, lot, 10, wanted, secret=None, status=403)
    wrong = ask(plant, lot, 10, wanted, secret="guessed", status=403)
    assert unsigned["code"] == "signatures.secret_needed"
    assert wrong["code"] == "access.wrong_secret"
    too_much = ask(plant, lot, 101, wanted, status=409)
    assert too_much["code"] == "inspections.too_much_urgent"
    assert plant.everything() == before

    asked = ask(plant, lot, 10, wanted)
    before = plant.everything()
    own = approve(plant, asked, "production lead", status=403)
    assert own["code"] == "signatures.same_person"
    unsigned = approve(plant, asked, secret=None, status=403)
    assert unsigned["code"] == "signatures.secret_needed"
    twice = ask(plant, lot, 5, wanted, status=409)
    assert twice["code"] == "inspections.already_urgent"
    assert plant.everything() == before

    plant.person("quality manager").post(
        f"/urgent-releases/{asked['id']}/refuse", reason="the last lot cracked"
    )
    late = approve(plant, asked, status=409)
    assert late["code"] == "inspections.urgent_release_decided"
    assert plant.status(lot["lot_id"]) == "awaiting_inspection"


def test_a_lot_that_waits_for_nothing_needs_no_urgent_release(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=ago(days=1))

    refused = ask(plant, {"lot_id": lot["id"]}, 10, order("WO-35"), status=409)

    assert refused["code"] == "inspections.not_urgent"


def test_an_inspection_ahead_of_which_goods_were_released_needs_a_verdict(plant: Plant) -> None:
    lot, other = plant.received("bearing", 100), plant.received("bearing", 50)
    approve(plant, ask(plant, lot, 40, order("WO-37")))
    asked = ask(plant, other, 10, order("WO-38"))
    first, second = (plant.inspection(x["lot_id"])["id"] for x in (lot, other))

    refused = plant.admin.post(f"/inspections/{first}/cancel", reason="no time", status=409)
    plant.admin.post(f"/inspections/{second}/cancel", reason="opened twice")

    assert refused["code"] == "inspections.urgent_release_runs"
    ended = plant.person("auditor").get(f"/urgent-releases/{asked['id']}")
    assert (ended["state"], ended["outcome"], ended["drawn"]) == ("ended", "cancelled", "0")


def test_a_hold_stops_even_an_urgent_release(plant: Plant) -> None:
    lot = plant.received("bearing", 100)
    lot_id, wanted = lot["lot_id"], order("WO-36")
    approve(plant, ask(plant, lot, 40, wanted))

    plant.person("quality").post(
        f"/lots/{lot_id}/hold", cause="manual", reason="crack reported at another plant"
    )

    held = plant.person("warehouse").post(
        f"/lots/{lot_id}/issue", **plant.use(lot_id, "DOCK", 1, wanted), status=409
    )
    assert held["code"] == "stock.lot_on_hold"
