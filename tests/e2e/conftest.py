"""The browser, the plant, and journeys of people through it."""

import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.journey import Journey
from tests.e2e.plant import Plant, served_plant
from tests.e2e.words import Language

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
NO_BROWSER = (
    f"The browser tests need Chromium, and {CHROMIUM} is not there: "
    "apt-get install chromium fonts-noto-cjk, or say where it is with CHROMIUM=/path/to/chromium."
)

FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=15_000)

Theme = Literal["light", "dark"]


class Start(Protocol):
    """Begins a journey: by default signed in, at home, in the test's language, 1440 x 900."""

    def __call__(
        self,
        role: str,
        *,
        language: Language | None = None,
        theme: Theme = "light",
        size: tuple[int, int] = (1440, 900),
        path: str | None = "/",
        is_signed_in: bool = True,
        **context: Any,
    ) -> Journey: ...


def pytest_collection_modifyitems(session: pytest.Session) -> None:
    """Say in one sentence that there is no browser, before anything is started."""
    if not os.access(CHROMIUM, os.X_OK) and any("e2e" in item.path.parts for item in session.items):
        pytest.exit(NO_BROWSER, returncode=2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; every journey has a context of its own in it."""
    with sync_playwright() as playwright:
        # its sandbox needs a user of its own, which a container's root has not
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def plant() -> Iterator[Plant]:
    """The demo plant of the run; what a test does there stays for the next."""
    with served_plant() as plant:
        yield plant


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of who signed in before, so that not every test signs in."""
    return {}


@pytest.fixture(params=["zh-CN", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    """Both languages; a test that asks for this runs in each."""
    chosen: Language = request.param
    return chosen


@pytest.fixture
def start(
    browser: Browser, plant: Plant, sessions: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[Start]:
    """Start journeys; when the test is over, none of them may have done anything wrong."""
    journeys: list[Journey] = []
    asked = "language" in request.fixturenames
    default: Language = request.getfixturevalue("language") if asked else "en"

    def begin(
        role: str,
        *,
        language: Language | None = None,
        theme: Theme = "light",
        size: tuple[int, int] = (1440, 900),
        path: str | None = "/",
        is_signed_in: bool = True,
        **context: Any,
    ) -> Journey:
        spoken = language or default
        if is_signed_in and role in sessions:
            context["storage_state"] = sessions[role]
        opened = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=spoken,
            color_scheme=theme,
            reduced_motion="reduce",
            **context,
        )
        opened.add_init_script(_first_language(spoken))
        journey = Journey(opened, plant, role, spoken)
        journeys.append(journey)
        if path is None and is_signed_in and role not in sessions:
            path = "/"
        if path is not None:
            journey.open(path)
            # a test before this one may have signed the person out
            if is_signed_in and not journey.page.locator(".shell").count():
                journey.sign_in()
                journey.page.wait_for_selector(".shell")
                sessions[role] = {**opened.storage_state(), "origins": []}
                journey.settle()
        return journey

    yield begin
    has_failed = request.node.stash.get(FAILED, False)
    for number, journey in enumerate(journeys):
        if has_failed:
            journey.page.screenshot(path=_picture(request.node.name, number))
        journey.context.close()
    for journey in journeys:
        journey.watch.assert_clean()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that the pages are photographed before they close."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
        report.sections.append(("pages", _picture(item.name, 0)))
    return report


def _picture(test: str, number: int) -> str:
    folder = Path(tempfile.gettempdir()) / "zhiliu-e2e"
    folder.mkdir(exist_ok=True)
    return str(folder / f"{re.sub('[^a-zA-Z0-9]+', '-', test)}{number}.png")


def _first_language(language: Language) -> str:
    key = "zhiliu.language"
    # the empty page before the first one, and a file that is shown, have no storage
    return (
        f"try {{ localStorage.getItem('{key}') || localStorage.setItem('{key}', '{language}') }}"
        " catch {}"
    )
