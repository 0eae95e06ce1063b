"""Signing in through allauth's endpoints, as a browser does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.support import run
from zhiliu.config import sessions
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations import (
    add_role,
    add_user,
    change_user,
    end_sessions,
    grant_role,
    set_password,
)
from zhiliu.platform.access.permissions import OWN
from zhiliu.platform.access.queries import forget_actors
from zhiliu.platform.evidence.models import AuditEntry

pytestmark = pytest.mark.django_db

PASSWORD = "four words not together"
SIGN_IN = "/_allauth/browser/v1/auth/login"
SESSION = "/_allauth/browser/v1/auth/session"
REAUTHENTICATE = "/_allauth/browser/v1/auth/reauthenticate"
TOTP = "/_allauth/browser/v1/account/authenticators/totp"
PASSKEYS = "/_allauth/browser/v1/account/authenticators/webauthn"
PASSWORD_CHANGE = "/_allauth/browser/v1/account/password/change"


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    forget_actors()
    yield
    cache.clear()


@pytest.fixture
def inspector():
    """An active user who may see and add roles."""

    def make(command, at):
        user = add_user(username="li.na", name="李娜", password=PASSWORD, command=command, at=at)
        role = add_role(
            code="inspector",
            name_en="Inspector",
            name_zh="检验员",
            operations=["access.read", "access.add_role"],
            command=command,
            at=at,
        )
        grant_role(user_id=user.pk, role_id=role.pk, command=command, at=at)
        return user

    return run(make)


class Browser:
    """A client that keeps cookies and checks CSRF, like the front page's script."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.client.get(SESSION)

    def post(self, path, body, method="POST", **headers):
        cookie = self.client.cookies[settings.CSRF_COOKIE_NAME].value
        headers = {"X-CSRFToken": cookie, **headers}
        return self.client.generic(
            method,
            path,
            data=self.client._encode_json(body, "application/json"),
            content_type="application/json",
            headers=headers,
        )

    def sign_in(self, username="li.na", password=PASSWORD):
        return self.post(SIGN_IN, {"username": username, "password": password})

    def me(self):
        return self.client.get("/api/v1/me")


def test_a_person_signs_in_reads_and_writes_with_the_session(inspector):
    browser = Browser()
    before = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)

    answer = browser.sign_in("LI.NA")

    assert answer.status_code == 200, answer.content
    assert browser.client.cookies[settings.SESSION_COOKIE_NAME] != before
    me = browser.me()
    assert me.status_code == 200, me.content
    assert me.json()["name"] == "李娜"
    granted = {o["operation"] for o in me.json()["operations"]}
    assert granted - set(OWN) == {"access.add_role", "access.read"}
    body = {"code": "packer", "name_en": "Packer", "name_zh": "包装", "operations": []}
    added = browser.post("/api/v1/roles", body, **{"Idempotency-Key": str(uuid4())})
    assert added.status_code == 201, added.content


def test_signing_in_writes_nothing_to_the_user(inspector):
    Browser().sign_in()

    assert User.objects.get(pk=inspector.pk).version == 1
    assert AuditEntry.objects.filter(record_id=inspector.pk).count() == 1


def test_signing_out_ends_the_session(inspector):
    browser = Browser()
    browser.sign_in()
    stolen = browser.client.cookies[settings.SESSION_COOKIE_NAME].value

    browser.post(SESSION, {}, method="DELETE")

    thief = Client(headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={stolen}"})
    assert browser.me().status_code == 401
    assert thief.get("/api/v1/me").status_code == 401


def test_a_session_id_given_before_sign_in_is_not_kept(inspector):
    browser = Browser()
    session = browser.client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    browser.sign_in()

    assert browser.client.session.session_key != planted


def test_sign_in_without_csrf_token_is_refused(inspector):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        SIGN_IN, {"username": "li.na", "password": PASSWORD}, content_type="application/json"
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "access.csrf_failed"


def test_a_write_with_a_session_but_without_csrf_token_is_refused(inspector):
    browser = Browser()
    browser.sign_in()

    answer = browser.post(
        "/api/v1/roles", {}, **{"X-CSRFToken": "", "Idempotency-Key": str(uuid4())}
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "access.csrf_failed"


def test_wrong_passwords_are_throttled_and_the_right_one_waits_too(inspector):
    browser = Browser()

    codes = []
    for _ in range(6):
        answer = browser.sign_in(password="wrong")
        codes.append(answer.json()["errors"][0]["code"])
    answer = browser.sign_in()

    assert codes == ["username_password_mismatch"] * 5 + ["too_many_login_attempts"]
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert browser.me().status_code == 401


def test_an_unknown_name_is_answered_like_a_wrong_password(inspector):
    browser = Browser()

    wrong, unknown = browser.sign_in(password="wrong"), browser.sign_in("nobody", "wrong")

    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()


@pytest.mark.parametrize(
    "path",
    [
        "auth/signup",
        "auth/password/request",
        "auth/password/reset",
        "auth/code/request",
        "auth/email/verify",
        "account/email",
        "account/phone",
    ],
)
def test_there_is_no_sign_up_and_no_door_beside(inspector, path):
    body = {"username": "me", "password": PASSWORD, "email": "me@example.com"}

    answer = Browser().post(f"/_allauth/browser/v1/{path}", body)

    assert answer.status_code == 404
    assert User.objects.count() == 1


def test_the_app_client_of_allauth_is_closed():
    assert Client().get("/_allauth/app/v1/auth/session").status_code == 404


def _deactivate(user):
    run(
        lambda command, at: change_user(
            user_id=user.pk,
            check_version=lambda _: None,
            is_active=False,
            command=command,
            at=at,
        )
    )
    forget_actors()


def _activate(user):
    run(
        lambda command, at: change_user(
            user_id=user.pk, check_version=lambda _: None, is_active=True, command=command, at=at
        )
    )
    forget_actors()


def test_a_deactivated_users_session_ends_for_good_and_he_cannot_sign_in(inspector):
    browser = Browser()
    browser.sign_in()

    _deactivate(inspector)

    assert browser.me().status_code == 401
    assert Browser().sign_in().status_code == 401
    _activate(inspector)
    assert browser.me().status_code == 401
    assert Browser().sign_in().status_code == 200


def test_a_password_set_by_an_administrator_ends_the_sessions(inspector):
    browser = Browser()
    browser.sign_in()

    run(
        lambda command, at: set_password(
            user_id=inspector.pk, password="another four words", command=command, at=at
        )
    )

    assert browser.me().status_code == 401
    assert Browser().sign_in().status_code == 400
    assert Browser().sign_in(password="another four words").status_code == 200


def test_sessions_can_be_ended_by_an_administrator(inspector):
    browser = Browser()
    browser.sign_in()

    run(lambda command, at: end_sessions(user_id=inspector.pk, command=command, at=at))

    assert browser.me().status_code == 401


def test_a_person_changes_his_own_password_as_an_audited_act(inspector):
    browser, elsewhere = Browser(), Browser()
    browser.sign_in()
    elsewhere.sign_in()

    wrong = browser.post(PASSWORD_CHANGE, {"current_password": "x", "new_password": "new words 1"})
    weak = browser.post(PASSWORD_CHANGE, {"current_password": PASSWORD, "new_password": "password"})
    good = browser.post(
        PASSWORD_CHANGE, {"current_password": PASSWORD, "new_password": "new words 1"}
    )

    assert (wrong.status_code, weak.status_code, good.status_code) == (400, 400, 200)
    entry = AuditEntry.objects.get(record_id=inspector.pk, record_version=2)
    assert entry.operation == "access.change_own_password"
    assert entry.actor_id == inspector.pk
    assert entry.changes == {"password": ["***", "***"]}
    assert browser.me().status_code == 200
    assert elsewhere.me().status_code == 401


@pytest.mark.parametrize(
    ("step", "steps", "status"),
    [
        (settings.SESSION_IDLE_SECONDS - 5, 1, 200),
        (settings.SESSION_IDLE_SECONDS + 5, 1, 401),
        # busy all day: every step is within the idle limit, their sum is not within a working day
        (settings.SESSION_COOKIE_AGE // 13, 13, 200),
        (settings.SESSION_COOKIE_AGE // 13 + 10, 13, 401),
    ],
)
def test_a_session_ends_when_idle_and_after_a_working_day(
    inspector, monkeypatch, step, steps, status
):
    browser = Browser()
    browser.sign_in()
    start = server_time()

    for n in range(1, steps + 1):
        later = start + timedelta(seconds=step * n)
        monkeypatch.setattr(sessions, "server_time", lambda later=later: later)
        answer = browser.me()

    assert answer.status_code == status


def test_totp_and_passkey_endpoints_answer(inspector):
    browser = Browser()
    browser.sign_in()

    passkey_at_once = browser.client.get(PASSKEYS)
    browser.post(REAUTHENTICATE, {"password": PASSWORD})
    totp = browser.client.get(TOTP)
    passkey = browser.client.get(PASSKEYS)
    sign_in = Browser().client.get("/_allauth/browser/v1/auth/webauthn/login")

    assert passkey_at_once.status_code == 401  # the password is asked again first
    assert totp.status_code == 404  # none yet: the answer carries the secret to scan
    assert totp.json()["meta"]["secret"]
    assert passkey.status_code == 200
    assert sign_in.status_code == 200


def test_with_totp_the_password_alone_does_not_sign_in(inspector):
    browser = Browser()
    browser.sign_in()
    browser.post(REAUTHENTICATE, {"password": PASSWORD})
    secret = browser.client.get(TOTP).json()["meta"]["secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert browser.post(TOTP, {"code": code}).status_code == 200
    cache.clear()

    second = Browser()
    first_step = second.sign_in()
    between = second.me()
    code = format_hotp_value(hotp_value(secret, counter + 1))
    done = second.post("/_allauth/browser/v1/auth/2fa/authenticate", {"code": code})

    assert first_step.status_code == 401
    waiting = [f for f in first_step.json()["data"]["flows"] if f.get("is_pending")]
    assert [(f["id"], "totp" in f["types"]) for f in waiting] == [("mfa_authenticate", True)]
    assert between.status_code == 401
    assert done.status_code == 200, done.content
    assert second.me().status_code == 200


def test_a_person_lists_and_ends_his_own_sessions(inspector):
    browser, other = Browser(), Browser()
    browser.sign_in()
    other.sign_in()
    url = "/_allauth/browser/v1/auth/sessions"

    listed = browser.client.get(url).json()["data"]
    ids = [s["id"] for s in listed if not s["is_current"]]
    answer = browser.post(url, {"sessions": ids}, method="DELETE")

    assert len(listed) == 2
    assert answer.status_code == 200
    assert other.me().status_code == 401
    assert browser.me().status_code == 200
