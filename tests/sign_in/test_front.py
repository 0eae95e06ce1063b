"""The front end's page and files, as the server gives them out."""

import gzip
import re

import pytest
from django.test import Client

from tests.support import person
from zhiliu.config.front import FILES

pytestmark = pytest.mark.django_db


def nonce_of(policy: str) -> str:
    (nonce,) = re.findall(r"style-src 'self' 'nonce-([\w-]{20,})'", policy)
    return str(nonce)


@pytest.mark.parametrize("path", ["/", "/lots", "/inspections/1/readings", "/no-such-page"])
def test_every_address_of_the_front_end_answers_its_page_without_a_session(path):
    answer = Client().get(path)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert '<div id="root">' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_the_page_says_whether_somebody_is_signed_in():
    somebody = person("stock.read").session
    assert somebody is not None

    assert '<meta name="signed-in" content="yes" />' in somebody.get("/").content.decode()
    assert '<meta name="signed-in" content="no" />' in Client().get("/").content.decode()


def test_the_page_has_no_inline_script_and_the_policy_forbids_it():
    answer = Client().get("/")

    page = answer.content.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert scripts
    assert all("src=" in attributes and not content for attributes, content in scripts)
    assert "<style" not in page
    assert not re.search(r"\s(on\w+|style)=", page)
    assert not re.search(r"(src|href)=\"(?!/assets/)", page)
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


def test_each_page_has_a_nonce_of_its_own_for_its_styles():
    first, second = Client().get("/"), Client().get("/")

    nonces = [nonce_of(answer["Content-Security-Policy"]) for answer in (first, second)]
    assert nonces[0] != nonces[1]
    for answer, nonce in zip((first, second), nonces, strict=True):
        assert f'<meta name="csp-nonce" content="{nonce}" />' in answer.content.decode()


def test_every_file_that_the_page_names_is_served_and_may_be_kept():
    names = re.findall(r'"/assets/([^"]+)"', Client().get("/").content.decode())

    assert names
    for name in names:
        answer = Client().get(f"/assets/{name}")
        assert answer.status_code == 200
        assert answer.content == FILES[name].content
        assert "immutable" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_goes_out_compressed_to_whoever_takes_it_so():
    name = next(name for name in FILES if name.endswith(".js"))

    answer = Client().get(f"/assets/{name}", headers={"Accept-Encoding": "gzip, br"})

    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.content) == FILES[name].content


@pytest.mark.parametrize(
    "path",
    [
        "/assets/index.html",
        "/assets/../index.html",
        "/assets/..%2fsettings.py",
        "/assets/%2e%2e%2f%2e%2e%2fkernel%2factor.py",
        "/assets//etc/passwd",
        "/assets/",
        "/api/v2/lots",
        "/_allauth/nothing",
    ],
)
def test_nothing_else_is_served(path):
    assert Client().get(path).status_code == 404
