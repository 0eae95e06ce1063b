"""Tokens: what they may do, and when they end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.support import caller, run

from zhiliu.kernel.actor import EVERYWHERE, Actor, Scope
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access import errors
from zhiliu.platform.access.models import ApiToken, RoleGrant
from zhiliu.platform.access.operations import (
    change_user,
    issue_token,
    revoke_grant,
    revoke_token,
)
from zhiliu.platform.access.queries import forget_actors, get_actor, get_actor_by_token
from zhiliu.platform.access.tests.acting import (
    any_version,
    granted,
    role_with,
    user_named,
)
from zhiliu.platform.access.visibility import within_scopes
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db


def issued(user, *operations, actor=None, **values):
    return run(
        lambda command, at: issue_token(
            user_id=user.pk, name="t", operations=operations, command=command, at=at, **values
        ),
        operation="access.issue_token",
        **({"actor": actor} if actor else {}),
    )


def test_a_token_may_do_what_it_lists_and_only_its_digest_is_stored():
    user = user_named("erp", is_machine=True)
    granted(user, role_with("access.read", "access.add_user"))

    token, text = issued(user, "access.read")

    actor = get_actor_by_token(text)
    assert set(actor.rights) == {"access.read"}
    assert actor.id == user.pk
    entry = AuditEntry.objects.get(record_id=token.pk)
    assert entry.changes["digest"] == [None, "***"]
    stored = str(ApiToken.objects.filter(pk=token.pk).values().get()) + str(entry.changes)
    assert text not in stored + str(OutboxEvent.objects.get(subject_id=token.pk).data)


def test_a_token_never_does_more_than_its_user_may_now():
    user = user_named("erp", is_machine=True)
    grant = granted(user, role_with("access.read"))

    with pytest.raises(errors.TokenBeyondUser):
        issued(user, "access.add_user")
    with pytest.raises(errors.UnknownOperation):
        issued(user, "access.fly")
    _, text = issued(user, "access.read")
    run(lambda command, at: revoke_grant(grant_id=grant.pk, command=command, at=at))
    forget_actors()
    assert get_actor_by_token(text).rights == {}


def test_nobody_gets_a_token_that_acts_in_another_persons_name(administrator):
    person, machine = user_named("wang.wei"), user_named("erp", is_machine=True)
    actor = get_actor(administrator.pk)

    with pytest.raises(errors.TokenForAnother):
        issued(person, actor=actor)
    assert issued(machine, actor=actor)[0].user_id == machine.pk
    assert issued(administrator, "access.read", actor=actor)[0].user_id == administrator.pk


def test_a_token_ends_when_revoked_expired_or_its_user_is_deactivated(monkeypatch):
    user = user_named("erp", is_machine=True)
    granted(user, role_with("access.read"))
    soon = server_time() + timedelta(hours=1)
    with pytest.raises(errors.ExpiryPassed):
        issued(user, expires_at=server_time() - timedelta(seconds=1))
    token, revoked = issued(user, "access.read")
    _, expiring = issued(user, "access.read", expires_at=soon)
    _, lasting = issued(user, "access.read")
    assert all(get_actor_by_token(text) for text in (revoked, expiring, lasting))

    run(lambda command, at: revoke_token(token_id=token.pk, command=command, at=at))
    monkeypatch.setattr("zhiliu.platform.access.queries.server_time", lambda: soon)
    forget_actors()
    assert get_actor_by_token(revoked) is None
    assert get_actor_by_token(expiring) is None
    assert get_actor_by_token(lasting) is not None
    run(
        lambda command, at: change_user(
            user_id=user.pk, check_version=any_version, is_active=False, command=command, at=at
        )
    )
    forget_actors()
    assert get_actor_by_token(lasting) is None
    with pytest.raises(errors.AlreadyRevoked):
        run(lambda command, at: revoke_token(token_id=token.pk, command=command, at=at))


def test_a_change_is_forgotten_at_the_commit(django_capture_on_commit_callbacks):
    reader = caller("access.read")
    assert reader.send("GET", "/users").status_code == 200
    grant = RoleGrant.objects.get(user_id=reader.user_id)

    with django_capture_on_commit_callbacks(execute=True):
        run(lambda command, at: revoke_grant(grant_id=grant.pk, command=command, at=at))

    assert reader.send("GET", "/users").status_code == 403


def test_within_scopes_shows_what_the_grants_cover_and_nothing_undecidable():
    user, other = user_named("wang"), user_named("li")
    role, site, supplier = role_with(), uuid4(), uuid4()
    here = granted(other, role, site_id=site)
    there = granted(other, role, site_id=uuid4())
    theirs = granted(other, role, supplier_id=supplier)

    def seen(*scopes, **lookups):
        actor = Actor(user.pk, "x", {"access.read": scopes} if scopes else {})
        rows = RoleGrant.objects.filter(within_scopes(actor, "access.read", **lookups))
        return set(rows.values_list("pk", flat=True))

    lookups = {"site": "site_id", "supplier": "supplier_id"}
    assert seen(**lookups) == set()
    assert seen(EVERYWHERE, **lookups) == {here.pk, there.pk, theirs.pk}
    assert seen(Scope(site_id=site), **lookups) == {here.pk}
    assert seen(Scope(site_id=site), Scope(supplier_id=supplier), **lookups) == {
        here.pk,
        theirs.pk,
    }
    assert seen(Scope(supplier_id=supplier), site="site_id") == set()
    assert seen(Scope(customer_id=uuid4()), **lookups) == set()
