"""What a request came in with, looked at again: whatever ends it, ends what stays open."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from tests.support import caller, person, run

from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.credentials import Credential, actors_behind
from zhiliu.platform.access.models import ApiToken, RoleGrant, User
from zhiliu.platform.access.operations import (
    change_user,
    end_sessions,
    revoke_grant,
    revoke_token,
    set_password,
)
from zhiliu.platform.access.permissions import OWN
from zhiliu.platform.access.queries import get_actor, get_actor_by_token, token_digest
from zhiliu.platform.access.sessions import SEEN, SIGNED_IN
from zhiliu.platform.access.tests.acting import any_version

pytestmark = pytest.mark.django_db


def actor_of(credential):
    return actors_behind([credential]).get(credential)


@pytest.fixture
def signed_in():
    who = person("stock.read")
    return who, Credential(who.session.session.session_key or "")


def stored(credential, **values):
    """The session with other values in it."""
    row = Session.objects.get(session_key=credential.session_key)
    kept = {**row.get_decoded(), **values}
    row.session_data = Session.get_session_store_class()().encode(kept)
    row.save()


def test_a_session_stands_for_its_person_and_a_token_for_its_user(signed_in):
    who, session = signed_in
    machine = caller("stock.read")
    token = Credential(digest=token_digest(machine.token or ""))

    assert actors_behind([session, token]) == {
        session: get_actor(who.user_id),
        token: get_actor_by_token(machine.token or ""),
    }


@pytest.mark.parametrize(
    "end",
    [
        lambda user: end_sessions,
        lambda user: lambda **k: set_password(password="four words not together", **k),
        lambda user: lambda **k: change_user(is_active=False, check_version=any_version, **k),
    ],
    ids=["sessions ended", "new password", "deactivated"],
)
def test_what_ends_the_sessions_of_a_user_ends_this_one(signed_in, end):
    who, session = signed_in

    run(lambda command, at: end(None)(user_id=who.user_id, command=command, at=at))

    assert actor_of(session) is None


def test_a_session_that_was_ended_or_lasted_too_long_stands_for_nobody(signed_in, settings):
    _, session = signed_in
    now = server_time().timestamp()
    for values in (
        {SEEN: now - settings.SESSION_IDLE_SECONDS - 5},
        {SIGNED_IN: now - settings.SESSION_COOKIE_AGE - 5},
    ):
        stored(session, **values)
        assert actor_of(session) is None
        stored(session, **{SEEN: now, SIGNED_IN: now})
        assert actor_of(session) is not None

    Session.objects.update(expire_date=server_time() - timedelta(seconds=1))
    assert actor_of(session) is None
    Session.objects.all().delete()
    assert actor_of(session) is None


def test_a_token_that_is_revoked_or_expired_stands_for_nobody():
    token = Credential(digest=token_digest(caller("stock.read").token or ""))
    other = Credential(digest=token_digest(caller("stock.read").token or ""))
    row = ApiToken.objects.get(digest=token.digest)

    run(lambda command, at: revoke_token(token_id=row.pk, command=command, at=at))
    assert actor_of(token) is None

    for expires_at, holds in ((timedelta(seconds=30), True), (timedelta(seconds=-1), False)):
        row = ApiToken.objects.get(digest=other.digest)
        row.expires_at = server_time() + expires_at
        row.version += 1
        row.save()
        assert (actor_of(other) is not None) is holds


def test_a_revoked_right_is_gone_at_once(signed_in):
    who, session = signed_in
    before = actor_of(session)
    grant = RoleGrant.objects.get(user_id=who.user_id)

    run(lambda command, at: revoke_grant(grant_id=grant.pk, command=command, at=at))

    after = actor_of(session)
    assert before.rights.keys() > set(OWN) and after.rights.keys() == set(OWN)
    assert User.objects.filter(pk=who.user_id, is_active=True).exists()
