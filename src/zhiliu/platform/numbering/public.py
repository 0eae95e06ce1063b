"""The front door of numbering."""

from zhiliu.platform.numbering.operations import open_range, take_numbers

__all__ = ["open_range", "take_numbers"]
