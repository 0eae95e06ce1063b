"""What the same characteristic was like in the lots before."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support import NOBODY, caller

from zhiliu.contexts.inspections.tests.conftest import inspection_of
from zhiliu.contexts.inspections.tests.planned import attribute, make_plan, numeric, read
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(dock):
    """Six inspections of one material, a lot each, the oldest first."""
    make_plan(dock.plant.material("bearing"), [numeric("D1"), attribute("LOOK")])
    return [inspection_of(dock.arrive(100)[0]) for _ in range(6)]


def history(inspection, who=None):
    return (who or caller("inspections.read")).get(f"/inspections/{inspection.pk}/history")["items"]


def test_the_last_four_lots_say_mean_least_and_greatest(before):
    for n, inspection in enumerate(before):
        read(inspection, ("D1", 1, f"{10 + n / 10:.1f}"), ("D1", 2, "10.5"), ("LOOK", 1, "ok"))
    read(before[3], ("D1", 1, "9.1"), hour=2, reason="typing error")
    read(before[4], ("D1", 3, "8"), hour=2, confirm=True)

    rows = history(before[5])

    assert [row["inspection"] for row in rows] == [i.number for i in before[4:0:-1]]
    assert {row["characteristic"] for row in rows} == {"D1"}
    shown = [(r["count"], r["out"], r["mean"], r["least"], r["greatest"]) for r in rows]
    assert shown == [
        (3, 1, "9.633333", "8", "10.5"),
        (2, 0, "9.8", "9.1", "10.5"),
        (2, 0, "10.35", "10.2", "10.5"),
        (2, 0, "10.3", "10.1", "10.5"),
    ]
    assert rows[0]["lot"].startswith("L-") and rows[0]["state"] == "open"
    assert history(before[0]) == []


def test_only_what_the_caller_may_see_and_of_the_same_supplier(before, plant):
    read(before[0], ("D1", 1, "10"))
    address = f"/inspections/{before[1].pk}/history"

    assert NOBODY.send("GET", address).status_code == 401
    assert caller("stock.read").send("GET", address).status_code == 403
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=uuid4())):
        refused = caller("inspections.read", scope=scope).send("GET", address)
        assert refused.status_code == 404
    for scope in (Scope(site_id=plant.site), Scope(supplier_id=plant.supplier)):
        (row,) = history(before[1], caller("inspections.read", scope=scope))
        assert row["inspection"] == before[0].number


def test_the_queries_do_not_grow_with_what_was_inspected_before(before):
    who = caller("inspections.read")

    def queries(inspection):
        who.get("/me")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            history(inspection, who)
        return len(asked)

    read(before[0], ("D1", 1, "10"))
    few = queries(before[1])
    for inspection in before[1:5]:
        read(inspection, ("D1", 1, "10"), ("D1", 2, "10"))
    assert queries(before[5]) == few
