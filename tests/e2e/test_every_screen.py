"""Every address of the front end: whole in both languages and themes, narrow and empty.

The addresses are read from the routes, so a new page is examined without being named here; only
what a record of it is must be said.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e import records
from tests.e2e.conftest import Start
from tests.e2e.words import Language

ROUTES = Path(__file__).resolve().parents[2] / "web" / "src" / "app" / "routes.tsx"
PATHS = re.findall(r'= page\("([^"]+)"', ROUTES.read_text(encoding="utf-8"))

Find = Callable[[Start], Any]


def listed(path: str) -> Find:
    """The first of a list."""
    return lambda start: records.first(start("admin"), path)


def made(path: str, make: Find) -> Find:
    """The first of a list, made where there is none yet."""
    return lambda start: records.first(start("admin"), path) or make(start)


# a record of each kind that has a page of its own
RECORDS: dict[str, Find] = {
    "/lots/$id": listed("/lots?search=L-000503"),  # on hold
    "/users/$id": listed("/users?username=inspector"),
    "/roles/$id": listed("/roles?code=inspector"),
    "/checks/$id": listed("/check-runs"),
    "/rules/$id": lambda start: {"id": records.first(start("admin"), "/rules")["code"]},
    "/nonconformance/$id": listed("/nonconformance-reports?state=open"),
    "/concessions/$id": made("/concessions", records.concession),
    "/gauges/$id": listed("/gauges"),
    "/calibrations/$id": listed("/calibrations"),
    "/plans/$id": listed("/inspection-plans"),
    "/sampling-states/$id": listed("/sampling-states"),
    "/specifications/$id": listed("/specifications"),
    "/materials/$id": listed("/materials?number=ZL-5002"),
    "/partners/$id": listed("/partners?number=ZL-S01"),
    "/receive/$id": listed("/expected-orders"),
    "/arrivals/$id": listed("/arrivals?sort=-number"),
    "/orders/$id": listed("/orders?sort=-number"),
    "/inspections/$id": listed("/inspections?state=open&search=ZL-5001"),
    "/inspections/$id/readings": listed("/inspections?state=open&search=ZL-5001"),
    "/supplier-returns/$id": listed("/supplier-returns"),
    "/urgent-releases/$id": made("/urgent-releases", records.urgent_release),
}
# who works there; everything else is quality's
PEOPLE = {
    "warehouse": ("receive", "move", "issue", "count", "gate-refusals", "balances"),
    "inspector": ("", "inspections"),
    "buyer": ("orders", "arrivals"),
    "production": ("urgent-releases",),
    "metrologist": ("gauges", "gauge-types", "calibrations", "affected-readings"),
    "auditor": ("audit", "events", "deliveries", "checks"),
    "admin": ("users", "roles", "rights", "tokens"),
}
NARROW = {"on a tablet": (1024, 768), "zoomed to 200 %": (720, 450)}
NO_RECORD = str(uuid4())

_SIDEWAYS = """() => Math.max(...['html', 'body', '#content'].map((name) => {
  const e = document.querySelector(name); return e ? e.scrollWidth - e.clientWidth : 0; }))"""
# the filled button, brought into view: is it whole in the window, and is nothing over it?
_IN_REACH = """(button) => {
  button.scrollIntoView({ block: 'nearest' });
  const at = button.getBoundingClientRect();
  const over = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
  return at.left >= 0 && at.right <= innerWidth && at.top >= 0 && at.bottom <= innerHeight
    && button.contains(over);
}"""


def who_works_at(path: str) -> str:
    """The role whose page this is."""
    first = path.split("/")[1]
    return next((role for role, pages in PEOPLE.items() if first in pages), "quality")


def address_of(path: str, start: Start) -> str:
    """The address, with a real record where there must be one."""
    if "$id" not in path:
        return path
    record = RECORDS[path](start)
    assert record, f"the plant has no record for {path}"
    return path.replace("$id", record["id"])


def test_every_route_is_read() -> None:
    text = ROUTES.read_text(encoding="utf-8")
    mounted = text.split("root.addChildren([")[1].split("]")[0].count(",")
    assert len(PATHS) == mounted == text.count("lazyRouteComponent(() =>")
    assert {path for path in PATHS if "$" in path} == set(RECORDS)


@pytest.mark.parametrize("path", PATHS)
def test_a_screen_is_whole_and_fits(start: Start, language: Language, path: str) -> None:
    address = address_of(path, start)
    person = start(who_works_at(path))
    person.open(address)

    # a page that could not be shown has no title; a lot on hold says why in a panel of its own
    expect(person.page.locator("main").get_by_role("heading", level=1)).to_have_count(1)
    expect(person.page.locator("main .problem[data-kind=failed]")).to_have_count(0)
    filled = person.page.locator("main .ant-btn-primary:visible")
    assert filled.count() <= 1, filled.all_inner_texts()
    person.examine(path)
    for how, (width, height) in NARROW.items():
        person.page.set_viewport_size({"width": width, "height": height})
        person.page.wait_for_timeout(150)
        assert person.page.evaluate(_SIDEWAYS) == 0, f"scrolled sideways {how}"
        for button in filled.all():
            assert button.evaluate(_IN_REACH), f"out of reach {how}: {button.inner_text()}"


@pytest.mark.parametrize("path", [path for path in PATHS if "$" not in path])
def test_a_list_without_rows_leads_on(start: Start, path: str) -> None:
    person = start(who_works_at(path))
    person.open(f"{path}?search=nothing+is+called+that")
    if not person.page.locator(".list-search").count():
        return  # a page that is no list, or one that is not searched

    person.sees(person.t("ui:list.nothing_found"))
    person.examine(f"{path} without rows")
    person.button("ui:list.clear_filters").click()
    expect(person.page).not_to_have_url(re.compile("search="))


@pytest.mark.parametrize("path", sorted(RECORDS))
def test_a_record_that_is_not_there_is_said(start: Start, path: str) -> None:
    person = start(who_works_at(path))
    person.watch.expect(404)

    person.open(path.replace("$id", NO_RECORD))

    refusal = person.page.locator("main .problem")
    expect(refusal).to_have_count(1)
    expect(refusal.get_by_role("heading")).not_to_be_empty()
    expect(refusal.locator(".problem-remedy")).not_to_be_empty()
    person.examine(f"{path} without a record")
