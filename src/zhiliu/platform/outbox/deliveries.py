"""Delivering committed events to deferred handlers: each at least once, its effect once, in order.

`dispatch_events` gives every undispatched event its delivery rows; `deliver_due` calls handlers.
Both may run in several processes at once: rows are claimed with `for update skip locked`. Events
are found by `dispatched_at is null`, never by a high-water mark, so one that commits late or out of
order is not skipped.
"""

import logging
import random
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.database import execute
from zhiliu.platform.outbox.models import Delivery, DeliveryState
from zhiliu.platform.outbox.registry import DeliveredEvent, deferred_reactions

logger = logging.getLogger(__name__)

EVENTS_A_CLAIM = 500
DELIVERIES_A_LOOK = 200
ATTEMPTS = 10  # with the pauses below: parked after about a quarter of an hour
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
LONGEST_ERROR = 500

# A delivery is held back by an earlier event of the same record that the same handler has not done,
# and by one that another dispatcher is claiming right now and whose deliveries cannot be seen yet.
_ELIGIBLE = """
select d.id from outbox_delivery d
where d.state = 'pending' and d.due_at <= $1::timestamptz
  and not exists (
    select from outbox_delivery b
    where b.state <> 'done' and b.handler = d.handler and b.subject_id = d.subject_id
      and (b.subject_version, b.event_id) < (d.subject_version, d.event_id))
  and not exists (
    select from outbox_outboxevent e
    where e.dispatched_at is null and e.subject_id = d.subject_id
      and (coalesce(e.subject_version, 0), e.id) < (d.subject_version, d.event_id))
"""
_DUE = (_ELIGIBLE + f"order by d.due_at, d.event_id limit {DELIVERIES_A_LOOK}").encode()
_TAKEN = (_ELIGIBLE + "and d.id = $2::uuid for update of d skip locked").encode()

_NEXT = b"""
select n.id from outbox_delivery d, lateral (
  select id from outbox_delivery
  where handler = d.handler and subject_id = d.subject_id and state <> 'done'
  order by subject_version, event_id limit 1) n
where d.id = $1::uuid
"""

# The array is for the planner: it then finds the claimed rows by key, however large the table is.
_CLAIM = (
    b"""
with free as materialized (
  select id from outbox_outboxevent where dispatched_at is null
  order by id limit %d for update skip locked)
update outbox_outboxevent set dispatched_at = $1::timestamptz
where id = any(array(select id from free))
returning id, type, subject_id, subject_version
"""
    % EVENTS_A_CLAIM
)


def dispatch_events(at: datetime) -> int:
    """Claim undispatched events and make their delivery rows in one transaction; how many.

    An event that nobody handles is dispatched too: it stays in the outbox as a record.
    """
    with transaction.atomic():
        events = execute(_CLAIM, [at.isoformat()])
        Delivery.objects.bulk_create(
            Delivery(
                event_id=event_id,
                handler=handler,
                subject_id=subject_id,
                subject_version=subject_version or 0,
                due_at=at,
            )
            for event_id, kind, subject_id, subject_version in events
            for handler in deferred_reactions.get(kind, ())
        )
    return len(events)


def deliver_due(at: datetime) -> int:
    """Try the deliveries that are due, once each; how many were tried."""
    return sum(1 for _ in deliver_in_turn(lambda: at))


def deliver_in_turn(clock: Callable[[], datetime]) -> Iterator[UUID]:
    """Try what is due and held back by nothing, then what each of them held back; one a step.

    A look costs as much as there is waiting, and finds only the first of each record for each
    handler. Without going on from there, a backlog on a few records would cost its own length for
    every delivery.
    """
    for first in list_due(clock()):
        turn: UUID | None = first
        for _ in range(DELIVERIES_A_LOOK):
            if turn is None or not deliver(turn, clock()):
                break
            yield turn
            turn = _next_in_turn(turn)


def _next_in_turn(delivery_id: UUID) -> UUID | None:
    """What is open first of the same record for the same handler; it may not be due yet."""
    found = execute(_NEXT, [delivery_id])
    return found[0][0] if found else None


def list_due(at: datetime) -> list[UUID]:
    """The deliveries that may be tried now, the longest due first; others may be trying them."""
    return [delivery_id for (delivery_id,) in execute(_DUE, [at.isoformat()])]


def deliver(delivery_id: UUID, at: datetime) -> bool:
    """Call one handler once; False when the delivery is taken, held back or not due any more.

    The handler's effect and the row's `done` are one transaction, so the effect happens once; a
    failure undoes the effect only and is noted for a later retry or, the last time, parked.
    """
    with transaction.atomic():
        if not execute(_TAKEN, [at.isoformat(), delivery_id]):
            return False
        delivery = Delivery.objects.select_related("event").get(pk=delivery_id)
        delivery.attempts += 1
        try:
            with transaction.atomic():
                _call(delivery)
        except Exception as error:
            _note_failure(delivery, error, at)
        else:
            delivery.state, delivery.done_at, delivery.error = DeliveryState.DONE, at, ""
        delivery.save(update_fields=["attempts", "state", "done_at", "due_at", "error"])
    return True


def pause(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 2 s, doubled each time, 15 min at most, +-50 %.

    The jitter keeps apart what failed together.
    """
    longest = min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.5)


_SECRETS = (
    (re.compile(r"(\w+://[^\s:/@]*):[^\s@]+@"), r"\1:***@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+\S+"), r"\1 ***"),
    (re.compile(r"(?i)\b(\w*(?:password|passwd|secret|token|api_?key))(['\"]?\s*[=:]\s*)\S+"),
     r"\1\2***"),
)  # fmt: skip


def shown_error(error: Exception) -> str:
    """What the quarantine shows of a failure: its kind and first line, without secrets or rows.

    PostgreSQL puts the values of the offending row on later lines (DETAIL).
    """
    if isinstance(error, Refusal):
        return f"{error.code}: {error}"[:LONGEST_ERROR]
    line = (str(error).splitlines() or [""])[0]
    for pattern, replacement in _SECRETS:
        line = pattern.sub(replacement, line)
    return f"{type(error).__name__}: {line}"[:LONGEST_ERROR]


def _call(delivery: Delivery) -> None:
    event = delivery.event
    handler = deferred_reactions.get(event.type, {}).get(delivery.handler)
    if handler is None:
        raise LookupError(f"this version of Zhiliu has no handler {delivery.handler}")
    handler(
        DeliveredEvent(
            id=event.id,
            type=event.type,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            subject_number=event.subject_number,
            subject_version=event.subject_version,
            data=event.data,
            actor_id=event.actor_id,
            company_id=event.company_id,
            site_id=event.site_id,
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
            correlation_id=event.correlation_id,
        )
    )


def _note_failure(delivery: Delivery, error: Exception, at: datetime) -> None:
    delivery.error = shown_error(error)
    where = (delivery.event.type, delivery.event_id, delivery.handler, delivery.error)
    if delivery.attempts >= ATTEMPTS:
        delivery.state = DeliveryState.PARKED
        logger.error("parked %s %s for %s: %s", *where)
    else:
        delivery.due_at = at + pause(delivery.attempts)
        logger.warning("will retry %s %s for %s: %s", *where)
