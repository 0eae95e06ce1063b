"""A small body that fits a JSON schema: only what is required, in the plainest value."""

import re
from typing import Any
from uuid import uuid4

TEXTS = {
    "uuid": lambda: str(uuid4()),
    "date-time": lambda: "2026-01-02T03:04:05Z",
    "date": lambda: "2026-01-02",
    "email": lambda: "a@example.com",
}


def example(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    """A value that `schema` allows."""
    if "$ref" in schema:
        return example(components[schema["$ref"].rsplit("/", 1)[1]], components)
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(_plainest(schema["anyOf"]), components)
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {n: example(properties[n], components) for n in schema.get("required", ())}
    if kind == "array":
        return [example(schema["items"], components) for _ in range(schema.get("minItems", 0))]
    plain = {"integer": 1, "number": 1, "boolean": True, "null": None}
    return plain[kind] if kind in plain else _text(schema)


def _plainest(choices: list[dict[str, Any]]) -> dict[str, Any]:
    # A decimal is a number or a text with a pattern; the number needs no pattern.
    return next((c for c in choices if c.get("type") != "null"), choices[0])


def _text(schema: dict[str, Any]) -> str:
    if schema.get("format") in TEXTS:
        return TEXTS[schema["format"]]()
    candidates = ("CNY", "cny", "Asia/Shanghai", "2026-01", "1", "CN")
    return next(c for c in candidates if _fits(c, schema))


def _fits(text: str, schema: dict[str, Any]) -> bool:
    is_zone = "zone" in schema.get("title", "").lower()
    return (
        re.search(schema.get("pattern", ""), text) is not None
        and schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 100)
        and (is_zone is ("/" in text))
    )
