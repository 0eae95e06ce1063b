"""Which refusal a violated database constraint means; contexts declare theirs in `errors.py`."""

from collections.abc import Callable, Mapping

from zhiliu.kernel.refusal import Refusal

_refusals: dict[str, Callable[[str], Refusal]] = {}


def declare_constraints(refusals: Mapping[str, Callable[[str], Refusal]]) -> None:
    """Register a context's constraints at start-up."""
    _refusals.update(refusals)


def refusal_of(constraint: str, detail: str) -> Refusal | None:
    """The refusal that a violated constraint means; None when no context declared one."""
    make = _refusals.get(constraint)
    return make(detail) if make else None
