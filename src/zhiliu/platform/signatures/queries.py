"""Reads of signatures: who may see a record may see its signatures."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhiliu.kernel.actor import Actor
from zhiliu.platform.access.public import find_record
from zhiliu.platform.signatures.errors import NotFound
from zhiliu.platform.signatures.models import Signature


def list_signatures(actor: Actor, kind: str, record_id: UUID) -> QuerySet[Signature]:
    """The signatures of a record that the actor may see; raises what its context refuses."""
    find_record(actor, kind, record_id)
    return Signature.objects.filter(subject_kind=kind, subject_id=record_id)


def signatures_shown(kind: str, *record_ids: UUID) -> list[dict[str, Any]]:
    """The signatures of records of a kind as prints show them, the oldest first.

    record (its number), act (the verb), meaning, name, at, strength and sha256; whoever prints has
    asked who may.
    """
    rows = Signature.objects.filter(subject_kind=kind, subject_id__in=record_ids).order_by("id")
    return [
        {
            "record": row.subject_number,
            "act": row.verb,
            "meaning": row.meaning,
            "name": row.signer_name,
            "at": row.occurred_at,
            "strength": row.strength,
            "sha256": row.sha256,
        }
        for row in rows
    ]


def get_signature(actor: Actor, signature_id: UUID) -> Signature:
    """One signature of a record that the actor may see; raises NotFound and what the record's
    context refuses."""
    found = Signature.objects.filter(pk=signature_id).first()
    if found is None:
        raise NotFound(given=str(signature_id))
    find_record(actor, found.subject_kind, found.subject_id)
    return found
