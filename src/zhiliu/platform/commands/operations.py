"""Performing a command: one transaction, one effect a key, the answer stored with the rows."""

import hashlib
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DatabaseError, transaction
from pydantic_core import to_json

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.clock import is_aware
from zhiliu.kernel.command import Command, Proof
from zhiliu.kernel.ids import new_id
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.commands.constraints import refusal_of
from zhiliu.platform.commands.errors import Busy, Conflict, KeyMissing, KeyReused, OutsideTime
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.evidence.public import LostUpdate, open_write_set

log = logging.getLogger(__name__)

ATTEMPTS = 6  # a deadlock or lost update is tried again this often, with growing random pauses

ONE_ENTRY_A_VERSION = "evidence_audit_record_version"  # violated: two changed one version


class LostConnection(Exception):
    """The database connection broke; whether the commit was done is not known."""


RETRIED = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    LostUpdate,
    LostConnection,
)


@dataclass(frozen=True)
class Answer:
    """What the caller gets: status and the exact bytes, the same on every repeat."""

    status: int
    text: str
    is_repeat: bool = False


def perform(
    *,
    actor: Actor,
    operation: str,
    key: str,
    content: Mapping[str, Any],
    call: Callable[[Command, datetime], Any],
    recorded_at: datetime,
    occurred_at: datetime | None = None,
    reason: str = "",
    status: int = 200,
    correlation_id: UUID | None = None,
    causation_id: UUID | None = None,
    proof: Proof | None = None,
) -> Answer:
    """Run `call(command, at)` once for this key and store its answer in the same transaction.

    `content` is the request as plain values, field by field. The answer is `call`'s return value
    as JSON (a pydantic model, dataclass or plain value). Raises NotPermitted, KeyMissing,
    KeyReused, OutsideTime, Busy, Conflict and whatever `call` refuses.

    The key is not looked up first: the unique key (actor, operation, key) decides at the insert,
    and on any refusal or integrity error the stored command is looked for. So a repeat in flight
    waits for the first one, and a fresh command pays nothing for the check. A lost connection is
    tried again too: should the lost commit have been done, the key says so.
    """
    if not actor.scopes(operation):
        raise NotPermitted(operation=operation)
    if not 1 <= len(key) <= 100 or not key.isascii() or not key.isprintable():
        raise KeyMissing()
    at = occurred_at or recorded_at
    if not is_aware(at) or at > recorded_at:
        raise OutsideTime(occurred_at=at.isoformat())
    command = Command(
        id=new_id(),
        operation=operation,
        actor=actor,
        recorded_at=recorded_at,
        key=key,
        reason=reason,
        correlation_id=correlation_id,
        causation_id=causation_id,
        proof=proof,
    )
    digests = {name: _digest(value) for name, value in content.items()}
    for attempt in range(ATTEMPTS):
        try:
            return _attempt(command, at, digests, call, status)
        except RETRIED as error:
            if attempt + 1 == ATTEMPTS:
                log.error("%s gave up after %s attempts: %s", operation, ATTEMPTS, error)
                raise Busy() from error
            # not for secrecy: only to keep two retries apart
            time.sleep(random.uniform(0.001, 0.01) * 2**attempt)
    raise AssertionError("unreachable")


def _attempt(
    command: Command,
    at: datetime,
    digests: dict[str, str],
    call: Callable[[Command, datetime], Any],
    status: int,
) -> Answer:
    try:
        with transaction.atomic(), open_write_set() as writes:
            text = to_json(call(command, at)).decode()
            writes.insert_values(
                DoneCommand,
                command_id=command.id,
                actor_id=command.actor.id,
                operation=command.operation,
                key=command.key,
                content=digests,
                status=status,
                answer=text,
            )
        return Answer(status, text)
    except Refusal as refusal:
        # who may no longer see the record gets no stored answer about it either
        if refusal.status in (403, 404):
            raise
        return _stored(command, digests) or _raise(refusal)
    except (DatabaseError, psycopg.Error) as error:
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        if isinstance(cause, RETRIED):
            raise cause from None
        if isinstance(cause, psycopg.OperationalError) and _is_lost(cause):
            raise LostConnection() from error
        if isinstance(cause, psycopg.errors.LockNotAvailable | psycopg.errors.QueryCanceled):
            raise Busy() from error
        if not isinstance(cause, psycopg.IntegrityError):
            raise
        stored = _stored(command, digests)
        if stored is not None:
            return stored
        name = cause.diag.constraint_name or ""
        if name == ONE_ENTRY_A_VERSION:
            raise LostUpdate(name) from error
        known = refusal_of(name, cause.diag.message_detail or "")
        raise known or Conflict(constraint=name) from error


def _is_lost(error: psycopg.OperationalError) -> bool:
    """True when the server went away: no answer at all, or one of class 08 or 57P."""
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))


def _stored(command: Command, digests: dict[str, str]) -> Answer | None:
    done = DoneCommand.objects.filter(
        actor_id=command.actor.id, operation=command.operation, key=command.key
    ).first()
    return None if done is None else _repeated(done, digests)


def _repeated(done: DoneCommand, digests: dict[str, str]) -> Answer:
    if done.content != digests:
        names = sorted(done.content.keys() | digests.keys())
        raise KeyReused(field=next(n for n in names if done.content.get(n) != digests.get(n)))
    return Answer(done.status, done.answer, is_repeat=True)


class DoneBefore:
    """What an actor did with keys of one prefix, read in one query.

    For a caller that repeats thousands of commands of which most are done, such as an import that
    goes on: what is found here needs no `perform`. What is not found may still have been done
    since; `perform` decides.
    """

    def __init__(self, actor: Actor, prefix: str) -> None:
        rows = DoneCommand.objects.filter(actor_id=actor.id, key__startswith=prefix)
        self._done = {(done.operation, done.key): done for done in rows.iterator()}

    def answer(self, operation: str, key: str, content: Mapping[str, Any]) -> Answer | None:
        """The stored answer, None when this was not done; raises KeyReused for other content."""
        done = self._done.get((operation, key))
        if done is None:
            return None
        return _repeated(done, {name: _digest(value) for name, value in content.items()})


def _raise(refusal: Refusal) -> Answer:
    raise refusal


def _digest(value: Any) -> str:
    return hashlib.sha256(to_json(value)).hexdigest()[:16]
