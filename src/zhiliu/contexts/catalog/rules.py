"""Decisions of the catalogue on plain values; each returns its refusals, the first one first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from typing import Final, Protocol
from uuid import UUID
from zoneinfo import available_timezones

from zhiliu.contexts.catalog.errors import (
    BadBeginning,
    BadCurrency,
    BadGtin,
    BadTimeZone,
    BadValidity,
    ConversionOfSame,
    ConversionUnused,
    DoesNotFit,
    FilesFixed,
    NotInState,
    OutOfRange,
    OwnDraft,
    RoundsToNothing,
)
from zhiliu.contexts.catalog.states import SPECIFICATION, CharacteristicKind, SpecificationState
from zhiliu.kernel.formula import Formula, NotAFormula, find_cycle, read_formula
from zhiliu.kernel.gs1 import is_gtin
from zhiliu.kernel.quantity import DECIMALS, DIGITS, Converted, NotAQuantity, convert, exact
from zhiliu.kernel.refusal import Problem, Refusal

LARGEST_TERM = 10**12
LONGEST_SHELF_LIFE_DAYS = 36_500


@cache
def time_zones() -> frozenset[str]:
    """The IANA names; without the two that name no region and mean another thing everywhere."""
    return frozenset(available_timezones()) - {"localtime", "Factory"}


def check_time_zone(name: str) -> list[Refusal]:
    """BadTimeZone unless `name` is in the IANA list."""
    return [] if name in time_zones() else [BadTimeZone(time_zone=name)]


def check_currency(code: str) -> list[Refusal]:
    """BadCurrency unless `code` has the shape of ISO 4217: three capital letters."""
    good = len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()
    return [] if good else [BadCurrency(currency=code)]


def check_gtin(gtin: str) -> list[Refusal]:
    """BadGtin unless it is empty or a GTIN with a right check digit (GS1 section 7.9)."""
    return [] if not gtin or is_gtin(gtin) else [BadGtin(gtin=gtin)]


def check_range(what: str, given: Decimal | int, lowest: int, highest: int) -> list[Refusal]:
    """OutOfRange unless lowest <= given <= highest."""
    if lowest <= given <= highest:
        return []
    return [OutOfRange(what, Decimal(given), Decimal(lowest), Decimal(highest))]


def check_decimals(decimals: int) -> list[Refusal]:
    """OutOfRange unless a quantity can keep so many decimals."""
    return check_range("decimals", decimals, 0, DECIMALS)


def check_profile(
    over_tolerance_percent: Decimal, short_tolerance_percent: Decimal, shelf_life_days: int | None
) -> list[Refusal]:
    """Tolerances are percent of the ordered quantity: at most 999 over, 100 short."""
    found = check_range("over tolerance", over_tolerance_percent, 0, 999)
    found += check_range("short tolerance", short_tolerance_percent, 0, 100)
    if shelf_life_days is not None:
        found += check_range("shelf life", shelf_life_days, 1, LONGEST_SHELF_LIFE_DAYS)
    return found


def check_factor(numerator: int, denominator: int) -> list[Refusal]:
    """OutOfRange unless both terms of a factor are positive and sane."""
    found = check_range("numerator", numerator, 1, LARGEST_TERM)
    return found + check_range("denominator", denominator, 1, LARGEST_TERM)


def check_conversion(
    from_unit: str, to_unit: str, numerator: int, denominator: int, material: tuple[str, str] | None
) -> list[Refusal]:
    """`material` is (number, code of its stock unit) of a conversion that holds for one only."""
    if from_unit == to_unit:
        return [ConversionOfSame(unit=from_unit)]
    found = check_factor(numerator, denominator)
    if material is not None and material[1] not in (from_unit, to_unit):
        found.append(ConversionUnused(material=material[0], stock_unit=material[1]))
    return found


def check_fits(quantity: Decimal, unit: str, decimals: int) -> list[Refusal]:
    """DoesNotFit unless `quantity` is kept by its unit without rounding."""
    try:
        good = exact(quantity) == round(quantity, decimals)
    except (NotAQuantity, InvalidOperation):
        good = False
    return [] if good else [DoesNotFit(quantity=quantity, unit=unit, decimals=decimals)]


def converted(
    quantity: Decimal, unit: str, factor: Fraction, stock_unit: str, decimals: int
) -> Converted:
    """`quantity` in the stock unit, rounded once; raises DoesNotFit, RoundsToNothing."""
    try:
        result = convert(quantity, factor, decimals)
    except (NotAQuantity, InvalidOperation) as error:
        raise DoesNotFit(quantity=quantity, unit=stock_unit, decimals=decimals) from error
    if quantity and not result.value:
        raise RoundsToNothing(quantity=quantity, unit=unit, stock_unit=stock_unit)
    return result


def check_positive(quantity: Decimal) -> list[Refusal]:
    """OutOfRange unless a line asks for more than nothing."""
    smallest, largest = Decimal(1).scaleb(-DECIMALS), Decimal(10) ** (DIGITS - DECIMALS)
    return [] if quantity > 0 else [OutOfRange("quantity", quantity, smallest, largest)]


def check_validity(valid_from: date, valid_to: date | None) -> list[Refusal]:
    """BadValidity unless the exclusive end lies after the beginning."""
    if valid_to is None or valid_to > valid_from:
        return []
    return [BadValidity(valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())]


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """True when two validities (from, exclusive to or None for ever) share a day."""
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


@dataclass(frozen=True)
class SpecificationFacts:
    """What is asked about an issue of a specification; `shown` names it, number and issue."""

    shown: str
    state: str
    valid_from: datetime | None = None
    is_author: bool = False


def can(verb: str, facts: SpecificationFacts) -> list[Refusal]:
    """Whether `verb` may happen to a specification; who drafted it may not approve it."""
    found: list[Refusal] = []
    if not SPECIFICATION.allows(verb, facts.state):
        found.append(NotInState(specification=facts.shown, state=facts.state, verb=verb))
    if verb == "approve" and facts.is_author:
        found.append(OwnDraft(specification=facts.shown))
    return found


def check_files(shown: str, state: str) -> list[Refusal]:
    """Files are attached and withdrawn while an issue is a draft; what is approved is fixed."""
    if state == SpecificationState.DRAFT:
        return []
    return [FilesFixed(specification=shown, state=state)]


def check_beginning(
    shown: str, given: datetime, at: datetime, former_from: datetime | None
) -> list[Refusal]:
    """BadBeginning when a validity begins or ends before it is decided, or before the former."""
    earliest = max(at, former_from) if former_from is not None else at
    if given >= earliest:
        return []
    return [BadBeginning(shown, given.isoformat(), earliest.isoformat())]


class Characteristic(Protocol):
    """What is checked of a characteristic, of a specification or of an inspection plan."""

    @property
    def code(self) -> str: ...
    @property
    def characteristic_kind(self) -> str: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def nominal(self) -> Decimal | None: ...
    @property
    def lower(self) -> Decimal | None: ...
    @property
    def upper(self) -> Decimal | None: ...
    @property
    def resolution(self) -> Decimal | None: ...
    @property
    def formula(self) -> str: ...


@dataclass(frozen=True)
class SpecifiedCharacteristic:
    """A characteristic as it stands in a draft, with the fields of SpecificationCharacteristic."""

    code: str
    name_en: str
    name_zh: str
    characteristic_kind: CharacteristicKind
    severity_class: str
    unit_id: UUID | None = None
    nominal: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    resolution: Decimal | None = None
    formula: str = ""


_VALUED: Final = frozenset({CharacteristicKind.NUMERIC, CharacteristicKind.CALCULATED})

# What may be wrong with one characteristic: the sentence in English and Chinese.
_WRONG: Final[Mapping[str, tuple[str, str]]] = {
    "nothing_stated": ("it needs at least one characteristic", "至少需要一个特性"),
    "code_twice": ("the code is there twice", "代码重复"),
    "limit_missing": ("it needs a lower or an upper limit", "必须填写下限或上限"),
    "limits_crossed": ("the lower limit is above the upper one", "下限大于上限"),
    "nominal_outside": ("the nominal value lies outside the limits", "公称值超出上下限"),
    "resolution_not_positive": ("the resolution must be more than 0", "分辨力必须大于 0"),
    "finer_than_resolution": (
        "limits and nominal value must be whole steps of the resolution",
        "公称值和上下限必须是分辨力的整数倍",
    ),
    "values_unwanted": (
        "what is judged or read as text has no unit, limits, resolution or formula",
        "计数或文本特性不填写单位、上下限、分辨力和公式",
    ),
    "formula_unwanted": ("only a calculated characteristic has a formula", "只有计算特性才有公式"),
    "formula_missing": ("a calculated characteristic needs a formula", "计算特性必须填写公式"),
    "formula_unreadable": ("its formula is wrong: {why}", "公式有误：{why}"),
    "formula_names": (
        "its formula asks for {why}, which is no measured or calculated characteristic here",
        "公式引用的 {why} 不是此处的计量或计算特性",
    ),
    "formula_cycle": ("its formula asks for itself: {why}", "公式循环引用：{why}"),
}


def check_specification(lines: Sequence[Characteristic]) -> list[Problem]:
    """Everything that keeps the draft of a specification from holding."""
    return check_characteristics(lines) if lines else [_problem("", "nothing_stated", "", "")]


def check_characteristics(lines: Sequence[Characteristic]) -> list[Problem]:
    """Everything that keeps characteristics from holding, in their order.

    A measured or calculated one has at least one limit; limits are inclusive, in order, around the
    nominal value and in steps of a positive resolution. Only a calculated one has a formula, over
    codes of measured and calculated ones, never over itself.
    """
    found = []
    formulas: dict[str, Formula] = {}
    valued = {x.code for x in lines if x.characteristic_kind in _VALUED}
    for i, line in enumerate(lines):
        checks = [(check, "", "") for check in _check_values(line)]
        if any(line.code == other.code for other in lines[:i]):
            checks.append(("code_twice", "", ""))
        if line.characteristic_kind == CharacteristicKind.CALCULATED and line.formula:
            try:
                formulas[line.code] = read_formula(line.formula)
            except NotAFormula as error:
                checks.append(("formula_unreadable", error.en, error.zh))
            else:
                unknown = ", ".join(sorted(formulas[line.code].names - valued))
                checks += [("formula_names", unknown, unknown)] if unknown else []
        found += [_problem(line.code, *check) for check in checks]
    if cycle := find_cycle(formulas):
        found.append(_problem(cycle[0], "formula_cycle", " > ".join(cycle), " > ".join(cycle)))
    return found


def _check_values(line: Characteristic) -> list[str]:
    values = (line.nominal, line.lower, line.upper)
    if line.characteristic_kind not in _VALUED:
        is_stated = any(v is not None for v in (*values, line.resolution, line.unit_id))
        return ["values_unwanted"] if is_stated or line.formula else []
    found = []
    nominal, lower, upper = values
    if lower is None and upper is None:
        found.append("limit_missing")
    if lower is not None and upper is not None and lower > upper:
        found.append("limits_crossed")
    elif nominal is not None and not (
        (lower is None or lower <= nominal) and (upper is None or nominal <= upper)
    ):
        found.append("nominal_outside")
    if line.resolution is not None and line.resolution <= 0:
        found.append("resolution_not_positive")
    elif line.resolution is not None and any(v is not None and v % line.resolution for v in values):
        found.append("finer_than_resolution")
    if line.characteristic_kind == CharacteristicKind.NUMERIC and line.formula:
        found.append("formula_unwanted")
    if line.characteristic_kind == CharacteristicKind.CALCULATED and not line.formula:
        found.append("formula_missing")
    return found


def _problem(about: str, check: str, why_en: str, why_zh: str) -> Problem:
    en, zh = _WRONG[check]
    return Problem(about, check, en.format(why=why_en), zh.format(why=why_zh))
