"""What a file is: its name, its signature and its content must agree."""

import struct
import zlib

import pytest

from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.attachments import formats
from zhiliu.platform.attachments.errors import (
    ContentDisagrees,
    EmptyFile,
    FileDamaged,
    HasMacros,
    TypeNotAllowed,
    UnpacksTooLarge,
)
from zhiliu.platform.attachments.formats import XLSX, media_type_of
from zhiliu.platform.attachments.models import Purpose
from zhiliu.platform.attachments.tests.files import PAGE, PDF, bomb, picture, workbook

DOCUMENT, PHOTO = Purpose.DOCUMENT, Purpose.PHOTO


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("裂纹.JPG", picture("JPEG"), "image/jpeg"),
        ("a.jpeg", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.txt", "合格".encode(), "text/plain; charset=utf-8"),
        ("a.csv", "批次,数量\r\n".encode("gb18030"), "text/csv; charset=gb18030"),
        ("a.csv", "\ufefflot,qty\n".encode(), "text/csv; charset=utf-8"),
        ("a.xlsx", workbook(), XLSX),
    ],
)
def test_a_whole_file_is_what_its_content_says(name: str, data: bytes, found: str) -> None:
    assert media_type_of(name, data, DOCUMENT) == found


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("page.jpg", PAGE, ContentDisagrees),
        ("page.txt", PAGE, ContentDisagrees),
        ("page.csv", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", ContentDisagrees),
        ("page.html", PAGE, TypeNotAllowed),
        ("page.svg", b"<svg/>", TypeNotAllowed),
        ("run.exe", b"MZ", TypeNotAllowed),
        ("none", b"text", TypeNotAllowed),
        ("double.pdf.exe", PDF, TypeNotAllowed),
        ("picture.png", picture("JPEG"), ContentDisagrees),
        ("picture.pdf", picture("JPEG") + PDF, ContentDisagrees),
        ("archive.xlsx", picture("JPEG") + workbook(), ContentDisagrees),
        ("page.xlsx", workbook(without="xl/workbook.xml"), ContentDisagrees),
        ("late.pdf", b"GIF89a" + PDF, ContentDisagrees),
        ("binary.txt", b"a\x00b", ContentDisagrees),
        ("cut.pdf", PDF[:-12], FileDamaged),
        ("cut.png", picture("PNG")[:-20], FileDamaged),
        ("cut.jpg", picture("JPEG")[:-2], FileDamaged),
        ("cut.xlsx", workbook()[:-30], FileDamaged),
        ("odd.txt", b"abc \xff\xff\xff", FileDamaged),
        ("macro.xlsx", workbook(extra={"xl/vbaProject.bin": b"x"}), HasMacros),
        ("empty.pdf", b"", EmptyFile),
    ],
)
def test_what_does_not_agree_is_refused(name: str, data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        media_type_of(name, data, DOCUMENT)

    assert name in refused.value.sentence("en")
    assert name in refused.value.sentence("zh")


def test_a_picture_with_a_page_behind_it_stays_a_picture() -> None:
    assert media_type_of("a.jpg", picture("JPEG") + PAGE, PHOTO) == "image/jpeg"


def test_a_photo_is_a_picture() -> None:
    with pytest.raises(TypeNotAllowed) as refused:
        media_type_of("a.pdf", PDF, PHOTO)

    assert refused.value.allowed == ".jpg, .jpeg, .png, .webp"


def test_an_archive_is_measured_unpacked() -> None:
    small = bomb(300 * 1024 * 1024)

    assert len(small) < 1024 * 1024
    with pytest.raises(UnpacksTooLarge):
        media_type_of("bomb.xlsx", small, DOCUMENT)


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    lying = bytearray(bomb(300 * 1024 * 1024))
    at = lying.rfind(b"PK\x01\x02")  # the last member's entry in the directory
    lying[at + 24 : at + 28] = struct.pack("<I", 1)  # its stated size

    with pytest.raises((UnpacksTooLarge, FileDamaged)):
        media_type_of("bomb.xlsx", bytes(lying), DOCUMENT)


def test_an_archive_of_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_MEMBERS", 2)

    with pytest.raises(UnpacksTooLarge):
        media_type_of("a.xlsx", workbook(extra={"more": b"x"}), DOCUMENT)


@pytest.mark.parametrize("side", [20_000, 60_000])
def test_a_picture_bomb_is_refused(side: int) -> None:
    """A PNG of a few kB that a viewer would unpack to gigabytes."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = chunk(b"IDAT", zlib.compress(bytes(1000)))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + rows + chunk(b"IEND", b"")

    with pytest.raises(UnpacksTooLarge):
        media_type_of("bomb.png", data, PHOTO)
