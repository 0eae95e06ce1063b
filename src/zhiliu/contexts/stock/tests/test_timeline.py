"""What happened to one record: for whoever may see it, without the right to read that of all."""

from uuid import uuid4

import pytest
from tests.plant import Plant, build_plant
from tests.support import NOBODY, caller

from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db

ABOUT = ("audit-entries", "events", "attachments", "signatures")


@pytest.fixture
def plant() -> Plant:
    return build_plant()


@pytest.fixture
def lot(plant: Plant) -> Lot:
    lot = plant.lot(10)
    caller().post(f"/lots/{lot.pk}/hold", cause="manual", reason="裂纹")
    plant.lot(10)
    return lot


@pytest.mark.parametrize("about", ABOUT)
def test_four_kinds_of_caller_ask_what_happened_to_a_lot(
    plant: Plant, lot: Lot, about: str
) -> None:
    path = f"/{about}?record_kind=stock.lot&record_id={lot.pk}"
    elsewhere = caller("stock.read", scope=Scope(site_id=uuid4()))

    assert NOBODY.send("GET", path).status_code == 401
    for stranger in (caller("stock.issue"), elsewhere):
        refused = stranger.send("GET", path)
        assert (refused.status_code, refused.json()["code"]) == (404, "stock.not_found")
    zh = caller("tests.other", language="zh-CN").send("GET", path).json()
    assert (zh["detail"][:3], zh["remedy"][-1]) == ("找不到", "。")
    keeper = caller("stock.read", scope=Scope(site_id=plant.site))
    assert keeper.send("GET", path).status_code == 200


def test_a_lot_tells_its_versions_and_events_and_no_others(plant: Plant, lot: Lot) -> None:
    reader = caller("stock.read", scope=Scope(supplier_id=plant.supplier))
    of_lot = f"record_kind=stock.lot&record_id={lot.pk}"

    entries = reader.get(f"/audit-entries?{of_lot}")["items"]
    events = reader.get(f"/events?{of_lot}&sort=-id")["items"]

    assert [(e["record_id"], e["record_version"]) for e in entries] == [
        (str(lot.pk), 1),
        (str(lot.pk), 2),
    ]
    assert (events[0]["type"], events[0]["reason"]) == ("stock.hold_placed.v1", "裂纹")
    assert {e["subject_id"] for e in events} == {str(lot.pk)}


@pytest.mark.parametrize("about", ["audit-entries", "events"])
def test_what_names_no_one_record_needs_the_right_to_read_all(lot: Lot, about: str) -> None:
    reader = caller("stock.read")

    for query in ("", f"record_id={lot.pk}", "record_kind=stock.lot"):
        refused = reader.send("GET", f"/{about}?{query}")
        assert (refused.status_code, refused.json()["code"]) == (403, "access.not_permitted")
