"""The list frame, on the list of lots: what every list does."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from tests.e2e.words import Language


def rows(person: Journey) -> Locator:
    """The rows that are drawn now."""
    return person.page.locator(".ant-table-row")


def test_a_list_is_filtered_sorted_and_cleared(start: Start, language: Language) -> None:
    person = start("quality")
    person.open("/lots")
    count = person.page.locator(".list header [role=status]")
    expect(count).to_have_text(re.compile(r"\d"))
    all_lots = count.inner_text()

    person.choose("stock:status", person.t("states:LotStatus.blocked"))
    person.settle()
    expect(person.page).to_have_url(re.compile("status=blocked"))
    shown = rows(person).locator(".status").all_inner_texts()
    assert shown
    assert person.t("states:LotStatus.released") not in " ".join(shown)

    number = person.page.get_by_role("columnheader", name=person.t("stock:number"), exact=True)
    number.click()
    expect(person.page).to_have_url(re.compile("sort=number"))
    number.click()
    expect(person.page).to_have_url(re.compile("sort=-number"))
    person.settle()
    numbers = rows(person).locator(".code").all_inner_texts()
    assert numbers

    person.page.locator(".list-search input").fill("no lot is called that")
    person.sees(person.t("ui:list.nothing_found"))
    person.examine("list without rows")
    person.button("ui:list.clear_filters").click()
    person.settle()
    expect(count).to_have_text(all_lots)


def test_columns_are_chosen_and_kept_in_the_address(start: Start, language: Language) -> None:
    person = start("quality")
    person.open("/lots")
    header = person.page.get_by_role("columnheader", name=person.t("stock:expires"))
    expect(header).to_have_count(0)

    person.button("ui:list.columns").click()
    person.page.get_by_role("checkbox", name=person.t("stock:expires")).check()
    expect(header).to_have_count(1)
    person.page.get_by_role("checkbox", name=person.t("stock:origin")).uncheck()
    person.page.keyboard.press("Escape")
    person.page.reload()
    person.settle()

    expect(header).to_have_count(1)
    origin = person.page.get_by_role("columnheader", name=person.t("stock:origin"))
    expect(origin).to_have_count(0)


def test_more_rows_come_as_one_scrolls(start: Start) -> None:
    person = start("quality")
    person.open("/lots?sort=number")
    holder = person.page.locator(".ant-table-tbody-virtual-holder")
    first = rows(person).first.locator(".code").first.inner_text()
    holder.hover()

    with person.page.expect_response(re.compile(r"/api/v1/lots\?.*cursor=")):
        person.page.mouse.wheel(0, 20_000)
    person.settle()
    person.page.mouse.wheel(0, 20_000)

    expect(rows(person).last.locator(".code").first).to_have_text(re.compile("L-0001"))
    expect(rows(person).filter(has_text=first)).to_have_count(0)


def test_a_view_is_saved_shared_and_taken_away(start: Start, language: Language) -> None:
    person = start("quality")
    person.open("/lots?status=blocked&sort=number")
    name = f"blocked {language}"

    person.button("ui:views.title").click()
    person.page.get_by_role("menuitem", name=person.t("ui:views.save")).click()
    person.examine("saving a view")
    person.field("ui:views.name").fill(name)
    person.page.get_by_role("checkbox", name=person.t("ui:views.share")).check()
    person.button("ui:views.save_this").click()
    expect(person.dialog()).to_have_count(0)

    other = start("auditor")
    other.open("/lots")
    other.button("ui:views.title").click()
    other.page.get_by_role("menuitem", name=name).click()
    expect(other.page).to_have_url(re.compile("status=blocked"))
    expect(other.page).to_have_url(re.compile("sort=number"))

    person.button("ui:views.title").click()
    person.page.get_by_role("button", name=person.t("ui:views.delete", name=name)).click()
    expect(person.page.get_by_role("menuitem", name=name)).to_have_count(0)


def test_the_export_has_the_rows_and_headings_that_are_shown(start: Start) -> None:
    person = start("quality")
    person.open("/lots?status=blocked&sort=number")
    shown = rows(person).locator(".code").first.inner_text()

    sheet = exported(person, "ui:list.excel")

    assert shown in str(sheet[1])
    assert len(sheet) > 1


def exported(person: Journey, format_key: str) -> list[tuple[Any, ...]]:
    """Export what is shown; the rows of its first sheet."""
    person.button("ui:list.export").click()
    with person.page.expect_download() as started:
        person.page.get_by_role("menuitem", name=person.t(format_key)).get_by_role("link").click()
    content = Path(started.value.path()).read_bytes()
    return list(load_workbook(BytesIO(content), read_only=True).active.iter_rows(values_only=True))


def test_a_list_and_a_record_by_keyboard_alone(start: Start, language: Language) -> None:
    person = start("quality")
    person.open("/lots?sort=number")
    keys = person.page.keyboard
    number = rows(person).locator("a.code").first.inner_text()

    keys.press("Tab")
    assert focused(person) == person.t("app:skip")
    keys.press("Enter")
    for _ in range(60):
        keys.press("Tab")
        if focused(person) == number:
            break
    assert focused(person) == number
    assert (
        person.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        != "none"
    )

    keys.press("Enter")

    expect(person.page.get_by_role("heading", name=number, level=1)).to_be_visible()
    keys.press("Tab")
    assert focused(person)
    person.page.go_back()
    expect(rows(person).first).to_be_visible()


def focused(person: Journey) -> str:
    """The text or label of what has the focus."""
    text: str = person.page.evaluate(
        "() => { const e = document.activeElement;"
        " return e.textContent.trim() || e.getAttribute('aria-label') || e.id; }"
    )
    return text
