"""Half of a surrogate pair is no text, wherever in a body it stands."""

from uuid import uuid4

import pytest
from django.test import Client
from tests.support import caller

pytestmark = pytest.mark.django_db

HALF = "\ud800"


def post(path, body, **headers):
    who = caller()
    headers = {
        "Authorization": f"Bearer {who.token}",
        "Idempotency-Key": str(uuid4()),
        **headers,
    }
    return Client().generic(
        "POST", f"/api/v1{path}", data=body, content_type="application/json", headers=headers
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (rb'{"code": "c", "reason": "\ud800"}', "reason"),
        (rb'{"code": "c", "reason": "\udc00\ud83d"}', "reason"),
        (b'{"code": "c", "reason": "\xed\xa0\x80"}', "reason"),
        (rb'{"operations": ["a", "b\uDFFF"]}', "operations.1"),
        (
            rb'{"reason": "", "deep": {"list": [{"x": "\ud83d\ude00"}, {"x": "\ud83d"}]}}',
            "deep.list.1.x",
        ),
        (rb'{"\udbff": 1}', r"\udbff"),
        (rb'"\ud800"', "body"),
    ],
)
def test_half_a_character_is_refused_with_its_field(body, field):
    answer = post("/roles", body)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "commands.invalid_payload")
    assert problem["data"]["fields"] == [
        {
            "field": field,
            "kind": "string_unicode",
            "sentence": f"{field} holds half of a surrogate pair, which is no character.",
        }
    ]


def test_it_is_said_in_chinese_too():
    answer = post("/roles", rb'{"reason": "\ud800"}', **{"Accept-Language": "zh"})

    assert answer.json()["detail"] == "reason 含有不成对的代理字符，不是有效文本。"


def test_a_whole_pair_is_a_character():
    body = rb'{"code": "c", "name_en": "\ud83d\ude00", "name_zh": "x", "operations": []}'

    answer = post("/roles", body)

    assert answer.status_code == 201, answer.content
    assert answer.json()["name_en"] == "😀"


@pytest.mark.parametrize(
    "body", [{"username": HALF, "password": "x"}, {"username": "x", "password": HALF}]
)
def test_at_sign_in_it_is_refused_too(body):
    answer = Client().post(
        "/_allauth/browser/v1/auth/login", data=body, content_type="application/json"
    )

    (field,) = answer.json()["data"]["fields"]
    assert (answer.status_code, body[field["field"]]) == (422, HALF)
