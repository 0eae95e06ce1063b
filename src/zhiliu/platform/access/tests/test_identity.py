"""Proving one's identity again: password or code, counted, for people with a session only."""

import logging

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from tests.support import caller, run

from zhiliu.kernel.actor import SYSTEM
from zhiliu.platform.access import identity
from zhiliu.platform.access.errors import SessionNeeded, TooManySecrets, WrongSecret
from zhiliu.platform.access.identity import prove_identity
from zhiliu.platform.access.operations import add_user
from zhiliu.platform.access.queries import forget_actors, get_actor, get_actor_by_token

pytestmark = pytest.mark.django_db

PASSWORD = "four words not together"


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    forget_actors()
    yield
    cache.clear()


def person(username="li.na"):
    return run(
        lambda command, at: add_user(
            username=username, name="李娜", password=PASSWORD, command=command, at=at
        )
    )


def acting(user):
    """The user as signed in."""
    actor = get_actor(user.pk)
    assert actor
    return actor


@pytest.fixture
def user():
    return person()


@pytest.fixture
def code(user):
    """The code that the user's authenticator shows now."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now))


def test_the_password_proves_a_person(user):
    assert prove_identity(acting(user), PASSWORD).method == "password"


def test_the_code_of_the_authenticator_proves_a_person_once(user, code):
    assert prove_identity(acting(user), code).method == "totp"

    with pytest.raises(WrongSecret):
        prove_identity(acting(user), code)


def test_a_code_of_somebody_without_authenticator_is_wrong(user, code):
    with pytest.raises(WrongSecret):
        prove_identity(acting(person("wang.wu")), code)


@pytest.mark.parametrize("secret", ["", "four words", PASSWORD.upper(), "000000", "１２３４５６"])
def test_a_wrong_secret_proves_nothing_and_is_logged_without_it(user, secret, caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(WrongSecret):
        prove_identity(acting(user), secret)

    assert str(user.pk) in caplog.text
    assert not secret or secret not in caplog.text


def test_after_five_wrong_secrets_the_right_one_waits_too(user, monkeypatch):
    actor = acting(user)
    for _ in range(identity.ATTEMPTS):
        with pytest.raises(WrongSecret):
            prove_identity(actor, "wrong")

    with pytest.raises(TooManySecrets) as caught:
        prove_identity(actor, PASSWORD)

    assert "5 minutes" in caught.value.remedy("en")
    other = person("wang.wu")
    assert prove_identity(acting(other), PASSWORD)  # counted for each person alone


def test_the_right_secret_ends_the_count(user):
    actor = acting(user)
    for _ in range(3):
        for _ in range(identity.ATTEMPTS - 1):
            with pytest.raises(WrongSecret):
                prove_identity(actor, "wrong")
        prove_identity(actor, PASSWORD)


def test_a_token_proves_no_person():
    machine = get_actor_by_token(caller("access.read").token or "")
    assert machine

    with pytest.raises(SessionNeeded):
        prove_identity(machine, PASSWORD)
    with pytest.raises(SessionNeeded):
        prove_identity(SYSTEM, PASSWORD)
