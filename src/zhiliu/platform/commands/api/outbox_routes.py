"""Endpoints of the outbox: what happened, what is stuck in quarantine, and its retry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from zhiliu.platform.access.public import within_scopes
from zhiliu.platform.commands.http import (
    Act,
    Moment,
    Schema,
    act,
    answers,
    list_reader,
    reader,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.commands.permissions import DELIVERIES, READ_OUTBOX
from zhiliu.platform.outbox.public import (
    Delivery,
    OutboxEvent,
    list_events,
    list_parked,
    retry_deliveries,
    retry_delivery,
)

router = Router(tags=["outbox"])

EVENTS = ListQuery(
    filters={
        "type": "type",
        "record_kind": "subject_kind",
        "record_id": "subject_id",
        "record_number": "subject_number",
        "actor_id": "actor_id",
        "command_id": "command_id",
        "correlation_id": "correlation_id",
        "recorded_from": "recorded_at__gte",
        "recorded_before": "recorded_at__lt",
    },
    sorts=("id",),
    types={
        "record_id": UUID,
        "actor_id": UUID,
        "command_id": UUID,
        "correlation_id": UUID,
        "recorded_from": Moment,
        "recorded_before": Moment,
    },
)
PARKED = ListQuery(
    filters={"handler": "handler", "type": "event__type", "record_id": "subject_id"},
    sorts=("id",),
    types={"record_id": UUID},
)


class RetryIn(Act):
    """The parked deliveries to send on their way again."""

    delivery_ids: list[UUID] = Field(min_length=1, max_length=500)


class EventOut(Schema):
    """One event: what happened to which record, who did it, when and why."""

    id: UUID
    type: str
    subject_kind: str
    subject_id: UUID
    subject_number: str
    subject_version: int | None
    data: dict[str, Any]
    actor_id: UUID
    actor_name: str
    reason: str
    company_id: UUID | None
    site_id: UUID | None
    rule_version: str
    occurred_at: datetime
    recorded_at: datetime
    correlation_id: UUID
    causation_id: UUID | None

    @classmethod
    def of(cls, event: OutboxEvent) -> "EventOut":
        return cls.model_validate(event, from_attributes=True)


class DeliveryOut(Schema):
    """A delivery to one handler; `error` is what its last attempt ended with, without secrets."""

    id: UUID
    handler: str
    state: str
    attempts: int
    due_at: datetime
    error: str
    event_id: UUID
    event_type: str
    subject_kind: str
    subject_id: UUID
    subject_number: str
    occurred_at: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryOut":
        event = delivery.event
        return cls(
            id=delivery.pk,
            handler=delivery.handler,
            state=delivery.state,
            attempts=delivery.attempts,
            due_at=delivery.due_at,
            error=delivery.error,
            event_id=event.pk,
            event_type=event.type,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            subject_number=event.subject_number,
            occurred_at=event.occurred_at,
        )


class RetriedOut(Schema):
    """The deliveries that are on their way again."""

    items: list[DeliveryOut]


@router.get("/events", response=answers(Page[EventOut]), operation_id="list_events")
def list_all_events(request: HttpRequest, query: Query[EVENTS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Events, page by page, the oldest first (`sort=-id`: the newest first).

    Those of one record, named by kind and id, are for whoever may see it.
    """
    actor = list_reader(request, READ_OUTBOX, query.record_kind, query.record_id)
    scopes = {"company": "company_id", "site": "site_id"}
    within = within_scopes(actor, READ_OUTBOX, **scopes) if actor else Q()
    return page(request, list_events(within), EVENTS, query, EventOut)


@router.get(
    "/parked-deliveries", response=answers(Page[DeliveryOut]), operation_id="list_parked_deliveries"
)
def list_parked_deliveries(request: HttpRequest, query: Query[PARKED.Parameters]) -> Any:  # type: ignore[name-defined]
    """The quarantine: deliveries that failed as often as they may, page by page."""
    actor = reader(request, READ_OUTBOX)
    return page(request, list_parked(DELIVERIES.filter(actor)), PARKED, query, DeliveryOut)


@router.post(
    "/parked-deliveries/{delivery_id}/retry",
    response=answers(DeliveryOut),
    operation_id="retry_delivery",
)
def retry_parked_delivery(request: HttpRequest, delivery_id: UUID, body: Act) -> HttpResponse:
    """Send a parked delivery on its way again; what it held back follows it."""
    return act(
        request,
        "outbox.retry",
        body,
        lambda command, at: DeliveryOut.of(
            retry_delivery(delivery_id=delivery_id, command=command, at=at)
        ),
        path={"delivery_id": delivery_id},
    )


@router.post(
    "/parked-deliveries/retry", response=answers(RetriedOut), operation_id="retry_deliveries"
)
def retry_parked_deliveries(request: HttpRequest, body: RetryIn) -> HttpResponse:
    """Send several parked deliveries on their way again; one that is not parked is left out."""
    return act(
        request,
        "outbox.retry",
        body,
        lambda command, at: RetriedOut(
            items=[
                DeliveryOut.of(row)
                for row in retry_deliveries(delivery_ids=body.delivery_ids, command=command, at=at)
            ]
        ),
    )
