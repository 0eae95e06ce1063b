"""Events and the quarantine through HTTP."""

from uuid import uuid4

import pytest
from tests.support import NOBODY, caller
from tests.support_events import LampLit, light

from zhiliu.kernel.actor import Scope
from zhiliu.kernel.clock import server_time
from zhiliu.platform.outbox.deliveries import deliver_due, dispatch_events
from zhiliu.platform.outbox.models import Delivery, OutboxEvent
from zhiliu.platform.outbox.registry import deferred_reactions

pytestmark = pytest.mark.django_db


@pytest.fixture
def parked(monkeypatch):
    """A function that makes a parked delivery of an event with the given company and site."""
    monkeypatch.setitem(deferred_reactions, LampLit.type, {"tests.mail": lambda event: None})

    def park(**where):
        event = light(**where)
        dispatch_events(server_time())
        row = Delivery.objects.filter(event=event)
        row.update(state="parked", attempts=10, error="RuntimeError: no")
        return row.get()

    return park


def ids(answer):
    return [row["id"] for row in answer["items"]]


def test_events_are_listed_and_filtered_by_type_subject_and_correlation():
    first, second = light(colour="红"), light()
    reader = caller("outbox.read")

    (row,) = reader.get(f"/events?record_id={first.subject_id}")["items"]

    assert row["id"] == str(first.pk)
    assert row["data"] == {"colour": "红"}
    assert row["subject_version"] == 1
    assert ids(reader.get(f"/events?correlation_id={second.correlation_id}")) == [str(second.pk)]
    assert ids(reader.get("/events?type=tests.lamp_lit.v1&sort=-id&limit=2")) == [
        str(second.pk),
        str(first.pk),
    ]
    assert ids(reader.get("/events?type=tests.nothing.v1")) == []


def test_events_and_quarantine_show_only_what_lies_in_the_callers_scopes(parked):
    company, site = uuid4(), uuid4()
    here = parked(company_id=company, site_id=site)
    beside = parked(company_id=company, site_id=uuid4())
    nowhere = parked()

    by_site = caller("outbox.read", scope=Scope(site_id=site))
    by_company = caller("outbox.read", scope=Scope(company_id=company))
    by_supplier = caller("outbox.read", scope=Scope(supplier_id=uuid4()))

    for path, row in (("/parked-deliveries", lambda d: d.pk), ("/events", lambda d: d.event_id)):
        assert ids(by_site.get(path)) == [str(row(here))]
        assert ids(by_company.get(path)) == [str(row(here)), str(row(beside))]
        assert ids(by_supplier.get(path)) == []
        assert str(row(nowhere)) in ids(caller("outbox.read").get(path))


def test_one_click_retries_a_parked_delivery_once(parked):
    delivery = parked()
    clerk = caller("outbox.read", "outbox.retry")
    (row,) = clerk.get("/parked-deliveries")["items"]
    assert (row["handler"], row["error"], row["attempts"]) == ("tests.mail", "RuntimeError: no", 10)
    path, body = f"/parked-deliveries/{row['id']}/retry", {"reason": "mended"}

    first = clerk.send("POST", path, body, key="k1")
    again = clerk.send("POST", path, body, key="k1")
    other = clerk.send("POST", path, body, key="k2")

    assert first.status_code == 200, first.content
    assert (first.json()["state"], first.json()["attempts"]) == ("pending", 0)
    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (409, "outbox.delivery_not_parked")
    assert clerk.get("/parked-deliveries")["items"] == []
    fact = OutboxEvent.objects.get(type="outbox.delivery_retried.v1")
    assert (fact.subject_id, fact.reason, fact.actor_id) == (delivery.pk, "mended", clerk.user_id)
    deliver_due(server_time())
    delivery.refresh_from_db()
    assert delivery.state == "done"


def test_four_kinds_of_caller(parked):
    company = uuid4()
    path = f"/parked-deliveries/{parked(company_id=company).pk}/retry"

    for get in ("/events", "/parked-deliveries"):
        assert NOBODY.send("GET", get).status_code == 401
        assert caller("outbox.retry").send("GET", get).status_code == 403
        assert caller("outbox.read").send("GET", get).status_code == 200
    assert NOBODY.send("POST", path, {}).status_code == 401
    assert caller("outbox.read").send("POST", path, {}).status_code == 403
    others = caller("outbox.retry", scope=Scope(company_id=uuid4())).send("POST", path, {})
    assert (others.status_code, others.json()["code"]) == (404, "outbox.delivery_not_found")
    unknown = caller("outbox.retry").send("POST", f"/parked-deliveries/{uuid4()}/retry", {})
    assert unknown.status_code == 404
    assert Delivery.objects.get().state == "parked"
    own = caller("outbox.retry", scope=Scope(company_id=company)).send("POST", path, {})
    assert own.status_code == 200


@pytest.mark.parametrize("path", ["/events", "/parked-deliveries"])
def test_a_list_asks_the_database_the_same_number_of_times_for_many_rows(
    parked, path, django_assert_num_queries
):
    reader = caller("outbox.read")
    parked()
    reader.get(path)  # who is calling is remembered from now on

    with django_assert_num_queries(1):
        reader.get(path)
    for _ in range(5):
        parked()
    with django_assert_num_queries(1):
        assert len(reader.get(path)["items"]) >= 6


def test_events_are_found_by_kind_number_actor_command_and_time():
    event, reader = light(), caller("outbox.read")
    other = light()
    moment = event.recorded_at.isoformat().replace("+00:00", "Z")

    def found(query):
        return ids(reader.get(f"/events?type=tests.lamp_lit.v1&{query}"))

    both = [str(event.pk), str(other.pk)]
    assert found(f"record_kind={event.subject_kind}") == both
    assert found("record_kind=tests.nothing") == []
    assert str(event.pk) in found(f"record_number={event.subject_number}")
    assert found(f"command_id={event.command_id}") == [str(event.pk)]
    assert found(f"actor_id={event.actor_id}") == both
    assert found(f"actor_id={uuid4()}") == []
    assert str(event.pk) in found(f"recorded_from={moment}")
    assert found("recorded_before=2020-01-01T00:00:00Z") == []
    assert reader.send("GET", "/events?recorded_from=yesterday").status_code == 422


def test_four_kinds_of_caller_retry_several(parked):
    here, beside, site = parked(site_id=uuid4()), parked(), uuid4()
    body = {"delivery_ids": [str(here.pk), str(beside.pk)]}
    path = "/parked-deliveries/retry"

    assert NOBODY.send("POST", path, body).status_code == 401
    assert caller("outbox.read").send("POST", path, body).status_code == 403
    stranger = caller("outbox.retry", scope=Scope(site_id=site)).send("POST", path, body)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "outbox.delivery_not_found")
    by_site = caller("outbox.retry", scope=Scope(site_id=here.event.site_id))
    assert by_site.send("POST", path, body).status_code == 404
    assert set(Delivery.objects.values_list("state", flat=True)) == {"parked"}

    retried = caller("outbox.retry").post(path, delivery_ids=body["delivery_ids"])

    assert sorted(ids(retried)) == sorted(body["delivery_ids"])
    assert set(Delivery.objects.values_list("state", flat=True)) == {"pending"}
    assert OutboxEvent.objects.filter(type="outbox.delivery_retried.v1").count() == 2
    again = caller("outbox.retry").post(path, delivery_ids=body["delivery_ids"])
    assert again["items"] == []  # nothing is parked any more
    assert caller("outbox.retry").send("POST", path, {"delivery_ids": []}).status_code == 422
