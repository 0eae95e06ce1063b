"""What may be granted: every operation of every context, declared in its `permissions.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.access.models import (
    ApiToken,
    CompanyIdentity,
    Role,
    RoleGrant,
    SavedView,
    User,
)
from zhiliu.platform.access.visibility import Visibility

READ = "access.read"
SAVE_VIEW = "access.save_view"
CHANGE_SELF = "access.change_self"


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


def permitted(actor: Actor, operation: str, where: Scope) -> list[Refusal]:
    """NotPermitted unless the actor may do `operation` there; the first thing any act asks."""
    return [] if actor.may(operation, where) else [NotPermitted(operation=operation)]


PERMISSIONS = (
    Permission(READ, "See users, roles, grants and tokens", "查看用户、角色、授权和令牌"),
    Permission("access.add_user", "Add users", "新增用户"),
    Permission("access.change_user", "Change and deactivate users", "修改和停用用户"),
    Permission("access.set_password", "Set users' passwords", "设置用户密码"),
    Permission("access.end_sessions", "End users' sessions", "结束用户会话"),
    Permission(
        "access.remove_second_factors", "Remove people's second factors", "移除用户的第二验证因素"
    ),
    Permission(
        "access.unlink_identity", "Unlink people's company accounts", "解除用户的企业登录关联"
    ),
    Permission("access.add_role", "Add roles", "新增角色"),
    Permission("access.change_role", "Change roles", "修改角色"),
    Permission("access.grant_role", "Grant roles", "授予角色"),
    Permission("access.revoke_grant", "Revoke role grants", "撤销授权"),
    Permission("access.issue_token", "Issue API tokens", "签发 API 令牌"),
    Permission("access.revoke_token", "Revoke API tokens", "撤销 API 令牌"),
    Permission(SAVE_VIEW, "Save list views of one's own", "保存自己的列表视图"),
    Permission(CHANGE_SELF, "Choose one's own language and display", "设置自己的语言和显示偏好"),
)
# What an account may do for itself comes with the account, not with a role.
OWN = (SAVE_VIEW, CHANGE_SELF)

# Users, roles and tokens belong to no site: only a right that is limited to none reaches them.
USERS = Visibility(User.kind, User, READ)
ROLES = Visibility(Role.kind, Role, READ)
TOKENS = Visibility(ApiToken.kind, ApiToken, READ)
IDENTITIES = Visibility(CompanyIdentity.kind, CompanyIdentity, READ)
GRANTS = Visibility(
    RoleGrant.kind,
    RoleGrant,
    READ,
    company="company_id",
    site="site_id",
    supplier="supplier_id",
    customer="customer_id",
)
# To administrators; in its own list a view shows itself to its owner and, shared, to everybody.
VIEWS = Visibility(SavedView.kind, SavedView, READ)
VISIBLE = (USERS, ROLES, TOKENS, IDENTITIES, GRANTS, VIEWS)
