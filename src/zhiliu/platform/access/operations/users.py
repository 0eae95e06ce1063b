"""Adding and changing users."""

import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhiliu.kernel.command import Command
from zhiliu.platform.access.errors import (
    AlreadyExists,
    BadUsername,
    MachineAccount,
    WeakPassword,
)
from zhiliu.platform.access.events import PasswordSet, SessionsEnded, UserAdded, UserChanged
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations.locks import (
    conclude,
    keeping_an_administrator,
    lock,
    must_hold_everywhere,
    subject,
)
from zhiliu.platform.evidence.public import flush, record_changed, record_created

USERNAME = re.compile(r"[\w.@+-]{1,60}")


def add_user(
    *,
    username: str,
    name: str,
    language: str = "zh",
    email: str = "",
    password: str | None = None,
    is_machine: bool = False,
    command: Command,
    at: datetime,
) -> User:
    """Add a user, without any role; without a password he cannot sign in yet.

    Raises NotPermitted, BadUsername, AlreadyExists, MachineAccount, WeakPassword; emits UserAdded.
    """
    flush()
    must_hold_everywhere(command)
    username = User.normalize_username(username)
    if not USERNAME.fullmatch(username):
        raise BadUsername(username=username)
    if User.objects.filter(username__iexact=username).exists():
        raise AlreadyExists(what="user", given=username)

    user = User(username=username, name=name, email=email, language=language, is_machine=is_machine)
    user.password = make_password(None) if password is None else _hashed(password, user)
    record_created(user, command)
    conclude(
        UserAdded(subject(user, username), None, None, name=name, is_machine=is_machine),
        command,
        at,
    )
    return user


def change_user(
    *,
    user_id: UUID,
    check_version: Callable[[int], None],
    name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    is_active: bool | None = None,
    command: Command,
    at: datetime,
) -> User:
    """Change what is given; None leaves as it is. Deactivating ends the user's sessions for good.

    `check_version` gets the locked record's version and refuses when it is not the one the caller
    saw. Raises NotPermitted, NotFound, LastAdministrator; emits UserChanged.
    """
    must_hold_everywhere(command)
    with keeping_an_administrator():
        user = lock(User, user_id, "user")
        check_version(user.version)

        given = {"name": name, "email": email, "language": language, "is_active": is_active}
        values: dict[str, object] = {k: v for k, v in given.items() if v is not None}
        if user.is_active and is_active is False:
            values["session_series"] = user.session_series + 1
        record_changed(user, command, **values)
    conclude(
        UserChanged(
            subject(user, user.username), None, None, name=user.name, is_active=user.is_active
        ),
        command,
        at,
    )
    return user


def set_password(*, user_id: UUID, password: str, command: Command, at: datetime) -> User:
    """Set a user's password (at least 8 characters, none of the common ones, not like the name).

    All earlier sessions of the user are over. Passwords never expire by age. Raises NotPermitted,
    NotFound, MachineAccount, WeakPassword; emits PasswordSet.
    """
    must_hold_everywhere(command)
    user = lock(User, user_id, "user")
    record_changed(user, command, password=_hashed(password, user))
    conclude(PasswordSet(subject(user, user.username), None, None), command, at)
    return user


def end_sessions(*, user_id: UUID, command: Command, at: datetime) -> User:
    """End all sessions of a user. Raises NotPermitted, NotFound; emits SessionsEnded."""
    must_hold_everywhere(command)
    user = lock(User, user_id, "user")
    record_changed(user, command, session_series=user.session_series + 1)
    conclude(SessionsEnded(subject(user, user.username), None, None), command, at)
    return user


def _hashed(password: str, user: User) -> str:
    if user.is_machine:
        raise MachineAccount(username=user.username)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(why=[str(e.code) for e in error.error_list]) from error
    return make_password(password)
