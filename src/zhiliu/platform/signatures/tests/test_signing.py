"""Signing: the strength that the verb asks, one row with a canonical text, or a refusal."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
import rfc8785
from tests.support import run

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Proof, Reference, Strength
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.signatures import strength
from zhiliu.platform.signatures.errors import (
    FirstSignatureMissing,
    SamePerson,
    SecretNeeded,
    StrengthUnknown,
)
from zhiliu.platform.signatures.models import Signature
from zhiliu.platform.signatures.operations import sign
from zhiliu.platform.signatures.states import Meaning
from zhiliu.platform.signatures.strength import Asked

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LI = Actor(uuid4(), "李娜", {"tests.run": ()})
WANG = Actor(uuid4(), "王强", {"tests.run": ()})
PROOF = Proof("password", AT)


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """Verbs named after the strength that they ask."""

    def ask(*, kind, verb, facts):
        return Asked(Strength(verb), Meaning.APPROVE, f"tests.strength@1#{verb}")

    monkeypatch.setattr(strength, "_asked", [ask])


def record(version=3):
    return Reference("tests.record", new_id(), "T-001", version)


def signed(subject, verb, actor, proof=None, content=None):
    """Sign as `actor`, in a command of its own; returns the strength."""

    def act(command, at):
        command = replace(command, actor=actor, proof=proof)
        return sign(subject=subject, verb=verb, content=content or {}, command=command, at=AT)

    return run(act)


def test_a_signature_is_one_row_with_the_hash_of_its_canonical_text():
    subject = record()

    found = signed(
        subject, "recorded", LI, content={"n": Decimal("5.50"), "note": None, "ok": True}
    )

    assert found is Strength.RECORDED
    (row,) = Signature.objects.all()
    assert json.loads(row.canonical) == {
        "subject": {
            "kind": "tests.record",
            "id": str(subject.id),
            "number": "T-001",
            "version": 3,
        },
        "verb": "recorded",
        "meaning": "approve",
        "content": {"n": "5.5", "note": None, "ok": True},
        "signer": {"id": str(LI.id), "name": "李娜"},
        "signed_at": "2026-03-02T09:00:00+00:00",
    }
    assert row.canonical == rfc8785.dumps(json.loads(row.canonical)).decode()
    assert row.sha256 == hashlib.sha256(row.canonical.encode()).hexdigest()
    assert (row.strength, row.method, row.rule) == (
        "recorded",
        "sign_in",
        "tests.strength@1#recorded",
    )
    assert (row.subject_version, row.signer_id, row.occurred_at) == (3, LI.id, AT)


def test_signing_reads_nothing_and_its_row_goes_out_with_the_others(django_assert_num_queries):
    def act(command, at):
        with django_assert_num_queries(0):
            sign(subject=record(), verb="recorded", content={}, command=command, at=AT)
        with django_assert_num_queries(1):
            flush()

    run(act)


@pytest.mark.parametrize("verb", ["re_authenticated", "two_person"])
def test_a_stronger_verb_needs_a_proof_of_this_very_request(verb):
    with pytest.raises(SecretNeeded) as caught:
        signed(record(), verb, LI)

    assert "`secret`" in caught.value.remedy("en")
    assert not Signature.objects.exists()


def test_a_proof_is_kept_by_its_method():
    signed(record(), "re_authenticated", LI, Proof("totp", AT))

    assert Signature.objects.get().method == "totp"


def test_two_people_sign_what_needs_two():
    subject = record()
    signed(subject, "recorded", LI)

    assert signed(subject, "two_person", WANG, PROOF) is Strength.TWO_PERSON
    assert [s.signer_name for s in Signature.objects.order_by("id")] == ["李娜", "王强"]


def test_the_same_person_twice_is_not_two_people():
    subject = record()
    signed(subject, "recorded", LI)

    with pytest.raises(SamePerson) as caught:
        signed(subject, "two_person", LI, PROOF)

    assert "李娜" in caught.value.sentence("en")
    assert Signature.objects.count() == 1


def test_a_second_signature_needs_a_first_one_of_the_same_record():
    signed(record(), "recorded", LI)

    with pytest.raises(FirstSignatureMissing):
        signed(record(), "two_person", WANG, PROOF)


def test_the_first_signature_may_be_of_the_same_command():
    subject = record()

    def act(command, at):
        for actor, verb in ((LI, "recorded"), (WANG, "two_person")):
            by = replace(command, actor=actor, proof=PROOF)
            sign(subject=subject, verb=verb, content={}, command=by, at=AT)

    run(act)

    assert Signature.objects.count() == 2


def test_nothing_is_signed_when_nobody_says_how_strongly(monkeypatch):
    monkeypatch.setattr(strength, "_asked", [])

    with pytest.raises(StrengthUnknown):
        signed(record(), "recorded", LI)
