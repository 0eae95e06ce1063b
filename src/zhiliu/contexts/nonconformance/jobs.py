"""Schedules of nonconformance."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.nonconformance.models import Concession
from zhiliu.contexts.nonconformance.operations import end_if_expired
from zhiliu.contexts.nonconformance.states import ConcessionState
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.command import Command
from zhiliu.platform.commands.public import perform
from zhiliu.platform.jobs.schedule import periodic


@periodic("5 * * * *")
def end_expired_concessions(at: datetime) -> None:
    """End concessions whose time is over; the gate refuses their goods from that moment anyway."""
    over = Concession.objects.filter(until__lte=at).exclude(state=ConcessionState.ENDED)
    for concession_id in list(over.order_by("until").values_list("pk", flat=True)):
        _end(concession_id, at)


def _end(concession_id: UUID, due: datetime) -> None:
    def call(command: Command, at: datetime) -> dict[str, Any]:
        end_if_expired(concession_id=concession_id, command=command, at=at)
        return {}

    perform(
        actor=SYSTEM,
        operation="nonconformance.end_concession",
        key=f"{concession_id}:{due.isoformat()}",
        content={},
        call=call,
        recorded_at=due,
        reason="expired",
    )
