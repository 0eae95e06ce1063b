"""Enumerations of the catalogue, and the lifecycle of specifications."""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition


class LotControl(StrEnum):
    """How goods of a material are told apart."""

    SERIAL = "serial"
    LOT = "lot"
    NONE = "none"


class InspectionNeed(StrEnum):
    """Whether incoming goods wait for an inspection."""

    REQUIRED = "required"
    EXEMPT = "exempt"


class SeverityClass(StrEnum):
    """How much a nonconformity of this characteristic matters (ISO 2859-1:1999 clause 5.2)."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class CharacteristicKind(StrEnum):
    """How a characteristic is stated: measured, counted or by buttons, read, or calculated."""

    NUMERIC = "numeric"
    ATTRIBUTE = "attribute"
    TEXT = "text"
    CALCULATED = "calculated"


class SpecificationState(StrEnum):
    """Where an issue of a specification stands."""

    DRAFT = "draft"
    VALID = "valid"
    ENDED = "ended"


_DRAFT = frozenset({SpecificationState.DRAFT})

SPECIFICATION = Lifecycle(
    kind="catalog.specification",
    states=SpecificationState,
    initial=_DRAFT,
    verbs={
        "change": Transition(_DRAFT, SpecificationState.DRAFT, "catalog.change_specification"),
        "approve": Transition(
            _DRAFT, SpecificationState.VALID, "catalog.approve_specification", is_signed=True
        ),
        "end": Transition(
            frozenset({SpecificationState.VALID}),
            SpecificationState.ENDED,
            "catalog.end_specification",
        ),
    },
)
LIFECYCLES = (SPECIFICATION,)
