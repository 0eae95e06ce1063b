"""Bad input is answered in the reader's language, with the way out, and changes nothing."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.stories.plant import Plant, ago, order

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile("[a-z]{2,} [a-z]{2,}")  # words, not a number or the name of a field


def issue(plant: Plant, lot: str, **changed: Any) -> tuple[str, str, Any]:
    """An issue that would be good but for what is changed; None leaves a field out."""
    body = {**plant.use(lot, "A-01", 5, order("WO-1")), **changed}
    return "warehouse", f"/lots/{lot}/issue", {k: v for k, v in body.items() if v is not None}


CASES = {
    "a negative quantity": ("stock.bad_quantity", 409, {"quantity": "-5"}),
    "nothing": ("stock.bad_quantity", 409, {"quantity": "0"}),
    "half a piece": ("stock.bad_quantity", 409, {"quantity": "0.5"}),
    "more than there is": ("stock.not_enough", 409, {"quantity": "101"}),
    "a word for a quantity": ("commands.invalid_payload", 422, {"quantity": "five"}),
    "not a number": ("commands.invalid_payload", 422, {"quantity": "NaN"}),
    "more digits than a quantity has": (
        "commands.invalid_payload",
        422,
        {"quantity": "1" + "0" * 30},
    ),
    "no quantity": ("commands.invalid_payload", 422, {"quantity": None}),
    "no order": ("commands.invalid_payload", 422, {"reference": None}),
    "a place that is none": ("commands.invalid_payload", 422, {"place_id": "A-01"}),
    "an unknown place": ("stock.not_found", 404, {"place_id": str(uuid4())}),
    "a moment to come": ("commands.time_in_future", 409, {"occurred_at": "2999-01-01T00:00:00Z"}),
    "a moment without a zone": (
        "commands.time_in_future",
        409,
        {"occurred_at": "2026-01-01T00:00:00"},
    ),
    "serials of goods without serials": ("stock.serials_wrong", 409, {"serials": ["S1"]}),
}


@pytest.mark.parametrize(("code", "status", "changed"), CASES.values(), ids=CASES.keys())
def test_an_issue_with(plant: Plant, code: str, status: int, changed: dict[str, Any]) -> None:
    lot = plant.stock("bearing", 100)["id"]
    job, path, body = issue(plant, lot, **changed)

    answers_in_both_languages(plant, job, path, body, code, status)


def test_an_unknown_lot(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)["id"]
    _, _, body = issue(plant, lot)

    path = f"/lots/{uuid4()}/issue"
    answers_in_both_languages(plant, "warehouse", path, body, "stock.not_found", 404)


def test_a_request_that_is_no_json(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)["id"]
    warehouse = plant.person("warehouse")

    def send_half(headers: dict[str, str]) -> Any:
        return Client().generic(
            "POST",
            f"/api/v1/lots/{lot}/issue",
            data='{"quantity": "5',
            content_type="application/json",
            headers={
                "Authorization": f"Bearer {warehouse.token}",
                "Idempotency-Key": str(uuid4()),
                **headers,
            },
        )

    refused_in_both_languages(plant, send_half, "commands.not_readable", 400)


def test_somebody_without_the_right(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)["id"]
    _, path, body = issue(plant, lot)

    answers_in_both_languages(plant, "auditor", path, body, "access.not_permitted", 403)


def test_lots_that_do_not_go_together(plant: Plant) -> None:
    first, second = plant.stock("oil", 50), plant.stock("grease", 50)
    parts = [{"lot_id": lot["id"], **plant.part("A-01", 5)} for lot in (first, second)]
    body = {"parts": parts, "to_place_id": plant.places["TANK-1"]}

    answers_in_both_languages(plant, "warehouse", "/lots/merge", body, "stock.mismatch", 409)


def test_a_hold_without_a_reason(plant: Plant) -> None:
    path = f"/lots/{plant.stock('bearing', 100)['id']}/hold"

    answers_in_both_languages(plant, "quality", path, {}, "stock.reason_missing", 409)


def test_goods_that_wait_for_inspection(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]
    job, path, body = issue(plant, lot, place_id=plant.places["DOCK"])

    answers_in_both_languages(plant, job, path, body, "stock.lot_not_usable", 409)


def test_an_arrival_made_tomorrow(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    body = {
        "order_id": bought["id"],
        "place_id": plant.places["DOCK"],
        "lines": [
            {
                "order_line_id": bought["lines"][0]["id"],
                "quantity": "100",
                "manufactured_date": ago(days=-3).date().isoformat(),
            }
        ],
    }

    answers_in_both_languages(plant, "dock", "/arrivals", body, "receiving.bad_dates", 409)


def test_more_defects_than_pieces(plant: Plant) -> None:
    lot = plant.received("bearing", 100)["lot_id"]
    path = f"/inspections/{plant.inspection(lot)['id']}/result"

    for counted in ({"inspected": "10", "nonconforming": "11"}, {"inspected": "101"}):
        body = {"nonconforming": "0", **counted}
        code = "inspections.count_out_of_range"
        answers_in_both_languages(plant, "inspector", path, body, code, 409)


def test_the_same_key_for_something_else(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)["id"]
    job, path, body = issue(plant, lot)
    key = str(uuid4())
    assert plant.person(job).send("POST", path, body, key=key).status_code == 201

    other = {**body, "quantity": "6"}
    answers_in_both_languages(plant, job, path, other, "commands.key_reused", 409, key=key)


def test_the_same_request_twice_is_done_once(plant: Plant) -> None:
    lot = plant.stock("bearing", 100)["id"]
    job, path, body = issue(plant, lot)
    key = str(uuid4())
    first = plant.person(job).send("POST", path, body, key=key)
    before = plant.everything()

    second = plant.person(job).send("POST", path, body, key=key)

    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert plant.everything() == before
    assert plant.lies(lot) == {"A-01": "95"}


def answers_in_both_languages(
    plant: Plant, job: str, path: str, body: Any, code: str, status: int, key: str | None = None
) -> None:
    """Somebody with this job sends it and is refused so."""

    def send(headers: dict[str, str]) -> Any:
        return plant.person(job).send("POST", path, body, key=key, **headers)

    refused_in_both_languages(plant, send, code, status)


def refused_in_both_languages(
    plant: Plant, send: Callable[[dict[str, str]], Any], code: str, status: int
) -> None:
    """A reader of English and one of Chinese are refused alike, each in his own words."""
    before = plant.everything()
    for language in ("en", "zh-CN"):
        answer = send({"Accept-Language": language})
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (status, code), problem
        assert answer.headers["Content-Language"] == language[:2]
        for sentence in (problem["detail"], problem["remedy"]):
            assert bool(CHINESE.search(sentence)) == (language == "zh-CN"), sentence
            assert bool(ENGLISH.search(sentence)) == (language == "en"), sentence
    assert plant.everything() == before
