"""The front page and its files."""

import re

import pytest
from django.test import Client

from tests.support import caller
from zhiliu.config.front import DIGEST, FILES
from zhiliu.contexts.stock.api.schemas import LotOut
from zhiliu.contexts.stock.states import LotStatus

pytestmark = pytest.mark.django_db


def test_the_front_page_answers_without_a_session_and_shows_a_sign_in_form():
    answer = Client().get("/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert '<form id="sign-in">' in page
    assert 'type="password"' in page


def test_the_page_has_no_inline_script_or_style_and_the_policy_forbids_them():
    answer = Client().get("/")

    page = answer.content.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    assert all("src=" in attributes and not content for attributes, content in scripts)
    assert "<style" not in page
    assert not re.search(r"\s(on\w+|style)=", page)
    assert not re.search(r"(src|href)=\"(?!/static/)", page)
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy


def test_every_file_that_the_page_names_is_served_and_may_be_kept():
    names = re.findall(r'"(/static/[^"]+)"', Client().get("/").content.decode())

    assert len(names) == len(FILES)
    for name in names:
        answer = Client().get(name)
        assert answer.status_code == 200
        assert "immutable" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"/static/{DIGEST}/front.js")["Content-Type"].startswith("text/javascript")
    assert Client().get("/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        f"/static/{DIGEST}/front.html",
        f"/static/{DIGEST}/../settings.py",
        f"/static/{DIGEST}/..%2fsettings.py",
        f"/static/{DIGEST}/%2e%2e%2f%2e%2e%2fkernel%2factor.py",
        f"/static/{DIGEST}//etc/passwd",
        "/static/0/front.js",
    ],
)
def test_nothing_else_is_served(path):
    assert Client().get(path).status_code == 404


def test_every_text_of_the_page_exists_in_both_languages():
    script = FILES["front.js"].decode()
    zh, en = re.findall(r"\n  (?:zh|en): \{(.*?)\n  \},", script, re.DOTALL)
    keys = [set(re.findall(r"\b(\w+): \"", part)) for part in (zh, en)]
    page = Client().get("/").content.decode()

    assert keys[0] == keys[1]
    assert set(re.findall(r'data-text="(\w+)"', page)) <= keys[0]
    assert set(re.findall(r'text\("(\w+)"\)', script)) <= keys[0]


def test_the_lot_list_uses_what_the_api_answers():
    script = FILES["front.js"].decode()
    query = "limit=50&search="

    answer = caller("stock.read").send("GET", f"/lots?{query}")

    assert answer.status_code == 200
    assert answer.json() == {"items": [], "next_cursor": None}
    used = set(re.findall(r"\blot\.(\w+)", script))
    assert len(used) >= 6
    assert used <= set(LotOut.model_fields)
    for status in LotStatus:
        assert len(re.findall(rf"\b{status}: \"", script)) == 2
