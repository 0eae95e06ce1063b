"""The pictures in README and help: taken from the demo plant, so that they show what is there.

`PICTURES=write make e2e` takes them anew into docs/images; without it they are thrown away.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import records, steps
from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from tests.e2e.words import Language
from zhiliu.config.demo_goods import PIN, SHAFT

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
MOST_BYTES = 250_000
OUT = {(2, 1): "18.09"}


def home(start: Start) -> Journey:
    return start("inspector", path="/")


def receive(start: Start) -> Journey:
    order = steps.order_of(start, 80)
    return start("warehouse", path=f"/receive/{order.id}")


def readings(start: Start) -> Journey:
    """Two pieces are read, one dimension is out."""
    inspector = start("inspector")
    steps.begin(inspector, steps.arrived(start, 80))
    for unit in (1, 2):
        for column, usual in enumerate(steps.GOOD, start=1):
            inspector.page.keyboard.type(OUT.get((column, unit), usual))
            inspector.page.keyboard.press("Enter")
    expect(inspector.page.locator(".rd-saved")).to_have_attribute("data-state", "saved")
    return inspector


def board(start: Start) -> Journey:
    return start("quality", path="/nonconformance")


def report(start: Start) -> Journey:
    quality = start("quality")
    found = records.first(quality, f"/nonconformance-reports?search={SHAFT}&state=open")
    quality.open(f"/nonconformance/{found['id']}")
    return quality


def lots(start: Start) -> Journey:
    return start("quality", path="/lots?search=ZL-&sort=-number")


def plan(start: Start) -> Journey:
    quality = start("quality")
    quality.open(f"/plans/{records.first(quality, f'/inspection-plans?search={PIN}')['id']}")
    return quality


def rights(start: Start) -> Journey:
    return start("admin", path="/rights")


SHOWN = (home, receive, readings, board, report, lots, plan, rights)


@pytest.mark.parametrize("show", SHOWN, ids=lambda show: show.__name__)
def test_a_picture_of_it_is_in_the_documents(start: Start, language: Language, show) -> None:
    person = show(start)
    expect(person.page.locator("main h1, main h2").first).to_be_visible()
    person.settle()

    picture = person.page.screenshot(animations="disabled")

    file = IMAGES / f"{show.__name__}.{language}.png"
    if os.environ.get("PICTURES") == "write":
        file.write_bytes(picture)
    assert 20_000 < len(picture) < MOST_BYTES
    assert file.exists(), "take it: PICTURES=write make e2e"


def test_no_other_picture_is_kept() -> None:
    languages = ("zh-CN", "en")
    wanted = {f"{show.__name__}.{language}.png" for show in SHOWN for language in languages}
    assert {file.name for file in IMAGES.iterdir()} == wanted
