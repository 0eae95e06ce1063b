"""A verdict that the rule table wants signed again, over HTTP: with the secret, without, wrong."""

import copy
import json
import logging
from uuid import uuid4

import pytest
from django.core.cache import cache
from tests.support import caller, person

from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.inspections.tests.conftest import inspection_of, record
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.rules.models import RuleVersion
from zhiliu.platform.rules.public import all_tables, forget_decisions
from zhiliu.platform.signatures.models import Signature

pytestmark = pytest.mark.django_db

ACCEPT = "inspections.accept"
TABLE = "signatures.signing_strength"


@pytest.fixture(autouse=True)
def strict():
    """A second version of the table: whoever accepts proves his identity again."""
    cache.clear()
    (built_in,) = (t.built_in for t in all_tables() if t.code == TABLE)
    content = copy.deepcopy(built_in.content)
    (table,) = (n for n in content["nodes"] if n["type"] == "decisionTableNode")
    (row,) = (r for r in table["content"]["rules"] if r["_id"] == "inspection-release")
    row["strength"] = "'re_authenticated'"
    RuleVersion.objects.create(
        code=TABLE,
        version=2,
        content=content,
        sha256="0" * 64,
        state="enforced",
        valid_from=server_time(),
    )
    forget_decisions()
    yield
    forget_decisions()
    cache.clear()


@pytest.fixture
def inspection(dock):
    """An inspection of 100 of which 20 were inspected and are good."""
    (lot,) = dock.arrive(100)
    found = inspection_of(lot)
    record(found.pk, 20)
    return found


def accept(who, inspection, *, key=None, **body):
    answer = who.send("POST", f"/inspections/{inspection.pk}/accept", body, key=key)
    return answer.status_code, answer.json()


def unchanged(inspection):
    return (
        Inspection.objects.get(pk=inspection.pk).state == "open"
        and not Signature.objects.exists()
        and not Lot.objects.filter(status="released").exists()
    )


def test_without_the_secret_the_refusal_says_what_to_send(inspection):
    who = person(ACCEPT)

    status, said = accept(who, inspection)

    assert (status, said["code"]) == (403, "signatures.secret_needed")
    assert inspection.number in said["detail"] and "`secret`" in said["remedy"]
    assert unchanged(inspection)


def test_with_the_secret_it_is_signed_by_the_version_that_asks_for_it(inspection):
    who = person(ACCEPT)

    status, said = accept(who, inspection, secret=who.password)

    assert (status, said["state"]) == (200, "accepted")
    signature = Signature.objects.get()
    assert (signature.strength, signature.method, signature.rule) == (
        "re_authenticated",
        "password",
        f"{TABLE}@2#inspection-release",
    )
    assert signature.signer_id == who.user_id


def test_a_wrong_secret_changes_nothing(inspection):
    who = person(ACCEPT)

    status, said = accept(who, inspection, secret="guessed")

    assert (status, said["code"]) == (403, "access.wrong_secret")
    assert unchanged(inspection)


def test_guessing_is_throttled(inspection):
    who = person(ACCEPT)
    for _ in range(5):
        accept(who, inspection, secret="guessed")

    status, said = accept(who, inspection, secret=who.password)

    assert (status, said["code"]) == (429, "access.too_many_secrets")
    assert unchanged(inspection)


def test_a_token_cannot_prove_who_a_person_is(inspection):
    who = person(ACCEPT)
    machine = caller(ACCEPT)

    refused = accept(machine, inspection, secret=who.password)
    unsigned = accept(machine, inspection)

    assert (refused[0], refused[1]["code"]) == (403, "access.session_needed")
    assert (unsigned[0], unsigned[1]["code"]) == (403, "signatures.secret_needed")
    assert unchanged(inspection)


def test_who_may_not_accept_is_not_asked_for_a_secret(inspection):
    stranger = person("inspections.read")
    elsewhere = person(ACCEPT, scope=Scope(site_id=uuid4()))

    assert accept(stranger, inspection, secret="guessed")[1]["code"] == "access.not_permitted"
    assert accept(elsewhere, inspection, secret=elsewhere.password)[0] == 404
    assert unchanged(inspection)


def test_the_secret_is_kept_nowhere(inspection, caplog):
    who = person(ACCEPT)
    with caplog.at_level(logging.DEBUG):
        accept(who, inspection, secret="a wrong one")
        accept(who, inspection, secret=who.password)

    rows = [
        row
        for model in (DoneCommand, AuditEntry, OutboxEvent, Signature)
        for row in model.objects.values()
    ]
    kept = json.dumps(rows, default=str) + caplog.text
    assert who.password not in kept and "a wrong one" not in kept
    assert "secret" not in DoneCommand.objects.get(operation=ACCEPT).content


def test_a_repeat_needs_no_secret_and_another_secret_is_no_other_content(inspection):
    who, key = person(ACCEPT), str(uuid4())
    first = accept(who, inspection, key=key, secret=who.password)
    before = AuditEntry.objects.count()

    repeats = [
        accept(who, inspection, key=key),
        accept(who, inspection, key=key, secret=who.password),
        accept(who, inspection, key=key, secret="forgotten since"),
    ]

    assert repeats == [first, first, first]
    assert (Signature.objects.count(), AuditEntry.objects.count()) == (1, before)


def test_an_unneeded_secret_must_be_right_all_the_same(inspection):
    who = person("inspections.not_accept")
    address = f"/inspections/{inspection.pk}/not-accept"

    wrong = who.send("POST", address, {"reason": "rust", "secret": "guessed"})
    right = who.send("POST", address, {"reason": "rust", "secret": who.password})

    assert (wrong.status_code, right.status_code) == (403, 200)
    signature = Signature.objects.get()
    assert (signature.strength, signature.method) == ("recorded", "password")


@pytest.mark.parametrize("secret", ["", "x" * 201, 5])
def test_a_secret_of_another_shape_is_an_invalid_payload(inspection, secret):
    status, said = accept(person(ACCEPT), inspection, secret=secret)

    assert (status, said["code"]) == (422, "commands.invalid_payload")
    assert "x" * 201 not in json.dumps(said)


def test_the_signatures_of_a_record_are_for_whoever_may_see_it(inspection, plant):
    who = person(ACCEPT)
    accept(who, inspection, secret=who.password)
    (signature,) = Signature.objects.all()
    both = ("signatures.read", "inspections.read")
    of_record = f"/signatures?record_kind=inspections.inspection&record_id={inspection.pk}"
    one = f"/signatures/{signature.pk}"

    assert caller("inspections.read").get(of_record)["items"]
    assert caller("inspections.read").send("GET", one).status_code == 403
    for address in (of_record, one):
        # without the right to see the inspection there is no such inspection
        assert caller("signatures.read").send("GET", address).status_code == 404
        elsewhere = caller(*both, scope=Scope(site_id=uuid4()))
        assert elsewhere.send("GET", address).status_code == 404
    reader = caller(*both, scope=Scope(site_id=plant.site))
    (listed,) = reader.get(of_record)["items"]
    shown = reader.get(one)

    assert listed["id"] == shown["id"] == str(signature.pk)
    assert shown["canonical"] == signature.canonical
    assert shown["content"]["lots"][0]["is_accepted"] is True
    assert reader.get(f"{of_record}&verb=judge")["items"] == []


def test_signatures_of_what_does_not_exist_are_refused():
    reader = caller("signatures.read", "inspections.read")

    unknown = reader.send("GET", f"/signatures/{uuid4()}")
    kind = reader.send("GET", f"/signatures?record_kind=tests.nothing&record_id={uuid4()}")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "signatures.not_found")
    assert (kind.status_code, kind.json()["code"]) == (400, "access.unknown_kind")
