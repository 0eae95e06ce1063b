"""Scanners that type: bursts, their Enter, GS1 codes, labels of split lots; and people."""

import re

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import Start, Theme
from tests.e2e.journey import SEPARATOR, Journey
from tests.e2e.words import Language
from zhiliu.config.demo_goods import CARTON, PIN

BOXES, IN_A_BOX = 20, 4


def theme_of(language: Language) -> Theme:
    return "dark" if language == "en" else "light"


def dock(start: Start, language: Language) -> Journey:
    """Somebody who receives an order of pins."""
    order = steps.order_of(start, BOXES * IN_A_BOX)
    clerk = start("warehouse", theme=theme_of(language), path=f"/receive/{order.id}")
    clerk.sees(clerk.t("receiving:scan.prompt"))
    return clerk


def label(box: int) -> str:
    """What the supplier's DataMatrix says: our number, his lot, the box, and how many are in it."""
    elements = [f"240{PIN}", "10HD-77", f"21BOX{box:02}", f"30{IN_A_BOX}"]
    return "]d2" + SEPARATOR.join(elements)


def test_ten_scans_a_second_are_all_counted(start: Start, language: Language) -> None:
    clerk = dock(start, language)
    other = clerk.button("receiving:something_else")
    other.focus()

    for box in range(BOXES):
        clerk.scan(label(box), every=0.002)

    expect(clerk.field("receiving:quantity_of", number=PIN)).to_have_value(str(BOXES * IN_A_BOX))
    clerk.sees(clerk.t("receiving:boxes", count=BOXES))
    expect(clerk.field("receiving:supplier_lot")).to_have_value("HD-77")
    # twenty times Enter with a button in focus: it was never pressed
    expect(other).to_be_focused()
    expect(clerk.dialog()).to_have_count(0)
    clerk.examine("boxes counted by scan")


def test_a_scan_never_lands_in_the_field_that_has_the_focus(
    start: Start, language: Language
) -> None:
    clerk = dock(start, language)
    note = clerk.field("receiving:delivery_note")
    note.fill("SH-4711")

    clerk.scan(label(1))

    clerk.sees(clerk.t("receiving:boxes", count=1))
    expect(note).to_have_value("SH-4711")


def test_our_label_and_a_digital_link_open_the_lot(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    codes = (f"]d292{lot}", f"]Q1https://id.gs1.org/01/09506000134352/10/{lot}", lot)
    clerk = start("warehouse", theme=theme_of(language))
    for code in codes:
        clerk.open("/")
        clerk.scan(code)
        expect(clerk.page.get_by_role("heading", name=lot, level=1)).to_be_visible()
        expect(clerk.page).to_have_url(re.compile(r"/lots/"))


def test_the_label_of_a_split_lot_asks(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    clerk = start("warehouse", theme=theme_of(language))
    page = steps.page_of(clerk, lot)
    where = clerk.call("GET", f"/balances?lot_id={page.rsplit('/', 1)[1]}")["items"][0]
    part = {"place_id": where["place_id"], "owner_id": where["owner_id"], "quantity": "3"}
    clerk.call("POST", f"{page}/labels", {"copies": 1, "size": "60x40"})
    made = clerk.call("POST", f"{page}/split", part)["number"]
    clerk.watch.expect(409)
    clerk.open("/")

    clerk.scan(lot)

    asked = clerk.dialog()
    expect(asked).to_contain_text(clerk.t("scan:choice.title", text=lot))
    expect(asked.locator("li")).to_have_count(2)
    clerk.examine("asking which part")
    asked.get_by_role("button").filter(has_text=made).click()
    expect(clerk.page.get_by_role("heading", name=made, level=1)).to_be_visible()


def test_who_types_is_no_scanner(start: Start, language: Language) -> None:
    clerk = start("warehouse", theme=theme_of(language))
    clerk.page.locator("#content").focus()

    clerk.page.keyboard.type("L-000100", delay=120)
    clerk.page.keyboard.press("Enter")

    clerk.settle()
    expect(clerk.page.locator(".last-scan")).to_have_count(0)
    expect(clerk.page).to_have_url(f"{clerk.plant.origin}/")
