"""One person at one browser: what a test says he does and sees, by the texts of his language."""

import re
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.plant import Plant
from tests.e2e.watch import Watch
from tests.e2e.words import Language, words

if TYPE_CHECKING:
    from re import Pattern

# what the page shows while it waits for an answer
_BUSY = "[aria-busy=true], .ant-spin-spinning"
# a column may have the label of an input too
_INPUTS = "input:not([type=radio]):not([type=checkbox]), textarea"
_PATIENCE_SECONDS = 20.0
# what ends an element of a GS1 code; readers that type strike Ctrl and the bracket for it
SEPARATOR = "\x1d"


class Journey:
    """A signed-in (or not yet signed-in) browser of one role in one language.

    Texts are named by `namespace:key` of the catalogues. `page` is Playwright's own page for
    whatever is not here; everything it does is watched too.
    """

    def __init__(
        self, context: BrowserContext, plant: Plant, role: str, language: Language
    ) -> None:
        self.context = context
        self.plant = plant
        self.role = role
        self.language = language
        self.watch = Watch(context, plant.origin)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(_PATIENCE_SECONDS * 1000)

    def t(self, key: str, **values: object) -> str:
        """A text as this person reads it."""
        return words(self.language, key, **values)

    # --- going somewhere

    def open(self, path: str) -> None:
        """Load an address and wait until nothing is loading any more."""
        self.page.goto(self.plant.origin + path)
        self.settle()

    def menu(self, name: str) -> None:
        """Choose a page of the left menu by its key."""
        side = self.page.get_by_role("navigation", name=self.t("app:menu.title"))
        link = side.get_by_role("link", name=self.t(f"app:menu.{name}"), exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        self.settle()

    def settle(self) -> None:
        """Wait until what is shown is there: its code, its texts and the answers it asked for."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        quiet = 0
        while quiet < 3:  # one answer may lead to the next question
            assert time.monotonic() < deadline, f"still loading: {self.watch.open_requests}"
            self.page.wait_for_timeout(50)
            is_busy = self.watch.open_requests or self.page.locator(_BUSY).count()
            quiet = 0 if is_busy else quiet + 1

    # --- signing in

    def sign_in(self, password: str | None = None, *, role: str | None = None) -> None:
        """Sign in by the page that is open; another role, or a password that may be wrong."""
        name = role or self.role
        self.field("app:sign_in.username").fill(name)
        self.field("app:sign_in.password").fill(password or self.plant.passwords[name])
        self.field("app:sign_in.password").press("Enter")

    def sign_out(self) -> None:
        """Sign out by the menu of the person."""
        self.page.locator(".top-person").click()
        self.page.get_by_role("menuitem", name=self.t("app:sign_out")).click()
        expect(self.button("app:sign_in.title")).to_be_visible()

    def lose_session(self) -> None:
        """What the server does when a session ends: the cookie is worth nothing any more."""
        self.context.clear_cookies(name=re.compile("session"))

    def sign_in_again(self) -> None:
        """Sign in over the page that is open, after its session was lost."""
        again = self.dialog().filter(has_text=self.t("app:sign_in.again"))
        again.locator("input[type=password]").fill(self.plant.passwords[self.role])
        again.get_by_role("button", name=self.t("app:sign_in.go_on"), exact=True).click()
        expect(again).to_have_count(0)

    def lose_network(self, is_lost: bool = True) -> None:
        """Take the network away from this browser, or give it back."""
        self.watch.may_be_offline = True
        self.context.set_offline(is_lost)

    # --- what no screen is asked about

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Arrange something as this signed-in person by the API; what it answered."""
        token = next(c["value"] for c in self.context.cookies() if "csrf" in c["name"])
        answer = self.context.request.fetch(
            f"{self.plant.origin}/api/v1{path}",
            method=method,
            data=body,
            headers={"X-CSRFToken": token, "Idempotency-Key": str(uuid4())},
        )
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json()

    # --- doing and seeing

    def button(self, key: str, **values: object) -> Locator:
        """A button by its text or label."""
        return self.page.get_by_role("button", name=self.t(key, **values), exact=True)

    def link(self, key: str, **values: object) -> Locator:
        """A link by its text or label."""
        return self.page.get_by_role("link", name=self.t(key, **values), exact=True)

    def field(self, key: str, **values: object) -> Locator:
        """An input by its label; the mark of an optional one does not count."""
        label: Pattern[str] = re.compile(
            rf"^\s*{re.escape(self.t(key, **values))}(?:\s*[（(].*)?\s*$"
        )
        return self.page.get_by_label(label).and_(self.page.locator(_INPUTS))

    def scan(self, text: str, *, every: float = 0.008) -> None:
        """What a scanner does that types: characters within milliseconds, then Enter.

        The browser is told when each key was struck, so that a busy machine makes no person of it.
        """
        devtools = self.context.new_cdp_session(self.page)
        struck = time.time()
        for key in [*text, "Enter"]:
            struck += every
            typed = {"Enter": "\r", SEPARATOR: ""}.get(key, key)
            code = {"Enter": 13, SEPARATOR: 221}.get(key) or ord(key.upper())
            pressed = {"key": key, "windowsVirtualKeyCode": code, "timestamp": struck}
            if key == SEPARATOR:
                pressed |= {"key": "]", "code": "BracketRight", "modifiers": 2}
            devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": typed, **pressed})
            devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
        devtools.detach()

    def choose(self, key: str, option: str = "") -> None:
        """Choose an option of a select by its text, typing it where the select searches.

        Without a text the first one is chosen.
        """
        field = self.field(key)
        field.click()
        if option and field.get_attribute("readonly") is None:
            field.fill(option)
        self.page.locator(".ant-select-item-option:visible", has_text=option).first.click()
        expect(self.page.locator(".ant-select-dropdown:visible")).to_have_count(0)

    def dialog(self) -> Locator:
        """The dialog over the page."""
        return self.page.get_by_role("dialog")

    def sees(self, text: str) -> None:
        """Wait until this text is on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def examine(self, screen: str) -> None:
        """Judge the screen as it is: texts, and axe in both themes."""
        self.settle()
        self.watch.examine(self.page, f"{screen} ({self.role}, {self.language})")
