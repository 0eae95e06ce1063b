"""Finding and locking the records of access, and what each of its acts ends with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from zhiliu.kernel.actor import EVERYWHERE
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.event import Event
from zhiliu.platform.access.errors import LastAdministrator, NotFound, NotPermitted
from zhiliu.platform.access.models import ApiToken, Role, RoleGrant, SavedView, User
from zhiliu.platform.access.queries import administrator_ids, forget_actors
from zhiliu.platform.evidence.public import AuditedModel, flush
from zhiliu.platform.outbox.public import record_event

Row = TypeVar("Row", User, Role, RoleGrant, ApiToken, SavedView)


def lock(model: type[Row], row_id: UUID, what: str) -> Row:
    """The record, locked for change; raises NotFound."""
    flush()
    row: Row | None = model._default_manager.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NotFound(what=what, given=str(row_id))
    return row


def must_hold_everywhere(command: Command) -> None:
    """Users, roles and tokens belong to no site: a right that is scoped does not reach them."""
    if not command.actor.may(command.operation, EVERYWHERE):
        raise NotPermitted(operation=command.operation)


@contextmanager
def keeping_an_administrator() -> Iterator[None]:
    """Refuse, by LastAdministrator, what would leave nobody to grant roles.

    Roles with that right are locked first, so that two administrators cannot remove each other at
    the same moment.
    """
    flush()
    rights = Role.objects.filter(operations__contains=["access.grant_role"])
    list(rights.select_for_update().order_by("pk").values_list("pk"))
    before = administrator_ids()
    yield
    flush()
    if before and not administrator_ids():
        raise LastAdministrator()


def subject(row: AuditedModel, number: str) -> Reference:
    """The record as the subject of an event."""
    return Reference(row.kind, row.pk, number, row.version)


def conclude(event: Event, command: Command, at: datetime) -> None:
    """Record the event, and forget what this process remembers once the act is committed."""
    record_event(event, command, at)
    transaction.on_commit(forget_actors)
