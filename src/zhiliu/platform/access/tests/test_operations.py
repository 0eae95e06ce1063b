"""Writes of access: rows, audit entry and event; a refusal leaves nothing."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support import run

from zhiliu.kernel.actor import EVERYWHERE, Scope
from zhiliu.platform.access import errors
from zhiliu.platform.access.models import Role, RoleGrant, User
from zhiliu.platform.access.operations import (
    add_user,
    bootstrap_administrator,
    change_role,
    change_user,
    issue_token,
    revoke_grant,
    set_password,
)
from zhiliu.platform.access.permissions import OWN, all_permissions
from zhiliu.platform.access.queries import forget_actors, get_actor
from zhiliu.platform.access.tests.acting import (
    PASSWORD,
    acting,
    any_version,
    granted,
    role_with,
    user_named,
)
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db


def test_the_first_administrator_may_do_everything_and_is_made_once(administrator):
    actor = get_actor(administrator.pk)

    assert set(actor.rights) == {p.operation for p in all_permissions()}
    assert all(actor.may(operation, EVERYWHERE) for operation in actor.rights)
    with pytest.raises(errors.AlreadyInstalled):
        run(
            lambda command, at: bootstrap_administrator(
                username="second", name="x", password=PASSWORD, command=command, at=at
            )
        )
    assert User.objects.count() == 1


def test_a_user_is_added_with_an_audit_entry_that_hides_the_password():
    user = user_named("wang.wei", password=PASSWORD)

    entry = AuditEntry.objects.get(record_id=user.pk)
    event = OutboxEvent.objects.get(subject_id=user.pk)
    assert user.check_password(PASSWORD)
    assert entry.changes["password"] == [None, "***"]
    assert entry.changes["username"] == [None, "wang.wei"]
    assert event.type == "access.user_added.v1"
    assert "pbkdf2" not in str(entry.changes) + str(event.data)


@pytest.mark.parametrize("username", ["", "two words", "a/b", "x" * 61, "tab\there", "nul\x00"])
def test_a_sign_in_name_that_cannot_be_typed_is_refused(username):
    with pytest.raises(errors.BadUsername):
        user_named(username)

    assert User.objects.count() == 0


def test_names_that_differ_in_case_only_are_the_same_name():
    user_named("Wang")

    with pytest.raises(errors.AlreadyExists):
        user_named("wang")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="WANG", name="x")])


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short1x", "password_too_short"),
        ("password123", "password_too_common"),
        ("8409215763", "password_entirely_numeric"),
        ("wang.wei.1", "password_too_similar"),
    ],
)
def test_a_weak_password_is_refused_and_says_why(password, why):
    with pytest.raises(errors.WeakPassword) as refused:
        user_named("wang.wei", password=password)

    assert why in refused.value.why
    assert User.objects.count() == 0


def test_a_long_passphrase_of_any_script_is_taken():
    user = user_named("wang.wei", password="青山一道同云雨 " * 20)

    assert user.check_password("青山一道同云雨 " * 20)


def test_setting_a_password_is_audited_without_the_value_and_ends_sessions():
    user = user_named("wang.wei", password=PASSWORD)
    bound_to = user.get_session_auth_hash()

    changed = run(
        lambda command, at: set_password(
            user_id=user.pk, password="another four words", command=command, at=at
        )
    )

    entry = AuditEntry.objects.get(record_id=user.pk, record_version=2)
    assert entry.changes == {"password": ["***", "***"]}
    assert changed.get_session_auth_hash() != bound_to


def test_a_machine_account_never_has_a_password():
    machine = user_named("erp", is_machine=True)

    with pytest.raises(errors.MachineAccount):
        user_named("erp2", is_machine=True, password=PASSWORD)
    with pytest.raises(errors.MachineAccount):
        run(
            lambda command, at: set_password(
                user_id=machine.pk, password=PASSWORD, command=command, at=at
            )
        )
    assert not User.objects.get(pk=machine.pk).has_usable_password()


def test_a_hash_made_by_an_older_setting_still_works_and_is_not_rewritten():
    old = "pbkdf2_sha256$1000$salt$"
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1000)
    assert hashed.startswith(old)
    user = User(username="old", name="old", password=hashed)

    with connection.execute_wrapper(lambda *_: pytest.fail("a query was made")):
        assert user.check_password(PASSWORD)
        assert not user.check_password("wrong")
    assert user.password == hashed


def test_nobody_grants_a_role_to_himself(administrator):
    role = role_with("access.read")
    actor = get_actor(administrator.pk)

    with pytest.raises(errors.SelfGrant):
        granted(administrator, role, actor=actor)

    assert not RoleGrant.objects.filter(role=role).exists()


def test_nobody_widens_a_role_that_he_has(administrator):
    user = user_named("wang.wei")
    role = role_with("access.read", "access.change_role")
    granted(user, role)

    def widen(actor, operations):
        return run(
            lambda command, at: change_role(
                role_id=role.pk,
                check_version=any_version,
                operations=operations,
                command=command,
                at=at,
            ),
            operation="access.change_role",
            actor=actor,
        )

    with pytest.raises(errors.SelfGrant):
        widen(get_actor(user.pk), ["access.read", "access.change_role", "access.add_user"])
    assert Role.objects.get(pk=role.pk).version == 1
    widen(get_actor(user.pk), ["access.change_role"])
    widen(get_actor(administrator.pk), ["access.add_user"])
    forget_actors()
    assert set(get_actor(user.pk).rights) - set(OWN) == {"access.add_user"}


def test_a_role_lists_only_operations_that_exist():
    with pytest.raises(errors.UnknownOperation):
        role_with("access.read", "access.fly")

    assert not Role.objects.exists()


def test_a_grant_holds_where_it_says_and_ends_when_it_is_revoked():
    user, role, site = user_named("wang.wei"), role_with("access.read"), uuid4()

    grant = granted(user, role, site_id=site)
    actor = get_actor(user.pk)
    assert actor.may("access.read", Scope(site_id=site))
    assert not actor.may("access.read", Scope(site_id=uuid4()))
    assert not actor.may("access.read", EVERYWHERE)
    assert OutboxEvent.objects.get(subject_id=grant.pk).type == "access.role_granted.v1"

    with pytest.raises(errors.AlreadyExists):
        granted(user, role, site_id=site)
    run(lambda command, at: revoke_grant(grant_id=grant.pk, command=command, at=at))
    forget_actors()
    assert set(get_actor(user.pk).rights) == set(OWN)
    with pytest.raises(errors.AlreadyRevoked):
        run(lambda command, at: revoke_grant(grant_id=grant.pk, command=command, at=at))
    assert granted(user, role, site_id=site).pk != grant.pk


def test_a_grant_has_one_scope_also_for_the_database():
    user, role = user_named("wang.wei"), role_with("access.read")

    with pytest.raises(errors.OneScopeOnly):
        granted(user, role, site_id=uuid4(), supplier_id=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.bulk_create(
            [RoleGrant(user=user, role=role, site_id=uuid4(), company_id=uuid4())]
        )


def test_who_may_grant_for_one_site_grants_for_that_site_only():
    foreman, user, role, site = user_named("li"), user_named("wang"), role_with(), uuid4()
    actor = acting(foreman, "access.grant_role", "access.revoke_grant", scope=Scope(site_id=site))
    everywhere = granted(user, role)

    for scope in ({}, {"site_id": uuid4()}, {"supplier_id": uuid4()}):
        with pytest.raises(errors.NotPermitted):
            granted(user, role, actor=actor, **scope)
    granted(user, role, actor=actor, site_id=site)
    with pytest.raises(errors.NotFound):
        run(
            lambda command, at: revoke_grant(grant_id=everywhere.pk, command=command, at=at),
            operation="access.revoke_grant",
            actor=actor,
        )


def test_a_scoped_right_does_not_reach_users_roles_and_tokens():
    user = user_named("wang.wei")
    site_only = Scope(site_id=uuid4())

    def attempt(operation, call):
        with pytest.raises(errors.NotPermitted):
            run(call, operation=operation, actor=acting(user, operation, scope=site_only))

    attempt(
        "access.set_password",
        lambda command, at: set_password(
            user_id=user.pk, password=PASSWORD, command=command, at=at
        ),
    )
    attempt(
        "access.add_user",
        lambda command, at: add_user(username="n", name="n", command=command, at=at),
    )
    attempt(
        "access.issue_token",
        lambda command, at: issue_token(
            user_id=user.pk, name="t", operations=[], command=command, at=at
        ),
    )


def test_the_last_administrator_stays(administrator):
    grant = RoleGrant.objects.get(user=administrator)
    role = grant.role

    acts = [
        lambda command, at: revoke_grant(grant_id=grant.pk, command=command, at=at),
        lambda command, at: change_user(
            user_id=administrator.pk,
            check_version=any_version,
            is_active=False,
            command=command,
            at=at,
        ),
        lambda command, at: change_role(
            role_id=role.pk,
            check_version=any_version,
            operations=["access.read"],
            command=command,
            at=at,
        ),
    ]
    for act in acts:
        with pytest.raises(errors.LastAdministrator):
            run(act)
    assert RoleGrant.objects.get(pk=grant.pk).version == 1
    assert User.objects.get(pk=administrator.pk).is_active

    granted(user_named("second"), role)
    run(acts[1])
    assert not User.objects.get(pk=administrator.pk).is_active
