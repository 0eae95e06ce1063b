"""The main job without a mouse: receive, label, inspect, not accept, dispose, and see it gone."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.conftest import Start, Theme
from tests.e2e.journey import Journey
from tests.e2e.words import Language
from zhiliu.config.demo_goods import PIN

ALL = 20
FAR = 150

_COUNT_POINTERS = """() => {
  window.pointers = 0;
  addEventListener('pointerdown', () => { window.pointers += 1; }, true);
}"""


def tab_to(person: Journey, target: Locator) -> None:
    """Press Tab until this has the focus, as somebody without a mouse does."""
    target.wait_for()
    for _ in range(FAR):
        if target.evaluate("(e) => e === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")


def press(person: Journey, target: Locator, key: str = "Enter") -> None:
    tab_to(person, target)
    person.page.keyboard.press(key)


def menu(person: Journey, name: str) -> None:
    side = person.page.get_by_role("navigation", name=person.t("app:menu.title"))
    link = side.get_by_role("link", name=person.t(f"app:menu.{name}"), exact=True)
    press(person, link)
    expect(link).to_have_attribute("aria-current", "page")
    person.settle()


def sign(person: Journey) -> None:
    """Sign in the dialog that came by itself, with the secret where it asks for one."""
    dialog = person.dialog().filter(has_text=person.t("ui:sign.meaning"))
    secret = dialog.get_by_label(person.t("ui:sign.secret"))
    expect(dialog).to_be_visible()
    if secret.count():
        tab_to(person, secret)
        person.page.keyboard.type(person.plant.passwords[person.role])
        person.page.keyboard.press("Enter")
    else:
        press(person, dialog.get_by_role("button", name=person.t("ui:sign.confirm"), exact=True))
    expect(dialog).to_have_count(0)


def test_the_main_job_by_keyboard_alone(start: Start, language: Language) -> None:
    theme: Theme = "dark" if language == "zh-CN" else "light"
    order = steps.order_of(start, ALL)
    people = [start(role, theme=theme) for role in ("warehouse", "inspector", "quality")]
    clerk, inspector, quality = people
    for person in people:
        person.page.evaluate(_COUNT_POINTERS)

    # the dock
    clerk.watch.expect(404)  # the number of an order is the label of no lot
    menu(clerk, "receive")
    tab_to(clerk, clerk.page.get_by_label(clerk.t("scan:type"), exact=True))
    clerk.page.keyboard.type(order.number)
    clerk.page.keyboard.press("Enter")
    tab_to(clerk, clerk.field("receiving:supplier_lot"))
    clerk.page.keyboard.type(f"KB-{uuid4().hex[:6]}")
    press(clerk, clerk.button("receiving:book", count=1))
    labels = clerk.button("ui:labels.go", count=1)
    labels.wait_for()
    lot = clerk.page.locator(".labels-lots .code").inner_text()
    copies = clerk.page.get_by_label(clerk.t("ui:labels.copies", number=lot), exact=True)
    tab_to(clerk, copies)
    with clerk.page.expect_download():
        clerk.page.keyboard.press("Enter")

    # the readings, and the way to the verdict
    menu(inspector, "inspections")
    inspector.sees(inspector.t("inspections:queue.scan.prompt"))
    inspector.scan(lot)
    expect(inspector.page).to_have_url(re.compile(r"/readings$"))
    inspector.settle()
    steps.read_all(inspector, {(5, 4): "4.05"})
    inspector.page.keyboard.press("Control+Enter")
    verdict = inspector.button("inspections:verdict.not_accept.button")
    expect(verdict).to_be_focused()
    inspector.page.keyboard.press("Enter")
    sign(inspector)
    inspector.sees(inspector.t("states:InspectionState.not_accepted"))

    # all of it is scrapped, and that is confirmed
    menu(quality, "nonconformance")
    press(quality, quality.page.locator(".board-card", has_text=lot).get_by_role("link").first)
    scrap = quality.t("states:DispositionKind.scrap")
    press(quality, quality.button("nonconformance:split.take_rest", kind=scrap))
    reason = quality.field("nonconformance:split.reason_of", kind=scrap)
    tab_to(quality, reason)
    quality.page.keyboard.press("Control+a")
    quality.page.keyboard.type("groove too wide")
    press(quality, quality.button("nonconformance:split.submit"))
    sign(quality)
    press(quality, quality.button("nonconformance:act.carry_out_scrap"))
    unusable = quality.t("nonconformance:carry_out.unusable")
    press(quality, quality.page.get_by_role("checkbox", name=unusable), "Space")
    sign(quality)
    posted = quality.t("nonconformance:dispositions.posted.scrap", quantity=ALL, unit="EA")
    quality.sees(posted)

    assert clerk.call("GET", f"/lots?number={lot}")["items"][0]["quantity"] == "0"
    assert clerk.call("GET", f"/lots?number={lot}")["items"][0]["material_number"] == PIN
    for person in people:
        assert person.page.evaluate("() => window.pointers") == 0
