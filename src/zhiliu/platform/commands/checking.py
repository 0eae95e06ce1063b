"""Check runs: asked for by somebody, done by the worker, told as events.

They stand here because evidence, which keeps them, is below the outbox and the envelope of writes.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from zhiliu.kernel.actor import EVERYWHERE
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.database import execute
from zhiliu.platform.evidence.errors import CheckRunning, CheckRunNotFound
from zhiliu.platform.evidence.events import (
    CheckRunAsked,
    CheckRunEnded,
    CheckRunStarted,
    InvariantViolated,
)
from zhiliu.platform.evidence.public import (
    CheckResult,
    CheckRun,
    Looked,
    flush,
    record_appended,
    record_changed,
    record_created,
)
from zhiliu.platform.outbox.public import record_event

NUMBERS_TOLD = 5  # so many rows an event names; the results name more

# Two who ask at the same moment: the second waits, and then finds the first one's run.
_ONE_AT_A_TIME = b"select pg_advisory_xact_lock(hashtextextended('evidence.check_run', 0))"


def reference(run: CheckRun) -> Reference:
    """The run as the subject of an event; people know it by the time at which it was asked for."""
    number = f"{run.asked_at:%Y-%m-%d %H:%M:%S} UTC"
    return Reference(run.kind, run.pk, number, run.version)


def ask_for_check(*, command: Command, at: datetime) -> CheckRun:
    """Have all invariants looked at by the worker, now.

    Raises NotPermitted (the rows of all sites are looked at, so a scoped right is none),
    CheckRunning; emits CheckRunAsked.
    """
    flush()
    if not command.actor.may(command.operation, EVERYWHERE):
        raise NotPermitted(operation=command.operation)
    execute(_ONE_AT_A_TIME, [])
    running = CheckRun.objects.filter(ended_at=None).first()
    if running is not None:
        raise CheckRunning(asked_by=running.asked_by_name, asked_at=running.asked_at)
    run = record_created(
        CheckRun(asked_at=at, asked_by=command.actor.id, asked_by_name=command.actor.name), command
    )
    record_event(CheckRunAsked(reference(run), None, None), command, at)
    return run


def start_check(*, run_id: UUID, command: Command, at: datetime) -> bool:
    """Note that the worker begins, again where it was killed before; False for a run that has
    ended. Raises CheckRunNotFound; emits CheckRunStarted."""
    run = _lock(run_id)
    if run.ended_at is not None:
        return False
    record_changed(run, command, started_at=at)
    record_event(CheckRunStarted(reference(run), None, None), command, at)
    return True


def end_check(
    *, run_id: UUID, looked: Sequence[Looked], error: str = "", command: Command, at: datetime
) -> CheckRun:
    """Keep what a run found, or the `error` that it ended with; once.

    Raises CheckRunNotFound; emits InvariantViolated for each invariant that is violated, and
    CheckRunEnded.
    """
    run = _lock(run_id)
    if run.ended_at is not None:
        return run
    count = None if error else sum(one.violation_count for one in looked)
    record_changed(run, command, ended_at=at, violation_count=count, error=error)
    for ordinal, one in enumerate(looked, start=1):
        rows = {name: [asdict(r) for r in getattr(one, name)] for name in ("violations", "apart")}
        record_appended(CheckResult(run=run, ordinal=ordinal, **{**vars(one), **rows}))
    violated = [one for one in looked if one.violation_count]
    for one in violated:
        record_event(
            InvariantViolated(
                reference(run),
                None,
                None,
                code=one.code,
                title_en=one.title_en,
                title_zh=one.title_zh,
                violation_count=one.violation_count,
                numbers=[row.number for row in one.violations[:NUMBERS_TOLD]],
            ),
            command,
            at,
        )
    record_event(
        CheckRunEnded(
            reference(run),
            None,
            None,
            violated=[one.code for one in violated],
            violation_count=count or 0,
            error=error,
        ),
        command,
        at,
    )
    return run


def _lock(run_id: UUID) -> CheckRun:
    flush()
    run = CheckRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise CheckRunNotFound(given=str(run_id))
    return run
