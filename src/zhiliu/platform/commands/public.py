"""The front door of commands."""

from zhiliu.platform.commands.operations import Answer, DoneBefore, perform
from zhiliu.platform.commands.queries import is_done

__all__ = ["Answer", "DoneBefore", "is_done", "perform"]
