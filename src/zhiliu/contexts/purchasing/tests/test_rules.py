"""Decisions of purchasing, without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from zhiliu.contexts.purchasing import rules
from zhiliu.contexts.purchasing.states import ORDER, OrderState
from zhiliu.kernel.refusal import Refusal

D = Decimal
CONFIRMED_AT = datetime(2026, 5, 5, 8, tzinfo=UTC)
LEGAL = {
    ("confirm", "draft"),
    ("cancel", "draft"),
    ("cancel", "confirmed"),
    ("close", "confirmed"),
}


def facts(state="confirmed", *, is_received=False, is_open=True):
    return rules.OrderFacts("PO-1", state, CONFIRMED_AT, is_received, is_open)


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("verb", ORDER.verbs)
def test_only_listed_moves_are_possible(verb, state):
    codes = [r.code for r in rules.can(verb, facts(state))]

    assert codes == ([] if (verb, str(state)) in LEGAL else ["purchasing.not_in_state"])


def test_an_order_is_born_as_draft_or_confirmed():
    assert ORDER.initial == {"draft", "confirmed"}


@pytest.mark.parametrize(
    ("verb", "given", "code"),
    [
        ("cancel", {"is_received": True}, "purchasing.already_received"),
        ("close", {"is_received": True}, None),
    ],
)
def test_an_order_with_receipts_is_closed_not_cancelled(verb, given, code):
    codes = [r.code for r in rules.can(verb, facts(**given))]

    assert codes == ([code] if code else [])


@pytest.mark.parametrize(
    ("verb", "is_open", "reason", "is_good"),
    [
        ("close", True, " ", False),
        ("close", True, "stopped", True),
        ("close", False, "", True),
        ("cancel", True, "", False),
        ("confirm", True, "", True),
    ],
)
def test_ending_early_needs_a_reason(verb, is_open, reason, is_good):
    state = "draft" if verb == "confirm" else "confirmed"
    codes = [r.code for r in rules.can(verb, facts(state, is_open=is_open), reason=reason)]

    assert codes == ([] if is_good else ["purchasing.reason_missing"])


def test_nothing_ends_before_it_was_confirmed():
    early = CONFIRMED_AT - timedelta(seconds=1)

    assert [r.code for r in rules.can("close", facts(), at=early)] == ["purchasing.too_early"]
    assert rules.can("close", facts(), at=CONFIRMED_AT) == []


@pytest.mark.parametrize(
    ("received", "returned", "still_open"),
    [("0", "0", "100"), ("60", "0", "40"), ("100", "30", "30"), ("120", "0", "0")],
)
def test_what_was_returned_is_open_again(received, returned, still_open):
    assert rules.open_quantity(D(100), D(received), D(returned)) == D(still_open)


@pytest.mark.parametrize(
    ("received", "returned", "tolerance", "is_complete"),
    [
        ("100", "0", "0", True),
        ("99", "0", "0", False),
        ("95", "0", "5", True),
        ("94.9", "0", "5", False),
        ("100", "6", "5", False),
        ("0", "0", "100", True),
    ],
)
def test_a_line_is_complete_within_its_short_tolerance(received, returned, tolerance, is_complete):
    found = rules.is_complete(D(100), D(received), D(returned), D(tolerance))

    assert found is is_complete


@pytest.mark.parametrize(
    ("currency", "is_good"),
    [("CNY", True), ("cny", False), ("CN", False), ("CNYX", False), ("C1Y", False), ("", False)],
)
def test_a_currency_has_the_shape_of_iso_4217(currency, is_good):
    assert (rules.check_currency(currency) == []) is is_good


@pytest.mark.parametrize(
    ("price", "is_good"), [("0", True), ("2.123456", True), ("-1", False), ("2.1234567", False)]
)
def test_a_price_is_exact_and_not_negative(price, is_good):
    assert (rules.check_price("M", D(price)) == []) is is_good


@pytest.mark.parametrize(
    ("lowest", "highest", "is_good"),
    [
        (None, None, True),
        ("1", None, True),
        (None, "5", True),
        ("5", "5", True),
        ("6", "5", False),
        ("0", "5", False),
        (None, "0", False),
    ],
)
def test_order_quantities_are_a_range_above_nothing(lowest, highest, is_good):
    low, high = (None if v is None else D(v) for v in (lowest, highest))

    assert (rules.check_order_range(low, high) == []) is is_good


@pytest.mark.parametrize(
    ("quantity", "is_good"), [("10", True), ("20", True), ("9", False), ("21", False)]
)
def test_a_line_stays_inside_the_suppliers_order_quantities(quantity, is_good):
    found = rules.check_order_quantity("M", D(quantity), "pc", D(10), D(20))

    assert (found == []) is is_good


@pytest.mark.parametrize(
    ("quantity", "factor", "value", "difference"),
    [
        ("2", Fraction(12), "24", "0"),
        ("1", Fraction(1, 3), "0.33", "0.003333333333"),
        ("5", Fraction(1), "5", "0"),
    ],
)
def test_a_quantity_is_rounded_once_to_the_stock_unit(quantity, factor, value, difference):
    found = rules.in_stock_unit(
        "M", D(quantity), unit=("ct", 0), stock_unit=("m", 2), factor=factor
    )

    assert (found.value, found.difference) == (D(value), D(difference))


@pytest.mark.parametrize(
    ("quantity", "factor", "code"),
    [
        ("0", Fraction(1), "purchasing.bad_quantity"),
        ("-1", Fraction(1), "purchasing.bad_quantity"),
        ("0.5", Fraction(1), "catalog.quantity_does_not_fit"),
        ("1", None, "catalog.no_conversion"),
        ("1", Fraction(1, 1000), "catalog.rounds_to_nothing"),
        ("999999999999", Fraction(1000), "catalog.quantity_does_not_fit"),
    ],
)
def test_a_quantity_that_cannot_be_kept_is_refused(quantity, factor, code):
    with pytest.raises(Refusal) as refused:
        rules.in_stock_unit("M", D(quantity), unit=("ct", 0), stock_unit=("m", 2), factor=factor)

    assert refused.value.code == code
