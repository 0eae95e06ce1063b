"""How people sign in: what is noted of it, their second factors and their company accounts.

The authenticators are rows of django-allauth. Whatever changes them runs in one transaction with
`note_second_factors` (config/sign_in.py), so that each change has its audit entry.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator

from zhiliu.kernel.command import Command
from zhiliu.kernel.refusal import as_json
from zhiliu.platform.access.errors import NoSecondFactor, NotFound, OwnSignIn, ReasonNeeded
from zhiliu.platform.access.events import (
    IdentityLinked,
    IdentityUnlinked,
    SecondFactorsChanged,
    SecondFactorsRemoved,
    SignedIn,
)
from zhiliu.platform.access.models import CompanyIdentity, SignIn, User
from zhiliu.platform.access.operations.locks import conclude, lock, must_hold_everywhere, subject
from zhiliu.platform.evidence.public import record_appended, record_changed, record_created


def record_sign_in(
    *, user_id: UUID, methods: Sequence[str], address: str, command: Command, at: datetime
) -> SignIn:
    """Note that somebody signed in; the user himself is not changed. Emits SignedIn."""
    user = User.objects.get(pk=user_id)
    row = record_appended(SignIn(user=user, methods=list(methods), address=address))
    conclude(SignedIn(subject(user, user.username), None, None, methods=list(methods)), command, at)
    return row


def note_second_factors(*, user_id: UUID, command: Command, at: datetime) -> User:
    """Bring the user's `second_factors` to what he has set up now; nothing when it is the same.

    Emits SecondFactorsChanged when something changed.
    """
    user = lock(User, user_id, "user")
    before = user.version
    record_changed(user, command, second_factors=second_factors_of(user_id))
    if user.version != before:
        conclude(
            SecondFactorsChanged(subject(user, user.username), None, None, types=_types(user)),
            command,
            at,
        )
    return user


def remove_second_factors(*, user_id: UUID, command: Command, at: datetime) -> User:
    """Remove all authenticators of a user who lost them, with a reason; his sessions end.

    He then signs in by his password or his company account alone. Raises NotPermitted,
    ReasonNeeded, NotFound, OwnSignIn, NoSecondFactor; emits SecondFactorsRemoved.
    """
    must_hold_everywhere(command)
    user = lock(User, user_id, "user")
    _check(user, command)
    types = sorted({factor["type"] for factor in second_factors_of(user_id)})
    if not types:
        raise NoSecondFactor(username=user.username)
    Authenticator.objects.filter(user_id=user_id).delete()
    record_changed(user, command, second_factors=[], session_series=user.session_series + 1)
    conclude(
        SecondFactorsRemoved(subject(user, user.username), None, None, types=types), command, at
    )
    return user


def second_factors_of(user_id: UUID) -> list[dict[str, Any]]:
    """Type, name and time of each authenticator that a user has, the oldest first."""
    rows = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "pk")
    return [
        {
            "type": str(row.type),
            "name": str(row.data.get("name", "")),
            "added_at": as_json(row.created_at),
        }
        for row in rows
    ]


def link_identity(
    *,
    user_id: UUID,
    issuer: str,
    subject_id: str,
    matched_by: str,
    command: Command,
    at: datetime,
) -> CompanyIdentity:
    """Know a user's company account from now on by its subject; emits IdentityLinked."""
    user = lock(User, user_id, "user")
    row = record_created(
        CompanyIdentity(user=user, issuer=issuer, subject=subject_id, matched_by=matched_by),
        command,
    )
    conclude(
        IdentityLinked(
            subject(row, user.username),
            None,
            None,
            user_id=str(user.pk),
            issuer=issuer,
            matched_by=matched_by,
        ),
        command,
        at,
    )
    return row


def unlink_identity(*, user_id: UUID, command: Command, at: datetime) -> User:
    """Forget a user's company account, with a reason; his sessions end.

    His next sign-in through the company is matched anew. Raises NotPermitted, ReasonNeeded,
    NotFound, OwnSignIn; emits IdentityUnlinked.
    """
    must_hold_everywhere(command)
    user = lock(User, user_id, "user")
    _check(user, command)
    rows = CompanyIdentity.objects.select_for_update().filter(user=user, unlinked_at=None)
    found = list(rows.order_by("pk"))
    if not found:
        raise NotFound(what="company identity", given=user.username)
    for row in found:
        record_changed(row, command, unlinked_at=command.recorded_at)
        conclude(
            IdentityUnlinked(
                subject(row, user.username), None, None, user_id=str(user.pk), issuer=row.issuer
            ),
            command,
            at,
        )
    record_changed(user, command, session_series=user.session_series + 1)
    return user


def _check(user: User, command: Command) -> None:
    if not command.reason.strip():
        raise ReasonNeeded(username=user.username)
    if user.pk == command.actor.id:
        raise OwnSignIn()


def _types(user: User) -> list[str]:
    return sorted({factor["type"] for factor in user.second_factors})
