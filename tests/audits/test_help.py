"""User help: the same pages in both languages, and every endpoint that they name exists."""

import re

import pytest

from tests.audits.building import ROOT
from zhiliu.config.api import api
from zhiliu.config.demo import USERS

HELP = ROOT / "docs" / "help"
PAGES = sorted(page.name for page in (HELP / "en").glob("*.md"))
ENDPOINTS = {
    f"{method.upper()} {path.removeprefix('/api/v1')}"
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
}


def endpoints(language: str, page: str) -> list[str]:
    """The endpoints that a page names, in its order."""
    text = (HELP / language / page).read_text(encoding="utf-8")
    return re.findall(r"`((?:GET|POST|PATCH) /[^`]*)`", text)


def test_every_role_has_its_page_in_both_languages() -> None:
    assert sorted(page.name for page in (HELP / "zh-CN").glob("*.md")) == PAGES
    roles = {f"{user.username}.md" for user in USERS}
    assert roles | {"administrator.md", "README.md"} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_endpoints_that_exist_the_same_in_both_languages(page: str) -> None:
    named = endpoints("en", page)

    assert [e for e in named if e not in ENDPOINTS] == []
    assert endpoints("zh-CN", page) == named
    assert named or page == "README.md"
