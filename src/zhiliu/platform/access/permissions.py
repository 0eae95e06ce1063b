"""What may be granted: every operation of every context, declared in its `permissions.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import NotPermitted


@dataclass(frozen=True)
class Permission:
    """The right to one operation, with its label in both languages."""

    operation: str
    en: str
    zh: str


_declared: dict[str, Permission] = {}


def declare_permissions(permissions: Iterable[Permission]) -> None:
    """Register a context's permissions at start-up; the same operation twice is a bug."""
    for permission in permissions:
        if _declared.setdefault(permission.operation, permission) != permission:
            raise ValueError(f"{permission.operation} is declared twice")


def all_permissions() -> tuple[Permission, ...]:
    """Every operation that may be granted, in the order of its name."""
    return tuple(_declared[o] for o in sorted(_declared))


def within_scopes(
    actor: Actor,
    operation: str,
    *,
    company: str | None = None,
    site: str | None = None,
    supplier: str | None = None,
    customer: str | None = None,
) -> Q:
    """The filter that leaves only rows inside the actor's grants for `operation`.

    The arguments name the model's lookups, such as `site="site_id"`. A grant that is scoped by
    something the model has no lookup for shows nothing: what cannot be decided is refused.
    """
    lookups = {
        "company_id": company,
        "site_id": site,
        "supplier_id": supplier,
        "customer_id": customer,
    }
    allowed = Q(pk__in=[])
    for scope in actor.scopes(operation):
        wanted = {name: getattr(scope, name) for name in lookups if getattr(scope, name)}
        if not wanted:
            return Q()
        if all(lookups[name] for name in wanted):
            allowed |= Q(**{str(lookups[name]): value for name, value in wanted.items()})
    return allowed


def permitted(actor: Actor, operation: str, where: Scope) -> list[Refusal]:
    """NotPermitted unless the actor may do `operation` there; the first thing any act asks."""
    return [] if actor.may(operation, where) else [NotPermitted(operation=operation)]


PERMISSIONS = (
    Permission("access.read", "See users, roles, grants and tokens", "查看用户、角色、授权和令牌"),
    Permission("access.add_user", "Add users", "新增用户"),
    Permission("access.change_user", "Change and deactivate users", "修改和停用用户"),
    Permission("access.set_password", "Set users' passwords", "设置用户密码"),
    Permission("access.end_sessions", "End users' sessions", "结束用户会话"),
    Permission("access.add_role", "Add roles", "新增角色"),
    Permission("access.change_role", "Change roles", "修改角色"),
    Permission("access.grant_role", "Grant roles", "授予角色"),
    Permission("access.revoke_grant", "Revoke role grants", "撤销授权"),
    Permission("access.issue_token", "Issue API tokens", "签发 API 令牌"),
    Permission("access.revoke_token", "Revoke API tokens", "撤销 API 令牌"),
)
