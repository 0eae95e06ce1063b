"""JSON bodies: every text in them can be kept and shown."""

import json
import re
from typing import Any, cast

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.parser import Parser

# How half of a surrogate pair gets into JSON: escaped, or as the three bytes that UTF-8 forbids.
_HALF = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")


class WholeText(Parser):
    """ninja's parser of JSON, which refuses text that is none.

    Python reads `"\\ud800"`, half of a surrogate pair, as text, but neither UTF-8 nor PostgreSQL
    has it. Raises ValidationError naming the field, and what json.loads raises.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        data = json.loads(request.body)
        if errors := half_characters(request.body, data):
            raise ValidationError(errors)
        return cast(dict[str, Any], data)


def half_characters(body: bytes, data: Any) -> list[dict[str, Any]]:
    """The first text of a JSON body that holds half of a surrogate pair, as pydantic would name
    it; empty when there is none. Bodies without such an escape cost one search."""
    if _HALF.search(body) is None:
        return []
    found = _half_in(data, ())
    return [] if found is None else [{"type": "string_unicode", "loc": ("body", *found)}]


def _half_in(value: Any, at: tuple[Any, ...]) -> tuple[Any, ...] | None:
    if isinstance(value, str):
        return None if _is_whole(value) else at
    if isinstance(value, dict):
        for key, inner in value.items():
            name = key if _is_whole(key) else ascii(key)[1:-1]
            found = (*at, name) if name != key else _half_in(inner, (*at, key))
            if found is not None:
                return found
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            if (found := _half_in(inner, (*at, place))) is not None:
                return found
    return None


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
