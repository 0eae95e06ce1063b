"""Endpoint of evidence: the search of audit entries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from zhiliu.platform.access.public import within_scopes
from zhiliu.platform.commands.http import Schema, answers, list_reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.evidence.public import AuditEntry
from zhiliu.platform.outbox.public import ids_of_number, numbers_of

router = Router(tags=["evidence"])

ENTRIES = ListQuery(
    filters={
        "record_id": "record_id",
        "record_kind": "record_kind",
        "actor_id": "actor_id",
        "operation": "operation",
        "command_id": "command_id",
        "recorded_from": "recorded_at__gte",
        "recorded_before": "recorded_at__lt",
    },
    sorts=("id",),
    types={
        "record_id": UUID,
        "actor_id": UUID,
        "command_id": UUID,
        "recorded_from": datetime,
        "recorded_before": datetime,
    },
)


class AuditParameters(ENTRIES.Parameters):  # type: ignore[name-defined,misc]
    """And by the human number of the record, as its events name it."""

    record_number: str | None = Field(default=None, max_length=60, pattern=r"^[^\x00]*$")


class AuditEntryOut(Schema):
    """One version of one record; `changes` maps each field to [old, new].

    `record_number` is the record's human number, empty where no event names it.
    """

    id: UUID
    record_kind: str
    record_id: UUID
    record_number: str
    record_version: int
    operation: str
    actor_id: UUID
    actor_name: str
    command_id: UUID
    reason: str
    recorded_at: datetime
    changes: dict[str, Any]

    @classmethod
    def of(cls, entry: AuditEntry) -> "AuditEntryOut":
        return cls.model_validate(entry, from_attributes=True)


@router.get(
    "/audit-entries", response=answers(Page[AuditEntryOut]), operation_id="list_audit_entries"
)
def list_audit_entries(request: HttpRequest, query: Query[AuditParameters]) -> Any:
    """Audit entries by record, actor, operation, command or time, in the order of their making.

    Those of one record, named by kind and id, are for whoever may see it. Otherwise entries belong
    to records of every kind, so a right that is scoped shows none of them.
    """
    actor = list_reader(request, "evidence.read", query.record_kind, query.record_id)
    within = within_scopes(actor, "evidence.read") if actor else Q()
    rows = AuditEntry.objects.filter(within)
    if query.record_number is not None:
        rows = rows.filter(record_id__in=ids_of_number(query.record_number))
    return page(request, rows, ENTRIES, query, AuditEntryOut, prepare=_with_numbers)


def _with_numbers(entries: list[AuditEntry]) -> list[AuditEntry]:
    numbers = numbers_of(entry.record_id for entry in entries)
    for entry in entries:
        entry.record_number = numbers.get(entry.record_id, "")  # type: ignore[attr-defined]
    return entries
