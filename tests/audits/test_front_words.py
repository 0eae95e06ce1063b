"""The front end has a word in both languages for everything that the server may name."""

import json
from functools import reduce
from typing import Any

import pytest

from tests.audits.building import ROOT
from zhiliu.config.openapi import is_own
from zhiliu.kernel.event import all_events
from zhiliu.platform.access.public import all_permissions

CATALOGUES = ROOT / "web" / "src" / "ui" / "locales"


def words(language: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CATALOGUES / language / f"{name}.json").read_text("utf-8"))
    return found


def word(catalogue: dict[str, Any], key: str) -> Any:
    return reduce(lambda part, name: part.get(name, {}), key.split("."), catalogue)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_event_has_a_word(language: str) -> None:
    known = words(language, "history")["event"]

    own = [e.type for e in all_events() if is_own(e)]
    assert [name for name in own if not isinstance(word(known, name), str)] == []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_permission_has_a_word(language: str) -> None:
    known = words(language, "history")["operation"]

    missing = [p for p in all_permissions() if not isinstance(word(known, p.operation), str)]
    assert missing == []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_value_of_every_enum_of_the_api_has_a_word(language: str) -> None:
    known = words(language, "states")
    schemas = json.loads((ROOT / "openapi.json").read_text("utf-8"))["components"]["schemas"]

    wanted = [f"{name}.{v}" for name, s in schemas.items() for v in s.get("enum", ())]
    assert [key for key in wanted if not isinstance(word(known, key), str)] == []
