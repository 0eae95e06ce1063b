"""Kinds of gauges."""

from datetime import datetime
from uuid import UUID

from zhiliu.contexts.catalog.public import access_shared
from zhiliu.contexts.equipment.errors import AlreadyExists, NotFound
from zhiliu.contexts.equipment.events import GaugeTypeAdded, GaugeTypeChanged
from zhiliu.contexts.equipment.models import GaugeType
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


def add_gauge_type(
    *, code: str, name_en: str, name_zh: str, command: Command, at: datetime
) -> GaugeType:
    """Add a kind of gauge; its code never changes.

    Raises SharedByAll, AlreadyExists; emits GaugeTypeAdded.
    """
    flush()
    access_shared(command, "equipment")
    if GaugeType.objects.filter(code=code).exists():
        raise AlreadyExists("gauge type", code)
    row = record_created(GaugeType(code=code, name_en=name_en, name_zh=name_zh), command)
    record_event(
        GaugeTypeAdded(
            subject=Reference(GaugeType.kind, row.pk, row.code, row.version),
            company_id=None,
            site_id=None,
            name_en=name_en,
            name_zh=name_zh,
        ),
        command,
        at,
    )
    return row


def change_gauge_type(
    *,
    type_id: UUID,
    expected_version: int,
    name_en: str | None = None,
    name_zh: str | None = None,
    command: Command,
    at: datetime,
) -> GaugeType:
    """Rename a kind of gauge; a name left out stays.

    Raises SharedByAll, NotFound, VersionMismatch; emits GaugeTypeChanged when something changed.
    """
    flush()
    access_shared(command, "equipment")
    row = GaugeType.objects.select_for_update(no_key=True).filter(pk=type_id).first()
    if row is None:
        raise NotFound("gauge type", str(type_id))
    same_version(expected_version, row.version)
    record_changed(
        row,
        command,
        name_en=row.name_en if name_en is None else name_en,
        name_zh=row.name_zh if name_zh is None else name_zh,
    )
    if row.version != expected_version:
        record_event(
            GaugeTypeChanged(
                subject=Reference(GaugeType.kind, row.pk, row.code, row.version),
                company_id=None,
                site_id=None,
                name_en=row.name_en,
                name_zh=row.name_zh,
            ),
            command,
            at,
        )
    return row
