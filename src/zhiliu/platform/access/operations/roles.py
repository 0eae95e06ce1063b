"""Roles, and who has them where."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.access.errors import (
    AlreadyExists,
    AlreadyRevoked,
    NotFound,
    NotPermitted,
    OneScopeOnly,
    SelfGrant,
    UnknownOperation,
)
from zhiliu.platform.access.events import GrantRevoked, RoleAdded, RoleChanged, RoleGranted
from zhiliu.platform.access.models import Role, RoleGrant, User
from zhiliu.platform.access.operations.locks import (
    conclude,
    keeping_an_administrator,
    lock,
    must_hold_everywhere,
    subject,
)
from zhiliu.platform.access.permissions import all_permissions
from zhiliu.platform.access.queries import scope_of
from zhiliu.platform.evidence.public import flush, record_changed, record_created


def add_role(
    *,
    code: str,
    name_en: str,
    name_zh: str,
    operations: Sequence[str],
    command: Command,
    at: datetime,
) -> Role:
    """Add a role. Raises NotPermitted, AlreadyExists, UnknownOperation; emits RoleAdded."""
    flush()
    must_hold_everywhere(command)
    if Role.objects.filter(code=code).exists():
        raise AlreadyExists(what="role", given=code)
    known = known_operations(operations)
    role = record_created(
        Role(code=code, name_en=name_en, name_zh=name_zh, operations=known), command
    )
    conclude(RoleAdded(subject(role, code), None, None, operations=known), command, at)
    return role


def change_role(
    *,
    role_id: UUID,
    check_version: Callable[[int], None],
    name_en: str | None = None,
    name_zh: str | None = None,
    operations: Sequence[str] | None = None,
    command: Command,
    at: datetime,
) -> Role:
    """Change what is given; None leaves as it is. Everybody who has the role is affected.

    `check_version` gets the locked record's version and refuses when it is not the one the caller
    saw. Raises NotPermitted, NotFound, UnknownOperation, SelfGrant (a role of the actor himself
    would gain an operation), LastAdministrator; emits RoleChanged.
    """
    must_hold_everywhere(command)
    with keeping_an_administrator():
        role = lock(Role, role_id, "role")
        check_version(role.version)
        values: dict[str, object] = {}
        if operations is not None:
            known = known_operations(operations)
            if set(known) - set(role.operations) and _has_role(command.actor.id, role):
                raise SelfGrant(role=role.code)
            values["operations"] = known
        names = {"name_en": name_en, "name_zh": name_zh}
        values |= {k: v for k, v in names.items() if v is not None}
        record_changed(role, command, **values)
    conclude(
        RoleChanged(subject(role, role.code), None, None, operations=role.operations), command, at
    )
    return role


def grant_role(
    *,
    user_id: UUID,
    role_id: UUID,
    company_id: UUID | None = None,
    site_id: UUID | None = None,
    supplier_id: UUID | None = None,
    customer_id: UUID | None = None,
    command: Command,
    at: datetime,
) -> RoleGrant:
    """Give a user a role, for everything or for one company, site, supplier or customer.

    The grant must lie inside the actor's own scope for granting. Raises SelfGrant, NotFound,
    NotPermitted, OneScopeOnly, AlreadyExists; emits RoleGranted.
    """
    flush()
    where = Scope(company_id, site_id, supplier_id, customer_id)
    if sum(part is not None for part in asdict(where).values()) > 1:
        raise OneScopeOnly()
    if not command.actor.may(command.operation, where):
        raise NotPermitted(operation=command.operation)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound(what="user", given=str(user_id))
    role = Role.objects.filter(pk=role_id).first()
    if role is None:
        raise NotFound(what="role", given=str(role_id))
    if user.pk == command.actor.id:
        raise SelfGrant(role=role.code)
    number = f"{user.username}/{role.code}"
    scope = asdict(where)
    if RoleGrant.objects.filter(user=user, role=role, revoked_at=None, **scope).exists():
        raise AlreadyExists(what="grant", given=number)

    grant = record_created(RoleGrant(user=user, role=role, **scope), command)
    conclude(
        RoleGranted(
            subject(grant, number), company_id, site_id, user_id=str(user.pk), role=role.code
        ),
        command,
        at,
    )
    return grant


def revoke_grant(*, grant_id: UUID, command: Command, at: datetime) -> RoleGrant:
    """Take a role from a user, from now on.

    Raises NotFound (also for a grant outside the actor's scope), AlreadyRevoked,
    LastAdministrator; emits GrantRevoked.
    """
    with keeping_an_administrator():
        grant = lock(RoleGrant, grant_id, "grant")
        if not command.actor.may(command.operation, scope_of(grant)):
            raise NotFound(what="grant", given=str(grant_id))
        number = f"{grant.user.username}/{grant.role.code}"
        if grant.revoked_at is not None:
            raise AlreadyRevoked(what="grant", given=number)
        record_changed(grant, command, revoked_at=command.recorded_at)
    conclude(
        GrantRevoked(
            subject(grant, number),
            grant.company_id,
            grant.site_id,
            user_id=str(grant.user_id),
            role=grant.role.code,
        ),
        command,
        at,
    )
    return grant


def known_operations(operations: Sequence[str]) -> list[str]:
    """The operations sorted and once each; raises UnknownOperation for one nobody declared."""
    known = {p.operation for p in all_permissions()}
    for operation in operations:
        if operation not in known:
            raise UnknownOperation(operation=operation)
    return sorted(set(operations))


def _has_role(user_id: UUID, role: Role) -> bool:
    grants = RoleGrant.objects.filter(user_id=user_id, role=role, revoked_at__isnull=True)
    return grants.exists()
