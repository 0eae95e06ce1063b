"""What is printed and attached over HTTP: the body that asks, and files as answers."""

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse

from zhiliu.platform.attachments.models import Attachment, Purpose
from zhiliu.platform.attachments.printing import Language
from zhiliu.platform.commands.http import Act, Schema


class PrintIn(Act):
    """In which language the print is made; each is made once for a version of the record."""

    language: Language = "zh"


class AttachmentOut(Schema):
    """A file of a record; `sha256` names its bytes, `template` and `language` those of a print."""

    id: UUID
    version: int
    subject_kind: str
    subject_id: UUID
    subject_number: str
    subject_version: int | None
    purpose: Purpose
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    template: str
    language: str
    attached_at: datetime
    attached_by: UUID
    withdrawn_at: datetime | None
    withdrawn_by: UUID | None

    @classmethod
    def of(cls, row: Attachment) -> "AttachmentOut":
        values = {n: getattr(row, n) for n in cls.model_fields if n != "sha256"}
        return cls(sha256=row.content_id, **values)


# Whatever the file is, a browser neither shows nor runs it in the name of this site.
SAFE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def download(data: bytes, media_type: str, file_name: str) -> HttpResponse:
    """A file to be saved and never shown as a page of this site."""
    response = HttpResponse(data, content_type=media_type, headers=SAFE)
    response["Content-Disposition"] = disposition(file_name)
    return response


def file_answer(*media_types: str) -> dict[str, Any]:
    """The `openapi_extra=` of an endpoint that answers with a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"content": dict.fromkeys(media_types, binary)}}}


def disposition(file_name: str) -> str:
    """Content-Disposition of a download: an ASCII name for old readers, the true one in UTF-8.

    RFC 6266 section 4.3 and its appendix D; RFC 8187 for the encoding.
    """
    plain = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in file_name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
