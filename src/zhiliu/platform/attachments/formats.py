"""What a file is, read from its bytes; its name must agree. No database, no request.

A file is taken only when all three say the same: the name's ending, the signature at byte 0
(`puremagic`), and a check of the whole content by the format's own reader. So a page named as a
picture, a picture with a page behind it named as a page, and a cut-off document are refused; a
picture with something behind it is still served only as that picture.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from PIL import Image, UnidentifiedImageError

from zhiliu.platform.attachments.errors import (
    ContentDisagrees,
    EmptyFile,
    FileDamaged,
    HasMacros,
    TypeNotAllowed,
    UnpacksTooLarge,
)
from zhiliu.platform.attachments.models import Purpose

MAX_PIXELS = 100_000_000  # a picture of 100 megapixels takes 400 MB where it is opened
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 5_000
CHUNK = 1 << 20

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a browser would run if it were told so; it is no plain text.
MARKUP = {"text/html", "application/xhtml+xml", "image/svg+xml", "application/xml", "text/xml"}
CONTROL = frozenset(range(32)) - {9, 10, 12, 13} | {127}


@dataclass(frozen=True)
class Format:
    """A type of file that may be attached; `read` refuses content that is not whole."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    read: Callable[["Format", str, bytes], str]


def media_type_of(file_name: str, data: bytes, purpose: Purpose) -> str:
    """The media type to store and serve; raises what does not fit.

    Raises EmptyFile, TypeNotAllowed, ContentDisagrees, FileDamaged, UnpacksTooLarge, HasMacros.
    """
    allowed = formats_for(purpose)
    ending = PurePosixPath(file_name).suffix.lower()
    claimed = next((f for f in allowed if ending in f.endings), None)
    if claimed is None:
        raise TypeNotAllowed(
            file_name=file_name, purpose=purpose, allowed=", ".join(endings_of(allowed))
        )
    if not data:
        raise EmptyFile(file_name=file_name)
    return claimed.read(claimed, file_name, data)


def formats_for(purpose: Purpose) -> tuple[Format, ...]:
    """The types that a purpose takes: a photo is a picture, anything else may be any of them."""
    return PICTURES if purpose == Purpose.PHOTO else FORMATS


def endings_of(formats: Iterable[Format]) -> list[str]:
    """The endings of file names of these types."""
    return [ending for f in formats for ending in f.endings]


def _signatures(data: bytes) -> list[str]:
    """The media types whose signature the content bears, the surest first."""
    try:
        return [match.mime_type for match in puremagic.magic_string(data)]
    except (puremagic.PureError, ValueError):
        return []


def _must_bear(claimed: Format, file_name: str, data: bytes, begin: bytes) -> None:
    found = _signatures(data)
    if not data.startswith(begin) or claimed.media_type not in found:
        shown = found[0] if found else "unknown"
        raise ContentDisagrees(file_name=file_name, claimed=claimed.name, found=shown)


def _picture(claimed: Format, file_name: str, data: bytes) -> str:
    begin = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WebP": b"RIFF"}[claimed.name]
    _must_bear(claimed, file_name, data, begin)
    try:
        with Image.open(io.BytesIO(data), formats=[claimed.name.upper()]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise UnpacksTooLarge(file_name=file_name)
            picture.verify()
    except Image.DecompressionBombError as bomb:
        raise UnpacksTooLarge(file_name=file_name) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError) as error:
        raise FileDamaged(file_name=file_name, claimed=claimed.name) from error
    if claimed.name == "JPEG" and b"\xff\xd9" not in data:  # Pillow reads no JPEG to its end
        raise FileDamaged(file_name=file_name, claimed=claimed.name)
    return claimed.media_type


def _pdf(claimed: Format, file_name: str, data: bytes) -> str:
    _must_bear(claimed, file_name, data, b"%PDF-")
    if b"%%EOF" not in data[-2048:]:
        raise FileDamaged(file_name=file_name, claimed=claimed.name)
    return claimed.media_type


def _workbook(claimed: Format, file_name: str, data: bytes) -> str:
    """ECMA-376 part 2: a zip whose content types name a workbook, small enough when unpacked."""
    if not data.startswith(b"PK\x03\x04"):
        shown = next(iter(_signatures(data)), "unknown")
        raise ContentDisagrees(file_name=file_name, claimed=claimed.name, found=shown)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {m.filename for m in members}
            if len(members) > MAX_MEMBERS:
                raise UnpacksTooLarge(file_name=file_name)
            if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                raise ContentDisagrees(
                    file_name=file_name, claimed=claimed.name, found="application/zip"
                )
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise HasMacros(file_name=file_name)
            _unpack(file_name, archive, members)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise FileDamaged(file_name=file_name, claimed=claimed.name) from error
    return claimed.media_type


def _unpack(file_name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack in pieces that are thrown away: sizes that an archive states may be lies."""
    left = MAX_UNPACKED
    for member in members:
        with archive.open(member) as unpacked:
            while piece := unpacked.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise UnpacksTooLarge(file_name=file_name)


def _text(claimed: Format, file_name: str, data: bytes) -> str:
    """Plain text in UTF-8, or in GB 18030 as Chinese spreadsheets write it."""
    found = next((f for f in _signatures(data) if f in MARKUP), None)
    if found is not None:
        raise ContentDisagrees(file_name=file_name, claimed=claimed.name, found=found)
    if CONTROL.intersection(data):
        raise ContentDisagrees(file_name=file_name, claimed=claimed.name, found="binary")
    for charset in ("utf-8", "gb18030"):
        try:
            data.decode(charset)
        except UnicodeDecodeError:
            continue
        return f"{claimed.media_type}; charset={charset}"
    raise FileDamaged(file_name=file_name, claimed=claimed.name)


PICTURES = (
    Format("JPEG", "image/jpeg", (".jpg", ".jpeg"), _picture),
    Format("PNG", "image/png", (".png",), _picture),
    Format("WebP", "image/webp", (".webp",), _picture),
)
FORMATS = (
    *PICTURES,
    Format("PDF", "application/pdf", (".pdf",), _pdf),
    Format("text", "text/plain", (".txt",), _text),
    Format("CSV", "text/csv", (".csv",), _text),
    Format("xlsx", XLSX, (".xlsx",), _workbook),
)
