"""The catalogue of defects."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from zhiliu.contexts.inspections.errors import AlreadyExists, NotFound
from zhiliu.contexts.inspections.events import DefectCodeAdded, DefectCodeChanged
from zhiliu.contexts.inspections.models import DefectCode
from zhiliu.contexts.inspections.permissions import access_shared
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


class DefectCodeChanges(TypedDict, total=False):
    """What may change in a defect code; what is left out stays."""

    name_en: str
    name_zh: str
    is_active: bool


def add_defect_code(
    *, code: str, name_en: str, name_zh: str = "", command: Command, at: datetime
) -> DefectCode:
    """Add a way in which goods can be nonconforming; its code never changes.

    Raises SharedByAll, AlreadyExists; emits DefectCodeAdded.
    """
    flush()
    access_shared(command)
    if DefectCode.objects.filter(code=code).exists():
        raise AlreadyExists(given=code)

    defect = record_created(DefectCode(code=code, name_en=name_en, name_zh=name_zh), command)
    record_event(
        DefectCodeAdded(
            subject=_reference(defect),
            company_id=None,
            site_id=None,
            name_en=name_en,
            name_zh=name_zh,
        ),
        command,
        at,
    )
    return defect


def change_defect_code(
    *,
    defect_code_id: UUID,
    expected_version: int,
    changes: DefectCodeChanges,
    command: Command,
    at: datetime,
) -> DefectCode:
    """Change a defect code's names, or take it out of use with `is_active`.

    Raises NotFound, SharedByAll, VersionMismatch; emits DefectCodeChanged when something changed.
    """
    flush()
    access_shared(command)
    defect = DefectCode.objects.select_for_update(no_key=True).filter(pk=defect_code_id).first()
    if defect is None:
        raise NotFound(what="defect code", given=str(defect_code_id))
    same_version(expected_version, defect.version)

    record_changed(defect, command, **changes)
    if defect.version != expected_version:
        record_event(
            DefectCodeChanged(
                subject=_reference(defect),
                company_id=None,
                site_id=None,
                name_en=defect.name_en,
                name_zh=defect.name_zh,
                is_active=defect.is_active,
            ),
            command,
            at,
        )
    return defect


def _reference(defect: DefectCode) -> Reference:
    return Reference(defect.kind, defect.pk, defect.code, defect.version)
