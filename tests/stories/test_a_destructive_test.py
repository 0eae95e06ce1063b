"""The tensile test breaks what it measures: three bolts are gone, and the lot's account says so."""

from tests.stories.plant import Plant, ago

MAJOR = {"severity_class": "major", "scheme": "iso", "level": "II", "aql": "2.5"}
LENGTH = {
    "code": "D1",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "nominal": "10",
    "lower": "9.9",
    "upper": "10.1",
    "resolution": "0.01",
}
TENSILE = {
    "code": "RM",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "lower": "800",
    "resolution": "1",
    "is_destructive": True,
    "scheme": "fixed",
    "fixed_n": 3,
    "basis": "nonconforming_units",
}


def test_the_plan_says_how_many_are_destroyed_and_the_rest_comes_back(plant: Plant) -> None:
    plant.plan("bolt", [LENGTH, TENSILE], [MAJOR])
    lot = plant.received("bolt", 100)["lot_id"]
    inspection = plant.inspection(lot)
    laboratory = plant.person("laboratory")

    taken = laboratory.post(
        f"/inspections/{inspection['id']}/sample",
        laboratory_id=plant.places["LAB"],
        retained="2",
        retention_id=plant.places["RETENTION"],
        expires_at=ago(days=-365).isoformat(),
    )

    assert (taken["quantity"], taken["destroyed"], taken["retained"]) == ("20", "3", "2")
    assert plant.lies(lot) == {"DOCK": "80", "LAB": "15"}
    assert plant.lies(taken["retained_lot_id"]) == {"RETENTION": "2"}

    grid = [("D1", unit, "10.01") for unit in range(1, 21)]
    grid += [("RM", unit, "812") for unit in range(1, 4)]
    standing = plant.read(inspection, *grid)["samples"]
    assert {(s["characteristic"], s["status"]) for s in standing} == {
        (None, "acceptable"),
        ("RM", "acceptable"),
    }
    laboratory.post(f"/lots/{lot}/move", **plant.part("LAB", 15), to_place_id=plant.places["A-01"])
    plant.decide(inspection, "accept")

    rows = plant.inspection(lot)["lots"]
    fields = ("presented", "accepted", "not_accepted", "open", "consumed", "retained")
    assert {f: sum(int(row[f]) for row in rows) for f in fields} == {
        "presented": 100,
        "accepted": 95,
        "not_accepted": 0,
        "open": 0,
        "consumed": 3,
        "retained": 2,
    }
    assert plant.lot(lot)["usable_quantity"] == "95"


def test_more_is_not_destroyed_than_was_taken(plant: Plant) -> None:
    plant.plan("bolt", [LENGTH, TENSILE], [MAJOR])
    lot = plant.received("bolt", 100)["lot_id"]
    before = plant.everything()

    refused = plant.person("laboratory").post(
        f"/inspections/{plant.inspection(lot)['id']}/sample",
        laboratory_id=plant.places["LAB"],
        quantity="4",
        destroyed="5",
        status=409,
    )

    assert refused["code"] == "inspections.sample_too_small"
    assert plant.everything() == before


def test_without_a_plan_the_quantity_is_stated(plant: Plant) -> None:
    lot = plant.received("bolt", 100)["lot_id"]
    path = f"/inspections/{plant.inspection(lot)['id']}/sample"
    laboratory = plant.person("laboratory")

    refused = laboratory.post(path, laboratory_id=plant.places["LAB"], status=409)
    taken = laboratory.post(path, laboratory_id=plant.places["LAB"], quantity="4", destroyed="1")

    assert refused["code"] == "inspections.sample_quantity_missing"
    assert (taken["quantity"], taken["destroyed"]) == ("4", "1")
    assert plant.lies(lot) == {"DOCK": "96", "LAB": "3"}


def test_the_sample_is_taken_once_and_more_of_it_takes_a_reason(plant: Plant) -> None:
    plant.plan("bolt", [LENGTH, TENSILE], [MAJOR])
    lot = plant.received("bolt", 100)["lot_id"]
    path = f"/inspections/{plant.inspection(lot)['id']}/sample"
    laboratory, lab = plant.person("laboratory"), plant.places["LAB"]

    first = laboratory.post(path, laboratory_id=lab, place_id=plant.places["DOCK"], quantity="12")
    rest = laboratory.post(path, laboratory_id=lab, place_id=plant.places["DOCK"])
    before = plant.everything()
    again = laboratory.post(path, laboratory_id=lab, place_id=plant.places["DOCK"], status=409)
    stated = laboratory.post(
        path, laboratory_id=lab, place_id=plant.places["DOCK"], quantity="20", status=409
    )

    assert (first["quantity"], first["destroyed"]) == ("12", "3")
    assert (rest["quantity"], rest["destroyed"]) == ("8", "0")
    assert again["code"] == stated["code"] == "inspections.sample_taken"
    assert again["detail"].endswith(
        "looks at 20 units, and 20 were taken to the laboratory already."
    )
    assert "a reason" in again["remedy"]
    assert plant.everything() == before

    more = laboratory.post(
        path,
        laboratory_id=lab,
        place_id=plant.places["DOCK"],
        quantity="5",
        reason="the jaws slipped on five",
    )
    assert (more["quantity"], more["destroyed"]) == ("5", "0")
    assert plant.lies(lot) == {"DOCK": "75", "LAB": "22"}


def test_what_is_in_the_laboratory_can_still_be_destroyed_or_kept(plant: Plant) -> None:
    plant.plan("bolt", [LENGTH], [MAJOR])
    lot = plant.received("bolt", 100)["lot_id"]
    path = f"/inspections/{plant.inspection(lot)['id']}/sample"
    laboratory, lab = plant.person("laboratory"), plant.places["LAB"]
    laboratory.post(path, laboratory_id=lab)

    later = laboratory.post(path, laboratory_id=lab, place_id=lab, destroyed="2")

    assert (later["quantity"], later["destroyed"]) == ("20", "2")
    assert plant.lies(lot) == {"DOCK": "80", "LAB": "18"}


def test_the_next_inspection_takes_a_sample_of_its_own(plant: Plant) -> None:
    plant.plan("bolt", [LENGTH], [MAJOR])
    lot = plant.received("bolt", 100)["lot_id"]
    laboratory = plant.person("laboratory")
    dock = {"laboratory_id": plant.places["LAB"], "place_id": plant.places["DOCK"]}
    laboratory.post(f"/inspections/{plant.inspection(lot)['id']}/sample", **dock)
    plant.admin.post(f"/inspections/{plant.inspection(lot)['id']}/cancel", reason="wrong drawing")
    plant.admin.post("/inspections", lot_ids=[lot], kind="retest", reason="right drawing")

    again = laboratory.post(f"/inspections/{plant.inspection(lot)['id']}/sample", **dock)

    assert again["quantity"] == "20"


def destroyed_whole(plant: Plant, *strengths: str) -> str:
    """Three bolts came, all three were pulled apart; the lot that they were."""
    full = {"severity_class": "major", "scheme": "full", "may_skip": True}
    plant.plan("bolt", [TENSILE], [full])
    lot: str = plant.received("bolt", 3)["lot_id"]
    inspection = plant.inspection(lot)
    plant.person("laboratory").post(
        f"/inspections/{inspection['id']}/sample", laboratory_id=plant.places["LAB"]
    )
    assert plant.lies(lot) == {}
    plant.read(inspection, *(("RM", n + 1, strength) for n, strength in enumerate(strengths)))
    return lot


def test_what_was_destroyed_whole_is_accepted_although_nothing_is_left(plant: Plant) -> None:
    lot = destroyed_whole(plant, "812", "820", "805")
    judge = f"/inspections/{plant.inspection(lot)['id']}/judge"
    assert plant.admin.post(judge, status=409)["code"] == "inspections.nothing_open"

    plant.decide(plant.inspection(lot), "accept")

    seen = plant.inspection(lot)
    (row,) = seen["lots"]
    assert (seen["state"], seen["inspected"], seen["nonconforming"]) == ("accepted", "3", "0")
    assert (row["presented"], row["consumed"], row["accepted"]) == ("3", "3", "0")
    (state,) = plant.every("/sampling-states")
    assert state["accepted_run"] == 1
    assert plant.every("/nonconformance-reports") == []


def test_what_was_destroyed_whole_and_is_not_accepted_is_reported(plant: Plant) -> None:
    lot = destroyed_whole(plant, "812", "640")

    plant.decide(plant.inspection(lot), "not-accept")

    assert plant.inspection(lot)["state"] == "not_accepted"
    report = plant.report(lot)
    (row,) = report["lots"]
    assert (row["quantity"], row["open"], row["cleared"]) == ("3", "0", "3")
    assert (report["state"], report["estimated_cost"]) == ("disposed", "37.5")
    closed = plant.person("review board").post(
        f"/nonconformance-reports/{report['id']}/close", reason="the supplier was told"
    )
    assert closed["state"] == "closed"
