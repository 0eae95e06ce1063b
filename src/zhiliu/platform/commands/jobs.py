"""The check of all invariants: every night, and when somebody asks."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Command
from zhiliu.platform.commands.checking import ask_for_check, end_check, start_check
from zhiliu.platform.commands.operations import perform
from zhiliu.platform.commands.permissions import CHECK
from zhiliu.platform.database import execute
from zhiliu.platform.evidence.errors import CheckRunning
from zhiliu.platform.evidence.public import CheckRun, look_at_invariants
from zhiliu.platform.jobs.schedule import on_request, periodic
from zhiliu.platform.outbox.deliveries import shown_error

log = logging.getLogger(__name__)

RUN = "evidence.run_check"  # nobody is granted this one: the worker does it

_TRY_LOCK = b"select pg_try_advisory_lock(hashtextextended('evidence.run_check', 0))"
_UNLOCK = b"select pg_advisory_unlock(hashtextextended('evidence.run_check', 0))"


@periodic("10 3 * * *")
def check_every_night(at: datetime) -> None:
    """Ask for a check; one that was left behind, such as by a restored backup, goes on instead."""

    def call(command: Command, moment: datetime) -> dict[str, Any]:
        return {"id": ask_for_check(command=command, at=moment).pk}

    try:
        perform(
            actor=SYSTEM,
            operation=CHECK,
            key=f"nightly:{at.isoformat()}",
            content={},
            call=call,
            recorded_at=server_time(),
            reason="every night",
        )
    except CheckRunning:
        for run_id in CheckRun.objects.filter(ended_at=None).values_list("pk", flat=True):
            run_check.enqueue(str(run_id))


@on_request
def run_check(run_id: str) -> None:
    """Look at all invariants for a run that was asked for, and keep what was found.

    Safe to repeat: a run that has ended is left alone, and one that another worker is looking at.
    What goes wrong while looking ends the run with its error. A lost database leaves it open, so
    that this job, tried again, goes on.
    """
    ((is_free,),) = execute(_TRY_LOCK, [])
    if not is_free:
        return
    try:
        _run(UUID(run_id))
    finally:
        execute(_UNLOCK, [])


def _run(run_id: UUID) -> None:
    if not _perform(lambda command, at: start_check(run_id=run_id, command=command, at=at)):
        return
    found, error = [], ""
    try:
        found = list(look_at_invariants())
    except Exception as problem:
        log.exception("the check run %s failed", run_id)
        error = shown_error(problem)
    _perform(
        lambda command, at: bool(
            end_check(run_id=run_id, looked=found, error=error, command=command, at=at)
        )
    )


def _perform(call: Callable[[Command, datetime], bool]) -> bool:
    answer = perform(
        actor=SYSTEM,
        operation=RUN,
        key=str(uuid4()),  # the run itself says whether it was started or has ended
        content={},
        call=call,
        recorded_at=server_time(),
    )
    return answer.text == "true"
