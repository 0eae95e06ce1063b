"""Endpoints of signatures: those of one record, and one with its signed text."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from zhiliu.kernel.command import Strength
from zhiliu.platform.commands.http import Schema, actor_of, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures import queries
from zhiliu.platform.signatures.models import Signature
from zhiliu.platform.signatures.permissions import READ
from zhiliu.platform.signatures.states import Meaning

router = Router(tags=["signatures"])

SIGNATURES = ListQuery(
    filters={"verb": "verb", "signer_id": "signer_id"},
    sorts=("id",),
    types={"signer_id": UUID},
)


class SignatureParameters(SIGNATURES.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the record whose signatures are asked for."""

    record_kind: str = Field(max_length=60)
    record_id: UUID


class SignatureOut(Schema):
    """A signature: who signed which verb on which version of a record, meaning what."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    subject_number: str
    subject_version: int | None
    verb: str
    meaning: Meaning
    strength: Strength
    method: str
    signer_id: UUID
    signer_name: str
    rule: str
    sha256: str
    command_id: UUID
    occurred_at: datetime
    recorded_at: datetime

    @classmethod
    def of(cls, signature: Signature) -> "SignatureOut":
        return cls.model_validate(signature, from_attributes=True)


class SignedTextOut(SignatureOut):
    """A signature with what was signed: `sha256` is the hash of `canonical` (RFC 8785), whose
    content is shown again as `content`."""

    canonical: str
    content: dict[str, Any]

    @classmethod
    def of(cls, signature: Signature) -> "SignedTextOut":
        content = json.loads(signature.canonical)["content"]
        shown = SignatureOut.of(signature).model_dump()
        return cls(**shown, canonical=signature.canonical, content=content)


@router.get("/signatures", response=answers(Page[SignatureOut]), operation_id="list_signatures")
def list_signatures(request: HttpRequest, query: Query[SignatureParameters]) -> Any:
    """The signatures of one record, the oldest first; for whoever may see the record."""
    rows = queries.list_signatures(actor_of(request), query.record_kind, query.record_id)
    return page(request, rows, SIGNATURES, query, SignatureOut)


@router.get(
    "/signatures/{signature_id}", response=answers(SignedTextOut), operation_id="get_signature"
)
def get_signature(request: HttpRequest, signature_id: UUID) -> Any:
    """One signature with its signed text; for whoever may see its record."""
    return SignedTextOut.of(queries.get_signature(reader(request, READ), signature_id))
