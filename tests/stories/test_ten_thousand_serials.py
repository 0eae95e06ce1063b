"""10,000 serials are received, counted and released; one of them is not good."""

from time import monotonic

from tests.stories.plant import Plant

SERIALS = [f"P26-{n:05}" for n in range(10_000)]
BAD = "P26-04711"


def test_each_act_takes_less_than_two_seconds_and_touches_the_lot_once(plant: Plant) -> None:
    bought = plant.buy("pump", 10_000, material_id=plant.material("pump", control="serial"))
    taken: dict[str, float] = {}

    began = monotonic()
    (arrived,) = plant.arrive(bought, {"quantity": 10_000, "serials": SERIALS})
    taken["receive"] = monotonic() - began
    lot = arrived["lot_id"]
    assert plant.lies(lot) == {"DOCK": "10000"}
    assert len(plant.every("/serials", lot_id=lot)) == 10_000
    assert plant.events(lot) == ["stock.lot_created.v1"]

    began = monotonic()
    inspection = plant.count(lot, 10_000, 1, LEAK=1)
    taken["count"] = monotonic() - began
    began = monotonic()
    verdict = plant.decide(inspection, "judge", parts=[{"quantity": "1", "serials": [BAD]}])
    taken["judge"] = monotonic() - began

    assert {act: seconds for act, seconds in taken.items() if seconds >= 2} == {}
    assert [(x["quantity"], x["status"]) for x in verdict["lots"]] == [
        ("9999", "released"),
        ("1", "blocked"),
    ]
    bad = verdict["lots"][1]["lot_id"]
    assert (plant.lies(lot), plant.lies(bad)) == ({"DOCK": "9999"}, {"DOCK": "1"})
    assert [s["number"] for s in plant.every("/serials", lot_id=bad)] == [BAD]
    assert len(plant.every("/serials", lot_id=lot)) == 9_999
    assert plant.events(lot) == [
        "stock.lot_created.v1",
        "stock.lot_split.v1",
        "stock.lot_released.v1",
    ]
    assert plant.events(bad) == ["stock.lot_created.v1", "stock.lot_blocked.v1"]


def test_delivery_follows_delivery(plant: Plant) -> None:
    plant.material("pump", control="serial")

    lots = [plant.received("pump", 5, serials=[f"{n}-{i}" for i in range(5)]) for n in range(3)]

    for n, lot in enumerate(lots):
        numbers = [s["number"] for s in plant.every("/serials", lot_id=lot["lot_id"])]
        assert sorted(numbers) == [f"{n}-{i}" for i in range(5)]


def test_a_piece_takes_its_lots_status_and_no_piece_exists_twice(plant: Plant) -> None:
    plant.material("pump", control="serial")
    lot = plant.received("pump", 3, serials=["S1", "S2", "S3"])["lot_id"]
    plant.decide(plant.count(lot, 3), "accept")

    (one,) = plant.person("warehouse").get("/serials?number=S2")["items"]

    assert (one["status"], one["place"]) == ("released", "DOCK")
    bought = plant.buy("pump", 1)
    before = plant.everything()
    twice = plant.person("dock").post(
        "/arrivals",
        order_id=bought["id"],
        place_id=plant.places["DOCK"],
        lines=[{"order_line_id": bought["lines"][0]["id"], "quantity": "1", "serials": ["S2"]}],
        status=409,
    )
    assert "S2" in twice["detail"]
    assert plant.everything() == before
