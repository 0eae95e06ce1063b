"""Endpoints of samples, readings and sampling states."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections import operations, queries
from zhiliu.contexts.inspections.api import sampling_schemas as s
from zhiliu.contexts.inspections.api import state_schemas as states
from zhiliu.contexts.inspections.permissions import READ
from zhiliu.contexts.inspections.queries.history import list_history
from zhiliu.contexts.inspections.states import SamplingStatus
from zhiliu.platform.commands.http import Act, act, answers, language_of, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["inspections"])

READINGS = ListQuery(
    filters={
        "characteristic": "characteristic__code",
        "unit_no": "unit_no",
        "is_current": "is_current",
    },
    sorts=("id", "unit_no"),
    types={"unit_no": s.UnitNo, "is_current": bool},
)

SAMPLING_STATES = ListQuery(
    filters={
        "status": "status",
        "severity_class": "severity_class",
        "material_id": "material_id",
        "supplier_id": "supplier_id",
    },
    search=(
        "material__number__icontains",
        "material__name__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
    ),
    sorts=("id", "since"),
    types={
        "status": SamplingStatus,
        "severity_class": SeverityClass,
        "material_id": UUID,
        "supplier_id": UUID,
    },
)


@router.post(
    "/inspections/{inspection_id}/readings",
    response=answers(s.ReadingsRecordedOut),
    operation_id="record_readings",
)
def record_readings(request: HttpRequest, inspection_id: UUID, body: s.ReadingsIn) -> HttpResponse:
    """Record a grid of readings, all or none; each result and the standing of each sample answer.

    Refused cells are listed with what is wrong with each; values far outside are asked about once.
    """
    return act(
        request,
        "inspections.record_readings",
        body,
        lambda command, at: s.ReadingsRecordedOut.of(
            operations.record_readings(
                inspection_id=inspection_id,
                readings=body.values(),
                confirm=body.confirm,
                command=command,
                at=at,
            )
        ),
        path={"inspection_id": inspection_id},
    )


@router.get(
    "/inspections/{inspection_id}/readings",
    response=answers(Page[s.ReadingOut]),
    operation_id="list_readings",
)
def list_readings(
    request: HttpRequest,
    inspection_id: UUID,
    query: Query[READINGS.Parameters],  # type: ignore[name-defined]
) -> Any:
    """The readings of an inspection, corrected ones too, page by page."""
    inspection = queries.get_inspection(reader(request, READ), inspection_id)
    return page(request, queries.list_readings(inspection.pk), READINGS, query, s.ReadingOut)


@router.get(
    "/inspections/{inspection_id}/history",
    response=answers(states.HistoriesOut),
    operation_id="get_inspection_history",
)
def get_history(request: HttpRequest, inspection_id: UUID) -> states.HistoriesOut:
    """How each measured characteristic was in the last four lots of this material and supplier."""
    actor = reader(request, READ)
    inspection = queries.get_inspection(actor, inspection_id)
    rows = list_history(actor, inspection)
    return states.HistoriesOut(items=[states.HistoryOut.of(row) for row in rows])


@router.post(
    "/inspections/{inspection_id}/sample",
    response=answers(s.SamplePostedOut),
    operation_id="post_sample_of_inspection",
)
def post_sample(request: HttpRequest, inspection_id: UUID, body: s.SamplePostIn) -> HttpResponse:
    """Take the sample to the laboratory; destroy and keep what the plan, or the body, says."""
    return act(
        request,
        "inspections.post_sample",
        body,
        lambda command, at: s.SamplePostedOut.of(
            operations.post_sample(
                inspection_id=inspection_id,
                laboratory_id=body.laboratory_id,
                sample=body.value(),
                retention_id=body.retention_id,
                expires_at=body.expires_at,
                command=command,
                at=at,
            )
        ),
        path={"inspection_id": inspection_id},
    )


@router.get(
    "/sampling-states",
    response=answers(Page[states.SamplingStateOut]),
    operation_id="list_sampling_states",
)
def list_sampling_states(
    request: HttpRequest,
    query: Query[SAMPLING_STATES.Parameters],  # type: ignore[name-defined]
) -> Any:
    """How strictly each material of each supplier is inspected, page by page."""
    rows = queries.list_sampling_states(reader(request, READ))
    return page(request, rows, SAMPLING_STATES, query, states.SamplingStateOut)


@router.get(
    "/sampling-states/{state_id}",
    response=answers(states.SamplingStateDetailOut),
    operation_id="get_sampling_state",
)
def get_sampling_state(request: HttpRequest, state_id: UUID) -> Any:
    """A sampling state with its history: every change, why, and after which inspection."""
    actor = reader(request, READ)
    state = queries.get_sampling_state(actor, state_id)
    return states.SamplingStateDetailOut.whole(
        state,
        queries.list_sampling_changes(state_id),
        queries.state_actions(actor, state),
        language_of(request),
    )


@router.post(
    "/sampling-states/{state_id}/declare-steady",
    response=answers(states.SamplingStateOut),
    operation_id="declare_steady",
)
def declare_steady(request: HttpRequest, state_id: UUID, body: states.SteadyIn) -> HttpResponse:
    """Declare production steady and authorise reduced inspection, or take it back; say why."""
    return act(
        request,
        "inspections.declare_steady",
        body,
        lambda command, at: states.SamplingStateOut.of(
            operations.declare_steady(
                state_id=state_id, is_steady=body.is_steady, command=command, at=at
            )
        ),
        path={"state_id": state_id},
    )


@router.post(
    "/sampling-states/{state_id}/resume",
    response=answers(states.SamplingStateOut),
    operation_id="resume_sampling",
)
def resume_sampling(request: HttpRequest, state_id: UUID, body: Act) -> HttpResponse:
    """Go on, tightened, with what was discontinued, and receive again what that had blocked; say
    how the supplier has improved."""
    return act(
        request,
        "inspections.resume_sampling",
        body,
        lambda command, at: states.SamplingStateOut.of(
            operations.resume_sampling(state_id=state_id, command=command, at=at)
        ),
        path={"state_id": state_id},
    )
