"""Users, roles, grants, tokens and audit entries through HTTP."""

from uuid import uuid4

import pytest
from tests.support import NOBODY, Caller, caller, run

from zhiliu.kernel.actor import Scope
from zhiliu.platform.access.models import ApiToken, RoleGrant, User
from zhiliu.platform.access.operations import add_role, add_user, grant_role, issue_token
from zhiliu.platform.access.queries import forget_actors
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.evidence.models import AuditEntry

pytestmark = pytest.mark.django_db

PASSWORD = "four words not together"


@pytest.fixture(autouse=True)
def nothing_remembered():
    forget_actors()


@pytest.fixture
def somebody():
    return run(
        lambda command, at: add_user(username="wang.wei", name="王伟", command=command, at=at)
    )


@pytest.fixture
def machine():
    return run(
        lambda command, at: add_user(
            username="erp", name="ERP", is_machine=True, command=command, at=at
        )
    )


@pytest.fixture
def role():
    return run(
        lambda command, at: add_role(
            code="reader",
            name_en="Reader",
            name_zh="查阅",
            operations=["access.read"],
            command=command,
            at=at,
        )
    )


@pytest.fixture
def records(somebody, machine, role):
    grant = caller("access.grant_role").post(
        "/role-grants", user_id=str(machine.pk), role_id=str(role.pk)
    )
    issuer = caller("access.issue_token", "access.read")
    issued = issuer.post("/api-tokens", user_id=str(machine.pk), name="t", operations=[])
    return {
        "user": str(somebody.pk),
        "machine": str(machine.pk),
        "role": str(role.pk),
        "grant": grant["id"],
        "token": issued["id"],
    }


READS = [
    ("access.read", "/users"),
    ("access.read", "/users/{user}"),
    ("access.read", "/roles"),
    ("access.read", "/roles/{role}"),
    ("access.read", "/permissions"),
    ("access.read", "/role-grants"),
    ("access.read", "/role-grants/{grant}"),
    ("access.read", "/api-tokens"),
    ("access.read", "/api-tokens/{token}"),
    ("evidence.read", "/audit-entries"),
]
WRITES = [
    ("access.add_user", "POST", "/users", {"username": "new", "name": "新"}, 201),
    ("access.change_user", "PATCH", "/users/{user}", {"name": "王大伟"}, 200),
    ("access.set_password", "POST", "/users/{user}/password", {"password": PASSWORD}, 200),
    ("access.end_sessions", "POST", "/users/{user}/end-sessions", {}, 200),
    (
        "access.add_role",
        "POST",
        "/roles",
        {"code": "packer", "name_en": "Packer", "name_zh": "包装", "operations": ["access.read"]},
        201,
    ),
    ("access.change_role", "PATCH", "/roles/{role}", {"operations": []}, 200),
    ("access.grant_role", "POST", "/role-grants", {"user_id": "{user}", "role_id": "{role}"}, 201),
    ("access.revoke_grant", "POST", "/role-grants/{grant}/revoke", {}, 200),
    (
        "access.issue_token",
        "POST",
        "/api-tokens",
        {"user_id": "{machine}", "name": "t2", "operations": ["access.read"]},
        201,
    ),
    ("access.revoke_token", "POST", "/api-tokens/{token}/revoke", {}, 200),
]


def filled(body, records):
    return {k: v.format(**records) if isinstance(v, str) else v for k, v in body.items()}


@pytest.mark.parametrize(("permission", "path"), READS)
def test_four_kinds_of_caller_read(records, permission, path):
    path = path.format(**records)
    scoped = caller(permission, scope=Scope(supplier_id=uuid4())).send("GET", path)

    assert caller(permission).send("GET", path).status_code == 200
    assert caller("catalog.read").send("GET", path).status_code == 403
    assert NOBODY.send("GET", path).status_code == 401
    if path == "/permissions":
        assert scoped.status_code == 200
    elif path.count("/") == 1:
        assert [i for i in scoped.json()["items"] if i["id"] in records.values()] == []
    else:
        assert scoped.status_code == 404


@pytest.mark.parametrize(("permission", "method", "path", "body", "status"), WRITES)
def test_four_kinds_of_caller_write(records, permission, method, path, body, status):
    path, body = path.format(**records), filled(body, records)

    def send(who):
        return who.send(method, path, body, **{"If-Match": '"1"'})

    entries = AuditEntry.objects.filter(operation=permission)
    before = entries.count()
    assert send(NOBODY).status_code == 401
    assert send(caller("catalog.read")).status_code == 403
    other = send(caller(permission, scope=Scope(supplier_id=uuid4())))
    assert other.status_code == (404 if permission == "access.revoke_grant" else 403)
    assert entries.count() == before
    allowed = send(caller(permission))
    assert allowed.status_code == status, allowed.content.decode()
    assert entries.count() == before + 1


def test_me_says_who_i_am_and_what_i_may_do_where():
    site = uuid4()
    clerk = caller("access.read", "catalog.read", name="李娜", scope=Scope(site_id=site))

    me = clerk.get("/me")

    assert me["name"] == "李娜"
    assert me["language"] == "zh"
    nowhere = {"company_id": None, "supplier_id": None, "customer_id": None}
    assert me["operations"] == [
        {"operation": o, "scopes": [{**nowhere, "site_id": str(site)}]}
        for o in ("access.read", "catalog.read")
    ]
    assert NOBODY.send("GET", "/me").status_code == 401


def test_an_edit_names_the_version_it_saw(somebody):
    clerk = caller("access.change_user", "access.read")
    path = f"/users/{somebody.pk}"
    etag = clerk.send("GET", path)["ETag"]

    first = clerk.send("PATCH", path, {"language": "en"}, **{"If-Match": etag})
    late = clerk.send("PATCH", path, {"language": "zh"}, **{"If-Match": etag})
    without = clerk.send("PATCH", path, {"language": "zh"})

    assert etag == '"1"'
    assert (first.status_code, first.json()["version"]) == (200, 2)
    assert (late.status_code, late.json()["code"]) == (412, "commands.version_mismatch")
    assert (without.status_code, without.json()["code"]) == (428, "commands.if_match_missing")
    assert User.objects.get(pk=somebody.pk).language == "en"


def test_a_password_is_in_no_answer_and_in_no_stored_command(somebody):
    clerk = caller("access.set_password")
    path = f"/users/{somebody.pk}/password"

    answer = clerk.send("POST", path, {"password": PASSWORD}, key="k")
    done = DoneCommand.objects.get(operation="access.set_password")
    other = clerk.send("POST", path, {"password": "other four words here"}, key="k2")

    assert answer.status_code == other.status_code == 200
    assert "password" not in answer.json()
    assert PASSWORD not in done.answer
    digests = DoneCommand.objects.filter(operation="access.set_password").values_list(
        "content__password", flat=True
    )
    assert len(set(digests)) == 1  # a digest of the password itself could be guessed offline


def test_a_weak_password_is_refused_in_chinese_and_changes_nothing(somebody):
    clerk = caller("access.set_password", language="zh-CN")

    answer = clerk.post(f"/users/{somebody.pk}/password", 409, password="12345678")

    assert answer["code"] == "access.weak_password"
    assert "密码" in answer["detail"]
    assert User.objects.get(pk=somebody.pk).version == 1


def test_the_text_of_a_token_is_given_once_and_works(machine, role):
    caller("access.grant_role").post("/role-grants", user_id=str(machine.pk), role_id=str(role.pk))
    clerk = caller("access.issue_token")
    body = {"user_id": str(machine.pk), "name": "bridge", "operations": ["access.read"]}

    first = clerk.send("POST", "/api-tokens", body, key="k")
    again = clerk.send("POST", "/api-tokens", body, key="k")

    text = first.json()["token"]
    assert first.status_code == again.status_code == 201
    assert again.json() == {**first.json(), "token": None}
    assert again["Idempotency-Replayed"] == "true"
    assert ApiToken.objects.filter(user=machine).count() == 1
    assert text not in DoneCommand.objects.get(operation="access.issue_token").answer
    bridge = Caller(token=text)
    assert bridge.get("/me")["username"] == "erp"
    assert bridge.send("GET", "/users").status_code == 200
    listed = caller("access.read").get("/api-tokens?search=bridge")["items"]
    assert [t["name"] for t in listed] == ["bridge"]
    assert "token" not in listed[0]


def test_a_revoked_and_an_unknown_token_are_refused(machine):
    clerk = caller("access.issue_token", "access.revoke_token")
    issued = clerk.post("/api-tokens", user_id=str(machine.pk), name="t", operations=[])
    assert Caller(token=issued["token"]).send("GET", "/me").status_code == 200

    clerk.post(f"/api-tokens/{issued['id']}/revoke")
    forget_actors()

    for text in (issued["token"], "zl_unknown", ""):
        answer = Caller(token=text).send("GET", "/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "access.not_signed_in")


def test_a_self_grant_is_refused_and_leaves_nothing(role):
    clerk = caller("access.grant_role")

    answer = clerk.post("/role-grants", 403, user_id=str(clerk.user_id), role_id=str(role.pk))

    assert answer["code"] == "access.self_grant"
    assert not RoleGrant.objects.filter(role=role).exists()


def test_grants_are_listed_within_the_readers_scope(somebody, role):
    site = uuid4()
    grantor = caller("access.grant_role")
    for place in (str(site), str(uuid4())):
        grantor.post("/role-grants", user_id=str(somebody.pk), role_id=str(role.pk), site_id=place)

    everywhere = caller("access.read").get(f"/role-grants?user_id={somebody.pk}")["items"]
    here = caller("access.read", scope=Scope(site_id=site)).get(
        f"/role-grants?user_id={somebody.pk}&is_open=true"
    )["items"]

    assert len(everywhere) == 2
    assert [g["site_id"] for g in here] == [str(site)]
    assert here[0]["username"] == "wang.wei"


def test_audit_entries_are_found_by_record_actor_and_operation(somebody):
    clerk = caller("access.change_user", "access.set_password")
    clerk.send("PATCH", f"/users/{somebody.pk}", {"name": "王大伟"}, **{"If-Match": '"1"'})
    clerk.post(f"/users/{somebody.pk}/password", password=PASSWORD, reason="忘记密码")
    auditor = caller("evidence.read")

    by_record = auditor.get(f"/audit-entries?record_id={somebody.pk}&sort=-id")["items"]
    by_actor = auditor.get(f"/audit-entries?actor_id={clerk.user_id}")["items"]
    by_operation = auditor.get("/audit-entries?operation=access.set_password")["items"]

    assert [e["record_version"] for e in by_record] == [3, 2, 1]
    assert by_record[1]["changes"] == {"name": ["王伟", "王大伟"]}
    assert [e["operation"] for e in by_actor] == ["access.change_user", "access.set_password"]
    assert [e["reason"] for e in by_operation] == ["忘记密码"]
    assert by_operation[0]["changes"]["password"][1] == "***"
    assert auditor.send("GET", "/audit-entries?record_id=x").status_code == 422


def test_the_list_of_permissions_has_every_operation_in_both_languages():
    items = caller("access.read").get("/permissions")["items"]

    assert {"access.grant_role", "evidence.read", "catalog.read"} <= {i["operation"] for i in items}
    assert all(i["name_en"] and i["name_zh"] for i in items)


@pytest.mark.parametrize("text", ["a\x00b", "line\nbreak", "\ud800", "", "x" * 151])
def test_text_that_cannot_be_kept_or_shown_is_refused(somebody, machine, text):
    clerk = caller()

    answers = [
        clerk.send("POST", "/users", {"username": "n", "name": text}),
        clerk.send("PATCH", f"/users/{somebody.pk}", {"name": text}, **{"If-Match": "1"}),
        clerk.send(
            "POST", "/roles", {"code": "c", "name_en": text, "name_zh": "x", "operations": []}
        ),
        clerk.send(
            "POST", "/api-tokens", {"user_id": str(machine.pk), "name": text, "operations": []}
        ),
        clerk.send(
            "POST", f"/users/{somebody.pk}/password", {"password": (text or "\x00" * 9) * 9}
        ),
    ]

    assert [a.status_code for a in answers] == [422] * 5
    assert User.objects.get(pk=somebody.pk).version == 1


def verbs(answer):
    """What may be done: the refusal by verb, None when it is allowed."""
    return {a["verb"]: a["refusal"] for a in answer["allowed_actions"]}


ADMINISTERING = (
    "access.read",
    "access.change_user",
    "access.set_password",
    "access.end_sessions",
    "access.remove_second_factors",
    "access.unlink_identity",
    "access.change_role",
    "access.grant_role",
    "access.revoke_grant",
    "access.issue_token",
    "access.revoke_token",
)


def test_a_record_says_what_may_be_done_with_it_and_why_not(records):
    admin, reader = caller(*ADMINISTERING), caller("access.read", language="zh")

    assert verbs(admin.get(f"/users/{records['user']}")) == {
        "change": None,
        "deactivate": None,
        "set_password": None,
        "end_sessions": None,
        "remove_second_factors": "access.no_second_factor",
        "unlink_identity": "access.not_found",
        "grant_role": None,
        "issue_token": "access.token_for_another",
    }
    machine = verbs(admin.get(f"/users/{records['machine']}"))
    assert (machine["set_password"], machine["issue_token"]) == ("access.machine_account", None)
    assert set(verbs(reader.get(f"/users/{records['user']}")).values()) == {"access.not_permitted"}
    assert verbs(admin.get(f"/roles/{records['role']}")) == {"change": None, "grant_role": None}
    assert verbs(admin.get(f"/role-grants/{records['grant']}")) == {"revoke": None}
    assert verbs(admin.get(f"/api-tokens/{records['token']}")) == {"revoke": None}
    refused = reader.get(f"/role-grants/{records['grant']}")["allowed_actions"][0]
    assert refused["sentence"] == "您的角色不包含操作 access.revoke_grant。"

    admin.post(f"/api-tokens/{records['token']}/revoke")
    admin.post(f"/role-grants/{records['grant']}/revoke")

    for path in (f"/api-tokens/{records['token']}", f"/role-grants/{records['grant']}"):
        assert verbs(admin.get(path)) == {"revoke": "access.already_revoked"}
    (row,) = [r for r in admin.get("/api-tokens")["items"] if r["id"] == records["token"]]
    assert verbs(row) == {"revoke": "access.already_revoked"}


def test_the_last_administrator_stays_and_helps_himself_to_nothing(role):
    root = run(lambda command, at: add_user(username="root", name="Root", command=command, at=at))
    granting = run(
        lambda command, at: add_role(
            code="administrator",
            name_en="Administrator",
            name_zh="管理员",
            operations=list(ADMINISTERING),
            command=command,
            at=at,
        )
    )
    grant = run(
        lambda command, at: grant_role(user_id=root.pk, role_id=granting.pk, command=command, at=at)
    )
    _, text = run(
        lambda command, at: issue_token(
            user_id=root.pk, name="t", operations=ADMINISTERING, command=command, at=at
        )
    )
    himself = Caller(text)

    own = verbs(himself.get(f"/users/{root.pk}"))

    assert own["deactivate"] == "access.last_administrator"
    assert own["grant_role"] == "access.self_grant"
    assert own["remove_second_factors"] == "access.own_sign_in"
    assert own["issue_token"] is None
    shown = himself.get(f"/role-grants/{grant.pk}")
    assert verbs(shown) == {"revoke": "access.last_administrator"}
    assert (shown["user_name"], shown["role_zh"]) == ("Root", "管理员")
    assert himself.get(f"/roles/{granting.pk}")["user_count"] == 1


def test_a_grant_has_its_names_and_a_role_its_people(records):
    reader = caller("access.read")

    (grant,) = reader.get(f"/role-grants?user_id={records['machine']}")["items"]
    (role,) = reader.get("/roles?code=reader")["items"]

    assert (grant["user_name"], grant["role_en"], grant["role_zh"]) == ("ERP", "Reader", "查阅")
    assert role["user_count"] == 1


def test_audit_entries_are_found_by_the_number_of_their_record(records):
    reader = caller("evidence.read")

    found = reader.get("/audit-entries?record_number=wang.wei")["items"]

    assert [(e["record_id"], e["record_number"]) for e in found] == [(records["user"], "wang.wei")]
    (grant,) = reader.get(f"/audit-entries?record_id={records['grant']}")["items"]
    assert grant["record_number"] == "erp/reader"
    assert reader.get("/audit-entries?record_number=nobody")["items"] == []
    assert reader.send("GET", "/audit-entries?record_number=%00").status_code == 422
