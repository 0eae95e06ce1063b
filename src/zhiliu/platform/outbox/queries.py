"""Reads of the outbox.

The outbox stands below access, so a caller's scopes come in as a ready filter.
"""

from django.db.models import Q, QuerySet

from zhiliu.platform.outbox.models import Delivery, DeliveryState, OutboxEvent


def list_events(within: Q) -> QuerySet[OutboxEvent]:
    """Recorded events; `within` are the caller's scopes on `company_id` and `site_id`."""
    return OutboxEvent.objects.filter(within)


def list_parked(within: Q) -> QuerySet[Delivery]:
    """Parked deliveries; `within` are the scopes on `event__company_id` and `event__site_id`."""
    parked = Delivery.objects.filter(within, state=DeliveryState.PARKED)
    return parked.select_related("event")
