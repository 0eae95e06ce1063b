"""Endpoints for everybody: who I am, my language and display, my saved views, who others are."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.platform.access import operations, queries
from zhiliu.platform.access.models import User
from zhiliu.platform.access.naming import scope_names
from zhiliu.platform.access.permissions import CHANGE_SELF, SAVE_VIEW
from zhiliu.platform.commands.api.access_schemas import (
    MeOut,
    SelfEdit,
    SelfOut,
)
from zhiliu.platform.commands.api.view_schemas import (
    PeopleOut,
    PersonOut,
    ViewEdit,
    ViewIn,
    ViewOut,
)
from zhiliu.platform.commands.http import (
    Act,
    act,
    actor_of,
    answers,
    if_match,
    reader,
    same_version,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["access"])

People = Annotated[list[UUID], Query(alias="id", min_length=1, max_length=200)]

VIEWS = ListQuery(
    filters={"list": "list", "is_shared": "is_shared", "owner_id": "user_id"},
    search=("name__icontains",),
    sorts=("name", "id"),
    types={"is_shared": bool, "owner_id": UUID},
)


@router.get("/me", response=answers(MeOut), operation_id="get_me")
def get_me(request: HttpRequest, response: HttpResponse) -> MeOut:
    """Who is calling, in which language and display, in which roles, and what he may do where."""
    actor = actor_of(request)
    user = queries.get_one(User.objects.all(), actor.id, "user")
    grants = queries.list_own_grants(actor)
    response["ETag"] = f'"{user.version}"'
    names = scope_names(queries.scope_of(grant) for grant in grants)
    return MeOut.whole(user, actor, grants, names)


@router.patch("/me", response=answers(SelfOut), operation_id="change_me")
def change_me(request: HttpRequest, body: SelfEdit) -> HttpResponse:
    """Choose one's own language and display; of the preferences what is stated."""
    expected = if_match(request)
    return act(
        request,
        CHANGE_SELF,
        body,
        lambda command, at: SelfOut.of(
            operations.change_self(
                check_version=lambda actual: same_version(expected, actual),
                language=body.language,
                preferences=body.chosen(),
                command=command,
                at=at,
            )
        ),
    )


@router.get("/people", response=answers(PeopleOut), operation_id="list_people")
def list_people(request: HttpRequest, ids: People) -> PeopleOut:
    """The names behind up to 200 ids of people that an answer holds; unknown ids are left out.

    For everybody who is signed in: names only, and only of those whose id one has.
    """
    rows = queries.list_people(ids)
    return PeopleOut(items=[PersonOut(id=i, name=n, is_active=a) for i, n, a in rows])


@router.get("/saved-views", response=answers(Page[ViewOut]), operation_id="list_saved_views")
def list_saved_views(request: HttpRequest, query: Query[VIEWS.Parameters]) -> Any:  # type: ignore[name-defined]
    """One's own saved views and those that others share, page by page."""
    rows = queries.list_saved_views(reader(request, SAVE_VIEW))
    return page(request, rows, VIEWS, query, ViewOut)


@router.get("/saved-views/{view_id}", response=answers(ViewOut), operation_id="get_saved_view")
def get_saved_view(request: HttpRequest, view_id: UUID, response: HttpResponse) -> ViewOut:
    """One saved view, such as one whose link somebody sent; its version is the ETag."""
    rows = queries.list_saved_views(reader(request, SAVE_VIEW))
    view = queries.get_one(rows, view_id, "view")
    response["ETag"] = f'"{view.version}"'
    return ViewOut.of(view)


@router.post("/saved-views", response=answers(ViewOut, 201), operation_id="save_view")
def save_view(request: HttpRequest, body: ViewIn) -> HttpResponse:
    """Save a view of a list."""
    return act(
        request,
        SAVE_VIEW,
        body,
        lambda command, at: ViewOut.of(
            operations.save_view(
                list_name=body.list,
                name=body.name,
                query=body.query,
                is_shared=body.is_shared,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.patch("/saved-views/{view_id}", response=answers(ViewOut), operation_id="change_view")
def change_view(request: HttpRequest, view_id: UUID, body: ViewEdit) -> HttpResponse:
    """Change a view of one's own: only what is stated; If-Match names the version."""
    expected = if_match(request)
    return act(
        request,
        SAVE_VIEW,
        body,
        lambda command, at: ViewOut.of(
            operations.change_view(
                view_id=view_id,
                check_version=lambda actual: same_version(expected, actual),
                changes=body.changes(),
                command=command,
                at=at,
            )
        ),
        path={"view_id": view_id},
    )


@router.post("/saved-views/{view_id}/delete", response=answers(ViewOut), operation_id="delete_view")
def delete_view(request: HttpRequest, view_id: UUID, body: Act) -> HttpResponse:
    """Delete a view of one's own."""
    return act(
        request,
        SAVE_VIEW,
        body,
        lambda command, at: ViewOut.of(
            operations.delete_view(view_id=view_id, command=command, at=at)
        ),
        path={"view_id": view_id},
    )
