"""Endpoint of search: one box for every number, supplier lot, serial and name."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field, StringConstraints

from zhiliu.platform.access.public import search_records
from zhiliu.platform.commands.http import Schema, actor_of, answers

router = Router(tags=["search"])

Sought = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$"), Field(max_length=200)]


class HitOut(Schema):
    """A record that was found; `kind` and `id` say what to open."""

    kind: str
    id: UUID
    number: str
    title: str
    detail: str
    status: str


class HitsOut(Schema):
    """What was found: exact numbers first, then what begins so, then what holds the text."""

    items: list[HitOut]


@router.get("/search", response=answers(HitsOut), operation_id="search")
def search(
    request: HttpRequest, q: Query[Sought], limit: Annotated[int, Query(ge=1, le=50)] = 20
) -> Any:
    """Records of every kind that the caller may see, by a number or name, whole or a piece of it.

    A scanned GS1 code is sought by the lot or serial in it. One query for each kind of record.
    """
    return {
        "items": [HitOut.model_validate(h) for h in search_records(actor_of(request), q, limit)]
    }
