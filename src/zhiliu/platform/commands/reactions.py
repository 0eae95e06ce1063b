"""What the commands of the platform lead to, after the commit."""

from zhiliu.platform.commands.jobs import run_check
from zhiliu.platform.evidence.events import CheckRunAsked
from zhiliu.platform.outbox.public import DeliveredEvent, deferred


@deferred(CheckRunAsked)
def start_check_run(event: DeliveredEvent) -> None:
    """Looking takes long: a job of the worker does it, not the dispatcher."""
    run_check.enqueue(str(event.subject_id))
