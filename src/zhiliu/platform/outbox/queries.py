"""Reads of the outbox.

The outbox stands below access, so a caller's scopes come in as a ready filter.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiliu.platform.outbox.models import Delivery, DeliveryState, OutboxEvent


def list_events(within: Q) -> QuerySet[OutboxEvent]:
    """Recorded events; `within` are the caller's scopes on `company_id` and `site_id`."""
    return OutboxEvent.objects.filter(within)


def numbers_of(record_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The human numbers of records, as their first events name them, by id, in one query."""
    named = OutboxEvent.objects.filter(subject_id__in=set(record_ids))
    first = named.order_by("subject_id", "id").distinct("subject_id")
    return dict(first.values_list("subject_id", "subject_number"))


def ids_of_number(number: str) -> QuerySet[OutboxEvent, UUID]:
    """The records that events name by this human number, for a filter of another list."""
    named = OutboxEvent.objects.filter(subject_number=number)
    return named.values_list("subject_id", flat=True).distinct()


def list_parked(within: Q) -> QuerySet[Delivery]:
    """Parked deliveries; `within` are the scopes on `event__company_id` and `event__site_id`."""
    parked = Delivery.objects.filter(within, state=DeliveryState.PARKED)
    return parked.select_related("event")
