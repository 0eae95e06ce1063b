"""API tokens: keys with which machines act."""

import secrets
import time
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhiliu.kernel.clock import is_aware
from zhiliu.kernel.command import Command
from zhiliu.platform.access.errors import (
    AlreadyRevoked,
    ExpiryPassed,
    NotFound,
    TokenBeyondUser,
    TokenForAnother,
)
from zhiliu.platform.access.events import TokenIssued, TokenRevoked
from zhiliu.platform.access.models import ApiToken, User
from zhiliu.platform.access.operations.locks import (
    conclude,
    lock,
    must_hold_everywhere,
    subject,
)
from zhiliu.platform.access.operations.roles import known_operations
from zhiliu.platform.access.queries import granted_rights, token_digest
from zhiliu.platform.database import execute
from zhiliu.platform.evidence.public import flush, record_changed, record_created

NOTED_SECONDS = 300.0  # use is noted this often, so that reading does not write at every request
PREFIX = "zl_"  # so that a token that leaked is recognised by scanners and by people


def issue_token(
    *,
    user_id: UUID,
    name: str,
    operations: Sequence[str],
    expires_at: datetime | None = None,
    command: Command,
    at: datetime,
) -> tuple[ApiToken, str]:
    """Issue a token and return it with its text, which is shown this once and stored nowhere.

    It may do the listed operations, in its user's scopes, while its user may do them. Raises
    NotPermitted, NotFound, TokenForAnother, UnknownOperation, TokenBeyondUser, ExpiryPassed;
    emits TokenIssued.
    """
    flush()
    must_hold_everywhere(command)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound(what="user", given=str(user_id))
    actor = command.actor
    if not (user.is_machine or user.pk == actor.id or actor.is_system):
        raise TokenForAnother(username=user.username)
    listed = known_operations(operations)
    rights = granted_rights(user.pk)
    for operation in listed:
        if operation not in rights:
            raise TokenBeyondUser(operation=operation, username=user.username)
    if expires_at is not None and not (is_aware(expires_at) and expires_at > command.recorded_at):
        raise ExpiryPassed(expires_at=expires_at.isoformat())

    text = PREFIX + secrets.token_urlsafe(32)
    token = record_created(
        ApiToken(
            user=user,
            name=name,
            digest=token_digest(text),
            operations=listed,
            expires_at=expires_at,
        ),
        command,
    )
    conclude(
        TokenIssued(subject(token, name), None, None, user_id=str(user.pk), operations=listed),
        command,
        at,
    )
    return token, text


def revoke_token(*, token_id: UUID, command: Command, at: datetime) -> ApiToken:
    """End a token. Raises NotPermitted, NotFound, AlreadyRevoked; emits TokenRevoked."""
    must_hold_everywhere(command)
    token = lock(ApiToken, token_id, "token")
    if token.revoked_at is not None:
        raise AlreadyRevoked(what="token", given=token.name)
    record_changed(token, command, revoked_at=command.recorded_at)
    conclude(
        TokenRevoked(subject(token, token.name), None, None, user_id=str(token.user_id)),
        command,
        at,
    )
    return token


_noted: dict[str, float] = {}
_NOTE = b"""
insert into access_tokenuse(token_id, used_at)
select id, now() from access_apitoken where digest = $1
on conflict (token_id) do update set used_at = excluded.used_at
"""


def note_token_use(token: str) -> None:
    """Note that a valid token was used, at most once in NOTED_SECONDS for each process.

    Bookkeeping for the list of tokens: no command, no audit entry.
    """
    digest, now = token_digest(token), time.monotonic()
    if now < _noted.get(digest, 0.0):
        return
    if len(_noted) > 10_000:
        _noted.clear()
    _noted[digest] = now + NOTED_SECONDS
    execute(_NOTE, [digest])
