"""Signing in through the company, against an OpenID Connect provider in its own process."""

import json
import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings

from tests.sign_in.test_sign_in import PASSWORD, SESSION, Browser
from tests.support import NOBODY, caller, run
from zhiliu.config import company
from zhiliu.config.oidc import company_sign_in
from zhiliu.kernel.actor import Scope
from zhiliu.platform.access.models import CompanyIdentity, SignIn, User
from zhiliu.platform.access.operations import add_user, change_user
from zhiliu.platform.access.queries import forget_actors
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db

REDIRECT = "/_allauth/browser/v1/auth/provider/redirect"
CONFIG = "/_allauth/browser/v1/config"
PEOPLE = {
    "s-1": {"email": "Li.Na@plant.example", "email_verified": True, "preferred_username": "LI.NA"},
    "s-2": {"email": "li.na@plant.example", "email_verified": False},
    "s-3": {"email": "nobody@plant.example", "email_verified": True},
    "s-4": {"email": "li.na@plant.example", "email_verified": True},
    "s-5": {"name": "no address"},
    "s-6": {"email": "scale@plant.example", "email_verified": True},
}


@pytest.fixture(scope="module")
def provider():
    """The address of a provider that knows PEOPLE, asks for a nonce and is gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [f"--user-claims={json.dumps({'sub': s, **c})}" for s, c in PEOPLE.items()]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-n", "true"]
    process = subprocess.Popen(
        [*command, "-p", str(port), *claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


def configured(issuer, match="email", **more):
    """The settings with this provider, as the environment would make them."""
    environment = {
        "ZHILIU_OIDC_ISSUER": issuer,
        "ZHILIU_OIDC_CLIENT_ID": "zhiliu",
        "ZHILIU_OIDC_CLIENT_SECRET": "only-for-tests",
        "ZHILIU_OIDC_NAME": "华光账号",
        "ZHILIU_OIDC_MATCH": match,
        **more,
    }
    providers = {
        **settings.SOCIALACCOUNT_PROVIDERS["openid_connect"],
        "APPS": [company_sign_in(environment).as_app()],
    }
    return override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": providers})


@pytest.fixture(autouse=True)
def company_is_set_up(provider):
    cache.clear()
    forget_actors()
    with configured(provider):
        yield
    cache.clear()


def person(username="li.na", email="li.na@plant.example", password=PASSWORD, **values):
    return run(
        lambda command, at: add_user(
            username=username,
            name="李娜",
            email=email,
            password=password,
            command=command,
            at=at,
            **values,
        )
    )


def leave(browser, process="login"):
    """Press the button: the address at the provider to which the browser is sent."""
    form = {
        "provider": "company",
        "callback_url": "/home",
        "process": process,
        "csrfmiddlewaretoken": browser.client.cookies[settings.CSRF_COOKIE_NAME].value,
    }
    answer = browser.client.post(REDIRECT, form)
    assert answer.status_code == 302, answer.content
    return answer["Location"]


def consent(address, subject, **form):
    """Sign in at the provider: the address to which it sends the browser back."""
    answer = requests.post(
        address, data={"sub": subject, **form}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come_back(browser, address):
    """Follow the provider's redirect: where Zhiliu sends the browser, and the error it says."""
    parts = urlsplit(address)
    answer = browser.client.get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 302, answer.content
    target = urlsplit(answer["Location"])
    return target.path, parse_qs(target.query).get("error", [None])[0]


def sign_in(subject, browser=None):
    browser = browser or Browser()
    return browser, come_back(browser, consent(leave(browser), subject))


def test_the_page_is_told_the_provider_and_its_name(provider):
    (shown,) = Browser().client.get(CONFIG).json()["data"]["socialaccount"]["providers"]

    assert (shown["id"], shown["name"], shown["flows"]) == (
        "company",
        "华光账号",
        ["provider_redirect"],
    )


def test_without_a_provider_nothing_is_offered():
    none = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": []}
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": none}):
        browser = Browser()

        shown = browser.client.get(CONFIG).json()["data"].get("socialaccount", {"providers": []})
        assert shown["providers"] == []
        assert browser.client.get("/oidc/company/callback?code=x&state=y").status_code == 404


def test_the_whole_round_trip_signs_a_person_in_and_makes_no_account(provider):
    user = person()

    browser = Browser()
    there = leave(browser)
    asked = parse_qs(urlsplit(there).query)
    target, error = come_back(browser, consent(there, "s-1"))

    assert there.startswith(provider) and asked["client_id"] == ["zhiliu"]
    assert asked["redirect_uri"] == ["http://testserver/oidc/company/callback"]
    assert asked["code_challenge_method"] == ["S256"] and asked["nonce"] and asked["state"]
    assert (target, error) == ("/home", None)
    me = browser.me()
    assert me.status_code == 200 and me.json()["id"] == str(user.pk)
    assert browser.client.get(SESSION).status_code == 200
    assert User.objects.count() == 1
    assert SignIn.objects.get().methods == ["company"]
    identity = CompanyIdentity.objects.get()
    assert (identity.user_id, identity.issuer, identity.subject, identity.matched_by) == (
        user.pk,
        provider,
        "s-1",
        "email",
    )
    entry = AuditEntry.objects.get(record_id=identity.pk)
    assert (entry.operation, entry.actor_id) == ("access.link_own_identity", user.pk)
    types = OutboxEvent.objects.filter(actor_id=user.pk).order_by("id")
    assert [e.type for e in types] == ["access.identity_linked.v1", "access.signed_in.v1"]
    assert Browser().sign_in().status_code == 200  # the password stays possible


def test_after_the_first_time_the_subject_decides_and_not_the_address():
    user = person()
    sign_in("s-1")
    run(
        lambda command, at: change_user(
            user_id=user.pk,
            check_version=lambda _: None,
            email="other@plant.example",
            command=command,
            at=at,
        )
    )
    heir = person("heir", "li.na@plant.example")

    browser, (_, error) = sign_in("s-1")

    assert error is None and browser.me().json()["id"] == str(user.pk)
    assert CompanyIdentity.objects.filter(user=heir).count() == 0


@pytest.mark.parametrize(
    ("subject", "error"),
    [
        ("s-2", "email_not_verified"),
        ("s-3", "no_account"),
        ("s-5", "email_not_verified"),
        ("s-6", "no_account"),  # a machine
        ("a-stranger@plant.example", "email_not_verified"),
    ],
)
def test_who_is_not_known_is_told_and_gets_no_account(subject, error):
    person()
    person("scale", "scale@plant.example", password=None, is_machine=True)

    browser, answer = sign_in(subject)

    assert answer == ("/home", error)
    assert browser.me().status_code == 401
    assert User.objects.count() == 2
    assert not CompanyIdentity.objects.exists() and not SignIn.objects.exists()


def test_two_people_with_one_address_are_not_told_apart():
    person()
    person("twin", "LI.NA@plant.example")

    assert sign_in("s-1")[1] == ("/home", "no_account")


def test_a_second_company_account_does_not_take_a_person_over():
    person()
    sign_in("s-1")

    browser, answer = sign_in("s-4")

    assert answer == ("/home", "already_linked")
    assert browser.me().status_code == 401


def test_a_deactivated_person_does_not_come_in_by_the_company():
    user = person()
    sign_in("s-1")
    run(
        lambda command, at: change_user(
            user_id=user.pk, check_version=lambda _: None, is_active=False, command=command, at=at
        )
    )
    forget_actors()

    browser, answer = sign_in("s-1")

    assert answer == ("/home", "no_account")
    assert browser.me().status_code == 401


def test_the_user_name_claim_finds_people_where_the_installation_says_so(provider):
    user = person(email="")

    with configured(provider, "username"):
        browser, (_, error) = sign_in("s-1")

    assert error is None and browser.me().json()["id"] == str(user.pk)
    assert CompanyIdentity.objects.get().matched_by == "username"


def test_a_code_belongs_to_the_browser_that_asked_for_it():
    person()
    mine, other = Browser(), Browser()
    address = consent(leave(mine), "s-1")

    error = come_back(other, address)[1]

    assert error == "unknown" and other.me().status_code == 401
    assert come_back(mine, address) == ("/home", None)
    assert come_back(mine, address)[1] == "unknown"  # and once only


def test_a_person_may_change_his_mind_at_the_provider():
    person()
    browser = Browser()

    answer = come_back(browser, consent(leave(browser), "s-1", action="deny"))

    # Authlib leaves out the state here, so that the page of the button is not known any more
    assert answer[1] in ("cancelled", "unknown")
    assert browser.me().status_code == 401


@pytest.mark.parametrize("claim", ["nonce", "aud", "iss", "sub", "signature"])
def test_a_token_that_is_not_for_us_is_refused(claim, provider, monkeypatch):
    person()
    browser = Browser()
    address = consent(leave(browser), "s-1")
    if claim == "signature":
        keys = requests.get(f"{provider}/jwks", timeout=5).json()
        other = json.loads(json.dumps(keys).replace(keys["keys"][0]["n"][:40], "A" * 40))
        _answer(monkeypatch, "/jwks", other)
    elif claim == "sub":
        _answer(monkeypatch, "/userinfo", {**PEOPLE["s-1"], "sub": "s-4"})
    else:
        real = company.jwt.decode
        forged = {"nonce": "another", "aud": "another-client", "iss": "https://evil.example"}

        def decode(*given, **options):
            if claim == "aud":
                options["audience"] = forged["aud"]
            if claim == "iss":
                options["issuer"] = forged["iss"]
            found = real(*given, **options)
            return {**found, "nonce": forged["nonce"]} if claim == "nonce" else found

        monkeypatch.setattr(company.jwt, "decode", decode)

    target, error = come_back(browser, address)

    assert target == "/home" and error in ("unknown", "invalid_token")
    assert browser.me().status_code == 401
    assert not CompanyIdentity.objects.exists()


def _answer(monkeypatch, ending, body):
    """Let the provider answer `body` at the address with this ending."""
    real = requests.Session.request

    def request(self, method, url, **options):
        answer = real(self, method, url, **options)
        if url.endswith(ending):
            answer._content = json.dumps(body).encode()
            answer.status_code = 200
        return answer

    monkeypatch.setattr(requests.Session, "request", request)


def test_another_issuer_than_the_configured_one_is_refused(provider, monkeypatch):
    person()
    browser = Browser()
    found = requests.get(f"{provider}/.well-known/openid-configuration", timeout=5).json()
    address = consent(leave(browser), "s-1")
    changed = {**found, "issuer": "https://evil.example"}
    _answer(monkeypatch, "/.well-known/openid-configuration", changed)

    assert come_back(browser, address) == ("/home", "unknown")
    assert browser.me().status_code == 401


def test_a_provider_that_cannot_be_reached_is_told():
    with configured("http://127.0.0.1:1"):
        target = urlsplit(leave(Browser()))

    assert (target.path, parse_qs(target.query)["error"]) == ("/home", ["unreachable"])


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/x"])
def test_nobody_is_sent_to_another_site_afterwards(target):
    browser = Browser()
    form = {"provider": "company", "callback_url": target, "process": "login"}
    form["csrfmiddlewaretoken"] = browser.client.cookies[settings.CSRF_COOKIE_NAME].value

    answer = browser.client.post(REDIRECT, form)

    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).netloc == "testserver"


def test_a_second_factor_of_ones_own_is_still_asked_for():
    user = person()
    sign_in("s-1")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})

    browser, answer = sign_in("s-1")

    assert answer == ("/home", None)
    assert browser.me().status_code == 401
    flows = browser.client.get(SESSION).json()["data"]["flows"]
    assert [f["types"] for f in flows if f.get("is_pending")] == [["totp"]]


def test_nothing_is_connected_to_a_signed_in_person_and_no_door_is_beside():
    person()
    browser = Browser()
    browser.sign_in()

    answer = come_back(browser, consent(leave(browser, "connect"), "s-1"))

    assert answer[1] == "not_offered"
    assert not CompanyIdentity.objects.exists()
    for path in ("auth/provider/signup", "auth/provider/token", "account/providers"):
        assert browser.post(f"/_allauth/browser/v1/{path}", {}).status_code == 404


def test_an_administrator_unlinks_a_company_account_with_a_reason():
    user = person()
    browser, _ = sign_in("s-1")
    one = f"/users/{user.pk}/unlink-identity"
    admin = caller("access.unlink_identity")

    assert NOBODY.send("POST", one, {}).status_code == 401
    assert caller("access.read").send("POST", one, {}).status_code == 403
    scoped = caller("access.unlink_identity", scope=Scope(site_id=user.pk))
    assert scoped.send("POST", one, {"reason": "x"}).status_code == 403
    for language, words in (("en", "needs a reason"), ("zh-CN", "须填写原因")):
        refused = caller("access.unlink_identity", language=language).send("POST", one, {})
        assert (refused.status_code, refused.json()["code"]) == (409, "access.reason_needed")
        assert words in refused.json()["detail"]
    admin.post(one, reason="left and came back")

    forget_actors()
    assert browser.me().status_code == 401
    assert CompanyIdentity.objects.get().unlinked_at is not None
    assert OutboxEvent.objects.filter(type="access.identity_unlinked.v1").count() == 1
    assert admin.send("POST", one, {"reason": "again"}).status_code == 404
    assert sign_in("s-4")[1] == ("/home", None)  # matched anew
