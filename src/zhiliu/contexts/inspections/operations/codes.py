"""The catalogues of defects, causes and positions."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from zhiliu.contexts.inspections.errors import AlreadyExists, ClassNotOfDefect, NotFound
from zhiliu.contexts.inspections.events import QualityCodeAdded, QualityCodeChanged
from zhiliu.contexts.inspections.models import QualityCode
from zhiliu.contexts.inspections.permissions import access_shared
from zhiliu.contexts.inspections.states import Catalogue
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


class QualityCodeChanges(TypedDict, total=False):
    """What may change in a quality code; what is left out stays."""

    name_en: str
    name_zh: str
    severity_class: str
    is_active: bool


def add_quality_code(
    *,
    catalogue: Catalogue,
    code: str,
    name_en: str,
    name_zh: str = "",
    severity_class: str = "",
    command: Command,
    at: datetime,
) -> QualityCode:
    """Add a defect, a cause or a position on the part; its code never changes.

    Only a defect has a severity class. Raises SharedByAll, ClassNotOfDefect, AlreadyExists; emits
    QualityCodeAdded.
    """
    flush()
    access_shared(command)
    if severity_class and catalogue != Catalogue.DEFECT:
        raise ClassNotOfDefect(given=code)
    if QualityCode.objects.filter(catalogue=catalogue, code=code).exists():
        raise AlreadyExists("quality code", code)

    added = record_created(
        QualityCode(
            catalogue=catalogue,
            code=code,
            name_en=name_en,
            name_zh=name_zh,
            severity_class=severity_class,
        ),
        command,
    )
    record_event(
        QualityCodeAdded(
            subject=_reference(added),
            company_id=None,
            site_id=None,
            catalogue=catalogue,
            name_en=name_en,
            name_zh=name_zh,
            severity_class=severity_class,
        ),
        command,
        at,
    )
    return added


def change_quality_code(
    *,
    quality_code_id: UUID,
    expected_version: int,
    changes: QualityCodeChanges,
    command: Command,
    at: datetime,
) -> QualityCode:
    """Change a code's names or severity class, or take it out of use with `is_active`.

    Raises NotFound, SharedByAll, VersionMismatch, ClassNotOfDefect; emits QualityCodeChanged when
    something changed.
    """
    flush()
    access_shared(command)
    locked = QualityCode.objects.select_for_update(no_key=True)
    row = locked.filter(pk=quality_code_id).first()
    if row is None:
        raise NotFound(what="quality code", given=str(quality_code_id))
    same_version(expected_version, row.version)
    if changes.get("severity_class") and row.catalogue != Catalogue.DEFECT:
        raise ClassNotOfDefect(given=row.code)

    record_changed(row, command, **changes)
    if row.version != expected_version:
        record_event(
            QualityCodeChanged(
                subject=_reference(row),
                company_id=None,
                site_id=None,
                catalogue=row.catalogue,
                name_en=row.name_en,
                name_zh=row.name_zh,
                severity_class=row.severity_class,
                is_active=row.is_active,
            ),
            command,
            at,
        )
    return row


def _reference(row: QualityCode) -> Reference:
    return Reference(row.kind, row.pk, row.code, row.version)
