"""What contexts need to print over HTTP: the body that asks, the file that is answered."""

from datetime import datetime
from uuid import UUID

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
