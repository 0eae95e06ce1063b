"""Reads of files: whoever may see the record may see its files."""

from uuid import UUID

from django.db.models import QuerySet

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import find_record
from zhiliu.platform.attachments.errors import AttachmentNotFound, FileWithdrawnAlready
from zhiliu.platform.attachments.models import Attachment, Content
from zhiliu.platform.attachments.permissions import READ, WITHDRAW


def list_attachments(actor: Actor, kind: str, record_id: UUID) -> QuerySet[Attachment]:
    """The files of one record that the actor may see, withdrawn ones included.

    Raises UnknownKind and the NotFound of the record's context.
    """
    find_record(actor, kind, record_id)
    return Attachment.objects.filter(subject_kind=kind, subject_id=record_id)


def get_attachment(actor: Actor, attachment_id: UUID) -> Attachment:
    """One file of a record that the actor may see; raises AttachmentNotFound."""
    row = Attachment.objects.filter(pk=attachment_id).first()
    if row is None:
        raise AttachmentNotFound(attachment=str(attachment_id))
    find_subject(actor, row, READ)
    return row


def get_content(actor: Actor, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """A file with its bytes; raises AttachmentNotFound, and FileWithdrawnAlready.

    A withdrawn file is given only to whoever may withdraw files of its record.
    """
    row = get_attachment(actor, attachment_id)
    if row.withdrawn_at is not None and not _may_withdraw(actor, row):
        raise FileWithdrawnAlready(
            file_name=row.file_name, withdrawn_at=row.withdrawn_at.isoformat(timespec="seconds")
        )
    return row, bytes(Content.objects.get(pk=row.content_id).bytes)


def find_subject(actor: Actor, row: Attachment, operation: str) -> Reference:
    """The record of a file, for an actor with a right there; raises AttachmentNotFound."""
    try:
        return find_record(actor, row.subject_kind, row.subject_id, operation=operation)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        raise AttachmentNotFound(attachment=str(row.pk)) from refusal


def _may_withdraw(actor: Actor, row: Attachment) -> bool:
    try:
        find_subject(actor, row, WITHDRAW)
    except AttachmentNotFound:
        return False
    return True
