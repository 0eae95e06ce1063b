"""Stock through HTTP: the four kinds of caller of every endpoint."""

from typing import Any
from uuid import uuid4

import pytest
from tests.plant import Plant, build_plant
from tests.support import NOBODY, caller

from zhiliu.contexts.stock.models import Lot, Place
from zhiliu.contexts.stock.states import LotStatus
from zhiliu.contexts.stock.tests.acts import (
    ACTS,
    a_hold,
    a_period,
    a_reservation,
    an_observed_move,
    ledger,
)
from zhiliu.kernel.actor import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return build_plant()


@pytest.mark.parametrize("name", ACTS)
def test_four_kinds_of_caller_act(plant: Plant, name: str) -> None:
    act = ACTS[name](plant)
    strangers = [
        caller(act.operation, scope=Scope(site_id=uuid4())),
        caller(act.operation, scope=Scope(company_id=uuid4())),
        caller(act.operation, scope=Scope(supplier_id=uuid4())),
    ]
    other_role, allowed = (
        caller("stock.read"),
        caller(act.operation, scope=Scope(site_id=plant.site)),
    )
    if name in ("add_period", "close_period"):  # a company's matter
        allowed = caller(act.operation, scope=Scope(company_id=plant.company))
    before = ledger()

    assert NOBODY.send("POST", act.path, act.body).status_code == 401
    assert other_role.send("POST", act.path, act.body).status_code == 403
    for stranger in strangers:
        refused = stranger.send("POST", act.path, act.body)
        assert (refused.status_code, refused.json()["code"]) == (404, "stock.not_found")
    assert ledger() == before
    answer = allowed.send("POST", act.path, act.body)

    assert answer.status_code == act.status, answer.content.decode()
    assert ledger() != before


@pytest.mark.parametrize("name", ACTS)
def test_what_belongs_to_others_is_answered_like_what_does_not_exist(
    plant: Plant, name: str
) -> None:
    act = ACTS[name](plant)
    there = next((p for p in act.path.split("/") if len(p) == 36), None)
    if there is None:  # the record is named in the body, the case above
        there = next(v for v in str(act.body).replace('"', "'").split("'") if len(v) == 36)
    nowhere = str(uuid4())
    stranger = caller(act.operation, scope=Scope(site_id=uuid4()))
    body = {**act.body}

    theirs = stranger.send("POST", act.path, body).json()
    missing_body = _replaced(body, there, nowhere)
    missing = stranger.send("POST", act.path.replace(there, nowhere), missing_body).json()

    for problem in (theirs, missing):
        del problem["trace_id"]
    if theirs["data"]["given"] == there:
        assert _replaced(theirs, there, nowhere) == missing
    assert theirs["code"] == missing["code"] == "stock.not_found"
    assert theirs["data"]["given"] in (there, *_ids(body))


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {k: _replaced(v, old, new) for k, v in value.items()}
    if isinstance(value, list):
        return [_replaced(v, old, new) for v in value]
    return value.replace(old, new) if isinstance(value, str) else value


def _ids(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [i for v in value.values() for i in _ids(v)]
    if isinstance(value, list):
        return [i for v in value for i in _ids(v)]
    return [value] if isinstance(value, str) else []


LISTS = (
    "lots",
    "holds",
    "label-prints",
    "balances",
    "usable-stock",
    "moves",
    "reservations",
    "serials",
    "findings",
    "places",
    "periods",
)


def fill(plant: Plant) -> Lot:
    """One row at least in every list; returns the lot with the serial."""
    a_hold(plant)
    a_reservation(plant)
    a_period(plant)
    pump = plant.lot(1, material="pump", serials=("SN-1",))
    everybody = caller()
    everybody.post(f"/lots/{pump.pk}/labels", copies=1)
    blocked = plant.lot(5, status=LotStatus.BLOCKED)
    body = {**an_observed_move(plant).body, "lot_id": str(blocked.pk)}
    production = Place.objects.get(site_id=plant.site, code="production")
    everybody.post("/observed-moves", **{**body, "to_place_id": str(production.pk)})
    return pump


@pytest.mark.parametrize("collection", LISTS)
def test_four_kinds_of_caller_list(plant: Plant, collection: str) -> None:
    fill(plant)
    path = f"/{collection}"

    assert NOBODY.send("GET", path).status_code == 401
    assert caller("stock.issue").send("GET", path).status_code == 403
    for scope in (Scope(site_id=uuid4()), Scope(company_id=uuid4()), Scope(supplier_id=uuid4())):
        assert caller("stock.read", scope=scope).get(path)["items"] == []
    rows = caller("stock.read", scope=Scope(company_id=plant.company)).get(path)["items"]

    assert rows
    exported = caller("stock.read").send("GET", f"{path}?format=csv").content.decode("utf-8-sig")
    assert len(exported.splitlines()) >= len(rows) + 1


def test_four_kinds_of_caller_read_a_lot(plant: Plant) -> None:
    lot = fill(plant)
    one = f"/lots/{lot.pk}"
    stock_at = f"/stock-at?company_id={plant.company}&at=2100-01-01T00:00:00Z"
    stranger = caller("stock.read", scope=Scope(site_id=uuid4()))
    supplier = caller("stock.read", scope=Scope(supplier_id=plant.supplier))
    label = f"/lots/by-label?scanned={lot.number}"
    trace = f"{one}/trace?direction=forward"

    for path in (one, f"{one}/usable", trace, label, stock_at):
        assert NOBODY.send("GET", path).status_code == 401
        assert caller("stock.issue").send("GET", path).status_code == 403
        assert supplier.send("GET", path).status_code == 200
        if path != stock_at:
            refused = stranger.send("GET", path)
            assert (refused.status_code, refused.json()["code"]) == (404, "stock.not_found")
    assert stranger.get(stock_at)["items"] == []
    unknown = stranger.send("GET", f"/lots/{uuid4()}")
    assert unknown.json()["code"] == "stock.not_found"

    seen = supplier.get(one)
    assert (seen["lot"]["number"], seen["usable_quantity"]) == (lot.number, "1")
    assert {a["refusal"] for a in seen["allowed_actions"]} == {"access.not_permitted"}
    assert supplier.get(label)["id"] == str(lot.pk)
    assert lot.number in {row["lot"] for row in supplier.get(stock_at)["items"]}


@pytest.mark.parametrize(
    ("collection", "make", "verb", "refusal"),
    [
        ("lots", lambda plant: fill(plant).pk, "move", None),
        ("holds", lambda plant: a_hold(plant).pk, "lift", None),
        ("reservations", lambda plant: a_reservation(plant).pk, "cancel", None),
        ("places", lambda plant: plant.places["A-01"], "move", "stock.wrong_place"),
        ("periods", lambda plant: a_period(plant).pk, "close", None),
    ],
)
def test_four_kinds_of_caller_see_what_may_be_done(
    plant: Plant, collection: str, make: Any, verb: str, refusal: str | None
) -> None:
    path = f"/{collection}/{make(plant)}"
    here = Scope(company_id=plant.company)

    def first(who: Any) -> tuple[str, str | None, str | None]:
        action = next(a for a in who.get(path)["allowed_actions"] if a["verb"] == verb)
        return action["verb"], action["refusal"], action["remedy"]

    assert NOBODY.send("GET", path).status_code == 401
    assert caller("stock.issue").send("GET", path).status_code == 403
    stranger = caller("stock.read", scope=Scope(company_id=uuid4())).send("GET", path)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "stock.not_found")
    assert first(caller(scope=here))[:2] == (verb, refusal)
    assert first(caller("stock.read"))[:2] == (verb, "access.not_permitted")
    assert "管理员" in str(first(caller("stock.read", language="zh-CN"))[2])


@pytest.mark.parametrize(("counted", "difference"), [("7", "-3"), ("12", "2"), ("10", "0")])
def test_a_count_says_by_how_much_it_differs(plant: Plant, counted: str, difference: str) -> None:
    lot = plant.lot(10)
    balance = caller().get(f"/balances?lot_id={lot.pk}")["items"][0]
    body = {k: balance[k] for k in ("place_id", "owner_id")}

    answer = caller().post(f"/lots/{lot.pk}/count", **body, counted=counted, reason="year end")

    assert (answer["difference"], answer["adjusted"]) == (difference, difference != "0")
    assert caller().get(f"/lots/{lot.pk}")["lot"]["quantity"] == counted


def test_what_waits_to_be_put_away_is_found_by_the_kind_of_its_place(plant: Plant) -> None:
    lot = plant.lot(10)

    def found(query: str) -> list[str]:
        return [row["lot"] for row in caller().get(f"/balances?{query}")["items"]]

    (row,) = caller().get(f"/balances?lot_id={lot.pk}")["items"]
    assert row["material_name"] == lot.material.name
    assert lot.number in found(f"place_kind={row['place_kind']}")
    assert lot.number not in found("place_kind=retention")
    assert caller().send("GET", "/balances?place_kind=nowhere").status_code == 422


def test_lots_are_found_by_the_document_they_came_by(plant: Plant) -> None:
    lot = fill(plant)

    rows = caller().get(f"/lots?origin_number={lot.origin_number}")["items"]

    assert lot.number in {row["number"] for row in rows}
    assert {row["origin_number"] for row in rows} == {lot.origin_number}
    document = lot.origin_number[:-1]
    assert caller().get(f"/lots?origin_number={document}")["items"][0]["id"] == rows[0]["id"]
    assert caller().get("/lots?origin_number=nothing")["items"] == []


def test_every_endpoint_of_stock_is_tried_here() -> None:
    written, read = set(), set()
    for methods in NOBODY.get("/openapi.json")["paths"].values():
        for method, about in methods.items():
            if any(tag.startswith("stock:") for tag in about.get("tags", ())):
                (read if method == "get" else written).add(about["operationId"])

    assert written == set(ACTS)
    assert read == {
        *(f"list_{c.replace('-', '_')}" for c in LISTS),
        "get_lot",
        "get_hold",
        "get_reservation",
        "get_place",
        "get_period",
        "get_usable",
        "get_lot_by_label",
        "get_label_file",  # test_operations_labels
        "get_label_files",  # test_operations_labels
        "trace_lot",
        "get_stock_at",
    }
