"""The catalogues of the front end, so that a test names a text by its key in any language."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
_SOURCE = Path(__file__).resolve().parents[2] / "web" / "src"


@cache
def catalogue(language: Language) -> dict[str, Any]:
    """All texts of a language by namespace."""
    files = _SOURCE.rglob(f"locales/{language}/*.json")
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def words(language: Language, key: str, **values: object) -> str:
    """The text of `namespace:path.to.key` with its placeholders filled in."""
    namespace, _, path = key.partition(":")
    text: Any = catalogue(language)[namespace]
    count = values.get("count")
    *above, last = path.split(".")
    for part in above:
        text = text[part]
    if count is not None and last not in text:
        last += "_one" if language == "en" and count == 1 else "_other"
    assert isinstance(text[last], str), f"{key} is no text"
    return re.sub(r"\{\{(\w+)\}\}", lambda found: str(values[found[1]]), text[last])


def _paths(texts: dict[str, Any], above: str = "") -> list[str]:
    return [
        path
        for name, value in texts.items()
        for path in (
            _paths(value, f"{above}{name}.") if isinstance(value, dict) else [above + name]
        )
    ]


NAMESPACES = sorted(catalogue("en"))
# only those that no person would write: with a point, or an underscore, in them
KEYS = sorted({p for n in NAMESPACES for p in _paths(catalogue("en")[n]) if re.search(r"[._]", p)})
