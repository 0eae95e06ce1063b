"""What the lists of administration show: who signs in how, his roles, and which token is used."""

import time

import pytest
from django.test import Client
from tests.support import caller, run

from zhiliu.platform.access.models import TokenUse, User
from zhiliu.platform.access.operations import (
    add_user,
    grant_role,
    link_identity,
    note_token_use,
    record_sign_in,
    revoke_grant,
    tokens,
)
from zhiliu.platform.access.queries import forget_actors
from zhiliu.platform.evidence.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    forget_actors()
    tokens._noted.clear()


@pytest.fixture
def somebody():
    return run(
        lambda command, at: add_user(username="wang.wei", name="王伟", command=command, at=at)
    )


def shown(user, path="/users?username=wang.wei"):
    found = caller("access.read").get(path)
    (row,) = found["items"]
    assert row.items() <= caller("access.read").get(f"/users/{user.pk}").items()
    return row


def test_a_new_user_has_no_role_no_sign_in_and_no_second_factor(somebody):
    row = shown(somebody)

    assert (row["roles"], row["last_sign_in_at"]) == ([], None)
    assert (row["has_second_factor"], row["second_factors"], row["is_linked"]) == (False, [], False)


def test_the_list_shows_the_last_sign_in_the_second_factors_and_the_company_account(somebody):
    for method in ("password", "company"):
        last = run(
            lambda command, at, m=method: record_sign_in(
                user_id=somebody.pk, methods=[m], address="192.0.2.7", command=command, at=at
            )
        )
    run(
        lambda command, at: link_identity(
            user_id=somebody.pk,
            issuer="https://id.example",
            subject_id="s-1",
            matched_by="email",
            command=command,
            at=at,
        )
    )
    factor = {"type": "totp", "name": "", "added_at": "2026-03-02T08:00:00Z"}
    User.objects.filter(pk=somebody.pk).update(second_factors=[factor], version=2)

    row = shown(somebody)

    last.refresh_from_db()
    assert row["last_sign_in_at"] == last.recorded_at.isoformat().replace("+00:00", "Z")
    assert (row["has_second_factor"], row["second_factors"]) == (True, [factor])
    assert row["is_linked"] is True


def test_the_list_shows_the_roles_that_a_user_has_now(somebody):
    admin = caller("access.add_role", "access.grant_role", "access.read")
    roles = [
        admin.post("/roles", code=code, name_en=code, name_zh="角色", operations=[])
        for code in ("buyer", "inspector")
    ]
    grants = [
        run(lambda command, at, r=role: grant_role(
            user_id=somebody.pk, role_id=r["id"], command=command, at=at
        ))
        for role in roles
    ]  # fmt: skip
    assert [r["role"] for r in shown(somebody)["roles"]] == ["buyer", "inspector"]

    run(lambda command, at: revoke_grant(grant_id=grants[0].pk, command=command, at=at))

    (left,) = shown(somebody)["roles"]
    assert (left["role"], left["role_id"]) == ("inspector", roles[1]["id"])


def test_a_token_shows_its_last_use_to_a_few_minutes_and_no_audit_entry_is_made(monkeypatch):
    reader = caller("access.read", name="scale")
    entries = AuditEntry.objects.count()

    (row,) = reader.get("/api-tokens")["items"]
    assert row["used_at"] is not None
    assert AuditEntry.objects.count() == entries

    TokenUse.objects.all().delete()
    reader.get("/me")
    assert not TokenUse.objects.exists()  # noted once, not at every request
    later = time.monotonic() + tokens.NOTED_SECONDS + 1
    monkeypatch.setattr("time.monotonic", lambda: later)
    note_token_use(str(reader.token))
    assert TokenUse.objects.count() == 1


def test_an_unused_and_an_unknown_token_leave_no_trace():
    unknown = Client().get("/api/v1/me", headers={"Authorization": "Bearer zl_unknown"})

    assert unknown.status_code == 401
    assert not TokenUse.objects.exists()
    caller("stock.read")
    rows = caller("access.read").get("/api-tokens")["items"]
    assert sorted(row["used_at"] is None for row in rows) == [False, True]
