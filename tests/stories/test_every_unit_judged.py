"""Every unit was inspected: the good ones are released, the bad ones split off and blocked."""

from tests.stories.plant import Plant


def test_the_good_part_is_released_and_the_bad_part_blocked_in_one_act(plant: Plant) -> None:
    arrived = plant.received("housing", 40)
    lot = arrived["lot_id"]
    inspection = plant.count(lot, 40, 3, POROUS=3)

    verdict = plant.decide(inspection, "judge", parts=[{"quantity": "3"}])

    assert [(x["lot"], x["quantity"], x["is_accepted"]) for x in verdict["lots"]] == [
        (arrived["lot"], "37", True),
        (f"{arrived['lot']}.1", "3", False),
    ]
    bad = verdict["lots"][1]["lot_id"]
    assert (plant.status(lot), plant.status(bad)) == ("released", "blocked")
    assert (plant.lies(lot), plant.lies(bad)) == ({"DOCK": "37"}, {"DOCK": "3"})
    totals = plant.inspection(lot)["lots"]
    assert sum(int(x["accepted"]) for x in totals) == 37
    assert sum(int(x["not_accepted"]) for x in totals) == 3
    assert sum(int(x["presented"]) for x in totals) == 40


def test_a_part_is_not_accepted_where_only_a_sample_was_inspected(plant: Plant) -> None:
    lot = plant.received("housing", 40)["lot_id"]
    inspection = plant.count(lot, 39, 3, POROUS=3)
    before = plant.everything()

    refused = plant.decide(inspection, "judge", parts=[{"quantity": "3"}], status=409)

    assert refused["code"] == "inspections.not_every_unit_inspected"
    assert plant.everything() == before


def test_every_nonconforming_unit_is_named(plant: Plant) -> None:
    lot = plant.received("housing", 40)["lot_id"]
    inspection = plant.count(lot, 40, 3, POROUS=3)
    before = plant.everything()

    for parts in ([], [{"quantity": "2"}], [{"quantity": "4"}]):
        refused = plant.decide(inspection, "judge", parts=parts, status=409)
        assert refused["code"] == "inspections.units_not_named"

    assert plant.everything() == before


def test_bad_units_of_an_accepted_sample_are_taken_out(plant: Plant) -> None:
    arrived = plant.received("bearing", 500)
    inspection = plant.count(arrived["lot_id"], 50, 1, RUST=1)

    verdict = plant.decide(inspection, "accept", parts=[{"quantity": "1"}])

    assert [(x["quantity"], x["status"]) for x in verdict["lots"]] == [
        ("499", "released"),
        ("1", "blocked"),
    ]
