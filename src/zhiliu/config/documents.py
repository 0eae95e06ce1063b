"""The documents that are made from the code: events, refusals, permissions, the dictionary's index.

`zhiliu docs` writes them and `zhiliu schema` writes `openapi.json`; a test asserts that both would
change nothing.
"""

import inspect
import json
import re
import types
import typing
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models

from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM
from zhiliu.config.openapi import is_own
from zhiliu.kernel.command import Reference
from zhiliu.kernel.event import Event, all_events
from zhiliu.kernel.refusal import Refusal, all_refusals
from zhiliu.platform.access.public import all_permissions

ROOT = Path(settings.BASE_DIR).parents[1]
MADE = "Made by `make docs` from the code; do not edit.\n"

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

WORDS: dict[Any, str] = {
    bool: "true or false",
    int: "integer",
    str: "text",
    Decimal: "decimal as text",
    UUID: "id",
    datetime: "time",
    date: "date",
    Reference: "reference",
    type(None): "null",
}


def documents() -> dict[Path, str]:
    """Every generated document: its path in the repository and its text."""
    return {
        Path("docs/events.md"): _events(),
        Path("docs/errors.md"): _errors(),
        Path("docs/permissions.md"): _permissions(),
        Path("docs/dictionary/README.md"): _dictionary(),
    }


def openapi_document() -> str:
    """The text of `openapi.json`, the same as `/api/v1/openapi.json` serves."""
    from zhiliu.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n"


def sign_in_document() -> str:
    """The text of `sign-in-openapi.json`: django-allauth's own endpoints, with its conventions."""
    from allauth.headless.spec.internal.schema import get_schema

    from zhiliu.config.urls import CLOSED

    schema = get_schema()
    schema["paths"] = {
        path: item for path, item in schema["paths"].items() if not re.match(CLOSED, path[1:])
    }
    text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return re.sub(_UUID, str(UUID(int=0)), text)  # its examples are drawn anew each time


def write_documents() -> None:
    """Write every generated document where it differs."""
    for path, text in documents().items():
        _write(path, text)


def write_openapi() -> None:
    """Write `openapi.json` where it differs."""
    _write(Path("openapi.json"), openapi_document())
    _write(Path("sign-in-openapi.json"), sign_in_document())


def _write(path: Path, text: str) -> None:
    file = ROOT / path
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def own_events() -> list[type[Event]]:
    """Every event that Zhiliu emits, by type."""
    return sorted((e for e in all_events() if is_own(e)), key=lambda e: e.type)


def own_refusals() -> list[type[Refusal]]:
    """Every refusal of Zhiliu, by code."""
    return sorted({r for r in all_refusals() if is_own(r)}, key=lambda r: (r.code, r.__name__))


def own_models() -> list[type[models.Model]]:
    """Every table that Zhiliu declares, by app from the bottom up, then by name."""
    labels = (*BUILT_PLATFORM, *BUILT_CONTEXTS)
    return [
        model
        for label in labels
        for model in sorted(apps.get_app_config(label).get_models(), key=lambda m: m.__name__)
        if is_own(model)
    ]


def dictionary_page(model: type[models.Model]) -> Path:
    """Where a model is described: docs/dictionary/stock/lot.md."""
    return Path("docs/dictionary") / model._meta.app_label / f"{snake(model.__name__)}.md"


def snake(name: str) -> str:
    """`LotVersion` as `lot_version`."""
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def type_words(annotation: Any) -> str:
    """A field's type in the words of the documents: `id`, `decimal as text`, `list of id`."""
    if annotation is Any:
        return "value"  # in a map: text, number as text, true or false, or null
    if annotation in WORDS:
        return WORDS[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(type_words(a) for a in arguments)
    if origin in (tuple, list, frozenset, set):
        return f"list of {type_words(arguments[0])}"
    if origin is dict:
        return f"map of {type_words(arguments[0])} to {type_words(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " / ".join(f"`{value}`" for value in annotation)
    return getattr(annotation, "__name__", str(annotation))


def first_sentence(documented: type) -> str:
    """The first paragraph of a class's docstring on one line."""
    text = inspect.getdoc(documented) or ""
    return " ".join(text.split("\n\n")[0].split())


def _by_context(names: Iterable[str]) -> list[str]:
    order = {label: i for i, label in enumerate((*BUILT_PLATFORM, *BUILT_CONTEXTS))}
    return sorted(set(names), key=lambda name: (order.get(name, len(order)), name))


def _field_types(declared: type) -> list[tuple[str, str]]:
    hints = typing.get_type_hints(declared)
    return [(f.name, type_words(hints[f.name])) for f in fields(declared)]


def _events() -> str:
    base = {f.name for f in fields(Event)}
    text = [
        "# Events\n",
        MADE,
        "Every event also carries its id, the subject (kind, id, human number, version), company, "
        "site, actor, reason, `occurred_at`, `recorded_at`, correlation and causation ids. A type "
        "never changes its meaning; a changed one gets the next version.\n",
    ]
    found = own_events()
    for context in _by_context(e.type.split(".")[0] for e in found):
        text.append(f"## {context}\n")
        for event in (e for e in found if e.type.split(".")[0] == context):
            text.append(f"### {event.type}\n\n{first_sentence(event)}\n")
            own = [(n, t) for n, t in _field_types(event) if n not in base]
            if own:
                rows = [f"| {name} | {words} |" for name, words in own]
                text.append("\n".join(["| field | type |", "| --- | --- |", *rows]) + "\n")
    return "\n".join(text)


def _errors() -> str:
    text = [
        "# Refusals\n",
        MADE,
        "Answers are `application/problem+json` (RFC 9457) with `code`, the sentence in `detail`, "
        "the way out in `remedy`, the fields in `data` and a `trace_id`. Map the code, show the "
        "sentence. `Accept-Language: zh` answers in Chinese.\n",
        '<a id="commands.invalid_payload"></a>\n\n'
        "`commands.invalid_payload` (422) is the one answer to a body or parameter of the wrong "
        "shape; `data.fields` has a sentence for each field.\n",
    ]
    found = own_refusals()
    for context in _by_context(r.code.split(".")[0] for r in found):
        text.append(f"## {context}\n")
        for refusal in (r for r in found if r.code.split(".")[0] == context):
            text.append(f'<a id="{refusal.code}"></a>\n\n### {refusal.code} ({refusal.status})\n')
            text.append(f"{first_sentence(refusal)}\n")
            zh = f"{refusal.zh}{refusal.remedy_zh}".replace(":zh}", "}")
            text.append(f"- {refusal.en} {refusal.remedy_en}\n- {zh}\n")
            own = _field_types(refusal)
            if own:
                text.append("Data: " + ", ".join(f"`{n}` ({t})" for n, t in own) + ".\n")
    return "\n".join(text)


def _permissions() -> str:
    text = [
        "# Permissions\n",
        MADE,
        "A role is a set of these operations; a grant gives a role to a user, everywhere or for "
        "one company, site, supplier or customer.\n",
    ]
    found = all_permissions()
    for context in _by_context(p.operation.split(".")[0] for p in found):
        rows = [
            f"| `{p.operation}` | {p.en} | {p.zh} |"
            for p in found
            if p.operation.split(".")[0] == context
        ]
        table = ["| operation | English | 中文 |", "| --- | --- | --- |", *rows]
        text.append(f"## {context}\n\n" + "\n".join(table) + "\n")
    return "\n".join(text)


def _dictionary() -> str:
    text = [
        "# Data dictionary\n",
        MADE,
        "What a row of each table is. Every audited row has `id` and `version`, and an audit entry "
        "for each version; every append-only row has `id` and `recorded_at` and never changes. "
        "Times are UTC, quantities are `numeric(18, 6)` in the material's stock unit.\n",
    ]
    found = own_models()
    for label in _by_context(m._meta.app_label for m in found):
        text.append(f"## {label}\n")
        rows = [
            f"- [{model.__name__}]({dictionary_page(model).relative_to('docs/dictionary')}): "
            f"{first_sentence(model)}"
            for model in found
            if model._meta.app_label == label
        ]
        text.append("\n".join(rows) + "\n")
    return "\n".join(text)
