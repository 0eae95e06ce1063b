"""The front door of commands."""

from zhiliu.platform.commands.operations import Answer, perform

__all__ = ["Answer", "perform"]
