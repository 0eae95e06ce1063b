"""Endpoints about places, containers and periods."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.stock import operations, queries
from zhiliu.contexts.stock.api import schemas as s
from zhiliu.contexts.stock.queries import acts
from zhiliu.contexts.stock.states import PERIOD
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.http import Act, act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["stock: places"])

PLACES = ListQuery(
    filters={
        "site_id": "site_id",
        "kind": "place_kind",
        "code": "code",
        "is_internal": "is_internal",
    },
    search=("code__icontains", "name__icontains"),
    sorts=("id", "code"),
    types={"site_id": UUID, "is_internal": bool},
)
PERIODS = ListQuery(
    filters={"company_id": "company_id", "state": "state"},
    sorts=("id", "starts_on"),
    types={"company_id": UUID},
)


@router.get("/places", response=answers(Page[s.PlaceOut]), operation_id="list_places")
def list_places(request: HttpRequest, query: Query[PLACES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Places of the sites that the caller may see, inside and outside."""
    rows = queries.list_places(reader(request, queries.READ))
    return page(request, rows, PLACES, query, s.PlaceOut)


@router.get("/places/{place_id}", response=answers(s.PlaceDetailOut), operation_id="get_place")
def get_place(request: HttpRequest, place_id: UUID) -> Any:
    """One place, and what may be done with it now."""
    actor = reader(request, queries.READ)
    place = queries.get_visible_place(actor, place_id)
    actions = allowed_actions(request, None, acts.place_actions(actor, place))
    return s.PlaceDetailOut.whole(place, actions)


@router.post("/places", response=answers(s.PlaceOut, 201), operation_id="add_place")
def add_place(request: HttpRequest, body: s.PlaceIn) -> HttpResponse:
    """Add an internal place or a container."""

    def call(command: Any, at: Any) -> s.PlaceOut:
        place = operations.add_place(
            site_id=body.site_id,
            code=body.code,
            name=body.name,
            kind=body.kind,
            parent_id=body.parent_id,
            command=command,
            at=at,
        )
        return s.PlaceOut.of(place)

    return act(request, "stock.add_place", body, call, status=201)


@router.post("/places/{place_id}/move", response=answers(s.PlaceOut), operation_id="move_container")
def move_container(request: HttpRequest, place_id: UUID, body: s.ContainerMoveIn) -> HttpResponse:
    """Put a container with its goods into another place."""

    def call(command: Any, at: Any) -> s.PlaceOut:
        place = operations.move_container(
            container_id=place_id, parent_id=body.parent_id, command=command, at=at
        )
        return s.PlaceOut.of(place)

    return act(request, "stock.move_container", body, call, path={"place_id": place_id})


@router.get("/periods", response=answers(Page[s.PeriodOut]), operation_id="list_periods")
def list_periods(request: HttpRequest, query: Query[PERIODS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Periods of the companies that the caller may see."""
    rows = queries.list_periods(reader(request, queries.READ))
    return page(request, rows, PERIODS, query, s.PeriodOut)


@router.get("/periods/{period_id}", response=answers(s.PeriodDetailOut), operation_id="get_period")
def get_period(request: HttpRequest, period_id: UUID) -> Any:
    """One period, and what may be done with it now."""
    actor = reader(request, queries.READ)
    period = queries.get_period(actor, period_id)
    actions = acts.period_actions(actor, period, server_time())
    return s.PeriodDetailOut.whole(period, allowed_actions(request, PERIOD, actions))


@router.post("/periods", response=answers(s.PeriodOut, 201), operation_id="add_period")
def add_period(request: HttpRequest, body: s.PeriodIn) -> HttpResponse:
    """Add a period."""

    def call(command: Any, at: Any) -> s.PeriodOut:
        period = operations.add_period(
            company_id=body.company_id,
            starts_on=body.starts_on,
            ends_on=body.ends_on,
            command=command,
            at=at,
        )
        return s.PeriodOut.of(period)

    return act(request, "stock.add_period", body, call, status=201)


@router.post(
    "/periods/{period_id}/close", response=answers(s.PeriodOut), operation_id="close_period"
)
def close_period(request: HttpRequest, period_id: UUID, body: Act) -> HttpResponse:
    """Close a period: nothing more can be posted that occurred inside it."""

    def call(command: Any, at: Any) -> s.PeriodOut:
        return s.PeriodOut.of(operations.close_period(period_id=period_id, command=command, at=at))

    return act(request, "stock.close_period", body, call, path={"period_id": period_id})
