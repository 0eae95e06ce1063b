"""An auditor asks: what was shippable at 10:00 last Tuesday?"""

from datetime import datetime, time, timedelta
from urllib.parse import quote

from tests.stories.plant import SITE_ZONE, Plant, ago, order
from zhiliu.kernel.clock import server_time


def tuesday(hour: int) -> datetime:
    """That hour of the last Tuesday before today, at the site."""
    today = server_time().astimezone(SITE_ZONE).date()
    day = today - timedelta(days=(today.weekday() - 1) % 7 or 7)
    return datetime.combine(day, time(hour), SITE_ZONE)


def stock_at(plant: Plant, at: datetime) -> dict[str, tuple[str, str, bool]]:
    """Lot and place to quantity, status and whether it was usable."""
    rows = plant.person("auditor").get(
        f"/stock-at?company_id={plant.company}&at={quote(at.isoformat())}"
    )["items"]
    return {f"{r['lot']} {r['place']}": (r["quantity"], r["status"], r["is_usable"]) for r in rows}


def test_the_answer_is_what_lay_there_and_what_its_gate_said_at_that_hour(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=tuesday(7))
    quality, warehouse = plant.person("quality"), plant.person("warehouse")
    held = quality.post(
        f"/lots/{lot['id']}/hold", reason="noise", occurred_at=tuesday(9).isoformat()
    )
    quality.post(
        f"/holds/{held['hold']['id']}/lift",
        reason="measured: no noise",
        occurred_at=tuesday(11).isoformat(),
    )
    warehouse.post(
        f"/lots/{lot['id']}/move",
        **plant.part("A-01", 60),
        to_place_id=plant.places["A-02"],
        occurred_at=tuesday(12).isoformat(),
    )
    warehouse.post(
        f"/lots/{lot['id']}/ship",
        **plant.use(lot["id"], "A-02", 60, order("SO-1")),
        occurred_at=tuesday(14).isoformat(),
    )
    number = lot["number"]

    assert stock_at(plant, tuesday(6)) == {}
    assert stock_at(plant, tuesday(8)) == {f"{number} A-01": ("100", "released", True)}
    assert stock_at(plant, tuesday(10)) == {f"{number} A-01": ("100", "released", False)}
    assert stock_at(plant, tuesday(13)) == {
        f"{number} A-01": ("40", "released", True),
        f"{number} A-02": ("60", "released", True),
    }
    assert stock_at(plant, ago()) == {f"{number} A-01": ("40", "released", True)}


def test_what_happened_since_does_not_change_the_answer(plant: Plant) -> None:
    lot = plant.stock("bearing", 100, at=tuesday(7), expires_at=tuesday(12).isoformat())
    then = stock_at(plant, tuesday(10))

    plant.person("quality").post(f"/lots/{lot['id']}/hold", reason="noise")
    plant.person("quality").post(
        f"/lots/{lot['id']}/scrap", **plant.part("A-01", 100), reason="expired"
    )

    assert then == {f"{lot['number']} A-01": ("100", "released", True)}
    assert stock_at(plant, tuesday(10)) == then
    assert stock_at(plant, tuesday(13)) == {f"{lot['number']} A-01": ("100", "released", False)}
    assert stock_at(plant, ago()) == {}
