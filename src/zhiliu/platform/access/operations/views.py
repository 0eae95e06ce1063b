"""Saved views: how somebody wants to see a list, and his own language and display."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.kernel.command import Command
from zhiliu.platform.access.errors import AlreadyExists, NotFound, NotYourView
from zhiliu.platform.access.events import UserChanged, ViewChanged, ViewDeleted, ViewSaved
from zhiliu.platform.access.models import SavedView, User
from zhiliu.platform.access.operations.locks import conclude, lock, subject
from zhiliu.platform.access.queries import list_saved_views
from zhiliu.platform.evidence.public import flush, record_changed, record_created


def save_view(
    *,
    list_name: str,
    name: str,
    query: Mapping[str, Any],
    is_shared: bool = False,
    command: Command,
    at: datetime,
) -> SavedView:
    """Keep a view of a list under a name, of which one has one a list.

    Raises AlreadyExists; emits ViewSaved.
    """
    flush()
    _check_free(command.actor.id, list_name, name)
    view = record_created(
        SavedView(
            user_id=command.actor.id,
            list=list_name,
            name=name,
            query=dict(query),
            is_shared=is_shared,
        ),
        command,
    )
    conclude(
        ViewSaved(subject(view, name), None, None, list=list_name, name=name, is_shared=is_shared),
        command,
        at,
    )
    return view


def change_view(
    *,
    view_id: UUID,
    check_version: Callable[[int], None],
    changes: Mapping[str, Any],
    command: Command,
    at: datetime,
) -> SavedView:
    """Change name, query or sharing of one's own view: what `changes` holds.

    `check_version` gets the locked record's version and refuses when it is not the one the caller
    saw. Raises NotFound, NotYourView, AlreadyExists; emits ViewChanged when something changed.
    """
    view = _lock_own(view_id, command)
    check_version(view.version)
    if changes.get("name", view.name) != view.name:
        _check_free(view.user_id, view.list, changes["name"])
    was = view.version
    record_changed(view, command, **changes)
    if view.version != was:
        conclude(
            ViewChanged(
                subject(view, view.name),
                None,
                None,
                list=view.list,
                name=view.name,
                is_shared=view.is_shared,
            ),
            command,
            at,
        )
    return view


def delete_view(*, view_id: UUID, command: Command, at: datetime) -> SavedView:
    """Let a view of one's own be gone. Raises NotFound, NotYourView; emits ViewDeleted."""
    view = _lock_own(view_id, command)
    record_changed(view, command, removed_at=command.recorded_at)
    conclude(
        ViewDeleted(subject(view, view.name), None, None, list=view.list, name=view.name),
        command,
        at,
    )
    return view


def change_self(
    *,
    check_version: Callable[[int], None],
    language: str | None = None,
    preferences: Mapping[str, str] | None = None,
    command: Command,
    at: datetime,
) -> User:
    """Choose one's own language and display: of the preferences those that are given.

    `check_version` gets the locked record's version and refuses when it is not the one the caller
    saw. Raises NotFound; emits UserChanged when something changed.
    """
    user = lock(User, command.actor.id, "user")
    check_version(user.version)
    was = user.version
    chosen = {**user.preferences, **(preferences or {})}
    record_changed(user, command, language=language or user.language, preferences=chosen)
    if user.version != was:
        told = UserChanged(
            subject(user, user.username), None, None, name=user.name, is_active=user.is_active
        )
        conclude(told, command, at)
    return user


def _lock_own(view_id: UUID, command: Command) -> SavedView:
    flush()
    seen = list_saved_views(command.actor).filter(pk=view_id).first()
    if seen is None:
        raise NotFound(what="view", given=str(view_id))
    if seen.user_id != command.actor.id:
        raise NotYourView(view=seen.name, owner=seen.user.name)
    view = lock(SavedView, view_id, "view")
    if view.removed_at is not None:  # while its lock was waited for
        raise NotFound(what="view", given=str(view_id))
    return view


def _check_free(user_id: UUID, list_name: str, name: str) -> None:
    mine = SavedView.objects.filter(user_id=user_id, list=list_name, name=name, removed_at=None)
    if mine.exists():
        raise AlreadyExists(what="view", given=name)
