"""Small files of every kind, good and bad."""

import io
import zipfile

from PIL import Image

PAGE = b"<html><script>fetch('/api/v1/me')</script></html>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 8)) -> bytes:
    """A real picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def workbook(*, extra: dict[str, bytes] | None = None, without: str = "") -> bytes:
    """The least that is a workbook (ECMA-376), and more members if wanted."""
    members = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": b"<workbook/>",
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if name != without:
                archive.writestr(name, data)
    return out.getvalue()


def bomb(unpacked: int) -> bytes:
    """A workbook that is small and unpacks to so many bytes."""
    return workbook(extra={"xl/worksheets/sheet1.xml": bytes(unpacked)})


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
