"""A command: one act of one actor, from the edge down to the last row it writes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhiliu.kernel.actor import Actor


class Strength(StrEnum):
    """How sure it is who signs (DESIGN.md section 4.4)."""

    RECORDED = "recorded"
    RE_AUTHENTICATED = "re_authenticated"
    TWO_PERSON = "two_person"


@dataclass(frozen=True)
class Proof:
    """The actor proved his identity again for this very request, as stronger signatures ask.

    `method` says with what: "password" or "totp"; `at` is the server's time.
    """

    method: str
    at: datetime


@dataclass(frozen=True)
class Command:
    """What every operation gets.

    `id` is one posting's identity: moves carry (command id, line). `key` is the caller's
    Idempotency-Key and belongs to (actor, operation). `recorded_at` is the server's time at the
    edge; business time is passed to the operation as `at`. `proof` is there when the request
    carried a secret that was right.
    """

    id: UUID
    operation: str
    actor: Actor
    recorded_at: datetime
    key: str
    reason: str = ""
    correlation_id: UUID | None = None
    causation_id: UUID | None = None
    proof: Proof | None = None


@dataclass(frozen=True)
class Reference:
    """A business record elsewhere, named without a foreign key: kind, id, human number, version."""

    kind: str
    id: UUID
    number: str
    version: int | None = None
    customer_id: UUID | None = None

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}"
