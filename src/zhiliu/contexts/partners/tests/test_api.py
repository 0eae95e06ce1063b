"""Partners through HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from tests.support import NOBODY, caller

from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.partners.tests.conftest import Trade
from zhiliu.kernel.actor import Scope

A_PARTNER = {"number": "V-9", "name": "华美", "roles": ["supplier", "carrier"]}


def a_block(trade: Trade, **other: Any) -> dict[str, Any]:
    block = {"supplier_id": str(trade.supplier.id), "blocked_function": "order"}
    return {**block, "reason": "裂纹", **other}


def test_four_kinds_of_caller_add_a_partner(trade: Trade) -> None:
    add = "partners.add_partner"
    stranger = caller(add, scope=Scope(supplier_id=trade.supplier.id))

    assert NOBODY.send("POST", "/partners", A_PARTNER).status_code == 401
    assert caller("partners.read").send("POST", "/partners", A_PARTNER).status_code == 403
    assert stranger.send("POST", "/partners", A_PARTNER).status_code == 403
    answer = caller(add).send("POST", "/partners", A_PARTNER)

    assert answer.status_code == 201, answer.content.decode()
    assert A_PARTNER.items() <= answer.json().items()
    assert Partner.objects.filter(number="V-9").count() == 1


def test_four_kinds_of_caller_change_a_partner(trade: Trade) -> None:
    operation, path = "partners.change_partner", f"/partners/{trade.supplier.id}"
    body, at_one = {"roles": ["customer"]}, {"If-Match": '"1"'}
    stranger = caller(operation, scope=Scope(supplier_id=uuid4()))
    clerk = caller(operation)

    assert NOBODY.send("PATCH", path, body, **at_one).status_code == 401
    assert caller("partners.read").send("PATCH", path, body, **at_one).status_code == 403
    assert stranger.send("PATCH", path, body, **at_one).status_code == 404
    assert clerk.send("PATCH", path, body).status_code == 428
    answer = clerk.send("PATCH", path, body, **at_one)

    assert answer.status_code == 200, answer.content.decode()
    assert (answer.json()["version"], answer.json()["roles"]) == (2, ["customer"])
    assert clerk.send("PATCH", path, body, **at_one).status_code == 412


def test_four_kinds_of_caller_place_a_supply_block(trade: Trade) -> None:
    place, body = "partners.place_supply_block", a_block(trade)
    stranger = caller(place, scope=Scope(supplier_id=uuid4()))

    assert NOBODY.send("POST", "/supply-blocks", body).status_code == 401
    assert caller("partners.read").send("POST", "/supply-blocks", body).status_code == 403
    assert stranger.send("POST", "/supply-blocks", body).status_code == 404
    clerk = caller(place)
    answer = clerk.send("POST", "/supply-blocks", body)

    assert answer.status_code == 201, answer.content.decode()
    placed = answer.json()
    assert (placed["state"], placed["reason"]) == ("open", "裂纹")
    assert (placed["supplier"], placed["material"]) == (trade.supplier.number, None)
    assert placed["placed_by"] == str(clerk.user_id)


@pytest.mark.parametrize(
    ("operations", "scoped", "refusal"),
    [
        (("partners.read", "partners.lift_supply_block"), False, None),
        (("partners.read", "partners.lift_supply_block"), True, None),
        (("partners.read",), False, "access.not_permitted"),
    ],
)
def test_a_supply_block_says_who_may_lift_it(
    trade: Trade, operations: tuple[str, ...], scoped: bool, refusal: str | None
) -> None:
    placed = caller("partners.place_supply_block").post("/supply-blocks", **a_block(trade))
    scope = Scope(supplier_id=trade.supplier.id) if scoped else Scope()

    (lift,) = caller(*operations, scope=scope).get(f"/supply-blocks/{placed['id']}")[
        "allowed_actions"
    ]

    assert (lift["verb"], lift["is_allowed"], lift["refusal"]) == ("lift", not refusal, refusal)
    assert lift["strength"] is None


def test_four_kinds_of_caller_lift_a_supply_block(trade: Trade) -> None:
    lift, body = "partners.lift_supply_block", {"reason": "8D 已接受"}
    placed = caller("partners.place_supply_block").post(
        "/supply-blocks", **a_block(trade, material_id=str(trade.bolt.id))
    )
    path = f"/supply-blocks/{placed['id']}/lift"
    stranger = caller(lift, scope=Scope(supplier_id=uuid4()))

    assert NOBODY.send("POST", path, body).status_code == 401
    assert caller("partners.read").send("POST", path, body).status_code == 403
    assert stranger.send("POST", path, body).status_code == 404
    assert caller(lift).send("POST", path, {}).status_code == 422
    assert SupplyBlock.objects.get(pk=placed["id"]).state == "open"
    answer = caller(lift).send("POST", path, body)

    assert answer.status_code == 200, answer.content.decode()
    lifted = answer.json()
    assert (lifted["state"], lifted["lift_reason"]) == ("lifted", "8D 已接受")
    assert lifted["material"] == trade.bolt.number
    (again,) = caller(lift, "partners.read", language="zh-CN").get(
        f"/supply-blocks/{placed['id']}"
    )["allowed_actions"]
    assert (again["is_allowed"], again["refusal"]) == (False, "partners.supply_block_not_open")
    assert trade.supplier.number in again["sentence"] and again["remedy"].endswith("。")


@pytest.mark.parametrize("collection", ["partners", "supply-blocks"])
def test_four_kinds_of_caller_read(trade: Trade, collection: str) -> None:
    path = f"/{collection}"
    placed = caller("partners.place_supply_block").post("/supply-blocks", **a_block(trade))
    one = f"{path}/{placed['id'] if collection == 'supply-blocks' else trade.supplier.id}"
    stranger = caller("partners.read", scope=Scope(supplier_id=uuid4()))
    supplier = caller("partners.read", scope=Scope(supplier_id=trade.supplier.id))
    clerk = caller("partners.read")

    for address in (path, one):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller("partners.add_partner").send("GET", address).status_code == 403
    assert stranger.get(path)["items"] == []
    assert stranger.send("GET", one).status_code == 404
    assert [item["id"] for item in supplier.get(path)["items"]] == [one.rsplit("/", 1)[-1]]
    answer = clerk.send("GET", one)

    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"1"'
    shown = {n: v for n, v in answer.json().items() if n != "allowed_actions"}
    assert shown in clerk.get(path)["items"]
    assert clerk.send("GET", f"{path}/{uuid4()}").json()["code"] == "partners.not_found"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/partners?is_supplier=true", 1),
        ("/partners?is_carrier=true", 0),
        ("/partners?search=Velo", 1),
        ("/partners?sort=-name", 3),
        ("/supply-blocks?state=open&blocked_function=order", 1),
        ("/supply-blocks?state=lifted", 0),
        ("/supply-blocks?search=裂纹&sort=-placed_at", 1),
    ],
)
def test_a_list_is_filtered_in_one_query_and_exported(
    trade: Trade, address: str, found: int, django_assert_max_num_queries: Any
) -> None:
    caller("partners.place_supply_block").post("/supply-blocks", **a_block(trade))
    clerk = caller("partners.read")
    clerk.get(address)

    with django_assert_max_num_queries(1):
        assert len(clerk.get(address)["items"]) == found
    exported = clerk.send("GET", f"{address}&format=csv").content.decode("utf-8-sig")
    assert len(exported.splitlines()) == found + 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/partners", {**A_PARTNER, "roles": []}, "roles"),
        ("/partners", {**A_PARTNER, "roles": ["vendor"]}, "roles.0"),
        ("/partners", {**A_PARTNER, "number": "V\x00"}, "number"),
        ("/partners", {**A_PARTNER, "name": "  "}, "name"),
        ("/supply-blocks", {"blocked_function": "order", "reason": "x"}, "supplier_id"),
        (
            "/supply-blocks",
            {"supplier_id": str(uuid4()), "blocked_function": "pay", "reason": "x"},
            "blocked_function",
        ),
        (
            "/supply-blocks",
            {"supplier_id": str(uuid4()), "blocked_function": "order", "reason": " "},
            "reason",
        ),
    ],
)
@pytest.mark.django_db
def test_a_payload_that_does_not_fit_names_the_field(
    path: str, body: dict[str, Any], field: str
) -> None:
    answer = caller().post(path, 422, **body)

    assert [f["field"] for f in answer["data"]["fields"]] == [field]


def test_a_refusal_speaks_chinese(trade: Trade) -> None:
    clerk = caller("partners.place_supply_block", language="zh-CN")

    answer = clerk.post("/supply-blocks", 409, **a_block(trade, supplier_id=str(trade.customer.id)))

    assert answer["detail"] == f"合作方 {trade.customer.number} 不是供应商。"
    assert answer["remedy"]
    assert not SupplyBlock.objects.exists()


def test_me_names_the_supplier_that_a_role_is_for(trade: Trade) -> None:
    there = Scope(supplier_id=trade.supplier.id)

    (role,) = caller("partners.read", scope=there).get("/me")["roles"]

    assert (role["supplier_id"], role["scope_name"]) == (
        str(trade.supplier.id),
        trade.supplier.name,
    )
