"""The public facts of attachments; the subject is the record that the file belongs to."""

from dataclasses import dataclass
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class FileAttached(Event):
    """A record got a file, or a print was made of it; `sha256` names the bytes."""

    attachment_id: UUID
    purpose: str
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str

    type = "attachments.file_attached.v1"


@dataclass(frozen=True)
class FileWithdrawn(Event):
    """A file does not belong to the record any more; why stands in the envelope."""

    attachment_id: UUID
    title: str
    file_name: str

    type = "attachments.file_withdrawn.v1"
