"""Endpoints of access: users, roles, grants, tokens, and who I am.

They stand here because access itself is below the command envelope that every write needs.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.platform.access import allowed, operations, queries
from zhiliu.platform.access.models import Role, User
from zhiliu.platform.access.permissions import all_permissions
from zhiliu.platform.commands.api.access_schemas import (
    PasswordIn,
    PermissionOut,
    RoleDetailOut,
    RoleEdit,
    RoleIn,
    RoleOut,
    RolePageOut,
    UserDetailOut,
    UserEdit,
    UserIn,
    UserOut,
    UserPageOut,
)
from zhiliu.platform.commands.http import (
    Act,
    act,
    answers,
    if_match,
    reader,
    same_version,
    unsigned_actions,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["access"])

USERS = ListQuery(
    filters={"username": "username", "is_active": "is_active", "is_machine": "is_machine"},
    search=("username__icontains", "name__icontains"),
    sorts=("username", "name", "id"),
    types={"is_active": bool, "is_machine": bool},
)
ROLES = ListQuery(
    filters={"code": "code", "operation": "operations__contains"},
    search=("code__icontains", "name_en__icontains", "name_zh__icontains"),
    sorts=("code", "id"),
)


@router.get("/permissions", response=answers(Page[PermissionOut]), operation_id="list_permissions")
def list_permissions(request: HttpRequest) -> Any:
    """Every operation that a role may contain, on one page."""
    reader(request, "access.read")
    return {"items": [PermissionOut.of(p) for p in all_permissions()], "next_cursor": None}


@router.get("/users", response=answers(Page[UserDetailOut]), operation_id="list_users")
def list_users(request: HttpRequest, query: Query[USERS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Users with their roles and how they sign in, page by page."""
    rows = queries.list_users(reader(request, "access.read"))
    return page(request, rows, USERS, query, UserDetailOut, prepare=_with_grants)


def _with_grants(users: list[User]) -> list[User]:
    grants = queries.roles_of(user.pk for user in users)
    for user in users:
        user.grants = grants.get(user.pk, [])  # type: ignore[attr-defined]
    return users


@router.get("/users/{user_id}", response=answers(UserPageOut), operation_id="get_user")
def get_user(request: HttpRequest, user_id: UUID, response: HttpResponse) -> UserPageOut:
    """One user with his roles, how he signs in, and what may be done with him."""
    actor = reader(request, "access.read")
    user = queries.get_one(queries.list_users(actor), user_id, "user")
    response["ETag"] = f'"{user.version}"'
    shown = UserDetailOut.whole(user, queries.roles_of([user_id]).get(user_id, []))
    refusals = allowed.user_actions(actor, user, is_linked=shown.is_linked)
    return UserPageOut(**shown.model_dump(), allowed_actions=unsigned_actions(request, refusals))


@router.post("/users", response=answers(UserOut, 201), operation_id="add_user")
def add_user(request: HttpRequest, body: UserIn) -> HttpResponse:
    """Add a user."""
    return act(
        request,
        "access.add_user",
        body,
        lambda command, at: UserOut.of(
            operations.add_user(
                username=body.username,
                name=body.name,
                email=body.email,
                language=body.language,
                password=body.password.get_secret_value() if body.password else None,
                is_machine=body.is_machine,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.patch("/users/{user_id}", response=answers(UserOut), operation_id="change_user")
def change_user(request: HttpRequest, user_id: UUID, body: UserEdit) -> HttpResponse:
    """Change a user's name, e-mail or language, or deactivate him, which ends his sessions."""
    expected = if_match(request)
    return act(
        request,
        "access.change_user",
        body,
        lambda command, at: UserOut.of(
            operations.change_user(
                user_id=user_id,
                check_version=lambda actual: same_version(expected, actual),
                name=body.name,
                email=body.email,
                language=body.language,
                is_active=body.is_active,
                command=command,
                at=at,
            )
        ),
        path={"user_id": user_id},
    )


@router.post("/users/{user_id}/password", response=answers(UserOut), operation_id="set_password")
def set_password(request: HttpRequest, user_id: UUID, body: PasswordIn) -> HttpResponse:
    """Set a user's password; his sessions end."""
    return act(
        request,
        "access.set_password",
        body,
        lambda command, at: UserOut.of(
            operations.set_password(
                user_id=user_id,
                password=body.password.get_secret_value(),
                command=command,
                at=at,
            )
        ),
        path={"user_id": user_id},
    )


@router.post(
    "/users/{user_id}/end-sessions", response=answers(UserOut), operation_id="end_sessions"
)
def end_sessions(request: HttpRequest, user_id: UUID, body: Act) -> HttpResponse:
    """End all sessions of a user."""
    return act(
        request,
        "access.end_sessions",
        body,
        lambda command, at: UserOut.of(
            operations.end_sessions(user_id=user_id, command=command, at=at)
        ),
        path={"user_id": user_id},
    )


@router.post(
    "/users/{user_id}/remove-second-factors",
    response=answers(UserOut),
    operation_id="remove_second_factors",
)
def remove_second_factors(request: HttpRequest, user_id: UUID, body: Act) -> HttpResponse:
    """Remove all second factors of somebody who lost them, with a reason; his sessions end."""
    return act(
        request,
        "access.remove_second_factors",
        body,
        lambda command, at: UserOut.of(
            operations.remove_second_factors(user_id=user_id, command=command, at=at)
        ),
        path={"user_id": user_id},
    )


@router.post(
    "/users/{user_id}/unlink-identity", response=answers(UserOut), operation_id="unlink_identity"
)
def unlink_identity(request: HttpRequest, user_id: UUID, body: Act) -> HttpResponse:
    """Forget the company account of somebody, with a reason; his sessions end."""
    return act(
        request,
        "access.unlink_identity",
        body,
        lambda command, at: UserOut.of(
            operations.unlink_identity(user_id=user_id, command=command, at=at)
        ),
        path={"user_id": user_id},
    )


@router.get("/roles", response=answers(Page[RoleDetailOut]), operation_id="list_roles")
def list_roles(request: HttpRequest, query: Query[ROLES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Roles, page by page."""
    rows = queries.list_roles(reader(request, "access.read"))
    return page(request, rows, ROLES, query, RoleDetailOut, prepare=_with_counts)


def _with_counts(roles: list[Role]) -> list[Role]:
    counts = queries.user_counts(role.pk for role in roles)
    for role in roles:
        role.user_count = counts.get(role.pk, 0)  # type: ignore[attr-defined]
    return roles


@router.get("/roles/{role_id}", response=answers(RolePageOut), operation_id="get_role")
def get_role(request: HttpRequest, role_id: UUID, response: HttpResponse) -> RolePageOut:
    """One role."""
    actor = reader(request, "access.read")
    rows = queries.list_roles(actor)
    role = queries.get_one(rows, role_id, "role")
    response["ETag"] = f'"{role.version}"'
    shown = RoleDetailOut.of(_with_counts([role])[0])
    actions = unsigned_actions(request, allowed.role_actions(actor))
    return RolePageOut(**shown.model_dump(), allowed_actions=actions)


@router.post("/roles", response=answers(RoleOut, 201), operation_id="add_role")
def add_role(request: HttpRequest, body: RoleIn) -> HttpResponse:
    """Add a role."""
    return act(
        request,
        "access.add_role",
        body,
        lambda command, at: RoleOut.of(
            operations.add_role(
                code=body.code,
                name_en=body.name_en,
                name_zh=body.name_zh,
                operations=body.operations,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.patch("/roles/{role_id}", response=answers(RoleOut), operation_id="change_role")
def change_role(request: HttpRequest, role_id: UUID, body: RoleEdit) -> HttpResponse:
    """Change a role's names or operations, for everybody who has it."""
    expected = if_match(request)
    return act(
        request,
        "access.change_role",
        body,
        lambda command, at: RoleOut.of(
            operations.change_role(
                role_id=role_id,
                check_version=lambda actual: same_version(expected, actual),
                name_en=body.name_en,
                name_zh=body.name_zh,
                operations=body.operations,
                command=command,
                at=at,
            )
        ),
        path={"role_id": role_id},
    )
