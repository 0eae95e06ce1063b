"""Events reach deferred handlers: once in effect, in order per record, parked when hopeless."""

from datetime import timedelta
from unittest import mock
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.support import run
from tests.support_events import LampLit, light

from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.ids import new_id
from zhiliu.platform.access.models import Role
from zhiliu.platform.commands.operations import perform
from zhiliu.platform.evidence.public import record_created
from zhiliu.platform.outbox import deliveries, registry
from zhiliu.platform.outbox.deliveries import deliver_due, dispatch_events, shown_error
from zhiliu.platform.outbox.errors import DeliveryNotFound, DeliveryNotParked
from zhiliu.platform.outbox.models import Delivery, DeliveryState, OutboxEvent
from zhiliu.platform.outbox.operations import retry_delivery

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=1)


def settle(at=None) -> None:
    """Dispatch and deliver until nothing is due at `at`."""
    at = at or server_time()
    while dispatch_events(at) + deliver_due(at):
        pass


def test_an_event_gets_one_delivery_for_each_handler_and_is_dispatched_once(handle):
    seen = []
    handle("tests.first", lambda event: seen.append(("first", event.id)))
    handle("tests.second", lambda event: seen.append(("second", event.id)))
    event = light()
    now = server_time()

    assert dispatch_events(now) >= 1
    assert dispatch_events(now) == 0

    event.refresh_from_db()
    assert event.dispatched_at == now
    rows = Delivery.objects.filter(event=event).order_by("handler")
    assert [(d.handler, d.state) for d in rows] == [
        ("tests.first", "pending"),
        ("tests.second", "pending"),
    ]
    settle()
    assert sorted(seen) == [("first", event.id), ("second", event.id)]


def test_an_event_without_handlers_is_dispatched_and_has_no_delivery(handle):
    event = light()

    settle()

    event.refresh_from_db()
    assert event.dispatched_at is not None
    assert not Delivery.objects.filter(event=event).exists()


def test_a_handler_gets_the_event_as_it_was_recorded(handle):
    got = []
    handle("tests.mail", got.append)
    company, site = uuid4(), uuid4()
    event = light(version=7, colour="红𠮷", company_id=company, site_id=site)

    settle()

    (delivered,) = got
    assert delivered.id == event.id
    assert delivered.type == "tests.lamp_lit.v1"
    assert (delivered.subject_kind, delivered.subject_version) == ("tests.lamp", 7)
    assert delivered.data == {"colour": "红𠮷"}
    assert (delivered.company_id, delivered.site_id) == (company, site)
    assert delivered.actor_id == SYSTEM.id
    assert delivered.correlation_id == event.correlation_id


def add_role(event, handler="tests.mail"):
    """What a handler does that performs a command: one role a event, however often it is called."""
    perform(
        actor=SYSTEM,
        operation="tests.add_role",
        key=event.key(handler),
        content={},
        call=lambda command, at: str(
            record_created(Role(code=f"r{event.id.hex}", name_en="a", name_zh="b"), command).pk
        ),
        recorded_at=server_time(),
    )


def test_a_handler_may_perform_a_command_and_twice_is_once(handle):
    handle("tests.mail", add_role)
    event = light()
    settle()
    delivery = Delivery.objects.get(event=event)
    assert delivery.state == DeliveryState.DONE

    # as if the process had died after the commit of the effect alone
    Delivery.objects.filter(pk=delivery.pk).update(state="pending", done_at=None)
    settle()

    assert Delivery.objects.get(event=event).state == DeliveryState.DONE
    assert Role.objects.filter(code=f"r{event.id.hex}").count() == 1


def test_a_failure_undoes_the_effect_keeps_the_error_and_waits_longer_each_time(handle):
    def fail(event):
        add_role(event)
        raise RuntimeError("the printer is on fire")

    handle("tests.mail", fail)
    event = light()
    now = server_time()
    waits = []
    for attempt in range(1, 5):
        settle(now)
        delivery = Delivery.objects.get(event=event)
        assert (delivery.state, delivery.attempts) == ("pending", attempt)
        assert delivery.error == "RuntimeError: the printer is on fire"
        waits.append(delivery.due_at - now)
        now = delivery.due_at

    assert not Role.objects.filter(code=f"r{event.id.hex}").exists()
    for attempt, wait in enumerate(waits):
        middle = timedelta(seconds=2) * 2**attempt
        assert middle * 0.5 <= wait <= middle * 1.5


def test_after_its_last_attempt_a_delivery_is_parked_and_not_tried_again(handle):
    calls = []

    def fail(event):
        calls.append(event.id)
        raise RuntimeError("no")

    handle("tests.mail", fail)
    event = light()
    now = server_time()
    for _ in range(deliveries.ATTEMPTS + 3):
        settle(now)
        now += LATER

    assert len(calls) == deliveries.ATTEMPTS
    assert Delivery.objects.get(event=event).state == DeliveryState.PARKED


def test_a_failing_event_holds_back_its_record_for_its_handler_only(handle):
    lamp, other = uuid4(), uuid4()
    done = []

    def mail(event):
        if (event.subject_id, event.subject_version) == (lamp, 1) and not mended:
            raise RuntimeError("no")
        done.append(("mail", event.subject_id, event.subject_version))

    mended = []
    handle("tests.mail", mail)
    handle("tests.score", lambda e: done.append(("score", e.subject_id, e.subject_version)))
    light(lamp, 1)
    light(lamp, 2)
    light(other, 1)
    now = server_time()

    settle(now)
    assert sorted(done, key=str) == sorted(
        [("score", lamp, 1), ("score", lamp, 2), ("score", other, 1), ("mail", other, 1)], key=str
    )

    for _ in range(deliveries.ATTEMPTS):
        now += LATER
        settle(now)
    parked = Delivery.objects.get(state="parked")
    assert ("mail", lamp, 2) not in done

    mended.append(True)
    run(lambda c, at: retry_delivery(delivery_id=parked.pk, command=c, at=at))
    settle(now)
    assert done[-2:] == [("mail", lamp, 1), ("mail", lamp, 2)]


def test_events_of_one_record_come_by_version_then_id_whatever_order_they_were_written(handle):
    lamp = uuid4()
    seen = []
    handle("tests.mail", lambda e: seen.append((e.subject_version, e.id)))
    events = [light(lamp, version) for version in (3, 1, None, 2, 2)]

    settle()

    expected = sorted(events, key=lambda e: (e.subject_version or 0, e.id))
    assert seen == [(e.subject_version, e.id) for e in expected]


def test_one_look_delivers_all_that_waits_of_one_record(handle, monkeypatch):
    """Else a backlog on a few records would be read anew for each of its deliveries."""
    lamp = uuid4()
    seen = []
    handle("tests.mail", lambda e: seen.append(e.subject_version))
    looks = mock.Mock(wraps=deliveries.list_due)
    monkeypatch.setattr(deliveries, "list_due", looks)
    for version in range(1, 6):
        light(lamp, version)
    dispatch_events(server_time())

    assert deliver_due(server_time()) == 5

    assert (seen, looks.call_count) == ([1, 2, 3, 4, 5], 1)


def test_an_earlier_event_that_is_being_dispatched_elsewhere_holds_back_a_later_one(handle):
    lamp = uuid4()
    seen = []
    handle("tests.mail", lambda e: seen.append(e.subject_version))
    light(lamp, 2)
    dispatch_events(server_time())
    light(lamp, 1)  # not dispatched yet

    assert deliver_due(server_time()) == 0
    settle()

    assert seen == [1, 2]


def test_a_handler_that_this_version_does_not_have_is_retried_then_parked(handle):
    handle("tests.mail", lambda event: None)
    event = light()
    dispatch_events(server_time())
    registry.deferred_reactions[LampLit.type].clear()

    deliver_due(server_time())

    delivery = Delivery.objects.get(event=event)
    assert delivery.state == DeliveryState.PENDING
    assert "has no handler tests.mail" in delivery.error


def test_a_statement_that_the_database_refuses_in_a_handler_is_a_failure_like_any_other(handle):
    def fail(event):
        with connection.cursor() as cursor:
            cursor.execute("select 1/0")

    handle("tests.mail", fail)
    event = light()

    settle()

    assert Delivery.objects.get(event=event).error == "DataError: division by zero"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (
            "connect to postgresql://app:hunter2@db/x failed",
            "connect to postgresql://app:***@db/x failed",
        ),
        ("401 for Authorization: Bearer eyJhbGci.x", "401 for Authorization: Bearer ***"),
        ("login failed: password=hunter2 user=x", "login failed: password=*** user=x"),
        ('{"api_key": "abc", "n": 1}', '{"api_key": *** "n": 1}'),
        ("first line\nDETAIL: Key (email)=(a@b.c)", "first line"),
    ],
)
def test_the_shown_error_has_no_secrets_and_no_rows(message, shown):
    assert shown_error(RuntimeError(message)) == f"RuntimeError: {shown}"


def test_a_refusal_is_shown_by_its_code_and_sentence():
    assert shown_error(DeliveryNotFound(delivery="D")).startswith(
        "outbox.delivery_not_found: There is no delivery D."
    )


def test_a_handler_is_registered_once_and_its_name_fits_the_idempotency_key(monkeypatch):
    monkeypatch.setitem(registry.deferred_reactions, LampLit.type, {})

    @registry.deferred(LampLit)
    def mail(event):
        """One."""

    assert list(registry.deferred_reactions[LampLit.type]) == ["test_deliveries.mail"]
    with pytest.raises(ValueError, match="registered twice"):

        @registry.deferred(LampLit)
        def mail(event):
            """Another of the same name."""

    def long(event):
        """Its name is too long."""

    long.__name__ = "x" * 60
    with pytest.raises(ValueError, match="longer than 60"):
        registry.deferred(LampLit)(long)


def test_retrying_records_who_and_why_and_starts_all_attempts_anew(handle):
    handle("tests.mail", lambda event: None)
    company = uuid4()
    event = light(company_id=company)
    dispatch_events(server_time())
    Delivery.objects.filter(event=event).update(state="parked", attempts=10, error="E: x")
    delivery = Delivery.objects.get(event=event)

    run(
        lambda c, at: retry_delivery(delivery_id=delivery.pk, command=c, at=at),
        reason="mail server is back",
    )

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("pending", 0, "")
    fact = OutboxEvent.objects.get(subject_id=delivery.pk)
    assert (fact.type, fact.reason) == ("outbox.delivery_retried.v1", "mail server is back")
    assert fact.company_id == company
    assert fact.data == {
        "handler": "tests.mail",
        "event_id": str(event.pk),
        "event_type": "tests.lamp_lit.v1",
        "attempts": 10,
        "error": "E: x",
    }


def test_only_a_parked_delivery_is_retried_and_a_refusal_changes_nothing(handle):
    handle("tests.mail", lambda event: None)
    event = light()
    dispatch_events(server_time())
    delivery = Delivery.objects.get(event=event)
    facts = OutboxEvent.objects.count()

    with pytest.raises(DeliveryNotParked) as refused:
        run(lambda c, at: retry_delivery(delivery_id=delivery.pk, command=c, at=at))
    with pytest.raises(DeliveryNotFound):
        run(lambda c, at: retry_delivery(delivery_id=new_id(), command=c, at=at))

    assert refused.value.data() == {
        "handler": "tests.mail",
        "subject": "LAMP-1",
        "state": "pending",
    }
    assert OutboxEvent.objects.count() == facts


@pytest.mark.parametrize(
    "change",
    [
        "dispatched_at = null",
        "dispatched_at = now()",
        "data = '{}'",
        "dispatched_at = now(), type = 'x'",
    ],
)
def test_a_dispatched_event_never_changes_again(handle, change):
    event = light()
    settle()

    statement = f"update outbox_outboxevent set {change} where id = %s"  # noqa: S608
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [event.pk])

    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
