"""Signing a verb on a record."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhiliu.kernel.command import Command, Reference, Strength
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import current, flush
from zhiliu.platform.signatures.canonical import canonical_text
from zhiliu.platform.signatures.errors import (
    FirstSignatureMissing,
    SamePerson,
    SecretNeeded,
    StrengthUnknown,
)
from zhiliu.platform.signatures.models import Signature
from zhiliu.platform.signatures.strength import strength_of

BY_SIGN_IN = "sign_in"  # the method of who was asked for nothing beyond being signed in


def sign(
    *,
    subject: Reference,
    verb: str,
    content: Mapping[str, Any],
    command: Command,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Strength:
    """Sign `verb` on the record `subject`, at the version that the act makes of it.

    `content` is the record as shown to the signer; what of it bears the name of a column of the
    record is held against its audit entries by `zhiliu check` (I14), so give each such value as the
    column holds it. `facts` are further inputs of the rule table `signatures.signing_strength`.
    Queues one row and reads nothing, but for a verb of two people, who are looked up. Raises
    SecretNeeded, SamePerson, FirstSignatureMissing, StrengthUnknown and the table's own refusal.
    """
    record = subject.number
    asked = strength_of(subject.kind, verb, facts or {})
    if asked is None:
        raise StrengthUnknown(record=record, verb=verb)
    if asked.strength is not Strength.RECORDED and command.proof is None:
        raise SecretNeeded(record=record, verb=verb)
    if asked.strength is Strength.TWO_PERSON:
        _check_two_people(subject, verb, command)
    canonical = canonical_text(
        {
            "subject": {
                "kind": subject.kind,
                "id": subject.id,
                "number": subject.number,
                "version": subject.version,
            },
            "verb": verb,
            "meaning": asked.meaning,
            "content": dict(content),
            "signer": {"id": command.actor.id, "name": command.actor.name},
            "signed_at": at,
        }
    )
    current().insert_values(
        Signature,
        id=new_id(),
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_number=subject.number,
        subject_version=subject.version,
        verb=verb,
        meaning=str(asked.meaning),
        strength=str(asked.strength),
        method=command.proof.method if command.proof else BY_SIGN_IN,
        signer_id=command.actor.id,
        signer_name=command.actor.name,
        canonical=canonical.decode(),
        sha256=hashlib.sha256(canonical).hexdigest(),
        rule=asked.rule,
        command_id=command.id,
        occurred_at=at,
    )
    return asked.strength


def _check_two_people(subject: Reference, verb: str, command: Command) -> None:
    """Somebody else has signed this record before, and this person has not."""
    flush()
    earlier = Signature.objects.filter(subject_id=subject.id, subject_kind=subject.kind)
    signers = set(earlier.values_list("signer_id", flat=True))
    if command.actor.id in signers:
        raise SamePerson(record=subject.number, verb=verb, signer=command.actor.name)
    if not signers:
        raise FirstSignatureMissing(record=subject.number, verb=verb)
