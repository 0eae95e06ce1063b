"""Every endpoint of the OpenAPI document: nobody is 401, without the right is 403, no key is 400.

Walked from the document, so that an endpoint cannot be added without being asked for.
"""

from collections import defaultdict
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, get_resolver, path
from django.urls.resolvers import RegexPattern, URLResolver

from tests.audits.example import example
from tests.support import NOBODY, Caller, caller
from zhiliu.config.api import api
from zhiliu.platform.access.public import all_kinds, all_visible_kinds
from zhiliu.platform.commands.http import Schema

DOCUMENT: dict[str, Any] = api.get_openapi_schema()
COMPONENTS = DOCUMENT["components"]["schemas"]
ENDPOINTS = [
    (method.upper(), path.removeprefix("/api/v1"), endpoint)
    for path, methods in DOCUMENT["paths"].items()
    for method, endpoint in methods.items()
]
WRITES = [e for e in ENDPOINTS if e[0] != "GET"]
# whoever is signed in may ask who that is, what the people are called whose ids he has, and listen
# (what he hears is filtered); whoever may see a record, for its files and signatures
FOR_ALL = {
    "get_me",
    "list_people",
    "follow_live",
    "list_attachments",
    "list_signatures",
    "search",
}
GRANTED = [e for e in ENDPOINTS if e[2]["operationId"] not in FOR_ALL]
EDITS = [e for e in ENDPOINTS if any(p["name"] == "If-Match" for p in e[2]["parameters"])]

pytestmark = pytest.mark.django_db


def named(value: object) -> str | None:
    return str(value.get("operationId")) if isinstance(value, dict) else None


def body_of(endpoint: dict[str, Any]) -> dict[str, Any]:
    """The body of an endpoint by media type."""
    content: dict[str, Any] = endpoint.get("requestBody", {}).get("content", {})
    return content


def ask(
    who: Caller,
    method: str,
    path: str,
    endpoint: dict[str, Any],
    key: str | None = None,
    changed: dict[str, Any] | None = None,
    **headers: str,
) -> Any:
    """One request with a fitting body, in which some fields are `changed`, random ids and every
    required parameter."""
    asked = []
    for parameter in endpoint["parameters"]:
        if parameter["in"] == "header":
            continue
        value = example(parameter["schema"], COMPONENTS)
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(value))
        elif parameter["required"]:
            several = value if isinstance(value, list) else [value]
            asked += [f"{parameter['name']}={one}" for one in several]
    content = body_of(endpoint)
    if "multipart/form-data" in content:
        fields = example(content["multipart/form-data"]["schema"], COMPONENTS)
        file = SimpleUploadedFile(fields.pop("file"), b"text")
        return who.upload(path, file, fields, key=key, **headers)
    body = content.get("application/json")
    sent = {**example(body["schema"], COMPONENTS), **(changed or {})} if body else None
    return who.send(
        method, path + ("?" + "&".join(asked) if asked else ""), sent, key=key, **headers
    )


@pytest.mark.parametrize(("method", "path", "endpoint"), ENDPOINTS, ids=named)
def test_nobody_is_told_to_sign_in(method: str, path: str, endpoint: dict[str, Any]) -> None:
    answer = ask(NOBODY, method, path, endpoint, **{"If-Match": '"1"'})

    assert (answer.status_code, answer.json()["code"]) == (401, "access.not_signed_in")


@pytest.mark.parametrize(("method", "path", "endpoint"), GRANTED, ids=named)
def test_a_caller_without_the_right_is_refused(
    method: str, path: str, endpoint: dict[str, Any]
) -> None:
    answer = ask(caller("tests.other"), method, path, endpoint, **{"If-Match": '"1"'})

    assert (answer.status_code, answer.json()["code"]) == (403, "access.not_permitted"), (
        answer.content.decode()
    )
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path", "endpoint"), WRITES, ids=named)
def test_a_write_without_a_usable_key_is_refused(
    method: str, path: str, endpoint: dict[str, Any]
) -> None:
    answer = ask(caller(), method, path, endpoint, key="x" * 101, **{"If-Match": '"1"'})

    assert (answer.status_code, answer.json()["code"]) == (400, "commands.key_missing"), (
        answer.content.decode()
    )


@pytest.mark.parametrize(("method", "path", "endpoint"), EDITS, ids=named)
def test_an_edit_without_a_version_is_refused(
    method: str, path: str, endpoint: dict[str, Any]
) -> None:
    answer = ask(caller(), method, path, endpoint)

    assert (answer.status_code, answer.json()["code"]) == (428, "commands.if_match_missing")


@pytest.mark.parametrize(("method", "path", "endpoint"), ENDPOINTS, ids=named)
def test_an_endpoint_is_named_and_says_what_it_does(
    method: str, path: str, endpoint: dict[str, Any]
) -> None:
    assert endpoint.get("description"), path
    assert not endpoint["operationId"].startswith("zhiliu_")
    assert endpoint["operationId"] not in [
        e["operationId"] for m, p, e in ENDPOINTS if (m, p) != (method, path)
    ]


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        *product(("audit-entries", "events"), all_visible_kinds()),
        *product(("attachments", "signatures"), all_kinds()),
    ],
)
def test_what_is_kept_about_a_record_is_not_for_who_may_not_see_it(about: str, kind: str) -> None:
    of_record = f"/{about}?record_kind={kind}&record_id={uuid4()}"

    stranger, reader = caller("tests.other"), caller()

    assert stranger.send("GET", of_record).status_code == 404
    assert reader.send("GET", of_record).status_code == 404
    unknown = reader.send("GET", f"/{about}?record_kind=tests.nothing&record_id={uuid4()}")
    assert (unknown.status_code, unknown.json()["code"]) == (400, "access.unknown_kind")


def test_what_may_be_done_has_one_shape_in_every_record() -> None:
    shapes = {
        name: set(schema["properties"])
        for name, schema in COMPONENTS.items()
        if "is_allowed" in schema.get("properties", {})
    }
    shown = [
        schema["properties"]["allowed_actions"]["items"]["$ref"].rsplit("/", 1)[1]
        for schema in COMPONENTS.values()
        if "allowed_actions" in schema.get("properties", {})
    ]

    assert set(shapes) == set(shown) == {"AllowedAction"} and len(shown) > 10


def test_no_two_shapes_of_the_document_have_one_name() -> None:
    """The document knows schemas by name: of two with one name it describes only one."""
    of_name: dict[str, set[str]] = defaultdict(set)
    waiting: list[type[Schema]] = [Schema]
    while waiting:
        for shape in waiting.pop().__subclasses__():
            waiting.append(shape)
            if ".api" in shape.__module__ and shape.__name__ != "Parameters":  # of a query
                of_name[shape.__name__].add(shape.__module__)

    assert {name: modules for name, modules in of_name.items() if len(modules) > 1} == {}


def test_an_address_is_found_as_django_itself_finds_it() -> None:
    plain = URLResolver(RegexPattern(r"^/"), [path("api/v1/", api.urls)])

    def found(resolver: URLResolver, address: str) -> object:
        try:
            match = resolver.resolve(address)
        except Resolver404:
            return None
        return match.route, match.kwargs, match.view_name

    known = {f"/api/v1{p}".replace("{", "").replace("}", "") for _, p, _ in ENDPOINTS}
    addresses = known | {a + end for a in known for end in ("/", "/x", "x")} | {"/api/v1/"}

    assert len(known) > 100
    for address in sorted(addresses):
        assert found(get_resolver(), address) == found(plain, address), address
    assert all(found(plain, address) for address in known)


def test_an_unknown_address_is_refused_in_the_one_shape() -> None:
    answer = caller().send("GET", f"/nothing/{uuid4()}")

    assert (answer.status_code, answer.json()["code"]) == (404, "commands.no_such_endpoint")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_unknown_method_is_refused_in_the_one_shape() -> None:
    answer = caller().send("DELETE", "/partners")

    assert (answer.status_code, answer.json()["code"]) == (405, "commands.no_such_method")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_a_bug_is_told_without_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret of the code")

    who = caller()
    monkeypatch.setattr("zhiliu.platform.access.http.get_actor_by_token", fail)

    answer = Client(raise_request_exception=False).get(
        "/api/v1/partners", headers={"Authorization": f"Bearer {who.token}"}
    )

    assert (answer.status_code, answer.json()["code"]) == (500, "commands.bug")
    assert answer.json()["trace_id"] == answer.headers["Trace-Id"]
    assert b"secret" not in answer.content


@pytest.mark.parametrize("body", [[], [{}], "x", 1, True])
def test_a_body_that_is_no_object_is_refused_even_where_nothing_is_required(body: object) -> None:
    answer = caller().send("POST", f"/orders/{uuid4()}/confirm", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "commands.invalid_payload")


@pytest.mark.parametrize(
    "query", ["number=%00", "search=a%00b", "sort=%00", "cursor=%00", "limit=0", "format=xml"]
)
def test_a_list_parameter_that_no_column_holds_is_refused(query: str) -> None:
    answer = caller().send("GET", f"/partners?{query}")

    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["remedy"]


@pytest.mark.parametrize(
    ("offset", "status"), [("+08:00", 201), ("-16:49", 201), ("+23:59", 201), ("+24:00", 422)]
)
def test_a_business_time_is_the_same_instant_in_any_offset(offset: str, status: int) -> None:
    caller().post(
        "/partners",
        status=status,
        number="V-1",
        name="宁波轴承",
        roles=["supplier"],
        occurred_at=f"2026-01-05T10:00:00{offset}",
    )


def test_a_business_time_before_the_calendar_begins_is_refused() -> None:
    caller().post(
        "/partners",
        status=422,
        number="V-1",
        name="宁波轴承",
        roles=["supplier"],
        occurred_at="0001-01-01T00:00:00+14:00",
    )


JSON_WRITES = [e for e in WRITES if "application/json" in body_of(e[2])]


@pytest.mark.parametrize(("method", "path", "endpoint"), JSON_WRITES, ids=named)
def test_half_a_character_is_refused_by_name(
    method: str, path: str, endpoint: dict[str, Any]
) -> None:
    answer = ask(
        caller(), method, path, endpoint, changed={"reason": "\ud800"}, **{"If-Match": '"1"'}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "commands.invalid_payload")
    assert [field["field"] for field in answer.json()["data"]["fields"]] == ["reason"]
