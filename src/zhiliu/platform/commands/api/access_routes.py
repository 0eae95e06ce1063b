"""Endpoints of access: users, roles, grants, tokens, and who I am.

They stand here because access itself is below the command envelope that every write needs.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.kernel.command import Command
from zhiliu.platform.access import operations, queries
from zhiliu.platform.access.models import User
from zhiliu.platform.access.permissions import all_permissions
from zhiliu.platform.commands.api.access_schemas import (
    GrantIn,
    GrantOut,
    IssuedTokenOut,
    PasswordIn,
    PermissionOut,
    RoleEdit,
    RoleIn,
    RoleOut,
    TokenIn,
    TokenOut,
    UserDetailOut,
    UserEdit,
    UserIn,
    UserOut,
)
from zhiliu.platform.commands.http import (
    Act,
    act,
    answers,
    if_match,
    reader,
    same_version,
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
GRANTS = ListQuery(
    filters={
        "user_id": "user_id",
        "role_id": "role_id",
        "company_id": "company_id",
        "site_id": "site_id",
        "supplier_id": "supplier_id",
        "customer_id": "customer_id",
        "is_open": "revoked_at__isnull",
    },
    search=("user__username__icontains", "role__code__icontains"),
    sorts=("id",),
    types={
        "user_id": UUID,
        "role_id": UUID,
        "company_id": UUID,
        "site_id": UUID,
        "supplier_id": UUID,
        "customer_id": UUID,
        "is_open": bool,
    },
)
TOKENS = ListQuery(
    filters={"user_id": "user_id", "is_open": "revoked_at__isnull"},
    search=("name__icontains", "user__username__icontains"),
    sorts=("name", "id"),
    types={"user_id": UUID, "is_open": bool},
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


@router.get("/users/{user_id}", response=answers(UserDetailOut), operation_id="get_user")
def get_user(request: HttpRequest, user_id: UUID, response: HttpResponse) -> UserDetailOut:
    """One user with his roles and how he signs in."""
    rows = queries.list_users(reader(request, "access.read"))
    user = queries.get_one(rows, user_id, "user")
    response["ETag"] = f'"{user.version}"'
    return UserDetailOut.whole(user, queries.roles_of([user_id]).get(user_id, []))


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


@router.get("/roles", response=answers(Page[RoleOut]), operation_id="list_roles")
def list_roles(request: HttpRequest, query: Query[ROLES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Roles, page by page."""
    rows = queries.list_roles(reader(request, "access.read"))
    return page(request, rows, ROLES, query, RoleOut)


@router.get("/roles/{role_id}", response=answers(RoleOut), operation_id="get_role")
def get_role(request: HttpRequest, role_id: UUID, response: HttpResponse) -> RoleOut:
    """One role."""
    rows = queries.list_roles(reader(request, "access.read"))
    role = queries.get_one(rows, role_id, "role")
    response["ETag"] = f'"{role.version}"'
    return RoleOut.of(role)


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


@router.get("/role-grants", response=answers(Page[GrantOut]), operation_id="list_role_grants")
def list_role_grants(request: HttpRequest, query: Query[GRANTS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Who has which role where, also what was revoked, page by page."""
    rows = queries.list_role_grants(reader(request, "access.read"))
    return page(request, rows, GRANTS, query, GrantOut)


@router.get("/role-grants/{grant_id}", response=answers(GrantOut), operation_id="get_role_grant")
def get_role_grant(request: HttpRequest, grant_id: UUID) -> GrantOut:
    """One grant."""
    rows = queries.list_role_grants(reader(request, "access.read"))
    return GrantOut.of(queries.get_one(rows, grant_id, "grant"))


@router.post("/role-grants", response=answers(GrantOut, 201), operation_id="grant_role")
def grant_role(request: HttpRequest, body: GrantIn) -> HttpResponse:
    """Give somebody else a role."""
    return act(
        request,
        "access.grant_role",
        body,
        lambda command, at: GrantOut.of(
            operations.grant_role(
                user_id=body.user_id,
                role_id=body.role_id,
                company_id=body.company_id,
                site_id=body.site_id,
                supplier_id=body.supplier_id,
                customer_id=body.customer_id,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.post(
    "/role-grants/{grant_id}/revoke", response=answers(GrantOut), operation_id="revoke_grant"
)
def revoke_grant(request: HttpRequest, grant_id: UUID, body: Act) -> HttpResponse:
    """Take a role from somebody."""
    return act(
        request,
        "access.revoke_grant",
        body,
        lambda command, at: GrantOut.of(
            operations.revoke_grant(grant_id=grant_id, command=command, at=at)
        ),
        path={"grant_id": grant_id},
    )


@router.get("/api-tokens", response=answers(Page[TokenOut]), operation_id="list_api_tokens")
def list_api_tokens(request: HttpRequest, query: Query[TOKENS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Tokens without their text, page by page."""
    rows = queries.list_api_tokens(reader(request, "access.read"))
    return page(request, rows, TOKENS, query, TokenOut)


@router.get("/api-tokens/{token_id}", response=answers(TokenOut), operation_id="get_api_token")
def get_api_token(request: HttpRequest, token_id: UUID) -> TokenOut:
    """One token without its text."""
    rows = queries.list_api_tokens(reader(request, "access.read"))
    return TokenOut.of(queries.get_one(rows, token_id, "token"))


@router.post("/api-tokens", response=answers(IssuedTokenOut, 201), operation_id="issue_token")
def issue_token(request: HttpRequest, body: TokenIn) -> HttpResponse:
    """Issue a token; its text is in the first answer only."""
    issued: list[IssuedTokenOut] = []

    def call(command: Command, at: Any) -> IssuedTokenOut:
        token, text = operations.issue_token(
            user_id=body.user_id,
            name=body.name,
            operations=body.operations,
            expires_at=body.expires_at,
            command=command,
            at=at,
        )
        answer = IssuedTokenOut.of(token)
        issued[:] = [answer.model_copy(update={"token": text})]
        return answer  # what is stored for a repeat: without the text

    response = act(request, "access.issue_token", body, call, status=201)
    if "Idempotency-Replayed" not in response:
        response.content = issued[0].model_dump_json().encode()
    return response


@router.post(
    "/api-tokens/{token_id}/revoke", response=answers(TokenOut), operation_id="revoke_token"
)
def revoke_token(request: HttpRequest, token_id: UUID, body: Act) -> HttpResponse:
    """End a token."""
    return act(
        request,
        "access.revoke_token",
        body,
        lambda command, at: TokenOut.of(
            operations.revoke_token(token_id=token_id, command=command, at=at)
        ),
        path={"token_id": token_id},
    )
