"""Recording: the only way a row of Zhiliu comes to be or changes."""

from typing import Any, TypeVar

from django.db import models

from zhiliu.kernel.command import Command
from zhiliu.kernel.refusal import as_json
from zhiliu.platform.evidence.models import AppendOnlyModel, AuditedModel, AuditEntry
from zhiliu.platform.evidence.writes import current

Audited = TypeVar("Audited", bound=AuditedModel)
Appended = TypeVar("Appended", bound=AppendOnlyModel)


def record_created(row: Audited, command: Command) -> Audited:
    """Queue a new audited row together with the audit entry of its version 1."""
    current().insert(row)
    changes = {
        f.attname: [None, _shown(row, f.attname, value)]
        for f in row._meta.concrete_fields
        if f.attname not in ("id", "version")
        and (value := getattr(row, f.attname)) is not None
        and not _filled_by_database(value)
    }
    _record_entry(row, changes, command)
    return row


def record_changed(row: AuditedModel, command: Command, **values: Any) -> None:
    """Set `values` on the row, raise its version and queue the update with its audit entry.

    Fields that keep their value leave no trace; when none changes, nothing is written.
    """
    changes = {}
    for name, new in values.items():
        old = getattr(row, name)
        if old != new:
            changes[name] = [_shown(row, name, old), _shown(row, name, new)]
            setattr(row, name, new)
    if not changes:
        return
    was = row.version
    row.version = was + 1
    current().change(row, was, changes)
    _record_entry(row, changes, command)


def record_appended(row: Appended) -> Appended:
    """Queue an append-only row, which is its own record."""
    current().insert(row)
    return row


def _shown(row: AuditedModel, name: str, value: Any) -> Any:
    return "***" if name in row.secret and value else as_json(value)


def _filled_by_database(value: Any) -> bool:
    return isinstance(value, models.expressions.DatabaseDefault)


def _record_entry(row: AuditedModel, changes: dict[str, Any], command: Command) -> None:
    entry = AuditEntry(
        record_kind=row.kind,
        record_id=row.pk,
        record_version=row.version,
        operation=command.operation,
        actor_id=command.actor.id,
        actor_name=command.actor.name,
        command_id=command.id,
        reason=command.reason,
        changes=changes,
    )
    current().insert(entry)
