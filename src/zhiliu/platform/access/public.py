"""The front door of access."""

from zhiliu.platform.access.identity import prove_identity
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations import (
    add_role,
    add_user,
    bootstrap_administrator,
    grant_role,
    issue_token,
)
from zhiliu.platform.access.permissions import (
    Permission,
    all_permissions,
    declare_permissions,
    permitted,
    within_scopes,
)
from zhiliu.platform.access.queries import get_actor, get_actor_by_token, names_of
from zhiliu.platform.access.records import all_kinds, find_record, register_kind, register_kinds

__all__ = [
    "Permission",
    "User",
    "add_role",
    "add_user",
    "all_kinds",
    "all_permissions",
    "bootstrap_administrator",
    "declare_permissions",
    "find_record",
    "get_actor",
    "get_actor_by_token",
    "grant_role",
    "issue_token",
    "names_of",
    "permitted",
    "prove_identity",
    "register_kind",
    "register_kinds",
    "within_scopes",
]
