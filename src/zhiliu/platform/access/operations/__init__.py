"""Writes of access: users, roles and their grants, API tokens.

Rights follow recorded time: what is revoked stops now, whatever business time the caller claims.
"""

from zhiliu.platform.access.operations.installation import bootstrap_administrator
from zhiliu.platform.access.operations.roles import (
    add_role,
    change_role,
    grant_role,
    revoke_grant,
)
from zhiliu.platform.access.operations.sign_in import (
    link_identity,
    note_second_factors,
    record_sign_in,
    remove_second_factors,
    unlink_identity,
)
from zhiliu.platform.access.operations.tokens import issue_token, note_token_use, revoke_token
from zhiliu.platform.access.operations.users import (
    add_user,
    change_user,
    end_sessions,
    set_password,
)
from zhiliu.platform.access.operations.views import (
    change_self,
    change_view,
    delete_view,
    save_view,
)

__all__ = [
    "add_role",
    "add_user",
    "bootstrap_administrator",
    "change_role",
    "change_self",
    "change_user",
    "change_view",
    "delete_view",
    "end_sessions",
    "grant_role",
    "issue_token",
    "link_identity",
    "note_second_factors",
    "note_token_use",
    "record_sign_in",
    "remove_second_factors",
    "revoke_grant",
    "revoke_token",
    "save_view",
    "set_password",
    "unlink_identity",
]
