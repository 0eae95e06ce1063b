"""Single sampling by attributes: which plan a lot gets.

Source: ISO 2859-1:1999 clauses 10.1 to 10.3 and its tables (GB/T 2828.1-2012 is the same), or
MIL-STD-105E / ANSI Z1.4; the tables are in sampling_tables.py.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final, NamedTuple

from zhiliu.contexts.inspections.errors import SamplingValueUnknown
from zhiliu.contexts.inspections.rules import sampling_tables as tables
from zhiliu.contexts.inspections.rules.sampling_tables import AQLS, LEVELS

VARIANTS: Final = ("iso", "mil")
SEVERITIES: Final = ("normal", "tightened", "reduced")

# The arguments of plan_for under the names that the API and the command use, and their values.
ARGUMENTS: Final[Mapping[str, Sequence[str]]] = {
    "lot_size": ("1", "2", "3 …"),
    "level": LEVELS,
    "aql": AQLS,
    "severity": SEVERITIES,
    "variant": VARIANTS,
}

# Above it an AQL limits nonconformities per 100 units, not percent nonconforming (ISO 5.1).
MOST_PERCENT: Final = Decimal(10)


class SinglePlan(NamedTuple):
    """n, Ac and Re of a lot.

    `code_letter` follows from lot size and level, `plan_letter` is the row that the arrows lead
    to. `sample_size` is that row's n even above the lot; then `full_inspection` is true and
    `units_to_inspect` is the lot.
    """

    code_letter: str
    plan_letter: str
    sample_size: int
    accept: int
    reject: int
    full_inspection: bool
    units_to_inspect: int

    def accepts(self, nonconforming: int) -> bool:
        """Whether d leaves the lot accepted: below Re, as ISO 11.1 and MIL's table II-C say."""
        return nonconforming < self.reject


class Cell(NamedTuple):
    """The plan of a cell of a master table, after its arrows."""

    letter: str
    sample_size: int
    accept: int
    reject: int


class _Row(NamedTuple):
    letter: str
    sample_size: int
    marks: tuple[tuple[str, str], ...]  # under each AQL: Ac and Re, or twice an arrow or dot


def plan_for(
    lot_size: int, level: str, aql: Decimal | float | str, severity: str, variant: str
) -> SinglePlan:
    """The plan for a lot of `lot_size` units.

    `level`: I, II, III or S-1 to S-4; `aql`: one of the 26, as number or text; `severity`:
    normal, tightened, reduced; `variant`: iso or mil. A lot of one unit gets the letter of the
    smallest range, which the tables begin at two, and is inspected whole like every lot of at most
    n units (note of the master tables). Raises SamplingValueUnknown.
    """
    letter = code_letter(lot_size, level)
    row, n, accept, reject = _cell_for(variant, severity, letter, column_of(aql))
    full = n >= lot_size
    return SinglePlan(letter, row, n, accept, reject, full, lot_size if full else n)


def code_letter(lot_size: int, level: str) -> str:
    """The code letter of a lot at an inspection level (table 1). Raises SamplingValueUnknown."""
    if type(lot_size) is not int or lot_size < 1:
        raise _unknown("lot_size", lot_size)
    try:
        return _LETTERS[level][max(bisect_right(_LOTS_FROM, lot_size) - 1, 0)]
    except (KeyError, TypeError):
        raise _unknown("level", level) from None


def column_of(aql: Decimal | float | str) -> int:
    """Which of the 26 AQLs it is, counted from 0. Raises SamplingValueUnknown."""
    try:
        number = aql if type(aql) is Decimal else Decimal(str(aql))
        return _COLUMNS[number]
    except (InvalidOperation, KeyError, TypeError):  # TypeError: a signalling NaN has no hash
        raise _unknown("aql", aql) from None


def is_for_units(aql: Decimal | float | str) -> bool:
    """Whether the AQL can limit percent nonconforming: 0.010 to 10. Raises SamplingValueUnknown."""
    return Decimal(AQLS[column_of(aql)]) <= MOST_PERCENT


def passes_tighter(
    plan: SinglePlan, aql: Decimal | float | str, severity: str, variant: str, nonconforming: int
) -> bool | None:
    """Whether the lot would also be accepted with the AQL one step tighter; None when Ac is 0 or 1.

    Source: ISO 2859-1:1999 clause 9.3.3.2 a). Looked up in the row of the plan's letter, where n
    is the same, not from the code letter, whose arrow may lead elsewhere.
    """
    if plan.accept < 2:
        return None
    tighter = _cell_for(variant, severity, plan.plan_letter, column_of(aql) - 1)
    return nonconforming < tighter.reject


@cache
def cell(variant: str, severity: str, letter: str, column: int) -> Cell | None:
    """The plan of a cell: its own, or the one its arrows lead to; None where nothing is printed.

    Raises KeyError for a variant or severity, ValueError for a letter that the table lacks.
    """
    rows = _TABLES[variant, severity]
    at = [row.letter for row in rows].index(letter)
    while (mark := rows[at].marks[column][0]) in _ARROWS:
        at += _ARROWS[mark]
    if mark == ".":
        return None
    accept, reject = rows[at].marks[column]
    return Cell(rows[at].letter, rows[at].sample_size, int(accept), int(reject))


def _cell_for(variant: str, severity: str, letter: str, column: int) -> Cell:
    try:
        found = cell(variant, severity, letter, column)
    except (KeyError, TypeError):
        if variant not in VARIANTS:
            raise _unknown("variant", variant) from None
        raise _unknown("severity", severity) from None
    assert found is not None, "no code letter of table 1 leads to a blank cell"
    return found


def _unknown(name: str, given: object) -> SamplingValueUnknown:
    return SamplingValueUnknown(name, given, ARGUMENTS[name])


def _read(text: str, rejection: str = "") -> tuple[_Row, ...]:
    """The rows of a table; without a table of rejection numbers Re is Ac + 1."""
    given = {letter: marks for letter, _, *marks in map(str.split, rejection.strip().splitlines())}
    return tuple(
        _Row(letter, int(n), tuple(zip(marks, given.get(letter) or _next(marks), strict=True)))
        for letter, n, *marks in map(str.split, text.strip().splitlines())
    )


def _next(marks: list[str]) -> list[str]:
    return [str(int(mark) + 1) if mark.isdigit() else mark for mark in marks]


_ARROWS: Final = {"↓": 1, "↑": -1}
_COLUMNS: Final = {Decimal(aql): n for n, aql in enumerate(AQLS)}
_RANGES: Final = [line.split() for line in tables.CODE_LETTERS.strip().splitlines()]
_LOTS_FROM: Final = [int(first) for first, *_ in _RANGES]
_LETTERS: Final = {level: [letters[n] for _, *letters in _RANGES] for n, level in enumerate(LEVELS)}
_NORMAL: Final = _read(tables.NORMAL)
_TIGHTENED: Final = _read(tables.TIGHTENED)
_TABLES: Final = {
    ("iso", "normal"): _NORMAL,
    ("iso", "tightened"): _TIGHTENED,
    ("iso", "reduced"): _read(tables.REDUCED_OF_ISO),
    ("mil", "normal"): _NORMAL,
    ("mil", "tightened"): (*_read(tables.TIGHTENED_ROW_A_OF_MIL), *_TIGHTENED[1:]),
    ("mil", "reduced"): _read(tables.REDUCED_OF_MIL, tables.REJECTION_REDUCED_OF_MIL),
}
