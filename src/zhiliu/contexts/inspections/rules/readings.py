"""What a reading is worth: the number in a text, in or out, suspicious, calculated, counted."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final
from uuid import UUID

from zhiliu.contexts.inspections.states import CountingBasis
from zhiliu.kernel.formula import NotCalculable, read_formula

# UX.md section 2: further than three tolerance widths from the middle is most often a slip.
SUSPICIOUS_WIDTHS: Final = 3
FINEST: Final = Decimal("0.000001")

# What may be wrong with one cell of a grid: the sentence in English and Chinese.
PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "characteristic_unknown": (
        "the plan has no characteristic {characteristic}",
        "检验方案中没有特性 {characteristic}",
    ),
    "unit_unknown": (
        "unit {unit_no} is not in the sample of {characteristic}",
        "第 {unit_no} 件不在 {characteristic} 的样本中",
    ),
    "named_twice": ("it is named twice in this request", "同一请求中重复填写"),
    "calculated": (
        "{characteristic} is calculated from others, it is not entered",
        "{characteristic} 由其他特性计算得出，无需录入",
    ),
    "counted": (
        "{characteristic} was counted, unit by unit readings would count it twice",
        "{characteristic} 已按计数录入，不能再逐件录入",
    ),
    "text_missing": ("nothing was entered", "未填写"),
    "not_a_number": ("'{text}' is no number", "“{text}”不是数字"),
    "comma_ambiguous": (
        "the comma in '{text}' may stand for thousands or for the decimals",
        "“{text}”中的逗号可能是千位分隔或小数点，含义不明",
    ),
    "too_large": (
        "'{text}' has more than 12 digits before the point",
        "“{text}”的整数部分超过 12 位",
    ),
    "too_fine": ("'{text}' is finer than {limit}", "“{text}”的精度超过 {limit}"),
    "not_a_button": ("'{text}' is none of ok, ng, na", "“{text}”不是 ok、ng、na 之一"),
    "defect_missing": ("ng needs a defect code", "ng 须选择缺陷代码"),
    "defect_unknown": ("there is no defect code {given} in use", "没有可用的缺陷代码 {given}"),
    "count_unwanted": (
        "only an attribute that is out, counted by nonconformities, is found more than once",
        "只有按不合格数计的计数特性不合格时，才能填写大于 1 的数量",
    ),
    "defect_unwanted": ("only what is out has a defect code", "只有不合格时才填写缺陷代码"),
    "position_unknown": (
        "there is no position code {given} in use",
        "没有可用的部位代码 {given}",
    ),
    "position_unwanted": ("only what is out has a position", "只有不合格时才填写部位"),
    "gauge_missing": ("it must name the gauge", "必须填写量具"),
    "gauge_unknown": ("there is no gauge {given} at this site", "本工厂没有量具 {given}"),
    "gauge_unusable": ("{given}", "{given_zh}"),
    "reason_missing": (
        "it was read before ({was}); a correction needs a reason",
        "此前已录入（{was}），更正必须填写原因",
    ),
    "not_calculable": (
        "{calculated} has no value for these readings",
        "由这些检测值无法计算 {calculated}",
    ),
    "suspicious": (
        "{text} is far outside {lower} to {upper}",
        "{text} 远超出 {lower} 至 {upper}",
    ),
}

_ASCII: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_GROUPED: Final = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+)(\.\d*)?", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_BLANKS: Final = re.compile(r"[\s_'’]+")
# Signs and points that keyboards and input methods give beside the full-width ones.
_TYPED: Final = str.maketrans({"。": ".", "−": "-", "–": "-", "—": "-", "、": ","})

BUTTONS: Final[Mapping[str, bool | None]] = {"ok": True, "ng": False, "na": None}


class Unreadable(ValueError):
    """A text is not the value that was asked for; `problem` is a key of PROBLEMS."""

    def __init__(self, problem: str, **said: Any) -> None:
        super().__init__(problem)
        self.problem, self.said = problem, said


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic of an approved plan version, as readings are judged by it.

    `kind` is a value of catalog's CharacteristicKind, which is not behind its door for rules.
    `lower` and `upper` are inclusive, in the characteristic's unit, like `nominal` and
    `resolution`. `has_own_sample`: its sampling overrides that of its class.
    """

    id: UUID
    code: str
    kind: str
    severity_class: str
    nominal: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    resolution: Decimal | None = None
    formula: str = ""
    gauge_type_id: UUID | None = None
    gauge_type: str = ""
    is_destructive: bool = False
    has_own_sample: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading's number, its result (None: nothing to judge), and whether it looks like a slip."""

    value: Decimal | None
    is_in: bool | None
    is_suspicious: bool = False


def judge_text(characteristic: Characteristic, text: str) -> Judged:
    """What was typed, against the characteristic; raises Unreadable."""
    kind = characteristic.kind
    if kind == "numeric":
        return judge_value(characteristic, read_number(text, characteristic.resolution))
    if kind == "attribute":
        try:
            return Judged(None, BUTTONS[text.strip().lower()])
        except KeyError:
            raise Unreadable("not_a_button", text=text) from None
    if kind == "calculated":
        raise Unreadable("calculated")
    if not text.strip():
        raise Unreadable("text_missing")
    return Judged(None, None)


def judge_value(characteristic: Characteristic, value: Decimal) -> Judged:
    """A number against the inclusive limits."""
    lower, upper = characteristic.lower, characteristic.upper
    if (lower is None or lower <= value) and (upper is None or value <= upper):
        return Judged(value, True)
    is_suspicious = False
    if lower is not None and upper is not None:
        nominal = characteristic.nominal
        middle = (lower + upper) / 2 if nominal is None else nominal
        width = upper - lower
        is_suspicious = width > 0 and abs(value - middle) > SUSPICIOUS_WIDTHS * width
    return Judged(value, False, is_suspicious)


def read_number(text: str, resolution: Decimal | None) -> Decimal:
    """The number in what was typed; raises Unreadable.

    Full-width digits and signs, blanks, thousands commas and a decimal comma are understood; one
    comma before exactly three digits may mean either and is refused. A value finer than the
    resolution was not read from the gauge.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_TYPED)
    if not _ASCII.fullmatch(plain):
        plain = _without_commas(_BLANKS.sub("", plain), text)
    value = Decimal(plain)
    if value.adjusted() >= 12:
        raise Unreadable("too_large", text=text)
    step = resolution or FINEST
    if value % step:
        raise Unreadable("too_fine", text=text, limit=step)
    return value


def _without_commas(plain: str, text: str) -> str:
    if _ASCII.fullmatch(plain):
        return plain
    if not plain:
        raise Unreadable("text_missing")
    grouped = _GROUPED.fullmatch(plain)
    if grouped and plain.count(",") == 1 and grouped[3] is None:
        raise Unreadable("comma_ambiguous", text=text)
    if grouped:
        return plain.replace(",", "")
    if _DECIMAL_COMMA.fullmatch(plain):
        return plain.replace(",", ".")
    raise Unreadable("not_a_number", text=text)


def calculate(characteristic: Characteristic, values: Mapping[str, Decimal]) -> Judged:
    """A calculated characteristic from a unit's numbers by code, all of which its formula asks for.

    Rounded once, half-even, to its resolution, six decimals without one. Raises Unreadable.
    """
    formula = read_formula(characteristic.formula)
    step = characteristic.resolution or FINEST
    try:
        exact = formula.value(values)
        if exact and exact.adjusted() >= 12:
            raise NotCalculable(characteristic.formula)
        value = (exact / step).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * step
    except (NotCalculable, ArithmeticError):
        raise Unreadable("not_calculable", calculated=characteristic.code) from None
    return judge_value(characteristic, value)


def count_nonconformities(
    characteristic: Characteristic, judged: Judged, given: int | None, basis: str
) -> int:
    """How many nonconformities a reading stands for: none unless it is out, else `given` or one.

    Several only of an attribute whose sample counts nonconformities (ISO 2859-1:1999 clause
    3.1.9). Raises Unreadable.
    """
    is_out = judged.is_in is False
    may_be_several = (
        is_out and characteristic.kind == "attribute" and basis == CountingBasis.NONCONFORMITIES
    )
    if given is not None and not (may_be_several or (is_out and given == 1)):
        raise Unreadable("count_unwanted")
    return (given or 1) if is_out else 0


def count_unit(outs: int, basis: str) -> int:
    """What a unit with so many nonconformities of one class adds to d: one nonconforming unit, or
    each of them. Source: ISO 2859-1:1999 clauses 3.1.7 to 3.1.9.
    """
    return outs if basis == CountingBasis.NONCONFORMITIES else min(outs, 1)
