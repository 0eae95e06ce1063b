"""The front door of commands."""

from uuid import UUID

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.platform.commands.checking import reference
from zhiliu.platform.commands.operations import Answer, DoneBefore, perform
from zhiliu.platform.commands.permissions import CHECK_RUNS
from zhiliu.platform.commands.queries import is_done
from zhiliu.platform.evidence.public import CheckRun, get_check_run


def find_check_run(actor: Actor, run_id: UUID) -> Reference:
    """The check run that the actor may see, for what is kept about it; raises CheckRunNotFound."""
    return reference(get_check_run(CHECK_RUNS.filter(actor), run_id))


KINDS = {CheckRun.kind: find_check_run}

__all__ = ["KINDS", "Answer", "DoneBefore", "is_done", "perform"]
