"""The laboratory destroys one sample and keeps another; the rest comes back."""

from tests.stories.plant import Plant, ago, order


def test_a_destroyed_sample_is_gone_and_what_was_left_of_it_returns(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    laboratory = plant.person("laboratory")

    laboratory.post(
        f"/lots/{lot['id']}/sample",
        **plant.part("A-01", 8),
        laboratory_id=plant.places["LAB"],
    )
    laboratory.post(f"/lots/{lot['id']}/consume-sample", **plant.part("LAB", 5))
    laboratory.post(
        f"/lots/{lot['id']}/move", **plant.part("LAB", 3), to_place_id=plant.places["A-01"]
    )

    assert plant.lies(lot["id"]) == {"A-01": "95"}
    moves = [(m["kind"], m["to_place"], m["quantity"]) for m in plant.every("/moves")]
    assert moves[-3:] == [
        ("take_sample", "LAB", "8"),
        ("consume_sample", "consumed_in_test", "5"),
        ("move", "A-01", "3"),
    ]
    assert plant.events(lot["id"]).count("stock.sample_consumed.v1") == 1


def test_a_kept_sample_is_a_blocked_lot_with_its_own_date(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    laboratory = plant.person("laboratory")
    keep_until = ago(days=-3650)

    kept = laboratory.post(
        f"/lots/{lot['id']}/retain-sample",
        **plant.part("A-01", 2),
        retention_id=plant.places["RETENTION"],
        expires_at=keep_until.isoformat(),
    )

    assert (kept["number"], kept["status"]) == (f"{lot['number']}.1", "blocked")
    assert plant.lies(kept["id"]) == {"RETENTION": "2"}
    assert plant.lies(lot["id"]) == {"A-01": "98"}
    assert plant.lot(kept["id"])["lot"]["expires_at"][:10] == str(keep_until.date())
    assert plant.status(lot["id"]) == "released"
    refused = plant.person("warehouse").post(
        f"/lots/{kept['id']}/issue",
        **plant.use(kept["id"], "RETENTION", 1, order("WO-1")),
        status=409,
    )
    assert refused["code"] == "stock.lot_not_usable"


def test_samples_of_goods_under_inspection_are_accounted_for_in_it(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]
    laboratory = plant.person("laboratory")
    laboratory.post(
        f"/lots/{lot}/sample", **plant.part("DOCK", 5), laboratory_id=plant.places["LAB"]
    )
    laboratory.post(f"/lots/{lot}/consume-sample", **plant.part("LAB", 5))
    laboratory.post(
        f"/lots/{lot}/retain-sample",
        **plant.part("DOCK", 2),
        retention_id=plant.places["RETENTION"],
    )

    plant.decide(plant.count(lot, 5), "accept")

    rows = plant.inspection(lot)["lots"]
    fields = ("presented", "accepted", "not_accepted", "open", "consumed", "retained")
    totals = {name: sum(int(row[name]) for row in rows) for name in fields}
    assert totals == {
        "presented": 100,
        "accepted": 93,
        "not_accepted": 0,
        "open": 0,
        "consumed": 5,
        "retained": 2,
    }
    assert [row["status"] for row in rows] == ["released", "blocked"]
    assert plant.lot(lot)["usable_quantity"] == "93"


def test_nothing_is_destroyed_in_test_outside_a_laboratory(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)
    before = plant.everything()

    refused = plant.person("laboratory").post(
        f"/lots/{lot['id']}/consume-sample", **plant.part("A-01", 5), status=409
    )

    assert refused["code"] == "stock.wrong_place"
    assert "A-01" in refused["detail"]
    assert plant.everything() == before
