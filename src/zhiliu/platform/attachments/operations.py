"""Attaching files to records and withdrawing them."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.access.public import find_record
from zhiliu.platform.attachments.errors import (
    AlreadyWithdrawn,
    AttachmentNotFound,
    BadFileName,
    FileTooLarge,
    ReasonMissing,
)
from zhiliu.platform.attachments.events import FileAttached, FileWithdrawn
from zhiliu.platform.attachments.fixing import check_files_open
from zhiliu.platform.attachments.formats import media_type_of
from zhiliu.platform.attachments.limits import MB, limit_mb
from zhiliu.platform.attachments.models import Attachment, Content, Purpose
from zhiliu.platform.attachments.printing import (
    Language,
    PrintTemplate,
    digest_of_facts,
    render,
)
from zhiliu.platform.attachments.queries import find_subject
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event

NAME_LENGTH = 150


def attach(
    *,
    subject_kind: str,
    subject_id: UUID,
    purpose: Purpose,
    title: str,
    file_name: str,
    data: bytes,
    command: Command,
    at: datetime,
) -> Attachment:
    """Attach a file to a record that the caller may see and attach files to.

    Without a title the file's name is the title. Raises UnknownKind and the NotFound of the
    record's context, what that refuses where a record's files are fixed, BadFileName, FileTooLarge,
    EmptyFile, TypeNotAllowed, ContentDisagrees, FileDamaged, UnpacksTooLarge, HasMacros; emits
    FileAttached.
    """
    subject = find_record(command.actor, subject_kind, subject_id, operation=command.operation)
    check_files_open(subject_kind, subject_id)
    name = _clean(file_name)
    largest = limit_mb(purpose)
    if len(data) > largest * MB:
        raise FileTooLarge(file_name=name, limit_mb=largest)
    return keep(
        Attachment(
            purpose=purpose,
            title=title or name,
            file_name=name,
            media_type=media_type_of(name, data, purpose),
        ),
        subject,
        data,
        command,
        at,
    )


def withdraw(*, attachment_id: UUID, command: Command, at: datetime) -> Attachment:
    """Withdraw a file that does not belong to its record; its bytes stay as evidence.

    Raises AttachmentNotFound, what the record's context refuses where its files are fixed,
    ReasonMissing, AlreadyWithdrawn; emits FileWithdrawn.
    """
    flush()
    row = Attachment.objects.select_for_update().filter(pk=attachment_id).first()
    if row is None:
        raise AttachmentNotFound(attachment=str(attachment_id))
    subject = find_subject(command.actor, row, command.operation)
    check_files_open(row.subject_kind, row.subject_id)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn(
            file_name=row.file_name, withdrawn_at=row.withdrawn_at.isoformat(timespec="seconds")
        )
    if not command.reason.strip():
        raise ReasonMissing(file_name=row.file_name)
    record_changed(row, command, withdrawn_at=at, withdrawn_by=command.actor.id)
    record_event(
        FileWithdrawn(
            subject=subject,
            company_id=None,
            site_id=None,
            attachment_id=row.pk,
            title=row.title,
            file_name=row.file_name,
        ),
        command,
        at,
    )
    return row


def store_print(
    *,
    template: PrintTemplate,
    data: Mapping[str, Any],
    subject: Reference,
    language: Language,
    command: Command,
    at: datetime,
) -> Attachment:
    """The print of a record at its version: made once, stored, and given again ever after.

    `data` are the facts that the template shows; the caller has asked whether the actor may print
    this record. A later template, word or font never changes what was printed. Where the template
    follows its facts, other facts at the same version are another print. Two who ask at once get
    the same one. Raises FontsMissing; emits FileAttached when it is made.
    """
    flush()
    digest = digest_of_facts(data) if template.follows_facts else ""
    _wait_for_turn(f"{template.code} {subject.id} {subject.version} {language} {digest}")
    stored = Attachment.objects.filter(
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_version=subject.version,
        template=template.code,
        language=language,
        facts=digest,
    ).first()
    if stored is not None:
        return stored
    facts = {
        **data,
        "number": subject.number,
        "version": subject.version,
        "template": template.code,
        "printed_at": at,
        "printed_by": command.actor.name,
    }
    title = template.title(subject.number, language)
    return keep(
        Attachment(
            purpose=Purpose.PRINT,
            title=title,
            file_name=f"{title}.pdf".replace("/", "-"),
            media_type="application/pdf",
            template=template.code,
            language=language,
            facts=digest,
        ),
        subject,
        render(template, facts, language),
        command,
        at,
    )


def _wait_for_turn(what: str) -> None:
    """Hold a lock until the transaction ends, so that one print is made by one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def keep(
    row: Attachment, subject: Reference, data: bytes, command: Command, at: datetime
) -> Attachment:
    """Store the bytes once and the row that ties them to the record; emits FileAttached."""
    digest = digest_of(data)
    _store(digest, data)
    row.subject_kind, row.subject_id = subject.kind, subject.id
    row.subject_number, row.subject_version = subject.number, subject.version
    row.content_id, row.size = digest, len(data)
    row.attached_at, row.attached_by = at, command.actor.id
    record_created(row, command)
    record_event(
        FileAttached(
            subject=subject,
            company_id=None,
            site_id=None,
            attachment_id=row.pk,
            purpose=row.purpose,
            title=row.title,
            file_name=row.file_name,
            media_type=row.media_type,
            size=row.size,
            sha256=digest,
        ),
        command,
        at,
    )
    return row


def digest_of(data: bytes) -> str:
    """The name of a content: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def _store(digest: str, data: bytes) -> None:
    """Insert the bytes unless they are there: two who attach the same file at once both may."""
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    # a cursor that sends parameters apart and in binary: as part of the text they would be doubled
    with psycopg.Cursor(raw) as cursor:
        cursor.execute(
            f'insert into "{Content._meta.db_table}" (sha256, size, bytes) '  # noqa: S608
            "values (%s, %s, %b) on conflict (sha256) do nothing",
            [digest, len(data), data],
        )


def _clean(file_name: str) -> str:
    """The name without folders, in the composed form (NFC); raises BadFileName."""
    name = unicodedata.normalize("NFC", file_name).replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not name or len(name) > NAME_LENGTH or any(unicodedata.category(c)[0] == "C" for c in name):
        shown = "".join(c if unicodedata.category(c)[0] != "C" else "?" for c in name)
        raise BadFileName(file_name=shown[:NAME_LENGTH])
    return name
