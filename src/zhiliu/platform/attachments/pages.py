"""Pages of a PDF as pictures: a browser shows a drawing without running the file that it came in.

A tablet's browser shows no PDF inside a page, and none is ever shown in the name of this site; what
is shown is a PNG that was drawn here.
"""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import typst
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from zhiliu.platform.attachments.errors import NotDrawable, PageMissing
from zhiliu.platform.attachments.printing import compile_document

LONGEST: Final = 2800  # pixels of the longer side: dimensions of an A2 drawing can be read
SHARPEST: Final = 160.0  # pixels an inch, for small pages
POINTS: Final = 72


class Page(NamedTuple):
    """A page as PNG, and how many pages its file has."""

    png: bytes
    page_count: int


def draw_page(file_name: str, data: bytes, page: int) -> Page:
    """Draw page `page` (from 1) of a PDF; raises NotDrawable, PageMissing."""
    try:
        pages = PdfReader(BytesIO(data)).pages
        count = len(pages)
        if page > count:
            raise PageMissing(file_name=file_name, page=page, count=count)
        box = pages[page - 1].mediabox
        longer = max(float(box.width), float(box.height), 1.0)
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        raise NotDrawable(file_name=file_name) from error
    sharpness = min(SHARPEST, LONGEST * POINTS / longer)
    with TemporaryDirectory() as room:
        (Path(room) / "file.pdf").write_bytes(data)
        try:
            png = compile_document(_SHOW % page, {}, root=Path(room), format="png", ppi=sharpness)
        except typst.TypstError as error:
            raise NotDrawable(file_name=file_name) from error
    assert isinstance(png, bytes)
    return Page(png, count)


_SHOW: Final = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image("file.pdf", page: %d)
"""
