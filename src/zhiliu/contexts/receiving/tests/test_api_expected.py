"""What the dock may expect, through HTTP."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

import pytest
from tests.buying import build_plant, line
from tests.support import NOBODY, caller, run

from zhiliu.contexts.purchasing.public import close_order, set_supplier_terms
from zhiliu.contexts.receiving.rules import in_ordered_unit
from zhiliu.contexts.receiving.tests.dock import Dock, build_dock, delivered
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock() -> Dock:
    return build_dock()


def expected(dock: Dock, **query: str):
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    return caller().get(f"/expected-orders?site_id={dock.plant.site.pk}&{parameters}")["items"]


def test_orders_stand_in_the_order_in_which_they_are_due_until_all_of_it_came(dock):
    material = dock.plant.material()
    later = dock.plant.order(line(material, due_date=date(2026, 6, 2)))
    sooner = dock.plant.order(
        line(material, due_date=date(2026, 6, 1)), line(material, due_date=date(2026, 7, 1))
    )
    dock.plant.order(line(material, due_date=date(2026, 5, 1)), confirm=False)
    closed = dock.plant.order(line(material, due_date=date(2026, 5, 1)))
    run(
        lambda command, at: close_order(order_id=closed.order.pk, command=command, at=at),
        reason="not needed",
    )

    rows = expected(dock)

    assert [(r["number"], r["due_date"], r["open_lines"]) for r in rows] == [
        (sooner.order.number, "2026-06-01", 2),
        (later.order.number, "2026-06-02", 1),
    ]
    assert rows[0]["supplier_name"] == "Supplier"
    assert [r["number"] for r in expected(dock, search=material.number)] == [
        sooner.order.number,
        later.order.number,
    ]
    assert expected(dock, search="no such material") == []
    assert [r["number"] for r in expected(dock, due_to="2026-06-01")] == [sooner.order.number]
    dock.receive(delivered(sooner), order=sooner)
    assert [(r["due_date"], r["open_lines"]) for r in expected(dock)] == [
        ("2026-06-02", 1),
        ("2026-07-01", 1),
    ]
    dock.receive(delivered(later), order=later)
    assert [r["number"] for r in expected(dock)] == [sooner.order.number]


def test_a_line_says_what_is_due_and_what_its_labels_say(dock):
    material = dock.plant.material(
        per_carton=12, over_tolerance_percent=Decimal(10), shelf_life_days=90
    )
    order = dock.plant.order(line(material, 10, unit_id=dock.plant.carton.pk))
    run(
        lambda command, at: set_supplier_terms(
            supplier_id=dock.plant.supplier.pk,
            material_id=material.pk,
            price=Decimal(1),
            currency="CNY",
            lead_time_days=1,
            supplier_item="VC-77",
            command=command,
            at=at,
        )
    )
    path = f"/expected-orders/{order.order.pk}"

    (row,) = caller().get(path)["lines"]

    assert {k: row[k] for k in ("material", "supplier_item", "gtin", "lot_control")} == {
        "material": material.number,
        "supplier_item": "VC-77",
        "gtin": "",
        "lot_control": "lot",
    }
    assert (row["ordered"], row["due"], row["due_unit"]) == ("10", "10", dock.plant.carton.code)
    assert (row["open"], row["room"], row["per_unit"]) == ("120", "132", "12")
    assert (row["stock_unit"], row["shelf_life_days"]) == (dock.plant.piece.code, 90)
    dock.receive(delivered(order, 5, unit_id=dock.plant.piece.pk), order=order)
    (row,) = caller().get(path)["lines"]
    assert (row["received"], row["due"], row["due_unit"]) == ("5", "115", dock.plant.piece.code)


def test_an_order_says_what_may_be_done_at_the_dock_and_by_whom(dock):
    placed = dock.plant.order(line(dock.plant.material()))
    draft = dock.plant.order(line(dock.plant.material()), confirm=False)
    here = Scope(site_id=dock.plant.site.pk)
    clerk = caller("receiving.read", "receiving.receive_goods", scope=here)

    def refused(order):
        actions = clerk.get(f"/expected-orders/{order.order.pk}")["allowed_actions"]
        return {a["verb"]: a["refusal"] for a in actions}

    assert refused(placed) == {"receive": None, "refuse_at_gate": "access.not_permitted"}
    assert refused(draft)["receive"] == "receiving.order_not_placed"


def test_four_kinds_of_caller_read(dock):
    order = dock.plant.order(line(dock.plant.material()))
    path = f"/expected-orders/{order.order.pk}"
    supplier = caller("receiving.read", scope=Scope(supplier_id=dock.plant.supplier.pk))
    stranger = caller("receiving.read", scope=Scope(site_id=build_plant().site.pk))

    assert supplier.get(path)["number"] == order.order.number
    assert order.order.number in {r["number"] for r in supplier.get("/expected-orders")["items"]}
    assert stranger.get("/expected-orders")["items"] == []
    assert stranger.send("GET", path).status_code == 404
    assert caller().send("GET", f"/expected-orders/{uuid4()}").status_code == 404
    for who, status in [(NOBODY, 401), (caller("catalog.read"), 403)]:
        assert who.send("GET", path).status_code == status
        assert who.send("GET", "/expected-orders").status_code == status


@pytest.mark.parametrize(
    ("quantity", "per_unit", "decimals", "shown"),
    [("120", "12", 0, "10"), ("6", "12", 0, None), ("6", "12", 1, "0.5"), ("1", "3", 6, None)],
)
def test_a_stock_quantity_is_said_in_the_ordered_unit_only_when_that_is_exact(
    quantity, per_unit, decimals, shown
):
    found = in_ordered_unit(Decimal(quantity), Fraction(per_unit), decimals)

    assert found == (None if shown is None else Decimal(shown))
