"""Purchasing through HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.buying import Plant, build_plant, line
from tests.support import NOBODY, Caller, caller

from zhiliu.contexts.purchasing.models import Order, SupplierTerms
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db
AT = "2026-05-05T08:00:00Z"


@pytest.fixture
def plant() -> Plant:
    return build_plant()


@pytest.fixture
def material(plant):
    return plant.material()


def written(plant: Plant, material: Any, **changes: Any) -> dict[str, Any]:
    return {
        "site_id": str(plant.site.pk),
        "supplier_id": str(plant.supplier.pk),
        "lines": [{"material_id": str(material.pk), "quantity": "100", "price": "2.50"}],
        **changes,
    }


def agreed(plant: Plant, material: Any, **changes: Any) -> dict[str, Any]:
    return {
        "supplier_id": str(plant.supplier.pk),
        "material_id": str(material.pk),
        "price": "3",
        "currency": "CNY",
        "lead_time_days": 7,
        **changes,
    }


def lines_of(who, path):
    """The order with its lines, without what may be done with it."""
    shown = who.get(path)
    del shown["allowed_actions"]
    return shown


def test_an_order_says_what_may_be_done_with_it_and_by_whom(plant, material):
    made = caller().post("/orders", **written(plant, material, confirm=True))
    here, elsewhere = Scope(site_id=plant.site.pk), Scope(site_id=uuid4())
    buyer = caller("purchasing.read", "purchasing.close_order", scope=here, language="zh-CN")

    actions = {a["verb"]: a for a in buyer.get(f"/orders/{made['id']}")["allowed_actions"]}

    assert {verb: a["refusal"] for verb, a in actions.items()} == {
        "confirm": "access.not_permitted",
        "cancel": "access.not_permitted",
        "close": None,
    }
    assert actions["cancel"]["sentence"] == "您的角色不包含操作 purchasing.cancel_order。"
    assert actions["cancel"]["remedy"] and actions["close"]["strength"] is None
    every = {
        a["verb"]: a["refusal"] for a in caller().get(f"/orders/{made['id']}")["allowed_actions"]
    }
    assert every == {"confirm": "purchasing.not_in_state", "cancel": None, "close": None}
    stranger = caller(scope=elsewhere)
    assert stranger.send("GET", f"/orders/{made['id']}").status_code == 404


def test_an_order_goes_through_its_life(plant, material):
    buyer = caller()
    created = buyer.post("/orders", **written(plant, material), occurred_at=AT)
    path = f"/orders/{created['id']}"

    assert (created["state"], created["number"]) == ("draft", "PO-000001")
    (row,) = created["lines"]
    assert (row["quantity"], row["price"], row["open"], row["is_complete"]) == (
        "100",
        "2.5",
        "100",
        False,
    )
    assert lines_of(buyer, path) == created
    assert buyer.send("GET", path).headers["ETag"] == '"1"'
    confirmed = buyer.post(f"{path}/confirm", occurred_at=AT)
    assert (confirmed["state"], confirmed["version"]) == ("confirmed", 2)
    closed = buyer.post(f"{path}/close", reason="supplier stopped", occurred_at=AT)
    assert (closed["state"], closed["end_reason"]) == ("closed", "supplier stopped")
    assert lines_of(buyer, path) == closed


def test_an_order_is_created_confirmed_in_one_call_and_cancelled(plant, material):
    buyer = caller()

    created = buyer.post("/orders", **written(plant, material, confirm=True))
    cancelled = buyer.post(f"/orders/{created['id']}/cancel", reason="not needed")

    assert (created["state"], cancelled["state"]) == ("confirmed", "cancelled")


def test_supplier_and_materials_have_their_names_beside_their_numbers(plant, material):
    buyer = caller()
    made = buyer.post("/orders", **written(plant, material))

    assert (made["supplier"], made["supplier_name"]) == (plant.supplier.number, plant.supplier.name)
    (row,) = made["lines"]
    assert (row["material"], row["material_name"]) == (material.number, material.name)
    assert lines_of(buyer, f"/orders/{made['id']}") == made
    confirmed = buyer.post(f"/orders/{made['id']}/confirm")
    assert lines_of(buyer, f"/orders/{made['id']}") == confirmed
    assert buyer.get("/orders")["items"][0]["supplier_name"] == plant.supplier.name


def test_the_same_key_writes_one_order(plant, material):
    buyer = caller()
    first = buyer.send("POST", "/orders", written(plant, material), key="k1")
    again = buyer.send("POST", "/orders", written(plant, material), key="k1")

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert Order.objects.count() == 1


def test_terms_are_set_shown_and_used(plant, material):
    buyer = caller()
    terms = buyer.post("/supplier-terms", **agreed(plant, material, min_order_quantity="50"))

    assert (terms["price"], terms["unit"], terms["material"]) == (
        "3",
        plant.piece.code,
        material.number,
    )
    assert buyer.get(f"/supplier-terms/{terms['id']}") == terms
    lines = [{"material_id": str(material.pk), "quantity": "49"}]
    refused = buyer.post("/orders", 409, **written(plant, material, lines=lines))
    assert refused["code"] == "purchasing.outside_order_quantity"
    assert refused["data"]["lowest"] == "50"
    lines[0]["quantity"] = "50"
    assert (
        buyer.post("/orders", **written(plant, material, lines=lines))["lines"][0]["price"] == "3"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": []},
        {"lines": [{"material_id": "x", "quantity": "1"}]},
        {"order_date": "0001-01-01"},
        {"reference": "a\x00b"},
        {"currency": "YUAN"},
    ],
)
def test_a_payload_that_does_not_fit_is_422(plant, material, changes):
    answer = caller().post("/orders", 422, **written(plant, material, **changes))

    assert answer["code"] == "commands.invalid_payload"
    assert not Order.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refusal_names_the_material_in_the_callers_language(plant, material, language):
    plain = written(plant, material, lines=[{"material_id": str(material.pk), "quantity": "1"}])

    answer = caller(language=language).post("/orders", 409, **plain)

    assert answer["code"] == "purchasing.price_missing"
    assert material.number in answer["detail"]
    assert ("没有" in answer["detail"]) is (language == "zh")


READS = ("/orders", "/supplier-terms")
ORDER_ACTS = ("confirm", "cancel", "close")


def allowed_and_others(plant: Plant, operation: str) -> list[tuple[Caller, int]]:
    """Who may not, and how each is answered on a record of this plant; nothing is written."""
    return [
        (NOBODY, 401),
        (caller("catalog.read"), 403),
        (caller(operation, scope=Scope(supplier_id=plant.partner().pk)), 404),
        (caller(operation, scope=Scope(site_id=build_plant().site.pk)), 404),
    ]


def test_four_kinds_of_caller_create_orders(plant, material):
    for who, status in allowed_and_others(plant, "purchasing.create_order"):
        assert who.send("POST", "/orders", written(plant, material)).status_code == status
    assert not Order.objects.exists()
    site = Scope(site_id=plant.site.pk)

    caller("purchasing.create_order", scope=site).post("/orders", 201, **written(plant, material))


@pytest.mark.parametrize("verb", ORDER_ACTS)
def test_four_kinds_of_caller_act_on_orders(plant, material, verb):
    order = plant.order(line(material), confirm=verb != "confirm").order
    path, operation = f"/orders/{order.pk}/{verb}", f"purchasing.{verb}_order"

    for who, status in allowed_and_others(plant, operation):
        assert who.send("POST", path, {"reason": "x"}).status_code == status
    assert Order.objects.get().version == 1
    caller(operation, scope=Scope(company_id=plant.company.pk)).post(path, 200, reason="x")


def test_four_kinds_of_caller_set_terms(plant, material):
    for who, status in (
        (NOBODY, 401),
        (caller("catalog.read"), 403),
        (caller("purchasing.set_supplier_terms", scope=Scope(site_id=plant.site.pk)), 403),
        (caller("purchasing.set_supplier_terms", scope=Scope(supplier_id=uuid4())), 403),
    ):
        answer = who.send("POST", "/supplier-terms", agreed(plant, material))
        assert answer.status_code == status
    assert not SupplierTerms.objects.exists()

    caller("purchasing.set_supplier_terms").post("/supplier-terms", 201, **agreed(plant, material))


def test_four_kinds_of_caller_read(plant, material):
    order = plant.order(line(material)).order
    terms = caller().post("/supplier-terms", **agreed(plant, material))
    details = {f"/orders/{order.pk}": order.number, f"/supplier-terms/{terms['id']}": None}
    supplier = caller("purchasing.read", scope=Scope(supplier_id=plant.supplier.pk))
    stranger = caller("purchasing.read", scope=Scope(supplier_id=plant.partner().pk))

    for path in (*READS, *details):
        assert NOBODY.send("GET", path).status_code == 401
        assert caller("catalog.read").send("GET", path).status_code == 403
    for path in READS:
        assert len(supplier.get(path)["items"]) == 1
        assert stranger.get(path)["items"] == []
    for path in details:
        assert supplier.send("GET", path).status_code == 200
        assert stranger.send("GET", path).status_code == 404
        assert stranger.send("GET", f"{path.rsplit('/', 1)[0]}/{uuid4()}").status_code == 404


def test_orders_are_filtered_and_searched(plant, material):
    one = plant.order(line(material), reference="Q-1").order
    plant.order(line(material), confirm=False)
    buyer = caller()

    def numbers(query: str) -> list[str]:
        return [row["number"] for row in buyer.get(f"/orders?{query}")["items"]]

    assert numbers("state=confirmed") == [one.number]
    assert numbers("search=q-1") == [one.number]
    assert len(numbers(f"search={plant.supplier.name[:5].lower()}")) == 2
    assert numbers("search=nobody") == []
    assert numbers(f"supplier_id={plant.partner().pk}") == []
    assert len(numbers("ordered_from=2020-01-01&ordered_to=2999-01-01")) == 2
    assert numbers("ordered_to=2020-01-01") == []


@pytest.mark.parametrize("path", READS)
def test_a_list_takes_one_query_whatever_its_length(plant, path):
    reader = caller()
    counts = []
    for _ in range(2):
        material = plant.material()
        plant.order(line(material))
        reader.post("/supplier-terms", **agreed(plant, material))
        reader.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            reader.get(path)
        counts.append([q["sql"] for q in seen if "purchasing_" in q["sql"]])

    assert [len(queries) for queries in counts] == [1, 1]


def test_an_order_is_shown_in_two_queries_whatever_its_length(plant):
    order = plant.order(*(line(plant.material()) for _ in range(5))).order
    reader = caller()
    reader.get(f"/orders/{order.pk}")

    with CaptureQueriesContext(connection) as seen:
        reader.get(f"/orders/{order.pk}")

    assert len([q for q in seen if "purchasing_" in q["sql"]]) == 2
