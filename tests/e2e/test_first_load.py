"""What the first page costs and may do."""

import re

from playwright.sync_api import Response

from tests.e2e.conftest import Start

MOST_BYTES = 500_000


def test_the_first_load_is_small_and_comes_from_here_alone(start: Start) -> None:
    person = start("inspector", is_signed_in=False, path=None)
    answers: list[Response] = []
    person.page.on("response", lambda answer: answers.append(answer))

    person.open("/")
    person.sign_in()
    person.page.wait_for_selector(".shell")
    person.settle()

    loaded = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
    assert 50_000 < loaded <= MOST_BYTES  # fewer would mean that nothing was counted
    assert [a.url for a in answers if a.url.endswith(".js") and not _is_compressed(a)] == []


def test_no_script_stands_in_the_page_and_none_would_run(start: Start) -> None:
    person = start("inspector", is_signed_in=False, path=None)
    answer = person.page.goto(person.plant.origin)
    assert answer
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert "unsafe-inline" not in str(policy)
    assert re.findall(r"<script(?![^>]*\ssrc=)", answer.text()) == []

    person.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = true';"
        " document.head.append(s); }"
    )

    assert person.page.evaluate("() => 'ran' in window") is False
    # Chromium says so in the console, which is otherwise a fault
    refused = [line for line in person.watch.wrong if "Content Security Policy" in line]
    assert len(refused) == 1
    person.watch.wrong.remove(refused[0])


def _is_compressed(answer: Response) -> bool:
    return answer.headers.get("content-encoding") == "gzip" or len(answer.body()) < 1_000
