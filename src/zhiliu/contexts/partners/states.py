"""Enumerations of partners."""

from enum import StrEnum


class BlockedFunction(StrEnum):
    """What a supply block stops."""

    ORDER = "order"
    RECEIPT = "receipt"
