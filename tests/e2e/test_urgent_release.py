"""Goods before their verdict: one asks, another approves, and nobody does both."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import Start, Theme
from tests.e2e.journey import Journey
from tests.e2e.words import Language

ALL, ASKED = 20, 8


def ask_for(asker: Journey, lot: str) -> str:
    """Ask for some of a lot for a work order, and sign it; the number of what was asked."""
    asker.menu("urgent_releases")
    asker.button("inspections:urgent.ask").click()
    asker.choose("inspections:queue.lot", lot)
    asker.field("inspections:urgent.quantity").fill(str(ASKED))
    asker.field("inspections:urgent.order").fill(f"WO-{uuid4().hex[:6]}")
    asker.field("inspections:urgent.reason").fill("line 3 stands still")
    asker.button("inspections:urgent.next").click()
    steps.sign(asker)
    expect(asker.page).to_have_url(re.compile(r"/urgent-releases/[^/?]+$"))
    asker.settle()
    return asker.page.get_by_role("heading", level=1).inner_text()


def test_one_asks_and_another_approves(start: Start, language: Language) -> None:
    theme: Theme = "dark" if language == "zh-CN" else "light"
    lot = steps.arrived(start, ALL)
    asker = start("production", theme=theme)
    number = ask_for(asker, lot)
    asker.examine("an urgent release that waits")

    approver = start("quality", theme=theme)
    approver.menu("urgent_releases")
    approver.page.get_by_role("link", name=number, exact=True).click()
    approver.button("inspections:urgent.approve", number=number).click()
    steps.sign(approver)
    approver.sees(approver.t("states:UrgentReleaseState.approved"))
    approver.examine("an approved urgent release")

    # who asked sees it without asking again
    asker.sees(asker.t("states:UrgentReleaseState.approved"))
    clerk = start("warehouse", theme=theme)
    clerk.open(steps.page_of(clerk, lot))
    clerk.sees(clerk.t("states:LotStatus.restricted"))


def test_who_asked_does_not_approve(start: Start, language: Language) -> None:
    lot = steps.arrived(start, ALL)
    name = steps.person_of(start, ("production", "quality"), f"both.{uuid4().hex[:6]}")
    both = start(name)
    number = ask_for(both, lot)

    approve = both.button("inspections:urgent.approve", number=number)
    expect(approve).to_have_attribute("aria-disabled", "true")
    approve.focus()
    why = both.page.get_by_role("tooltip")
    expect(why).to_contain_text(number)
    both.examine("an urgent release of one's own")
    expect(both.dialog()).to_have_count(0)
