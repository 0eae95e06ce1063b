"""What is not allowed, not reachable or done by somebody else meanwhile, and what now."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import Start, Theme
from tests.e2e.journey import Journey
from tests.e2e.words import Language
from zhiliu.config.demo_goods import CARTON


def hold(quality: Journey, lot: str, reason: str) -> None:
    """Put a lot on hold by its page."""
    quality.open(steps.page_of(quality, lot))
    quality.button("stock:verb.hold").click()
    quality.field("stock:reason").fill(reason)
    quality.button("stock:act.hold", number=lot).click()
    quality.sees(quality.t("stock:holds"))
    expect(quality.dialog()).to_have_count(0)


def theme_of(language: Language) -> Theme:
    return "dark" if language == "en" else "light"


@pytest.mark.parametrize("page", ["users", "roles", "tokens"])
def test_a_wrong_role_finds_no_entry_and_is_told_why(
    start: Start, language: Language, page: str
) -> None:
    clerk = start("warehouse", theme=theme_of(language))
    side = clerk.page.get_by_role("navigation", name=clerk.t("app:menu.title"))
    expect(side.get_by_role("link", name=clerk.t("app:menu.receive"), exact=True)).to_be_visible()
    expect(side.get_by_role("link", name=clerk.t(f"app:menu.{page}"), exact=True)).to_have_count(0)

    clerk.watch.expect(403)
    clerk.open(f"/{page}")

    refusal = clerk.page.get_by_role("alert")
    expect(refusal).to_contain_text("access.read")
    expect(refusal).to_contain_text("administrator" if language == "en" else "管理员")


def test_a_refused_act_says_what_why_and_what_now(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 20)
    clerk = start("warehouse", theme=theme_of(language), path="/issue?order=WO-77")
    clerk.sees(clerk.t("stock:scan.issue_prompt", order="WO-77"))

    clerk.scan(lot)

    issue = clerk.button("stock:issue_go", number=lot, order="WO-77")
    expect(issue).to_have_attribute("aria-disabled", "true")
    issue.focus()
    why = clerk.page.get_by_role("tooltip")
    expect(why).to_contain_text(lot)
    action = clerk.call("GET", steps.page_of(clerk, lot))["allowed_actions"]
    said = next(one for one in action if one["verb"] == "issue")
    assert said["sentence"] and said["remedy"]
    note = clerk.page.get_by_role("note", name=clerk.t("stock:unusable.title", number=lot))
    expect(note).to_contain_text(clerk.t("states:LotStatus.awaiting_inspection"))
    clerk.examine("a refused issue")


def test_an_unusable_lot_says_who_held_it_and_what_is_free(
    start: Start, language: Language
) -> None:
    held = steps.arrived(start, 30, material=CARTON)
    free = steps.arrived(start, 70, material=CARTON)
    reason = f"wet boxes {uuid4().hex[:4]}"
    quality = start("quality")
    hold(quality, held, reason)
    clerk = start("warehouse", theme=theme_of(language), path="/move")
    clerk.sees(clerk.t("stock:scan.lot_prompt"))

    clerk.scan(held)

    note = clerk.page.get_by_role("note", name=clerk.t("stock:unusable.title", number=held))
    expect(note).to_contain_text(reason)
    since = clerk.t("stock:unusable.since", at="").strip()
    expect(note).to_contain_text(since)
    expect(note).to_contain_text("赵质量")
    use = note.get_by_role("button")
    expect(use.first).to_be_visible()
    clerk.examine("a held lot in hand")
    clerk.scan(free)
    expect(clerk.page.get_by_role("heading", level=2, name=free)).to_be_visible()
    expect(note).to_have_count(0)


def test_what_another_browser_does_is_seen_at_once(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    clerk = start("warehouse", theme=theme_of(language))
    clerk.open(steps.page_of(clerk, lot))
    clerk.sees(clerk.t("states:LotStatus.released"))
    expect(clerk.page.locator(".connection")).to_have_attribute("data-state", "connected")
    clerk.page.evaluate("() => { window.sameDocument = true; }")

    reason = f"smells of oil {uuid4().hex[:4]}"
    hold(start("quality"), lot, reason)

    clerk.sees(reason)
    assert clerk.page.evaluate("() => window.sameDocument") is True


def test_a_lost_session_loses_nothing_that_was_typed(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    quality = start("quality", is_signed_in=False, theme=theme_of(language))
    quality.sign_in()
    quality.page.wait_for_selector(".shell")
    quality.watch.expect(401)
    quality.open(steps.page_of(quality, lot))
    quality.button("stock:verb.hold").click()
    reason = f"typed before {uuid4().hex[:4]}"
    quality.field("stock:reason").fill(reason)

    quality.lose_session()
    quality.button("stock:act.hold", number=lot).click()
    quality.sees(quality.t("app:sign_in.again"))
    expect(quality.field("stock:reason")).to_have_value(reason)
    quality.sign_in_again()

    expect(quality.dialog()).to_have_count(0)
    quality.sees(reason)


def test_readings_outlive_the_session(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 20)
    inspector = start("inspector", is_signed_in=False, theme=theme_of(language))
    inspector.sign_in()
    inspector.page.wait_for_selector(".shell")
    inspector.watch.expect(401)
    steps.begin(inspector, lot)

    inspector.lose_session()
    for value in steps.GOOD:
        inspector.page.keyboard.type(value)
        inspector.page.keyboard.press("Enter")
    inspector.sees(inspector.t("app:sign_in.again"))
    inspector.sign_in_again()

    saved = inspector.page.locator(".rd-saved")
    expect(saved).to_contain_text(inspector.t("inspections:saving.safe"))
    inspector.page.reload()
    inspector.settle()
    for column, value in enumerate(steps.GOOD, start=1):
        expect(steps.cell(inspector, column, 1)).to_contain_text(value)


def test_a_double_submit_does_it_once(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    quality = start("quality", theme=theme_of(language))
    page = steps.page_of(quality, lot)
    quality.open(page)
    quality.button("stock:verb.hold").click()
    quality.field("stock:reason").fill("pressed twice")

    quality.button("stock:act.hold", number=lot).dblclick()

    expect(quality.dialog()).to_have_count(0)
    quality.settle()
    assert len(quality.call("GET", page)["holds"]) == 1


def test_without_a_network_nothing_is_lost(start: Start, language: Language) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    quality = start("quality", theme=theme_of(language))
    page = steps.page_of(quality, lot)
    quality.open(page)
    quality.button("stock:verb.hold").click()
    reason = f"while away {uuid4().hex[:4]}"
    quality.field("stock:reason").fill(reason)

    quality.lose_network()
    quality.button("stock:act.hold", number=lot).click()
    refusal = quality.page.get_by_role("alert").filter(has_text=quality.t("ui:problem.no_answer"))
    expect(refusal).to_contain_text(quality.t("ui:problem.no_answer_remedy"))
    expect(quality.field("stock:reason")).to_have_value(reason)
    expect(quality.page.locator(".connection")).to_have_text(quality.t("app:connection.lost"))

    quality.lose_network(False)
    quality.button("stock:act.hold", number=lot).click()
    expect(quality.dialog()).to_have_count(0)
    expect(quality.page.get_by_text(re.compile(re.escape(reason))).first).to_be_visible()
    assert len(quality.call("GET", page)["holds"]) == 1
