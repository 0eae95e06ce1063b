"""Receiving through HTTP."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.buying import build_plant, line
from tests.support import NOBODY, Caller, caller

from zhiliu.contexts.receiving.models import Arrival, GateRefusal, SupplierReturn
from zhiliu.contexts.receiving.tests.dock import Dock, build_dock, delivered
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 5, 4, 8, tzinfo=UTC)
AT = "2026-05-05T08:00:00Z"


@pytest.fixture
def dock() -> Dock:
    return build_dock()


@pytest.fixture
def order(dock):
    return dock.plant.order(line(dock.plant.material(), 100))


def arrived(dock: Dock, order: Any, **changes: Any) -> dict[str, Any]:
    goods = {"order_line_id": str(order.lines[0].line.pk), "quantity": "60"}
    return {
        "order_id": str(order.order.pk),
        "place_id": str(dock.place.pk),
        "lines": [goods],
        "occurred_at": AT,
        **changes,
    }


def refused(order: Any, **changes: Any) -> dict[str, Any]:
    return {
        "order_id": str(order.order.pk),
        "description": "one pallet",
        "reason": "soaked",
        "occurred_at": AT,
        **changes,
    }


def sent_back(dock: Dock, lot: Any, **changes: Any) -> dict[str, Any]:
    goods = {"lot_id": str(lot.pk), "place_id": str(dock.place.pk), "quantity": "5"}
    return {"lines": [goods], "reason": "cracked", "occurred_at": AT, **changes}


def test_goods_arrive_partly_and_the_order_shows_what_is_open(dock, order):
    clerk = caller()

    arrival = clerk.post("/arrivals", **arrived(dock, order, delivery_note="DN-1"))

    (row,) = arrival["lines"]
    assert (arrival["number"], arrival["order"]) == ("ARR-000001", order.order.number)
    assert (row["line_kind"], row["stock_quantity"], row["is_on_hold"]) == (
        "received",
        "60",
        False,
    )
    assert [c["kind"] for c in arrival["consequences"]] == ["inspections.inspection"]
    material, supplier = order.lines[0].material, dock.plant.supplier
    assert (row["material"], row["material_name"]) == (material.number, material.name)
    assert (arrival["supplier"], arrival["supplier_name"]) == (supplier.number, supplier.name)
    assert clerk.get(f"/arrivals/{arrival['id']}") == {**arrival, "consequences": []}
    assert clerk.send("GET", f"/arrivals/{arrival['id']}").headers["ETag"] == '"1"'
    shown = clerk.get(f"/orders/{order.order.pk}")["lines"][0]
    assert (shown["received"], shown["open"], shown["is_complete"]) == ("60", "40", False)
    clerk.post("/arrivals", **arrived(dock, order))
    assert clerk.get(f"/orders/{order.order.pk}")["lines"][0]["is_complete"] is True


def test_a_surplus_shows_on_hold(dock, order):
    clerk = caller()
    clerk.post("/arrivals", **arrived(dock, order))

    arrival = clerk.post("/arrivals", **arrived(dock, order))

    shown = [(r["line_kind"], r["stock_quantity"], r["is_on_hold"]) for r in arrival["lines"]]
    assert shown == [("received", "40", False), ("surplus", "20", True)]
    assert clerk.get(f"/arrivals/{arrival['id']}") == {**arrival, "consequences": []}


def test_a_draft_order_is_refused_with_the_way_out(dock):
    order = dock.plant.order(line(dock.plant.material()), confirm=False)

    answer = caller(language="zh").post("/arrivals", 409, **arrived(dock, order))

    assert answer["code"] == "receiving.order_not_placed"
    assert "草稿" in answer["detail"]
    assert "无订单收货" in answer["remedy"]
    assert not Arrival.objects.exists()


def test_the_same_key_receives_once(dock, order):
    clerk = caller()
    first = clerk.send("POST", "/arrivals", arrived(dock, order), key="k1")
    again = clerk.send("POST", "/arrivals", arrived(dock, order), key="k1")

    assert (first.status_code, again.content) == (201, first.content)
    assert Arrival.objects.count() == 1


def test_goods_are_refused_at_the_gate(dock, order):
    clerk = caller()

    refusal = clerk.post("/gate-refusals", **refused(order))

    assert (refusal["number"], refusal["reason"]) == ("RFS-000001", "soaked")
    assert clerk.get(f"/gate-refusals/{refusal['id']}") == refusal


def test_goods_go_back(dock, order):
    clerk = caller()
    (one,) = dock.receive(delivered(order), order=order, at=BEFORE).lots

    back = clerk.post("/supplier-returns", **sent_back(dock, one.lot))

    (row,) = back["lines"]
    assert (back["number"], row["lot"], row["quantity"]) == ("RTV-000001", one.lot.number, "5")
    assert clerk.get(f"/supplier-returns/{back['id']}") == back
    assert back["supplier_name"] == dock.plant.supplier.name
    shown = clerk.get(f"/orders/{order.order.pk}")["lines"][0]
    assert (shown["received"], shown["returned"], shown["open"]) == ("100", "5", "5")


@pytest.mark.parametrize(
    "goods",
    [
        {"quantity": "1", "expires_date": "9999-12-31"},
        {"quantity": "1e400"},
        {"quantity": "1", "serials": [""]},
        {"quantity": "1", "supplier_lot": "x" * 61},
        {},
    ],
)
def test_a_payload_that_does_not_fit_is_422(dock, order, goods):
    line_id = str(order.lines[0].line.pk)

    answer = caller().post(
        "/arrivals", 422, **arrived(dock, order, lines=[{"order_line_id": line_id, **goods}])
    )

    assert answer["code"] == "commands.invalid_payload"
    assert not Arrival.objects.exists()


def strangers(dock: Dock, operation: str) -> list[tuple[Caller, int]]:
    """Who may not, and how each is answered on a record of this dock."""
    return [
        (NOBODY, 401),
        (caller("catalog.read"), 403),
        (caller(operation, scope=Scope(supplier_id=dock.plant.partner().pk)), 404),
        (caller(operation, scope=Scope(site_id=build_plant().site.pk)), 404),
    ]


WRITES: dict[str, tuple[str, Any]] = {
    "receiving.receive_goods": ("/arrivals", Arrival),
    "receiving.refuse_at_gate": ("/gate-refusals", GateRefusal),
    "receiving.return_goods": ("/supplier-returns", SupplierReturn),
}


@pytest.mark.parametrize("operation", WRITES)
def test_four_kinds_of_caller_write(dock, order, operation):
    path, model = WRITES[operation]
    (one,) = dock.receive(delivered(order), order=order, at=BEFORE).lots
    body = {
        "/arrivals": arrived(dock, order),
        "/gate-refusals": refused(order),
        "/supplier-returns": sent_back(dock, one.lot),
    }[path]
    before = model.objects.count()

    for who, status in strangers(dock, operation):
        assert who.send("POST", path, body).status_code == status
    assert model.objects.count() == before
    caller(operation, scope=Scope(site_id=dock.plant.site.pk)).post(path, 201, **body)


def test_four_kinds_of_caller_read(dock, order):
    arrival = dock.receive(delivered(order), order=order, at=BEFORE)
    clerk = caller()
    refusal = clerk.post("/gate-refusals", **refused(order))
    back = clerk.post("/supplier-returns", **sent_back(dock, arrival.lots[0].lot))
    records = {
        "/arrivals": arrival.arrival.pk,
        "/gate-refusals": refusal["id"],
        "/supplier-returns": back["id"],
    }
    supplier = caller("receiving.read", scope=Scope(supplier_id=dock.plant.supplier.pk))
    stranger = caller("receiving.read", scope=Scope(supplier_id=dock.plant.partner().pk))

    for path, pk in records.items():
        for one in (path, f"{path}/{pk}"):
            assert NOBODY.send("GET", one).status_code == 401
            assert caller("catalog.read").send("GET", one).status_code == 403
        assert [row["id"] for row in supplier.get(path)["items"]] == [str(pk)]
        assert supplier.send("GET", f"{path}/{pk}").status_code == 200
        assert stranger.get(path)["items"] == []
        assert stranger.send("GET", f"{path}/{pk}").status_code == 404
        assert clerk.send("GET", f"{path}/{uuid4()}").status_code == 404


def test_arrivals_are_filtered_and_searched(dock, order):
    one = dock.receive(delivered(order, 10), order=order, delivery_note="DN-77").arrival
    dock.receive(delivered(order, 10), order=order)
    clerk = caller()

    def numbers(query: str) -> list[str]:
        return [row["number"] for row in clerk.get(f"/arrivals?{query}")["items"]]

    assert numbers("delivery_note=DN-77") == [one.number]
    assert numbers("search=dn-7") == [one.number]
    assert len(numbers(f"search={dock.plant.supplier.name[:5].lower()}")) == 2
    assert len(numbers(f"order_id={order.order.pk}")) == 2
    assert numbers("arrived_before=2020-01-01T00:00:00Z") == []


def test_lists_and_details_take_the_same_queries_whatever_their_length(dock):
    materials = [dock.plant.material() for _ in range(3)]
    order = dock.plant.order(*(line(m, 100) for m in materials))
    clerk = caller()
    counts: list[list[int]] = []
    for many in (1, 3):
        got = dock.receive(
            *(delivered(order, 5, line=n + 1) for n in range(many)), order=order, at=BEFORE
        )
        refusal = clerk.post("/gate-refusals", **refused(order))
        back = clerk.post("/supplier-returns", **sent_back(dock, got.lots[0].lot))
        paths = {
            "/arrivals": 1,
            f"/arrivals/{got.arrival.pk}": 2,
            "/gate-refusals": 1,
            f"/gate-refusals/{refusal['id']}": 1,
            "/supplier-returns": 1,
            f"/supplier-returns/{back['id']}": 2,
        }
        seen = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                clerk.get(path)
            seen.append(len([q for q in captured if "receiving_" in q["sql"]]))
        counts.append(seen)

    assert counts == [[1, 2, 1, 1, 1, 2]] * 2
