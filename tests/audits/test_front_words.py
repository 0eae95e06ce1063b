"""The front end has a word in both languages for everything that the server may name."""

import json
from functools import reduce
from typing import Any

import pytest

from tests.audits.building import ROOT
from zhiliu.config.documents import own_models
from zhiliu.config.openapi import is_own
from zhiliu.kernel.event import all_events
from zhiliu.platform.access.public import all_permissions
from zhiliu.platform.evidence.public import AuditedModel

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


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_kind_of_audited_record_and_each_of_its_fields_has_a_word(language: str) -> None:
    """The audit search says what changed in these words."""
    app = CATALOGUES.parents[1] / "app" / "locales" / language / "app.json"
    kinds = json.loads(app.read_text("utf-8"))["kind"]
    fields = words(language, "history")["field"]
    models = [m for m in own_models() if issubclass(m, AuditedModel)]

    assert [m.kind for m in models if not isinstance(word(kinds, m.kind), str)] == []
    named = {f.attname for m in models for f in m._meta.concrete_fields} - {"id", "version"}
    assert sorted(named - set(fields)) == []
