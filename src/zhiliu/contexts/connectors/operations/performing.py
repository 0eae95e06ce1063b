"""One row of a source is one command of the actor `import`, with a key of its own.

So an import or replay that stops half-way goes on where it stopped, and a second run changes
nothing.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.kernel.actor import IMPORT
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Command
from zhiliu.platform.commands.public import perform

REASON = "AdventureWorks"


def once(
    operation: str,
    key: str,
    content: Mapping[str, Any],
    call: Callable[[Command, datetime], Any],
    *,
    at: datetime | None = None,
) -> Any:
    """Perform `call` once for `key` and give back its answer, also when it was done before.

    Raises what the operation refuses, and KeyReused when the source's row has changed since.
    """
    answer = perform(
        actor=IMPORT,
        operation=operation,
        key=f"adventureworks:{key}",
        content=content,
        call=call,
        recorded_at=server_time(),
        occurred_at=at,
        reason=REASON,
    )
    return json.loads(answer.text)


def once_for_id(
    operation: str,
    key: str,
    content: Mapping[str, Any],
    call: Callable[[Command, datetime], Any],
    *,
    at: datetime | None = None,
) -> UUID:
    """Like `once`, for an operation that gives back one row: the row's id."""
    answer = once(
        operation, key, content, lambda command, moment: {"id": call(command, moment).pk}, at=at
    )
    return UUID(answer["id"])
