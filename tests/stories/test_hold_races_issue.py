"""Quality places a hold while the warehouse issues the same goods, really at the same time."""

from typing import Any

from tests.stories.plant import Plant, open_plant, order
from tests.support_committing import at_once, committing

ROUNDS = 12


def test_whoever_wins_no_order_both_loses_its_goods_and_gets_them(django_db_blocker: Any) -> None:
    with committing(django_db_blocker):
        plant = open_plant()
        for _ in range(ROUNDS):
            _one_race(plant)


def _one_race(plant: Plant) -> None:
    lot = plant.stock("bearing", 30)["id"]
    orders = [order(f"WO-{n}") for n in range(3)]
    quality, warehouse = plant.person("quality"), plant.person("warehouse")
    for wanted in orders:
        plant.person("planner").post(
            f"/lots/{lot}/reserve", **plant.use(lot, "A-01", 10, wanted), status=201
        )

    def act(n: int) -> Any:
        if n == 3:
            return quality.send("POST", f"/lots/{lot}/hold", {"reason": "cage cracks"})
        return warehouse.send("POST", f"/lots/{lot}/issue", plant.use(lot, "A-01", 10, orders[n]))

    *issues, hold = at_once(act, 4)

    assert hold.status_code == 201, hold.content.decode()
    lost = {name.rpartition("/")[2] for name in hold.json()["broken_orders"]}
    issued = set()
    for wanted, answer in zip(orders, issues, strict=True):
        if answer.status_code == 201:
            issued.add(wanted["number"])
        else:
            assert (answer.status_code, answer.json()["code"]) == (409, "stock.lot_on_hold")
    # the hold names exactly the orders that it stopped: nothing left after it
    assert lost == {wanted["number"] for wanted in orders} - issued
    assert plant.lies(lot) == ({"A-01": str(10 * len(lost))} if lost else {})
    gate = {v["version"]: (v["status"], v["holds"]) for v in plant.lot(lot)["versions"]}
    for move in plant.every("/moves", lot_id=lot, kind="issue"):
        assert gate[move["lot_version"]] == ("released", [])
