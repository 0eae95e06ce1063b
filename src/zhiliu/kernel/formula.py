"""Formulas over named decimals, such as `(D1 + D2) / 2`: exact arithmetic and nothing else.

Names, decimal numbers, + - * / ( ) and abs, max, mean, min, sqrt. The grammar is a part of Python's
and read by its parser; whatever else that parser knows is refused when the formula is read, so that
a formula that was read can fail on nothing but a division by zero or the root of a negative number.
"""

import ast
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from operator import add, mul, sub, truediv
from typing import Final

LONGEST: Final = 300
_DIGITS: Final = 50
_ROUNDING: Final = Context(prec=_DIGITS)
_NUMBER: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


class NotAFormula(ValueError):
    """The text is no formula; `en` and `zh` say at what it stumbles."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


class NotCalculable(ArithmeticError):
    """The formula has no value for these numbers: a division by zero, a root of a negative."""


def _mean(*values: Fraction) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _sqrt(value: Fraction) -> Fraction:
    """Exact for squares of fractions, else to 50 digits."""
    if value < 0:
        raise NotCalculable("the root of a negative number")
    up, down = isqrt(value.numerator), isqrt(value.denominator)
    if up * up == value.numerator and down * down == value.denominator:
        return Fraction(up, down)
    scale = 10 ** (_DIGITS + len(str(value.denominator)))
    root = isqrt(value.numerator * value.denominator * scale * scale)
    return Fraction(root, value.denominator * scale)


_OF_ONE: Final[Mapping[str, Callable[[Fraction], Fraction]]] = {"abs": abs, "sqrt": _sqrt}
_OF_SEVERAL: Final[Mapping[str, Callable[..., Fraction]]] = {
    "max": lambda *values: max(values),
    "mean": _mean,
    "min": lambda *values: min(values),
}
FUNCTIONS: Final = frozenset(_OF_ONE) | frozenset(_OF_SEVERAL)
_OPERATIONS: Final[Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
}


@dataclass(frozen=True)
class Formula:
    """A formula that was read: `names` are the values that it asks for."""

    text: str
    names: frozenset[str]
    _compute: Callable[[Mapping[str, Decimal]], Fraction]

    def value(self, values: Mapping[str, Decimal]) -> Decimal:
        """The value for these numbers, exact where a decimal of 50 digits can be; raises
        NotCalculable."""
        try:
            exact = self._compute(values)
        except ZeroDivisionError as error:
            raise NotCalculable(self.text) from error
        return _ROUNDING.divide(Decimal(exact.numerator), Decimal(exact.denominator))


@lru_cache(maxsize=4096)
def read_formula(text: str) -> Formula:
    """The formula of a text; full-width signs and digits are those of ASCII. Raises NotAFormula."""
    if len(text) > LONGEST:
        raise NotAFormula(f"it has more than {LONGEST} characters", f"公式超过 {LONGEST} 个字符")
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        tree = ast.parse(plain, mode="eval").body
        names: set[str] = set()
        compute = _read(tree, plain, names)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, NotAFormula):
            raise
        raise NotAFormula(f"'{text}' cannot be read", f"无法识别“{text}”") from error
    return Formula(text, frozenset(names), compute)


def find_cycle(formulas: Mapping[str, Formula]) -> list[str]:
    """The codes of a cycle among calculated values, first and last the same; empty without one."""
    done: set[str] = set()

    def follow(code: str, path: list[str]) -> list[str]:
        if code in path:
            return [*path[path.index(code) :], code]
        if code in done or code not in formulas:
            return []
        for name in sorted(formulas[code].names):
            if found := follow(name, [*path, code]):
                return found
        done.add(code)
        return []

    return next((found for code in sorted(formulas) if (found := follow(code, []))), [])


def _read(
    node: ast.expr, plain: str, names: set[str]
) -> Callable[[Mapping[str, Decimal]], Fraction]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            one, other = _read(left, plain, names), _read(right, plain, names)
            join = _OPERATIONS[type(op)]
            return lambda values: join(one(values), other(values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            negated = _read(operand, plain, names)
            return lambda values: -negated(values)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _read(operand, plain, names)
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as arguments, keywords=[]):
            return _call(name, [_read(a, plain, names) for a in arguments])
        case ast.Constant():
            written = ast.get_source_segment(plain, node) or ""
            if not _NUMBER.fullmatch(written):
                raise NotAFormula(f"'{written}' is no decimal number", f"“{written}”不是小数")
            number = Fraction(written)
            return lambda values: number
        case ast.Name(id=name) if _NAME.fullmatch(name) and name not in FUNCTIONS:
            names.add(name)
            return lambda values: Fraction(values[name])
    written = ast.get_source_segment(plain, node) or ""
    raise NotAFormula(
        f"'{written}' is none of codes, numbers, + - * / ( ) {' '.join(sorted(FUNCTIONS))}",
        f"“{written}”不是代码、数字、+ - * / ( ) 或 {' '.join(sorted(FUNCTIONS))}",
    )


def _call(
    name: str, arguments: Iterable[Callable[[Mapping[str, Decimal]], Fraction]]
) -> Callable[[Mapping[str, Decimal]], Fraction]:
    given = list(arguments)
    if name in _OF_ONE and len(given) == 1:
        of_one = _OF_ONE[name]
        return lambda values: of_one(given[0](values))
    if name in _OF_SEVERAL:
        of_several = _OF_SEVERAL[name]
        return lambda values: of_several(*(g(values) for g in given))
    raise NotAFormula(
        f"{name} of {len(given)} values is none of its functions",
        f"没有 {len(given)} 个参数的函数 {name}",
    )
