"""Endpoints of urgent release."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from zhiliu.contexts.inspections import queries
from zhiliu.contexts.inspections.api.fields import Amount, Line, Positive
from zhiliu.contexts.inspections.models import UrgentRelease
from zhiliu.contexts.inspections.operations import (
    approve_urgent_release as approve,
)
from zhiliu.contexts.inspections.operations import (
    refuse_urgent_release as refuse,
)
from zhiliu.contexts.inspections.operations import (
    request_urgent_release as request_release,
)
from zhiliu.contexts.inspections.permissions import READ
from zhiliu.contexts.inspections.states import URGENT_RELEASE, UrgentReleaseState
from zhiliu.kernel.command import Reference
from zhiliu.platform.commands.http import (
    Act,
    AllowedAction,
    Moment,
    Schema,
    SignedAct,
    act,
    answers,
    reader,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["inspections"])

URGENT_RELEASES = ListQuery(
    filters={
        "number": "number",
        "state": "state",
        "lot_id": "lot_id",
        "inspection_id": "inspection_id",
        "site_id": "site_id",
        "requested_by": "requested_by",
    },
    search=("number__icontains", "lot__number__icontains", "reference_number__icontains"),
    sorts=("id", "number", "requested_at"),
    types={
        "state": UrgentReleaseState,
        "lot_id": UUID,
        "inspection_id": UUID,
        "site_id": UUID,
        "requested_by": UUID,
    },
)
Text = Annotated[Line, Field(min_length=1, max_length=60)]


class UrgentOrderIn(Schema):
    """The order that cannot wait."""

    kind: Text
    id: UUID
    number: Text


class UrgentReleaseIn(SignedAct):
    """How much of which lot is needed for which order, and until when; the reason says why."""

    lot_id: UUID
    quantity: Positive
    reference: UrgentOrderIn
    until: Moment | None = None


class UrgentReleaseOut(Schema):
    """An urgent release; quantities in the stock unit, `drawn` what had been used at its end."""

    id: UUID
    version: int
    number: str
    lot_id: UUID
    lot: str
    material: str
    material_name: str
    unit: str
    inspection_id: UUID
    inspection: str
    quantity: Amount
    until: datetime | None
    reference_kind: str
    reference_id: UUID
    reference_number: str
    reason: str
    state: UrgentReleaseState
    requested_at: datetime
    requested_by: UUID
    decided_at: datetime | None
    decided_by: UUID | None
    decision_reason: str
    ended_at: datetime | None
    outcome: str
    drawn: Amount | None

    @classmethod
    def of(cls, row: UrgentRelease) -> "UrgentReleaseOut":
        """The urgent release with the numbers of its lot and inspection."""
        named = ("lot", "material", "material_name", "unit", "inspection")
        own = {name: getattr(row, name) for name in cls.model_fields if name not in named}
        material = row.lot.material
        return cls(
            **own,
            lot=row.lot.number,
            material=material.number,
            material_name=material.name,
            unit=material.unit.code,
            inspection=row.inspection.number,
        )


class UrgentReleaseDetailOut(UrgentReleaseOut):
    """An urgent release and what may be done with it now."""

    allowed_actions: list[AllowedAction]


@router.get(
    "/urgent-releases",
    response=answers(Page[UrgentReleaseOut]),
    operation_id="list_urgent_releases",
)
def list_urgent_releases(
    request: HttpRequest,
    query: Query[URGENT_RELEASES.Parameters],  # type: ignore[name-defined]
) -> Any:
    """Urgent releases, page by page."""
    rows = queries.list_urgent_releases(reader(request, READ))
    return page(request, rows, URGENT_RELEASES, query, UrgentReleaseOut)


@router.get(
    "/urgent-releases/{urgent_release_id}",
    response=answers(UrgentReleaseDetailOut),
    operation_id="get_urgent_release",
)
def get_urgent_release(request: HttpRequest, urgent_release_id: UUID) -> Any:
    """One urgent release, and what may be done with it now."""
    actor = reader(request, READ)
    row = queries.get_urgent_release(actor, urgent_release_id)
    actions = allowed_actions(request, URGENT_RELEASE, queries.urgent_actions(actor, row))
    return UrgentReleaseDetailOut(**UrgentReleaseOut.of(row).model_dump(), allowed_actions=actions)


@router.post(
    "/urgent-releases",
    response=answers(UrgentReleaseOut, 201),
    operation_id="request_urgent_release",
)
def request_urgent_release(request: HttpRequest, body: UrgentReleaseIn) -> HttpResponse:
    """Ask that goods may be issued for one order before their inspection ends."""
    return act(
        request,
        "inspections.request_urgent_release",
        body,
        lambda command, at: UrgentReleaseOut.of(
            request_release(
                lot_id=body.lot_id,
                quantity=body.quantity,
                reference=Reference(body.reference.kind, body.reference.id, body.reference.number),
                until=body.until,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.post(
    "/urgent-releases/{urgent_release_id}/approve",
    response=answers(UrgentReleaseOut),
    operation_id="approve_urgent_release",
)
def approve_urgent_release(
    request: HttpRequest, urgent_release_id: UUID, body: SignedAct
) -> HttpResponse:
    """Approve what another person asked for; the lot becomes usable within its bounds."""
    return act(
        request,
        "inspections.approve_urgent_release",
        body,
        lambda command, at: UrgentReleaseOut.of(
            approve(urgent_release_id=urgent_release_id, command=command, at=at)
        ),
        path={"urgent_release_id": urgent_release_id},
    )


@router.post(
    "/urgent-releases/{urgent_release_id}/refuse",
    response=answers(UrgentReleaseOut),
    operation_id="refuse_urgent_release",
)
def refuse_urgent_release(request: HttpRequest, urgent_release_id: UUID, body: Act) -> HttpResponse:
    """Refuse what was asked for; the body states the reason."""
    return act(
        request,
        "inspections.refuse_urgent_release",
        body,
        lambda command, at: UrgentReleaseOut.of(
            refuse(urgent_release_id=urgent_release_id, command=command, at=at)
        ),
        path={"urgent_release_id": urgent_release_id},
    )
