"""How strongly a verb is signed: asked of rules, which stands above and registers itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from zhiliu.kernel.command import Strength
from zhiliu.platform.signatures.states import Meaning


@dataclass(frozen=True)
class Asked:
    """What a verb asks of its signature; `rule` is the row that says so."""

    strength: Strength
    meaning: Meaning
    rule: str


class AskStrength(Protocol):
    """What rules registers: the strength and meaning of a verb on a kind of record."""

    def __call__(self, *, kind: str, verb: str, facts: Mapping[str, Any]) -> Asked: ...


_asked: list[AskStrength] = []


def register_strength(ask: AskStrength) -> None:
    """Let `ask` decide from now on; called once at start-up."""
    _asked[:] = [ask]


def strength_of(kind: str, verb: str, facts: Mapping[str, Any]) -> Asked | None:
    """What the verb asks of its signature; None when nobody registered."""
    return _asked[0](kind=kind, verb=verb, facts=facts) if _asked else None
