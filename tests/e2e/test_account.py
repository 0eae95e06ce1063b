"""One's own account: appearance, password, authenticator app, passkeys, sessions."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.codes import totp
from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from tests.e2e.words import Language

# No other test signs in as these, so that what is set up here is in nobody's way.
PASSWORD_OF = "metrologist"
FACTORS_OF = "production"


@pytest.fixture
def person(start: Start) -> Journey:
    """Somebody at the page of his account, signed in by himself."""
    person = start(FACTORS_OF, is_signed_in=False)
    person.sign_in()
    person.page.wait_for_selector(".shell")
    person.open("/account")
    return person


@pytest.fixture
def authenticator(person: Journey) -> Iterator[None]:
    """A security key of Chromium's own, that knows who holds it."""
    devtools = person.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield


def prove(person: Journey, secret: str, *, asked: str = "secret") -> None:
    """Answer the question who is here; it has the focus already."""
    field = person.field(f"account:prove.{asked}")
    expect(field).to_be_focused()
    field.fill(secret)
    person.button("account:prove.go_on").click()
    expect(person.dialog()).to_have_count(0)


def test_the_appearance_changes_at_once(start: Start) -> None:
    person = start("quality", language="en", path="/account")
    page, root = person.page, person.page.locator("html")

    page.get_by_text("中文", exact=True).last.click()
    person.language = "zh-CN"
    person.sees(person.t("account:preferences.title"))
    page.get_by_text(person.t("account:themes.dark"), exact=True).click()
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_text(person.t("account:densities.comfortable"), exact=True).click()
    expect(root).to_have_attribute("data-density", "comfortable")
    page.get_by_text(person.t("account:themes.system"), exact=True).click()
    expect(root).to_have_attribute("data-theme", "light")

    page.get_by_text("English", exact=True).last.click()
    person.language = "en"
    person.sees(person.t("account:preferences.title"))


def test_a_new_password_counts_and_the_old_one_no_more(start: Start) -> None:
    first = start(PASSWORD_OF, is_signed_in=False, language="zh-CN")
    first.watch.expect(400)
    old = first.plant.passwords[PASSWORD_OF]
    first.sign_in()
    first.page.wait_for_selector(".shell")
    first.open("/account")
    fresh = "four words that differ"

    for current, new, code in (
        (old, "1234", "password_too_short"),
        (old, "password1", "password_too_common"),
        ("not my password", fresh, "enter_current_password"),
    ):
        first.field("account:password.current").fill(current)
        first.field("account:password.new").fill(new)
        first.button("account:password.change").click()
        first.sees(first.t(f"account:refused.{code}"))
    first.field("account:password.current").fill(old)
    first.button("account:password.change").click()
    first.sees(first.t("account:password.changed"))

    first.sign_out()
    first.sign_in(old)
    first.sees(first.t("app:sign_in.username_password_mismatch"))
    first.sign_in(fresh)
    first.page.wait_for_selector(".shell")

    first.open("/account")
    first.field("account:password.current").fill(fresh)
    first.field("account:password.new").fill(old)  # the plant is as it was
    first.button("account:password.change").click()
    first.sees(first.t("account:password.changed"))


def test_an_app_is_set_up_asked_and_turned_off(person: Journey, language: Language) -> None:
    person.watch.expect(404, 400)  # 404: no app yet, and here is a secret for one
    password = person.plant.passwords[FACTORS_OF]
    person.examine("account")
    person.button("account:totp.set_up").click()
    secret = person.page.locator(".account-secret").inner_text().replace(" ", "")
    person.examine("setting up the app")

    person.field("account:totp.code").fill(totp(secret, time.time() - 3_600))
    person.button("account:totp.confirm").click()
    person.sees(person.t("account:refused.incorrect_code"))
    person.field("account:totp.code").fill(totp(secret))
    person.button("account:totp.confirm").click()
    person.examine("proving who is here")
    prove(person, password)
    codes = person.page.locator(".account-codes li")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    person.examine("recovery codes")
    person.button("account:recovery.kept").click()
    person.sees(person.t("account:totp.on"))

    person.sign_out()
    person.sign_in()
    person.field("app:sign_in.code").fill("000000")
    person.button("app:sign_in.confirm").click()
    person.sees(person.t("app:sign_in.incorrect_code"))
    person.field("app:sign_in.code").fill(recovery)
    person.button("app:sign_in.confirm").click()
    person.page.wait_for_selector(".shell")

    person.open("/account")
    person.sees(person.t("account:recovery.left", count=9, total=10))
    person.button("account:totp.turn_off").click()
    person.page.locator(".ant-popconfirm").get_by_role(
        "button", name=person.t("account:totp.turn_off")
    ).click()
    prove(person, password, asked="secret_or_code")
    person.sees(person.t("account:totp.off"))


@pytest.mark.usefixtures("authenticator")
def test_a_passkey_is_added_used_and_removed(person: Journey, language: Language) -> None:
    name = f"tablet {language}"
    person.field("account:passkeys.new_name").fill(name)
    person.button("account:passkeys.add").click()
    person.examine("proving who is here")
    prove(person, person.plant.passwords[FACTORS_OF])
    person.sees(person.t("account:passkeys.added", name=name))
    person.examine("account with a passkey")

    person.sign_out()
    person.button("app:sign_in.passkey").click()
    person.page.wait_for_selector(".shell")
    expect(person.page.locator(".top-person")).to_contain_text(FACTORS_OF)

    person.open("/account")
    person.button("account:passkeys.remove_one", name=name).click()
    person.page.locator(".ant-popconfirm").get_by_role(
        "button", name=person.t("account:passkeys.remove")
    ).click()
    person.button("account:prove.passkey").click()
    person.sees(person.t("account:passkeys.none"))


def test_a_session_elsewhere_is_ended_from_here(start: Start) -> None:
    here = start("warehouse", is_signed_in=False, language="en")
    there = start("warehouse", is_signed_in=False, language="en")
    for each in (here, there):
        each.sign_in()
        each.page.wait_for_selector(".shell")
    here.open("/account")

    here.page.get_by_role("button", name="End", exact=False).first.click()
    expect(here.button("account:sessions.end")).to_have_count(0)

    there.watch.expect(401)
    there.page.reload()
    expect(there.button("app:sign_in.title")).to_be_visible()
    assert here.page.locator(".top-person").is_visible()
