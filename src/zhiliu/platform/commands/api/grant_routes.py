"""Endpoints of access: who has which role where, and the tokens of machines."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Command
from zhiliu.platform.access import allowed, operations, queries
from zhiliu.platform.access.models import ApiToken, RoleGrant
from zhiliu.platform.commands.api.access_schemas import (
    GrantDetailOut,
    GrantIn,
    GrantOut,
    IssuedTokenOut,
    TokenDetailOut,
    TokenIn,
    TokenOut,
)
from zhiliu.platform.commands.http import Act, act, answers, reader, unsigned_actions
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["access"])

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


@router.get("/role-grants", response=answers(Page[GrantDetailOut]), operation_id="list_role_grants")
def list_role_grants(request: HttpRequest, query: Query[GRANTS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Who has which role where, also what was revoked, page by page."""
    actor = reader(request, "access.read")
    rows = queries.list_role_grants(actor)
    return page(request, rows, GRANTS, query, GrantDetailOut, prepare=_grants_of(request, actor))


def _grants_of(request: HttpRequest, actor: Actor) -> Callable[[list[RoleGrant]], list[RoleGrant]]:
    def prepare(grants: list[RoleGrant]) -> list[RoleGrant]:
        administering = list(queries.administrating_grants()[:2])
        for grant in grants:
            refusals = allowed.grant_actions(actor, grant, administering)
            grant.actions = unsigned_actions(request, refusals)  # type: ignore[attr-defined]
        return grants

    return prepare


@router.get(
    "/role-grants/{grant_id}", response=answers(GrantDetailOut), operation_id="get_role_grant"
)
def get_role_grant(request: HttpRequest, grant_id: UUID) -> GrantDetailOut:
    """One grant."""
    actor = reader(request, "access.read")
    grant = queries.get_one(queries.list_role_grants(actor), grant_id, "grant")
    return GrantDetailOut.of(_grants_of(request, actor)([grant])[0])


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


@router.get("/api-tokens", response=answers(Page[TokenDetailOut]), operation_id="list_api_tokens")
def list_api_tokens(request: HttpRequest, query: Query[TOKENS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Tokens without their text, page by page."""
    actor = reader(request, "access.read")
    rows = queries.list_api_tokens(actor)
    return page(request, rows, TOKENS, query, TokenDetailOut, prepare=_tokens_of(request, actor))


def _tokens_of(request: HttpRequest, actor: Actor) -> Callable[[list[ApiToken]], list[ApiToken]]:
    def prepare(tokens: list[ApiToken]) -> list[ApiToken]:
        for token in tokens:
            refusals = allowed.token_actions(actor, token)
            token.actions = unsigned_actions(request, refusals)  # type: ignore[attr-defined]
        return tokens

    return prepare


@router.get(
    "/api-tokens/{token_id}", response=answers(TokenDetailOut), operation_id="get_api_token"
)
def get_api_token(request: HttpRequest, token_id: UUID) -> TokenDetailOut:
    """One token without its text."""
    actor = reader(request, "access.read")
    token = queries.get_one(queries.list_api_tokens(actor), token_id, "token")
    return TokenDetailOut.of(_tokens_of(request, actor)([token])[0])


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
