"""Kinds of what arrives. Receiving has no lifecycle: its records say what happened."""

from enum import StrEnum

REFUSAL_KIND = "receiving.gate_refusal"


class ArrivalLineKind(StrEnum):
    """Whether goods were expected; all but `received` are born on hold."""

    RECEIVED = "received"
    SURPLUS = "surplus"
    WRONG_MATERIAL = "wrong_material"
    UNORDERED = "unordered"
