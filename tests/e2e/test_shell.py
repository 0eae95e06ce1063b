"""The frame around every screen: menu, language, theme, help, and pages that are not one's own."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from tests.e2e.words import Language
from zhiliu.config.demo import USERS

ROLES = ("admin", *(user.username for user in USERS))


def menu_of(person: Journey) -> list[str]:
    """The addresses that the menu offers."""
    links = person.page.locator(".side a").all()
    return [str(link.get_attribute("href")) for link in links]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_menu_opens_for_the_role_that_sees_it(start: Start, role: str) -> None:
    person = start(role, language="en" if ROLES.index(role) % 2 else "zh-CN")

    pages = menu_of(person)

    assert pages[0] == "/"
    for path in pages:
        person.open(path)
        expect(person.page.locator("main h1, main h2, main h3").first).to_be_visible()
        expect(person.page.locator("main .problem")).to_have_count(0)
        if person.page.locator(".side").count():  # a page of a task has no menu
            assert person.page.locator(".side a[aria-current=page]").count() == 1, path


def test_who_may_not_read_a_page_is_told_why(start: Start, language: Language) -> None:
    person = start("warehouse")
    person.watch.expect(403)

    person.open("/users")

    refusal = person.page.get_by_role("alert")
    expect(refusal).to_contain_text("access.read")
    expect(refusal).to_contain_text("administrator" if language == "en" else "管理员")
    person.examine("refused page")


def test_an_address_that_is_none_leads_home(start: Start, language: Language) -> None:
    person = start("buyer")
    person.open("/nowhere")
    person.sees(person.t("app:not_found"))
    person.page.locator("main").get_by_role("link", name=person.t("app:to_home")).click()
    expect(person.page).to_have_url(f"{person.plant.origin}/")


def test_the_language_changes_under_what_is_typed(start: Start) -> None:
    person = start("quality", language="en")
    person.open("/lots")
    search = person.page.locator(".list-search input")
    search.fill("JA-2610")
    person.page.get_by_label(person.t("stock:supplier_lot"), exact=True).fill("not sent yet")

    person.button("app:other_language").click()

    person.language = "zh-CN"
    person.sees(person.t("app:menu.lots"))
    expect(search).to_have_value("JA-2610")
    supplier_lot = person.page.get_by_label(person.t("stock:supplier_lot"), exact=True)
    expect(supplier_lot).to_have_value("not sent yet")
    person.page.reload()
    person.sees(person.t("app:menu.lots"))
    person.button("app:other_language").click()


def test_the_theme_and_the_density_stay_chosen(start: Start) -> None:
    person = start("quality")
    root = person.page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    expect(root).to_have_attribute("data-density", "compact")

    person.button("app:theme.dark").click()
    person.button("app:density.comfortable").click()
    person.page.reload()

    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-density", "comfortable")
    person.button("app:theme.light").click()
    expect(root).to_have_attribute("data-theme", "light")


def test_every_screen_has_its_own_help(start: Start, language: Language) -> None:
    person = start("admin")
    titles = set()
    pages = menu_of(person)
    for path in pages:
        person.open(path)
        person.button("app:help.title").click()
        title = person.page.locator(".ant-drawer-title")
        expect(title).to_be_visible()
        titles.add(title.inner_text())
        person.page.keyboard.press("Escape")
    assert len(titles) == len(pages)
