"""Reads of commands."""

from zhiliu.kernel.actor import Actor
from zhiliu.platform.commands.models import DoneCommand


def is_done(actor: Actor, operation: str, key: str) -> bool:
    """True when this actor's command with this key has succeeded."""
    return DoneCommand.objects.filter(actor_id=actor.id, operation=operation, key=key).exists()
