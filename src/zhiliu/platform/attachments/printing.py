"""From a record's facts to a PDF: typst templates, with fonts of our own and nothing else.

A template sees the shared layout, the facts handed to it, and files beside itself; no other file
and no font of the system, so a print looks the same everywhere. The compiler is made once a
process: a print costs some milliseconds then, the fonts a tenth of a second at the first.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal
from zoneinfo import ZoneInfo

import typst

from zhiliu.kernel.refusal import as_json
from zhiliu.platform.attachments.errors import FontsMissing

Language = Literal["en", "zh"]

LAYOUT = Path(__file__).parent / "prints" / "layout.typ"
FONTS = Path(sys.prefix) / "share" / "zhiliu" / "fonts"  # where make setup puts them
WEIGHTS = ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf")

_one_at_a_time = Lock()


@dataclass(frozen=True)
class PrintTemplate:
    """A print that a context can make: its code, its file in the room `prints`, its titles.

    The facts that it is given hold at least `company`, `site` (names) and `zone` (IANA); times are
    shown in that zone with their offset. `follows_facts`: they change while the record's version
    stays, as where goods lie does; then a print is made for each state of them.
    """

    code: str
    source: Path
    title_en: str
    title_zh: str
    follows_facts: bool = False

    def title(self, number: str, language: Language) -> str:
        """What the print is called in the list of files."""
        return f"{self.title_zh if language == 'zh' else self.title_en} {number}"


def digest_of_facts(facts: Mapping[str, Any]) -> str:
    """The SHA-256 of facts as they are printed, in hex."""
    text = json.dumps(shown(facts, ZoneInfo(facts["zone"])), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def render(template: PrintTemplate, facts: Mapping[str, Any], language: Language) -> bytes:
    """The PDF of a template filled with facts; raises FontsMissing.

    PDF/A-2b (ISO 19005-2), made to be read in the years it must be kept; where somebody wrote a
    character that the font lacks, which that standard refuses, a plain PDF with a box for it.
    """
    text = LAYOUT.read_bytes() + b"\n" + template.source.read_bytes()
    inputs = {
        "data": json.dumps(shown(facts, ZoneInfo(facts["zone"])), ensure_ascii=False),
        "language": language,
    }
    room = template.source.parent
    try:
        pdf = compile_document(text, inputs, root=room, pdf_standards="a-2b")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        pdf = compile_document(text, inputs, root=room)
    assert isinstance(pdf, bytes)
    return pdf


def compile_document(
    text: bytes, inputs: dict[str, str], *, root: Path, **options: Any
) -> bytes | list[bytes]:
    """A typst document as PDF, or as PNG pages with `format="png"`; raises FontsMissing."""
    with _one_at_a_time:
        compiled = _compiler().compile(
            text, root=str(root), sys_inputs=inputs, **{"format": "pdf", **options}
        )
    assert compiled is not None
    return compiled


@cache
def _compiler() -> typst.Compiler:
    if not all((FONTS / weight).is_file() for weight in WEIGHTS):
        raise FontsMissing(folder=str(FONTS))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def shown(value: Any, zone: ZoneInfo) -> Any:
    """A fact as it is printed: a time in the site's zone with its offset, a decimal in full."""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return local.isoformat(" ", "minutes")  # 2026-11-24 19:05+08:00
    if isinstance(value, Mapping):
        return {name: shown(inner, zone) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [shown(inner, zone) for inner in value]
    return as_json(value)
