"""What no page may do, whatever it shows: noted while it is used, said when the test ends."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from tests.e2e.words import KEYS, NAMESPACES

WEB = Path(__file__).resolve().parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"

# Chromium itself logs every answer from 400 on; those are judged by their status below.
_LOGGED_ANSWER = "Failed to load resource: the server responded with a status of"
# ... and every request that found no network, where a test took the network away.
_LOGGED_LOSS = "net::ERR_INTERNET_DISCONNECTED"

_FIND_KEYS = """([keys, namespaces]) => {
  const shown = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const prefixed = new RegExp(`^(?:${namespaces.join('|')}):`);
  const known = new Set(keys);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent.trim();
    if (known.has(text) || prefixed.test(text)) shown.add(text);
  }
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const text = element.getAttribute(name) ?? '';
      if (known.has(text) || prefixed.test(text)) shown.add(text);
    }
  return [...shown];
}"""

_RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] });
  return found.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) => one.nodes.map((node) =>
      `${one.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));
}"""


class Watch:
    """Everything wrong that one browser context did."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.wrong: list[str] = []
        self.expected: set[int] = set()
        self.open_requests: set[Request] = set()
        self.may_be_offline = False
        self._said: set[str] = set()
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("requestfinished", self._on_answered)
        context.on("requestfailed", self._on_answered)
        context.on("response", self._on_response)

    def expect(self, *statuses: int) -> None:
        """From now on these answers below 500 are part of the test."""
        self.expected |= set(statuses)

    def examine(self, page: Page, screen: str) -> None:
        """Look at what is shown: no key instead of a text, nothing that axe calls serious."""
        for key in page.evaluate(_FIND_KEYS, [KEYS, NAMESPACES]):
            self._once(key, f"{screen}: the key {key!r} instead of a text")
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        scheme = page.evaluate("() => document.documentElement.dataset.theme")
        for theme in (scheme, "dark" if scheme == "light" else "light"):
            page.emulate_media(color_scheme=theme)
            page.wait_for_function("(t) => document.documentElement.dataset.theme === t", arg=theme)
            page.wait_for_timeout(200)  # colours fade over from the other theme
            for line in page.evaluate(_RUN_AXE):
                self._once(line, f"{screen}, {theme}: {line}")
        page.emulate_media(color_scheme=scheme)

    def _once(self, what: str, finding: str) -> None:
        """The same on every screen is said of the first."""
        if what not in self._said:
            self._said.add(what)
            self.wrong.append(finding)

    def _on_console(self, message: ConsoleMessage) -> None:
        if self.may_be_offline and _LOGGED_LOSS in message.text:
            return
        if message.type == "error" and not message.text.startswith(_LOGGED_ANSWER):
            self.wrong.append(f"console: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.wrong.append(f"script: {error.error}")

    def _on_request(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if request.resource_type != "eventsource":  # the live stream never ends
            self.open_requests.add(request)
        there = urlsplit(request.url)
        if f"{there.scheme}://{there.netloc}" != self.origin:
            self.wrong.append(f"a request left the origin: {request.url}")

    def _on_answered(self, request: Request) -> None:
        self.open_requests.discard(request)

    def _on_response(self, response: Response) -> None:
        # a refusal that the page waits to repeat is never read to its end
        self.open_requests.discard(response.request)
        status = response.status
        if status == 401 and "/_allauth/" in response.url:
            return  # its way of saying what the next step is
        if status >= 500 or (status >= 400 and status not in self.expected):
            self.wrong.append(f"{status} from {response.request.method} {response.url}")

    def assert_clean(self) -> None:
        """Fail with every finding."""
        assert not self.wrong, json.dumps(sorted(set(self.wrong)), indent=1, ensure_ascii=False)
