"""One row of a source is one command of the actor `import`, with a key of its own.

What is disposed of is a command of its review board: who inspected may not dispose.

So an import or replay that stops half-way goes on where it stopped, and a second run changes
nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.connectors.errors import SourceChanged, SourceUnreadable
from zhiliu.kernel.actor import IMPORT, IMPORT_BOARD, Actor
from zhiliu.kernel.command import Command
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.errors import Busy, KeyReused
from zhiliu.platform.commands.public import DoneBefore, perform

REASON = "AdventureWorks"
PREFIX = "adventureworks:"

Call = Callable[[Command, datetime], Any]
Clock = Callable[[], datetime]


class Performer:
    """Performs each command of an import once; what was done before is read in one query."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._before = {actor: DoneBefore(actor, PREFIX) for actor in (IMPORT, IMPORT_BOARD)}

    def once(
        self,
        operation: str,
        key: str,
        content: Mapping[str, Any],
        call: Call,
        *,
        at: datetime | None = None,
        actor: Actor = IMPORT,
    ) -> Any:
        """Perform `call` once for `key`, at business time `at`, else now; give back its answer.

        Raises what the operation refuses, and KeyReused when the source's row has changed since.
        """
        answer = self._before[actor].answer(operation, PREFIX + key, content) or perform(
            actor=actor,
            operation=operation,
            key=PREFIX + key,
            content=content,
            call=call,
            recorded_at=self._clock(),
            occurred_at=at and at.astimezone(UTC),
            reason=REASON,
        )
        return json.loads(answer.text)

    def once_for_id(self, operation: str, key: str, content: Mapping[str, Any], call: Call) -> UUID:
        """Like `once`, for an operation that gives back one row: the row's id."""
        answer = self.once(
            operation, key, content, lambda command, at: {"id": call(command, at).pk}
        )
        return UUID(answer["id"])


@contextmanager
def row_of(table: str, row: int) -> Iterator[None]:
    """Name the file and row whose act is refused."""
    try:
        yield
    except Busy:
        raise  # nothing is wrong with the row
    except KeyReused as refusal:
        raise SourceChanged(f"{table}.csv", row, refusal.field) from refusal
    except Refusal as refusal:
        raise SourceUnreadable(
            f"{table}.csv",
            row,
            refusal.sentence("en").removesuffix("."),
            refusal.sentence("zh").removesuffix("。"),
        ) from refusal
