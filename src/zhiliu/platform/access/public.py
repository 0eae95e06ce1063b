"""The front door of access."""

from zhiliu.platform.access.credentials import Credential, actors_behind, credential_of
from zhiliu.platform.access.identity import prove_identity
from zhiliu.platform.access.models import User
from zhiliu.platform.access.naming import register_scope_names
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
)
from zhiliu.platform.access.queries import get_actor, get_actor_by_token, names_of
from zhiliu.platform.access.records import (
    all_kinds,
    check_seen,
    find_record,
    register_kind,
    register_kinds,
)
from zhiliu.platform.access.search import (
    Hit,
    Searcher,
    all_searchers,
    register_searchers,
    search_records,
)
from zhiliu.platform.access.visibility import (
    Visibility,
    all_visible_kinds,
    declare_visibilities,
    is_staff,
    visibility_of,
    within_scopes,
)

__all__ = [
    "Credential",
    "Hit",
    "Permission",
    "Searcher",
    "User",
    "Visibility",
    "actors_behind",
    "add_role",
    "add_user",
    "all_kinds",
    "all_permissions",
    "all_searchers",
    "all_visible_kinds",
    "bootstrap_administrator",
    "check_seen",
    "credential_of",
    "declare_permissions",
    "declare_visibilities",
    "find_record",
    "get_actor",
    "get_actor_by_token",
    "grant_role",
    "is_staff",
    "issue_token",
    "names_of",
    "permitted",
    "prove_identity",
    "register_kind",
    "register_kinds",
    "register_scope_names",
    "register_searchers",
    "search_records",
    "visibility_of",
    "within_scopes",
]
