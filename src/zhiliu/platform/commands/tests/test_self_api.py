"""What somebody arranges for himself: language, display, saved views of lists."""

import json
from typing import Any
from uuid import uuid4

import pytest
from tests.support import NOBODY, caller, person

from zhiliu.kernel.actor import IMPORT_BOARD, SYSTEM, Scope
from zhiliu.platform.access.models import SavedView, User
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db

SAVE, SELF = "access.save_view", "access.change_self"
AT_ONE = {"If-Match": '"1"'}
VIEW: dict[str, Any] = {
    "list": "lots",
    "name": "待检",
    "query": {"status": "awaiting_inspection", "sort": "-id"},
}


def edit(who, path, body, version=1, **headers):
    return who.send("PATCH", path, body, **{"If-Match": f'"{version}"', **headers})


def test_four_kinds_of_caller_save_change_and_delete_a_view():
    owner, other, token = person(), caller(SAVE), caller("stock.read")
    assert NOBODY.send("POST", "/saved-views", VIEW).status_code == 401
    assert token.send("POST", "/saved-views", VIEW).status_code == 403
    made = owner.post("/saved-views", **VIEW)
    path = f"/saved-views/{made['id']}"

    assert (made["list"], made["name"], made["query"]) == ("lots", "待检", VIEW["query"])
    assert (made["owner_id"], made["is_shared"]) == (str(owner.user_id), False)
    for method, address in (("GET", path), ("PATCH", path), ("POST", f"{path}/delete")):
        assert NOBODY.send(method, address, {}, **AT_ONE).status_code == 401
        assert token.send(method, address, {}, **AT_ONE).status_code == 403
        refused = other.send(method, address, {}, **AT_ONE)
        assert (refused.status_code, refused.json()["code"]) == (404, "access.not_found")
    changed = edit(owner, path, {"name": "待检批次"}).json()
    assert (changed["name"], changed["query"], changed["version"]) == (
        "待检批次",
        VIEW["query"],
        2,
    )
    assert edit(owner, path, {"name": "x"}).status_code == 412
    assert owner.send("GET", path).headers["ETag"] == '"2"'
    owner.post(f"{path}/delete")
    assert owner.send("GET", path).status_code == 404
    assert owner.send("POST", f"{path}/delete", {}).status_code == 404
    assert SavedView.objects.get().removed_at is not None
    entries = AuditEntry.objects.filter(record_id=made["id"]).order_by("record_version")
    assert [e.operation for e in entries] == [SAVE] * 3
    assert entries[1].changes == {"name": ["待检", "待检批次"]}
    types = OutboxEvent.objects.filter(subject_id=made["id"]).order_by("id")
    assert [t.type for t in types] == [
        "access.view_saved.v1",
        "access.view_changed.v1",
        "access.view_deleted.v1",
    ]


def test_a_shared_view_is_used_by_all_and_changed_by_its_owner():
    owner, other = person(name="王"), caller(SAVE, language="zh-CN")
    path = f"/saved-views/{owner.post('/saved-views', **VIEW)['id']}"
    owner.post("/saved-views", **{**VIEW, "list": "orders"})
    assert other.get("/saved-views?list=lots")["items"] == []

    assert edit(owner, path, {"is_shared": True}).status_code == 200

    (shown,) = other.get("/saved-views?list=lots")["items"]
    assert (shown["name"], shown["owner_name"]) == ("待检", "王")
    assert other.get(path)["query"] == VIEW["query"]
    for method, address in (("PATCH", path), ("POST", f"{path}/delete")):
        refused = other.send(method, address, {}, **{"If-Match": '"2"'})
        assert (refused.status_code, refused.json()["code"]) == (403, "access.not_your_view")
        assert refused.json()["detail"] == "视图 待检 属于 王；您可以使用，但不能修改。"
    assert SavedView.objects.get(list="lots").version == 2


def test_a_name_is_taken_once_a_person_and_list():
    owner, other = person(), caller(SAVE)
    owner.post("/saved-views", **VIEW)
    other.post("/saved-views", **VIEW)
    orders = owner.post("/saved-views", **{**VIEW, "list": "orders"})

    again = owner.send("POST", "/saved-views", VIEW)

    assert (again.status_code, again.json()["code"]) == (409, "access.already_exists")
    second = owner.post("/saved-views", **{**VIEW, "name": "B"})
    renamed = edit(owner, f"/saved-views/{second['id']}", {"name": "待检"})
    assert renamed.json()["code"] == "access.already_exists"
    owner.post(f"/saved-views/{orders['id']}/delete")
    owner.post("/saved-views", **{**VIEW, "list": "orders"})


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"columns": ["x" * 4070]}, 201),
        ({"columns": ["x" * 4090]}, 422),
        ({"a": "b\x00"}, 422),
        ({"a\x00": 1}, 422),
        (json.loads("[" * 6 + "1" + "]" * 6), 422),
        ({"a": json.loads("[" * 7 + "1" + "]" * 7)}, 201),
        ({"a": json.loads("[" * 8 + "1" + "]" * 8)}, 422),
        ({"a": json.loads("[" * 900 + "1" + "]" * 900)}, 422),
    ],
)
def test_what_a_view_keeps_is_bounded(query, status):
    answer = person().send("POST", "/saved-views", {**VIEW, "query": query})

    assert answer.status_code == status, answer.content.decode()


def test_the_database_keeps_a_name_once_whatever_races(monkeypatch):
    monkeypatch.setattr("zhiliu.platform.access.operations.views._check_free", lambda *_: None)
    owner = person()
    owner.post("/saved-views", **VIEW)

    again = owner.send("POST", "/saved-views", VIEW)

    assert (again.status_code, again.json()["code"]) == (409, "access.already_exists")


def test_everybody_chooses_his_own_language_and_display_and_nobody_elses():
    somebody, machine = person("stock.read"), caller("stock.read")
    assert NOBODY.send("PATCH", "/me", {}, **AT_ONE).status_code == 401
    assert edit(machine, "/me", {"language": "en"}).status_code == 403
    version = somebody.get("/me")["version"]

    first = edit(somebody, "/me", {"preferences": {"theme": "dark"}}, version).json()
    second = edit(somebody, "/me", {"language": "en", "preferences": {"density": "compact"}}, 3)

    assert (first["language"], first["preferences"]["theme"]) == ("zh", "dark")
    me = somebody.get("/me")
    assert second.status_code == 200 and me["language"] == "en"
    assert me["preferences"] == {
        "theme": "dark",
        "density": "compact",
        "entry_mode": None,
        "direction": None,
    }
    assert edit(somebody, "/me", {"language": "zh"}, 3).status_code == 412
    assert User.objects.exclude(preferences={}).count() == 1
    entry = AuditEntry.objects.filter(record_id=somebody.user_id).latest("id")
    assert (entry.operation, entry.changes["language"]) == (SELF, ["zh", "en"])


@pytest.mark.parametrize(
    "body",
    [
        {"preferences": {"theme": "pink"}},
        {"preferences": {"font": "x"}},
        {"language": "fr"},
    ],
)
def test_preferences_are_a_closed_set(body):
    somebody = person()

    answer = edit(somebody, "/me", body, somebody.get("/me")["version"])

    assert (answer.status_code, answer.json()["code"]) == (422, "commands.invalid_payload")


def test_me_shows_ones_roles():
    me = person("stock.read", name="李").get("/me")

    (role,) = me["roles"]
    assert (role["name_zh"], role["site_id"], role["scope_name"]) == ("李", None, None)
    assert {"stock.read", SAVE, SELF} == {o["operation"] for o in me["operations"]}


def test_four_kinds_of_caller_ask_what_people_are_called():
    asked = [person("stock.read", name="李"), person("stock.read", name="王")]
    path = "/people?" + "&".join(f"id={who.user_id}" for who in asked)
    of_a_supplier = caller("stock.read", scope=Scope(supplier_id=uuid4()))
    without_a_right = person("tests.nothing")

    assert NOBODY.send("GET", path).status_code == 401
    for who in (without_a_right, caller("stock.read"), of_a_supplier):
        items = who.get(path)["items"]
        assert {i["id"]: (i["name"], i["is_active"]) for i in items} == {
            str(asked[0].user_id): ("李", True),
            str(asked[1].user_id): ("王", True),
        }


def test_people_who_left_and_the_system_have_names_too_and_unknown_ids_none():
    admin, gone = caller("access.read", "access.change_user"), person("stock.read", name="赵")
    version = admin.get(f"/users/{gone.user_id}")["version"]
    assert edit(admin, f"/users/{gone.user_id}", {"is_active": False}, version).status_code == 200
    ids = [gone.user_id, SYSTEM.id, IMPORT_BOARD.id, uuid4(), gone.user_id]

    items = admin.get("/people?" + "&".join(f"id={one}" for one in ids))["items"]

    assert [(i["name"], i["is_active"]) for i in items] == [
        ("system", True),
        ("import review board", True),
        ("赵", False),
    ]


def test_people_are_asked_for_by_id_and_200_at_once():
    somebody = caller("stock.read")
    full = "&".join(f"id={uuid4()}" for _ in range(200))

    assert somebody.get(f"/people?{full}") == {"items": []}
    for wrong in ("", "id=x", f"{full}&id={uuid4()}"):
        assert somebody.send("GET", f"/people?{wrong}").status_code == 422
