"""One stream of signals a browser, however many tabs it has."""

from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Request, expect

from tests.e2e import steps
from tests.e2e.conftest import Start
from zhiliu.config.demo_goods import CARTON
from zhiliu.kernel.clock import server_time

TABS = 8  # Chromium keeps six connections to one server


def test_eight_tabs_load_and_hear_by_one_stream(start: Start) -> None:
    lot = steps.arrived(start, 10, material=CARTON)
    reader = start("auditor")
    streams: set[Request] = set()

    def begun(request: Request) -> None:
        if request.resource_type == "eventsource":
            streams.add(request)

    def ended(request: Request) -> None:
        streams.discard(request)

    reader.context.on("request", begun)
    reader.context.on("requestfailed", ended)
    reader.context.on("requestfinished", ended)
    lot_id = start("quality").call("GET", f"/lots?number={lot}")["items"][0]["id"]
    reader.open("/")

    tabs = [reader.context.new_page() for _ in range(TABS)]
    for tab in tabs:
        tab.goto(f"{reader.plant.origin}/lots/{lot_id}")
        expect(tab.get_by_role("heading", name=lot, level=1)).to_be_visible()
        expect(tab.locator(".connection")).to_have_attribute("data-state", "connected")
    assert len(streams) == 1

    reason = f"found wet {uuid4().hex[:4]}"
    start("quality").call(
        "POST",
        f"/lots/{lot_id}/hold",
        {
            "cause": "manual",
            "reason": reason,
            "review_date": str((server_time() + timedelta(7)).date()),
        },
    )
    for tab in tabs:
        expect(tab.get_by_text(reason).first).to_be_visible()

    for tab in tabs[:-1]:  # whichever tab listens, another goes on when it closes
        tab.close()
    reader.page.goto("about:blank")
    expect(tabs[-1].locator(".connection")).to_have_attribute("data-state", "connected")
    tabs[-1].wait_for_timeout(500)
    assert [r.frame.page for r in streams if not r.frame.page.is_closed()] == [tabs[-1]]
