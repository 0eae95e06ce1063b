"""What goes over the wire for files."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from zhiliu.platform.attachments.formats import endings_of, formats_for
from zhiliu.platform.attachments.limits import limit_mb
from zhiliu.platform.attachments.models import Purpose
from zhiliu.platform.commands.http import Act, Schema

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Uploaded = Literal["photo", "document", "drawing", "instruction", "certificate"]


class AttachIn(Act):
    """The fields of the form beside its `file`: which record it belongs to and what it is for."""

    subject_kind: Annotated[Line, Field(min_length=1, max_length=60)]
    subject_id: UUID
    purpose: Uploaded
    title: Annotated[Line, Field(max_length=150)] = ""


class LimitOut(Schema):
    """What may be attached for one purpose: the largest file and the endings of names."""

    purpose: Purpose
    limit_mb: int
    endings: list[str]

    @classmethod
    def of(cls, purpose: Purpose) -> "LimitOut":
        endings = endings_of(formats_for(purpose))
        return cls(purpose=purpose, limit_mb=limit_mb(purpose), endings=endings)
