"""Lifecycles as tables: verb -> (from, to, permission)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Transition:
    """One verb: from which states, to which state, with which permission.

    Whether it is signed is code, since its operation signs; how strongly is data: the rule table
    `signatures.signing_strength`.
    """

    sources: frozenset[str]
    target: str
    permission: str
    is_signed: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """The only truth about which verb is allowed in which state of one kind of record."""

    kind: str
    states: type[StrEnum]
    initial: frozenset[str]
    verbs: Mapping[str, Transition]

    def __post_init__(self) -> None:
        known = {str(s) for s in self.states}
        for verb, t in self.verbs.items():
            if not (t.sources | {t.target}) <= known:
                raise ValueError(f"{self.kind}.{verb} names an unknown state")

    def allows(self, verb: str, state: str) -> bool:
        """True when `verb` may start from `state`; raises KeyError for an unknown verb."""
        return state in self.verbs[verb].sources

    def moves(self) -> frozenset[tuple[str, str]]:
        """Every legal (from, to), for the checker of I8."""
        return frozenset((s, t.target) for t in self.verbs.values() for s in t.sources)
