"""Signing in and out, and a session that ends in the middle of something."""

from playwright.sync_api import expect

from tests.e2e.conftest import Start


def test_a_person_signs_in_and_out(start: Start) -> None:
    for language in ("zh-CN", "en"):
        person = start("inspector", language=language, is_signed_in=False)
        person.examine("sign-in")

        person.sign_in()
        expect(person.page.locator(".top-person")).to_contain_text("李检验")
        assert person.page.evaluate("() => document.documentElement.lang") == language

        person.sign_out()
        person.page.reload()
        expect(person.button("app:sign_in.title")).to_be_visible()


def test_a_wrong_password_is_said_and_the_name_stays(start: Start) -> None:
    person = start("buyer", language="zh-CN", is_signed_in=False)
    person.watch.expect(400)

    person.sign_in("wrong-password")

    person.sees(person.t("app:sign_in.username_password_mismatch"))
    expect(person.field("app:sign_in.username")).to_have_value("buyer")
    person.examine("sign-in refused")
