"""The canonical text is that of RFC 8785, byte for byte."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from zhiliu.kernel.refusal import as_json
from zhiliu.platform.signatures.canonical import canonical_text

NAMES = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))  # no lone half of a surrogate pair
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | WHOLE
    | TEXTS
    | st.uuids()
    | st.datetimes()
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=20,
)


@given(st.dictionaries(NAMES, VALUES))
def test_it_is_what_the_library_writes(value):
    assert canonical_text(value) == rfc8785.dumps(as_json(value))


def test_names_are_sorted_and_values_are_texts():
    value = {
        "quantity": Decimal("20.500"),
        "at": datetime(2026, 3, 2, 8, tzinfo=UTC),
        "id": UUID(int=1),
        "note": "铁\n\x01",
    }

    assert canonical_text(value).decode() == (
        '{"at":"2026-03-02T08:00:00+00:00","id":"00000000-0000-0000-0000-000000000001",'
        '"note":"铁\\n\\u0001","quantity":"20.5"}'
    )


@pytest.mark.parametrize("value", [{"a": 0.5}, {"a": [{"b": 1.0}]}, {"名": 1}, {"a": object()}])
def test_what_has_no_exact_text_is_not_signed(value):
    with pytest.raises(TypeError):
        canonical_text(value)
