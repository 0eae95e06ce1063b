"""The front door of commands."""

from zhiliu.platform.commands.operations import Answer, perform
from zhiliu.platform.commands.queries import is_done

__all__ = ["Answer", "is_done", "perform"]
