"""Enumerations of the catalogue."""

from enum import StrEnum


class LotControl(StrEnum):
    """How goods of a material are told apart."""

    SERIAL = "serial"
    LOT = "lot"
    NONE = "none"


class InspectionNeed(StrEnum):
    """Whether incoming goods wait for an inspection."""

    REQUIRED = "required"
    EXEMPT = "exempt"
