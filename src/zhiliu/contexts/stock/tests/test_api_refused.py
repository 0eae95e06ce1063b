"""Input to stock that is refused, with nothing changed."""

from typing import Any
from uuid import uuid4

import pytest
from tests.plant import Plant, build_plant
from tests.support import caller

from zhiliu.contexts.stock.tests.acts import ACTS, ledger, ref

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return build_plant()


NUL, LONG = "a\x00b", "x" * 61


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("issue", {"quantity": "NaN"}),
        ("issue", {"quantity": "1e30"}),
        ("issue", {"quantity": "0.0000001"}),
        ("issue", {"serials": [NUL]}),
        ("issue", {"serials": [""]}),
        ("issue", {"serials": [LONG]}),
        ("issue", {"reference": {**ref(), "kind": NUL}}),
        ("issue", {"reference": {**ref(), "kind": ""}}),
        ("issue", {"reference": {**ref(), "number": LONG}}),
        ("issue", {"reference": {**ref(), "number": " "}}),
        ("scrap", {"voucher_number": LONG, "voucher_id": str(uuid4())}),
        ("scrap", {"voucher_kind": NUL}),
        ("book_opening_stock", {"supplier_lot": LONG}),
        ("book_opening_stock", {"supplier_lot": NUL}),
        ("book_opening_stock", {"expires_at": "0001-01-01T00:00:00+08:00"}),
        ("book_opening_stock", {"expires_at": "2030-01-01T00:00:00"}),
        ("observe_move", {"system": "x" * 31}),
        ("observe_move", {"document": NUL}),
        ("add_place", {"code": "x" * 41}),
        ("add_place", {"code": NUL}),
        ("add_place", {"code": "  "}),
        ("add_place", {"name": "x" * 101}),
        ("add_place", {"kind": "shelf"}),
        ("add_period", {"starts_on": "0001-01-01"}),
        ("add_period", {"ends_on": "9999-12-31"}),
        ("print_labels", {"copies": 0}),
        ("print_labels", {"copies": 1001}),
        ("place_hold", {"cause": "mood"}),
        ("place_hold", {"review_date": "0000-00-00"}),
        ("restrict_lot", {"reference_ids": []}),
        ("merge_lots", {"parts": []}),
    ],
)
def test_a_value_that_does_not_fit_is_named_and_nothing_changes(
    plant: Plant, name: str, change: dict[str, Any]
) -> None:
    act = ACTS[name](plant)
    before = ledger()

    answer = caller(act.operation).send("POST", act.path, {**act.body, **change})

    assert answer.status_code == 422, answer.content.decode()
    named = {f["field"].split(".")[0] for f in answer.json()["data"]["fields"]}
    assert next(iter(change)) in named or "voucher_number" in named
    assert ledger() == before


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("issue", {"quantity": "0"}, "stock.bad_quantity"),
        ("issue", {"quantity": "-1"}, "stock.bad_quantity"),
        ("issue", {"quantity": "1.5"}, "stock.bad_quantity"),
        ("issue", {"owner_id": str(uuid4())}, "stock.not_found"),
        ("issue", {"place_id": str(uuid4())}, "stock.not_found"),
        ("reserve", {"owner_id": str(uuid4())}, "stock.not_found"),
        ("count_goods", {"owner_id": str(uuid4())}, "stock.not_found"),
        ("count_goods", {"counted": "-1"}, "stock.bad_quantity"),
        ("count_goods", {"reason": " "}, "stock.reason_missing"),
        ("book_found_goods", {"owner_id": str(uuid4())}, "stock.not_found"),
        ("book_found_goods", {"material_id": str(uuid4())}, "stock.not_found"),
        ("book_found_goods", {"serials": ["S-1"]}, "stock.mismatch"),
        ("book_opening_stock", {"owner_id": str(uuid4())}, "stock.not_found"),
        ("book_opening_stock", {"reason": ""}, "stock.reason_missing"),
        ("observe_move", {"owner_id": str(uuid4())}, "stock.not_found"),
        ("change_owner", {"to_owner_id": str(uuid4())}, "stock.not_found"),
        ("place_hold", {"responsible_id": str(uuid4())}, "stock.not_found"),
        ("place_hold", {"reason": ""}, "stock.reason_missing"),
        ("regrade_lot", {"reason": ""}, "stock.reason_missing"),
        ("change_expiry", {"reason": ""}, "stock.reason_missing"),
        ("restrict_lot", {"reason": ""}, "stock.reason_missing"),
        ("restrict_lot", {"quantity": None}, "stock.mismatch"),
        ("restrict_lot", {"quantity": "0"}, "stock.bad_quantity"),
        ("restrict_lot", {"quantity": "-5"}, "stock.bad_quantity"),
        ("scrap", {"reason": ""}, "stock.voucher_missing"),
        ("scrap", {"reason": "", "voucher_id": str(uuid4())}, "stock.voucher_missing"),
        ("add_place", {"kind": "customer"}, "stock.wrong_place"),
        ("add_place", {"code": "A-01"}, "stock.already_exists"),
        ("add_place", {"parent_id": str(uuid4())}, "stock.not_found"),
        ("add_period", {"ends_on": "2025-12-31"}, "stock.mismatch"),
    ],
)
def test_what_cannot_be_done_is_refused_in_both_languages_and_nothing_changes(
    plant: Plant, name: str, change: dict[str, Any], code: str
) -> None:
    act = ACTS[name](plant)

    for language in ("en", "zh"):
        sender = caller(act.operation, language=language)
        before = ledger()
        answer = sender.send("POST", act.path, {**act.body, **change})
        assert answer.json()["code"] == code, answer.content.decode()
        assert ledger() == before
