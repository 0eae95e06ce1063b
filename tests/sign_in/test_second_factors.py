"""Second factors through the sign-in endpoints, each step with its audit entry."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from tests.sign_in.passkey import Passkey
from tests.sign_in.test_sign_in import PASSKEYS, PASSWORD, REAUTHENTICATE, TOTP, Browser
from tests.support import NOBODY, caller, run
from zhiliu.kernel.actor import Scope
from zhiliu.platform.access.models import SignIn, User
from zhiliu.platform.access.operations import add_role, add_user, grant_role
from zhiliu.platform.access.queries import forget_actors
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db

RECOVERY_CODES = "/_allauth/browser/v1/account/authenticators/recovery-codes"
SECOND_STEP = "/_allauth/browser/v1/auth/2fa/authenticate"
PASSKEY_SIGN_IN = "/_allauth/browser/v1/auth/webauthn/login"
PASSKEY_STEP = "/_allauth/browser/v1/auth/webauthn/authenticate"
PASSKEY_AGAIN = "/_allauth/browser/v1/auth/webauthn/reauthenticate"


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    forget_actors()
    yield
    cache.clear()


@pytest.fixture
def user():
    def make(command, at):
        made = add_user(username="li.na", name="李娜", password=PASSWORD, command=command, at=at)
        role = add_role(
            code="approver",
            name_en="Approver",
            name_zh="批准人",
            operations=["inspections.approve_urgent_release"],
            command=command,
            at=at,
        )
        grant_role(user_id=made.pk, role_id=role.pk, command=command, at=at)
        return made

    return run(make)


def signed_in():
    browser = Browser()
    assert browser.sign_in().status_code == 200
    return browser


def again(browser):
    """Answer the question for the password that comes before changing how one signs in."""
    assert browser.post(REAUTHENTICATE, {"password": PASSWORD}).status_code == 200


def code(secret, later=0):
    counter = next(iter(yield_hotp_counters_from_time())) + later
    return format_hotp_value(hotp_value(secret, counter))


def set_up_totp(browser):
    again(browser)
    secret = browser.client.get(TOTP).json()["meta"]["secret"]
    answer = browser.post(TOTP, {"code": code(secret)})
    assert answer.status_code == 200, answer.content
    return secret


def add_passkey(browser, name="phone"):
    again(browser)
    key = Passkey()
    options = browser.client.get(f"{PASSKEYS}?passwordless").json()["data"]["creation_options"]
    answer = browser.post(PASSKEYS, {"name": name, "credential": key.create(options)})
    assert answer.status_code == 200, answer.content
    return key


def entries(user):
    """(operation, types before, types after) of each change of the second factors."""
    rows = AuditEntry.objects.filter(record_id=user.pk).order_by("record_version")
    return [
        (
            row.operation,
            *(sorted(f["type"] for f in side) for side in row.changes["second_factors"]),
        )
        for row in rows[1:]
    ]


def told(user):
    rows = OutboxEvent.objects.filter(subject_id=user.pk).order_by("id")
    return [(r.type, r.data.get("types")) for r in rows if "second_factors" in r.type]


OWN = "access.change_own_second_factors"


def test_totp_is_activated_used_and_taken_away_each_with_an_audit_entry(user):
    browser = signed_in()
    secret = set_up_totp(browser)

    assert entries(user) == [(OWN, [], ["recovery_codes", "totp"])]
    assert told(user)[0] == (
        "access.second_factors_changed.v1",
        ["recovery_codes", "totp"],
    )
    entry = AuditEntry.objects.get(record_id=user.pk, record_version=2)
    assert (entry.actor_id, entry.actor_name) == (user.pk, "李娜")
    assert secret not in str(entry.changes)

    again(browser)
    assert browser.post(TOTP, {}, method="DELETE").status_code == 200

    assert entries(user)[1][2] == []  # the recovery codes went with it
    assert User.objects.get(pk=user.pk).second_factors == []
    assert not Authenticator.objects.exists()


def test_a_wrong_code_activates_nothing_and_leaves_no_entry(user):
    browser = signed_in()
    again(browser)
    browser.client.get(TOTP)

    answer = browser.post(TOTP, {"code": "000000"})

    assert answer.status_code == 400
    assert User.objects.get(pk=user.pk).version == 1
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_are_an_entry_and_one_signs_in_once(user):
    browser = signed_in()
    set_up_totp(browser)
    first = browser.client.get(RECOVERY_CODES).json()["data"]["unused_codes"]
    again(browser)
    fresh = browser.post(RECOVERY_CODES, {}).json()["data"]["unused_codes"]

    assert len(fresh) == 10 and not set(fresh) & set(first)
    assert len(entries(user)) == 2
    assert fresh[0] not in str(AuditEntry.objects.filter(record_id=user.pk).values())

    statuses = []
    for given in (first[0], fresh[0], fresh[0]):
        other = Browser()
        assert other.sign_in().status_code == 401
        statuses.append(other.post(SECOND_STEP, {"code": given}).status_code)
    assert statuses == [400, 200, 400]
    assert SignIn.objects.order_by("recorded_at").last().methods == ["password", "recovery_codes"]


def test_a_code_of_the_app_is_the_second_step_and_the_sign_in_is_noted(user):
    secret = set_up_totp(signed_in())
    cache.clear()
    browser = Browser()

    assert browser.sign_in().status_code == 401
    assert SignIn.objects.count() == 1  # half a sign-in is none
    assert browser.post(SECOND_STEP, {"code": code(secret, 1)}).status_code == 200

    last = SignIn.objects.order_by("recorded_at").last()
    assert (last.user_id, last.methods, last.address) == (
        user.pk,
        ["password", "totp"],
        "127.0.0.1",
    )
    assert OutboxEvent.objects.filter(type="access.signed_in.v1").count() == 2


def test_a_passkey_is_registered_and_signs_in_by_itself(user):
    key = add_passkey(signed_in())
    browser = Browser()

    options = browser.client.get(PASSKEY_SIGN_IN).json()["data"]["request_options"]
    answer = browser.post(PASSKEY_SIGN_IN, {"credential": key.get(options)})

    assert answer.status_code == 200, answer.content
    assert browser.me().json()["id"] == str(user.pk)
    assert SignIn.objects.order_by("recorded_at").last().methods == ["webauthn"]
    (factor,) = (f for f in User.objects.get().second_factors if f["type"] == "webauthn")
    assert factor["name"] == "phone" and factor["added_at"]
    assert entries(user)[0][0] == OWN


def test_a_passkey_of_somebody_else_or_an_old_answer_does_not_sign_in(user):
    key = add_passkey(signed_in())
    stranger, browser = Passkey(), Browser()
    stranger.id, stranger.user_handle = key.id, key.user_handle

    options = browser.client.get(PASSKEY_SIGN_IN).json()["data"]["request_options"]
    forged = browser.post(PASSKEY_SIGN_IN, {"credential": stranger.get(options)})
    old = key.get(options)
    browser.client.get(PASSKEY_SIGN_IN)
    replayed = browser.post(PASSKEY_SIGN_IN, {"credential": old})

    assert (forged.status_code, replayed.status_code) == (400, 400)
    assert browser.me().status_code == 401


def test_a_passkey_is_the_second_step_after_a_password(user):
    key = add_passkey(signed_in())
    browser = Browser()
    assert browser.sign_in().status_code == 401

    options = browser.client.get(PASSKEY_STEP).json()["data"]["request_options"]
    answer = browser.post(PASSKEY_STEP, {"credential": key.get(options)})

    assert answer.status_code == 200, answer.content
    assert SignIn.objects.order_by("recorded_at").last().methods == ["password", "webauthn"]


def test_the_question_who_you_are_is_answered_by_password_code_or_passkey(user):
    browser = signed_in()
    key = add_passkey(browser)

    asked = {}
    for answer in ("password", "passkey"):
        session = browser.client.session
        session["account_authentication_methods"] = []  # as after five minutes
        session.save()
        refused = browser.client.get(PASSKEYS)
        flows = {f["id"] for f in refused.json()["data"]["flows"]}
        asked[answer] = (refused.status_code, "reauthenticate" in flows)
        if answer == "password":
            again(browser)
        else:
            options = browser.client.get(PASSKEY_AGAIN).json()["data"]["request_options"]
            done = browser.post(PASSKEY_AGAIN, {"credential": key.get(options)})
            assert done.status_code == 200, done.content
        assert browser.client.get(PASSKEYS).status_code == 200

    assert asked == {"password": (401, True), "passkey": (401, True)}


def test_a_renamed_passkey_is_an_entry_and_a_removed_one_too(user):
    browser = signed_in()
    add_passkey(browser)
    row = Authenticator.objects.get(type="webauthn")

    again(browser)
    renamed = browser.post(PASSKEYS, {"id": row.pk, "name": "tablet"}, method="PUT")
    removed = browser.post(PASSKEYS, {"authenticators": [row.pk]}, method="DELETE")

    assert (renamed.status_code, removed.status_code) == (200, 200)
    assert User.objects.get(pk=user.pk).second_factors == []
    assert len(entries(user)) == 3


def test_what_fails_while_it_is_audited_is_undone(user, monkeypatch):
    browser = signed_in()
    again(browser)
    secret = browser.client.get(TOTP).json()["meta"]["secret"]

    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("zhiliu.config.sign_in.note_second_factors", fail)
    browser.client.raise_request_exception = False
    answer = browser.post(TOTP, {"code": code(secret)})

    assert answer.status_code == 500
    assert not Authenticator.objects.exists()


def test_an_administrator_removes_what_somebody_lost_with_a_reason(user):
    browser = signed_in()
    set_up_totp(browser)
    one = f"/users/{user.pk}/remove-second-factors"
    admin = caller("access.remove_second_factors")

    assert NOBODY.send("POST", one, {}).status_code == 401
    assert caller("access.read").send("POST", one, {}).status_code == 403
    scoped = caller("access.remove_second_factors", scope=Scope(site_id=uuid4()))
    assert scoped.send("POST", one, {"reason": "lost"}).status_code == 403
    unknown = f"/users/{uuid4()}/remove-second-factors"
    assert admin.send("POST", unknown, {"reason": "lost"}).status_code == 404
    assert admin.post(one, 409)["code"] == "access.reason_needed"
    assert Authenticator.objects.count() == 2
    answer = admin.post(one, reason="lost telephone, seen in person")

    assert answer["second_factors"] == []
    assert not Authenticator.objects.exists()
    entry = AuditEntry.objects.get(record_id=user.pk, record_version=answer["version"])
    assert (entry.operation, entry.reason) == (
        "access.remove_second_factors",
        "lost telephone, seen in person",
    )
    assert told(user)[-1] == ("access.second_factors_removed.v1", ["recovery_codes", "totp"])
    forget_actors()
    assert browser.me().status_code == 401
    assert Browser().sign_in().status_code == 200  # the password alone
    for language, words in (("en", "has no second factor"), ("zh-CN", "没有设置第二验证因素")):
        refused = caller("access.remove_second_factors", language=language).post(
            one, 409, reason="again"
        )
        assert refused["code"] == "access.no_second_factor" and words in refused["detail"]


def test_nobody_removes_his_own_as_an_administrator():
    admin = caller("access.remove_second_factors", "access.unlink_identity")
    for verb in ("remove-second-factors", "unlink-identity"):
        refused = admin.post(f"/users/{admin.user_id}/{verb}", 403, reason="lost")
        assert refused["code"] == "access.own_sign_in"


def test_who_has_a_passkey_only_is_told_how_to_sign(user):
    browser = signed_in()
    add_passkey(browser)
    User.objects.filter(pk=user.pk).update(password="!none", version=99)  # as of the company only
    session = browser.client.session
    session["_auth_user_hash"] = User.objects.get(pk=user.pk).get_session_auth_hash()
    session.save()
    me = browser.me().json()
    address = f"/api/v1/urgent-releases/{uuid4()}/approve"

    for language, words in (("en", "authenticator app"), ("zh-CN", "验证器应用")):
        answer = browser.post(
            address,
            {"secret": "anything"},
            **{"Idempotency-Key": str(uuid4()), "Accept-Language": language},
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "access.nothing_to_sign_with")
        assert words in answer.json()["remedy"]

    assert me["signing_methods"] == []
    assert {f["type"] for f in me["second_factors"]} == {"webauthn", "recovery_codes"}
