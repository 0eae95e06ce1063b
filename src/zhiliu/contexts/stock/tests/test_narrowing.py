"""Which bounds narrow others."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from zhiliu.contexts.stock.rules import Limits, narrows

MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
OPEN = Limits(None, None, None, None)
BOUND = Limits(Decimal(10), MAY, frozenset({"a", "b"}), frozenset({"c"}))


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        (OPEN, OPEN, True),
        (BOUND, OPEN, True),
        (BOUND, BOUND, True),
        (Limits(Decimal(9), MAY, frozenset({"a"}), frozenset()), BOUND, True),
        (OPEN, BOUND, False),
        (Limits(Decimal(11), MAY, frozenset({"a"}), frozenset({"c"})), BOUND, False),
        (Limits(Decimal(10), JUNE, frozenset({"a"}), frozenset({"c"})), BOUND, False),
        (Limits(Decimal(10), MAY, frozenset({"a", "x"}), frozenset({"c"})), BOUND, False),
        (Limits(Decimal(10), MAY, frozenset({"a"}), frozenset({"d"})), BOUND, False),
        (Limits(None, MAY, frozenset({"a"}), frozenset({"c"})), BOUND, False),
        (Limits(Decimal(10), None, frozenset({"a"}), frozenset({"c"})), BOUND, False),
        (Limits(Decimal(10), MAY, None, frozenset({"c"})), BOUND, False),
        (Limits(Decimal(10), MAY, frozenset({"a"}), None), BOUND, False),
    ],
)
def test_every_bound_is_kept_or_tightened(new: Limits, old: Limits, expected: bool) -> None:
    assert narrows(new, old) is expected
