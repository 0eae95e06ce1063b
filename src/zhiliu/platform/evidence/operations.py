"""Recording: the only way a row of Zhiliu comes to be or changes."""

from functools import cache
from typing import Any, TypeVar

from django.db.models.fields import NOT_PROVIDED

from zhiliu.kernel.command import Command
from zhiliu.kernel.ids import new_id
from zhiliu.kernel.refusal import as_json
from zhiliu.platform.evidence.models import AppendOnlyModel, AuditedModel, AuditEntry
from zhiliu.platform.evidence.writes import current

Audited = TypeVar("Audited", bound=AuditedModel)
Appended = TypeVar("Appended", bound=AppendOnlyModel)


def record_created(row: Audited, command: Command) -> Audited:
    """Queue a new audited row together with the audit entry of its version 1."""
    current().insert(row)
    changes = {
        name: [None, _shown(row, name, value)]
        for name in audited_fields(type(row))
        if (value := getattr(row, name)) is not None
    }
    _record_entry(row, changes, command)
    return row


@cache
def audited_fields(model: type[AuditedModel]) -> tuple[str, ...]:
    """The fields that an audit entry tells about: not id, version, or what the database sets."""
    return tuple(
        f.attname
        for f in model._meta.concrete_fields
        if f.attname not in ("id", "version") and f.db_default is NOT_PROVIDED
    )


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


def _record_entry(row: AuditedModel, changes: dict[str, Any], command: Command) -> None:
    current().insert_values(
        AuditEntry,
        id=new_id(),
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
