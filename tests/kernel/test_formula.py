"""Formulas: the same as fractions, and nothing of Python but arithmetic."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiliu.kernel.formula import LONGEST, NotAFormula, NotCalculable, find_cycle, read_formula

CODES = ("A", "B", "D1", "OD_2")
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=6, allow_nan=False)


def value(text: str, **values: str) -> Decimal:
    return read_formula(text).value({k: Decimal(v) for k, v in values.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("8 / 4 / 2", "1"),
        ("8 - 4 - 2", "2"),
        ("-A + 1", "-9"),
        ("A / 4", "2.5"),
        ("0.1 + 0.2", "0.3"),
        ("1 / 3 * 3", "1"),
        ("mean(A, B, 1)", "7"),
        ("max(A, B) - min(A, B)", "0"),
        ("abs(1 - A)", "9"),
        ("sqrt(A * A)", "10"),
        ("sqrt(0.25)", "0.5"),
        ("（Ａ＋Ｂ）/２", "10"),
        ("12345678901234567.123456 + 0", "12345678901234567.123456"),
    ],
)
def test_a_formula_is_arithmetic(text: str, expected: str) -> None:
    assert value(text, A="10", B="10") == Decimal(expected)


def test_a_root_is_exact_to_fifty_digits() -> None:
    root = value("sqrt(2)")

    assert str(root).startswith("1.414213562373095048801688724209698078569671875376")
    assert value("sqrt(0.000002)") == Decimal(
        "0.0014142135623730950488016887242096980785696718753769"
    )


@pytest.mark.parametrize("text", ["A / B", "A / (B - B)", "1 / 0", "sqrt(-1)", "sqrt(0 - A)"])
def test_what_has_no_value_says_so(text: str) -> None:
    with pytest.raises(NotCalculable):
        value(text, A="1", B="0")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A B",
        "A **2",
        "2 ** 2 ** 99999",
        "A // 2",
        "A % 2",
        "A < B",
        "A if B else 1",
        "A and B",
        "lambda: 1",
        "[A]",
        "(A, B)",
        "A.real",
        "A[0]",
        "'A'",
        "True",
        "None",
        "...",
        "1e9",
        "0x10",
        "1_000",
        "1j",
        "f(A)",
        "__import__('os')",
        "__name__",
        "_A",
        "面积",
        "min()",
        "min",
        "min(*A)",
        "min(A, key=B)",
        "abs(A, B)",
        "sqrt()",
        "A := 1",
        "A; B",
        "A\nB",
        "A # B\n+",
        "\x00",
        "(" * 250 + "A" + ")" * 40,
        "A" * (LONGEST + 1),
    ],
)
def test_nothing_else_of_python_is_a_formula(text: str) -> None:
    with pytest.raises(NotAFormula) as refused:
        read_formula(text)

    assert refused.value.en and refused.value.zh


def test_a_formula_says_what_it_asks_for() -> None:
    assert read_formula("mean(A, B) - 2 * A").names == {"A", "B"}


def test_calculated_values_may_not_ask_for_each_other() -> None:
    def cycle(**formulas: str) -> list[str]:
        return find_cycle({code: read_formula(text) for code, text in formulas.items()})

    assert cycle(C="A + B", D="C * C", E="C + D") == []
    assert cycle(C="C + 1") == ["C", "C"]
    assert cycle(C="A + E", D="C", E="max(D, A)") == ["C", "E", "D", "C"]


# A tree is written down as text and evaluated here with fractions; no parser is shared.
Tree = Any
LEAVES = st.one_of(
    st.sampled_from(CODES),
    st.decimals(min_value=0, max_value=1000, places=4, allow_nan=False),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAVES,
    lambda deeper: st.one_of(
        st.tuples(st.sampled_from("+-*/"), deeper, deeper),
        st.tuples(st.just("neg"), deeper),
        st.tuples(st.just("abs"), deeper),
        st.lists(deeper, min_size=1, max_size=3).flatmap(
            lambda found: st.tuples(st.sampled_from(("min", "max", "mean")), *map(st.just, found))
        ),
    ),
    max_leaves=8,
)


def written(tree: Tree) -> str:
    """The tree with parentheses where precedence asks for them, and only there."""
    if not isinstance(tree, tuple):
        return str(tree) if isinstance(tree, str) else f"{tree:f}"
    head, *rest = tree
    if head in ("+", "-", "*", "/"):
        left, right = rest
        one, other = written(left), written(right)
        if head in "*/" and isinstance(left, tuple) and left[0] in ("+", "-"):
            one = f"({one})"
        if isinstance(right, tuple) and (right[0] in ("+", "-", "*", "/", "neg")):
            other = f"({other})"
        return f"{one} {head} {other}"
    if head == "neg":
        inner = written(rest[0])
        return f"-({inner})" if isinstance(rest[0], tuple) else f"-{inner}"
    return f"{head}({', '.join(map(written, rest))})"


def evaluated(tree: Tree, values: dict[str, Decimal]) -> Fraction:
    if not isinstance(tree, tuple):
        return Fraction(values[tree] if isinstance(tree, str) else tree)
    head, *rest = tree
    found = [evaluated(r, values) for r in rest]
    match head:
        case "+":
            return found[0] + found[1]
        case "-":
            return found[0] - found[1]
        case "*":
            return found[0] * found[1]
        case "/":
            return found[0] / found[1]
        case "neg":
            return -found[0]
        case "abs":
            return abs(found[0])
        case "min":
            return min(found)
        case "max":
            return max(found)
    return sum(found, Fraction(0)) / len(found)


@given(tree=TREES, values=st.fixed_dictionaries({code: NUMBERS for code in CODES}))
def test_a_formula_is_worth_what_fractions_say(tree: Tree, values: dict[str, Decimal]) -> None:
    text = written(tree)
    if len(text) > LONGEST:
        return
    formula = read_formula(text)
    try:
        expected = evaluated(tree, values)
    except ZeroDivisionError:
        with pytest.raises(NotCalculable):
            formula.value(values)
        return

    found = Fraction(formula.value(values))

    assert abs(found - expected) <= abs(expected) / 10**49
    if 10**30 % expected.denominator == 0 and abs(expected) < 10**15:
        assert found == expected


@given(number=NUMBERS.filter(lambda n: n >= 0))
def test_a_root_squared_is_the_number(number: Decimal) -> None:
    root = Fraction(read_formula("sqrt(A)").value({"A": number}))

    assert abs(root * root - Fraction(number)) <= Fraction(number) / 10**45
