"""Somebody books late: the time stated must fit the books, the gate and the shelf of that time."""

from datetime import timedelta
from typing import Any

from tests.stories.plant import SITE_ZONE, Plant, ago, order


def test_nothing_is_posted_into_a_closed_period(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=ago(days=40))
    accountant = plant.person("accountant")
    day = ago(days=20).astimezone(SITE_ZONE).date()
    period = accountant.post(
        "/periods",
        company_id=plant.company,
        starts_on=day.isoformat(),
        ends_on=(day + timedelta(days=7)).isoformat(),
    )
    inside = ago(days=17).isoformat()
    warehouse = plant.person("warehouse")
    wanted = plant.use(lot["id"], "A-01", 5, order("WO-1"))
    warehouse.post(f"/lots/{lot['id']}/issue", **wanted, occurred_at=inside)
    accountant.post(f"/periods/{period['id']}/close")
    before = plant.everything()

    refused = warehouse.post(f"/lots/{lot['id']}/issue", **wanted, occurred_at=inside, status=409)

    assert refused["code"] == "stock.period_closed"
    assert day.isoformat() in refused["detail"]
    assert plant.everything() == before
    warehouse.post(f"/lots/{lot['id']}/issue", **wanted, occurred_at=ago(days=5).isoformat())
    assert plant.lies(lot["id"]) == {"A-01": "90"}


def test_nothing_was_used_before_it_was_released(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    (arrived,) = plant.arrive(bought, {"quantity": 100}, at=ago(hours=5))
    lot = arrived["lot_id"]
    plant.decide(plant.count(lot, 10), "accept")
    warehouse = plant.person("warehouse")
    wanted = plant.use(lot, "DOCK", 5, order("WO-1"))
    before = plant.everything()

    refused = warehouse.post(
        f"/lots/{lot}/issue", **wanted, occurred_at=ago(hours=2).isoformat(), status=409
    )

    assert refused["code"] == "stock.not_usable_then"
    assert "after the release" in refused["remedy"]
    assert plant.everything() == before
    warehouse.post(f"/lots/{lot}/issue", **wanted)


def test_nothing_was_used_while_it_was_on_hold_even_if_it_is_free_now(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=ago(hours=9))
    quality = plant.person("quality")
    held = quality.post(
        f"/lots/{lot['id']}/hold", reason="noise", occurred_at=ago(hours=6).isoformat()
    )
    quality.post(
        f"/holds/{held['hold']['id']}/lift",
        reason="measured: no noise",
        occurred_at=ago(hours=3).isoformat(),
    )
    warehouse = plant.person("warehouse")
    wanted = plant.use(lot["id"], "A-01", 5, order("WO-1"))

    refused = warehouse.post(
        f"/lots/{lot['id']}/issue", **wanted, occurred_at=ago(hours=4).isoformat(), status=409
    )

    assert refused["code"] == "stock.not_usable_then"
    for hours in (8, 2):
        warehouse.post(
            f"/lots/{lot['id']}/issue", **wanted, occurred_at=ago(hours=hours).isoformat()
        )


def test_nothing_was_taken_from_a_bin_before_it_lay_there(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=ago(hours=9))
    warehouse = plant.person("warehouse")
    warehouse.post(
        f"/lots/{lot['id']}/move",
        **plant.part("A-01", 60),
        to_place_id=plant.places["A-02"],
        occurred_at=ago(hours=3).isoformat(),
    )
    before = plant.everything()

    refused = warehouse.post(
        f"/lots/{lot['id']}/issue",
        **plant.use(lot["id"], "A-02", 5, order("WO-1")),
        occurred_at=ago(hours=6).isoformat(),
        status=409,
    )

    assert refused["code"] == "stock.not_there_then"
    assert "A-02" in refused["detail"]
    assert plant.everything() == before


def test_nothing_was_used_between_the_end_of_an_allowance_and_the_new_release(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=ago(hours=9))["id"]
    quality, warehouse = plant.person("quality"), plant.person("warehouse")
    quality.post(
        f"/lots/{lot}/restrict",
        until=ago(hours=5).isoformat(),
        reason="grease ages, allowed for three hours",
        occurred_at=ago(hours=8).isoformat(),
    )
    quality.post("/inspections", lot_ids=[lot], kind="retest", reason="grease renewed")
    plant.decide(plant.count(lot, 10), "accept")
    wanted = plant.use(lot, "A-01", 5, order("WO-1"))
    before = plant.everything()

    refused = warehouse.post(
        f"/lots/{lot}/issue", **wanted, occurred_at=ago(hours=2).isoformat(), status=409
    )

    assert refused["code"] == "stock.not_usable_then"
    assert plant.everything() == before
    warehouse.post(f"/lots/{lot}/issue", **wanted, occurred_at=ago(hours=7).isoformat())
    warehouse.post(f"/lots/{lot}/issue", **wanted)


def test_a_count_that_is_booked_late_corrects_what_was_there_then(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=ago(hours=9))
    plant.person("warehouse").post(
        f"/lots/{lot['id']}/issue",
        **plant.use(lot["id"], "A-01", 30, order("WO-1")),
        occurred_at=ago(hours=2).isoformat(),
    )
    told: dict[str, Any] = {
        "place_id": plant.places["A-01"],
        "owner_id": plant.own,
        "occurred_at": ago(hours=4).isoformat(),
        "reason": "counted in the morning, typed in at noon",
    }
    stocktaker = plant.person("stocktaker")

    stocktaker.post(f"/lots/{lot['id']}/count", **told, counted="98")

    assert plant.lies(lot["id"]) == {"A-01": "68"}
    right = stocktaker.post(f"/lots/{lot['id']}/count", **told, counted="98")
    assert right["adjusted"] is False
    before = plant.everything()
    refused = stocktaker.post(f"/lots/{lot['id']}/count", **told, counted="20", status=409)
    assert refused["code"] == "stock.not_there_then"
    assert plant.everything() == before
