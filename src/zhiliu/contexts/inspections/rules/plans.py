"""Inspection plans on plain values: what may hold, and which verb in which state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from zhiliu.contexts.inspections.errors import (
    OwnPlanDraft,
    PlanBeginsTooEarly,
    PlanFilesFixed,
    PlanNotInState,
    SamplingValueUnknown,
)
from zhiliu.contexts.inspections.rules.sampling import is_for_units
from zhiliu.contexts.inspections.rules.sampling_tables import AQLS, LEVELS
from zhiliu.contexts.inspections.states import PLAN_VERSION, CountingBasis, PlanState, Scheme
from zhiliu.kernel.formula import NotAFormula, read_formula
from zhiliu.kernel.refusal import Problem, Refusal


@dataclass(frozen=True)
class ClassLine:
    """How one severity class is sampled, with the fields of PlanClass."""

    severity_class: str
    scheme: Scheme
    basis: CountingBasis
    level: str = ""
    aql: Decimal | None = None
    fixed_n: int | None = None
    may_skip: bool = False


@dataclass(frozen=True)
class PlanLine:
    """A characteristic as it stands in a draft, with the fields of PlanCharacteristic."""

    code: str
    name_en: str
    name_zh: str
    characteristic_kind: str
    severity_class: str
    unit_id: UUID | None = None
    nominal: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    resolution: Decimal | None = None
    formula: str = ""
    gauge_type_id: UUID | None = None
    is_destructive: bool = False
    scheme: str = ""
    level: str = ""
    aql: Decimal | None = None
    fixed_n: int | None = None
    basis: str = ""

    @property
    def sampling(self) -> tuple[Any, ...]:
        """How its units are chosen: by its class, or by its own sampling."""
        own = (self.scheme, self.level, self.aql, self.fixed_n, self.basis)
        return (self.severity_class, *own)


SPECIFIED: Final = (
    "characteristic_kind",
    "unit_id",
    "nominal",
    "lower",
    "upper",
    "resolution",
    "formula",
)


def pinned(lines: Sequence[PlanLine], specified: Mapping[str, Any]) -> list[PlanLine]:
    """The lines with what the specification says of their codes: kind, unit, values, formula."""
    return [
        replace(line, **{name: getattr(of, name) for name in SPECIFIED})
        if (of := specified.get(line.code)) is not None
        else line
        for line in lines
    ]


@dataclass(frozen=True)
class PlanFacts:
    """What is asked about a version of a plan; `shown` names both."""

    shown: str
    state: str
    is_author: bool = False


def can_plan(verb: str, facts: PlanFacts) -> list[Refusal]:
    """Whether `verb` may happen to a plan version; who drafted it may not approve it."""
    found: list[Refusal] = []
    if not PLAN_VERSION.allows(verb, facts.state):
        found.append(PlanNotInState(plan_version=facts.shown, state=facts.state, verb=verb))
    if verb == "approve" and facts.is_author:
        found.append(OwnPlanDraft(plan_version=facts.shown))
    return found


def check_plan_files(shown: str, state: str) -> list[Refusal]:
    """Files are attached and withdrawn while a version is a draft; what is approved is fixed."""
    if state == PlanState.DRAFT:
        return []
    return [PlanFilesFixed(plan_version=shown, state=state)]


def check_plan_beginning(
    shown: str, given: datetime, at: datetime, former_from: datetime | None
) -> list[Refusal]:
    """PlanBeginsTooEarly when a validity begins or ends before it is decided, or the former."""
    earliest = max(at, former_from) if former_from is not None else at
    if given >= earliest:
        return []
    return [PlanBeginsTooEarly(shown, given.isoformat(), earliest.isoformat())]


# What may be wrong with a plan: the sentence in English and Chinese.
_WRONG: Final[Mapping[str, tuple[str, str]]] = {
    "nothing_stated": ("it needs at least one characteristic", "至少需要一个特性"),
    "class_twice": ("the class is there twice", "严重度分类重复"),
    "class_missing": (
        "its class {why} has no sampling: add the class",
        "其严重度分类 {why} 没有抽样规定：请添加该分类",
    ),
    "class_unused": ("no characteristic is of this class", "没有特性属于该分类"),
    "level_unknown": ("the level must be one of {why}", "检验水平必须是 {why} 之一"),
    "aql_unknown": ("the AQL must be one of {why}", "AQL 必须是 {why} 之一"),
    "aql_not_for_units": (
        "an AQL above 10 counts nonconformities, not nonconforming units",
        "AQL 大于 10 时只能按不合格数计，不能按不合格品数计",
    ),
    "fixed_n_missing": ("a fixed sampling needs the number of units", "固定抽样必须填写样本量"),
    "sampling_too_much": (
        "{why} has neither more nor less than: level and AQL (iso, mil), number (fixed), "
        "nothing (full)",
        "{why} 应只填写：检验水平和 AQL（iso、mil）、样本量（fixed）、不填（full）",
    ),
    "skip_under_mil": (
        "lots are not skipped under mil: use iso, or inspect each lot",
        "mil 不采用跳批检验：请改用 iso，或逐批检验",
    ),
    "basis_missing": ("own sampling needs its counting basis", "特性单独抽样必须填写计数方式"),
    "sampling_without_scheme": ("own sampling needs its scheme", "特性单独抽样必须选择抽样计划"),
    "gauge_unwanted": (
        "what is calculated is not measured: no gauge, nothing destroyed",
        "计算特性不经测量，不填写量具和破坏性",
    ),
    "sampled_apart": (
        "its formula asks for {why}, which is not read of the same units: give them one class "
        "and one sampling",
        "公式引用的 {why} 不在同一样本上测量：请使用相同的分类和抽样",
    ),
    "specification_of_other": (
        "the specification {why} is of another material",
        "规格书 {why} 属于其他物料",
    ),
    "specification_not_holding": (
        "the specification {why} does not hold when the plan begins",
        "方案生效时规格书 {why} 不在有效期内",
    ),
    "kind_differs": (
        "the specification says it is {why}",
        "规格书规定其类型为 {why}",
    ),
}


def problem(about: str, check: str, why: str = "") -> Problem:
    """One thing that keeps a plan from holding; `why` fills its sentence."""
    en, zh = _WRONG[check]
    return Problem(about, check, en.format(why=why), zh.format(why=why))


def check_plan(classes: Sequence[ClassLine], lines: Sequence[PlanLine]) -> list[Problem]:
    """Everything about sampling that keeps a plan version from holding.

    Each class that a characteristic is of is sampled once, with a level and an AQL of the tables
    (iso, mil), a number (fixed) or whole (full); an AQL above 10 limits nonconformities only
    (ISO 2859-1:1999 clause 5.1). A calculated characteristic is sampled like what it asks for.
    """
    if not lines:
        return [problem("", "nothing_stated")]
    found = []
    used = {line.severity_class for line in lines}
    for i, one in enumerate(classes):
        name = str(one.severity_class)
        if any(one.severity_class == other.severity_class for other in classes[:i]):
            found.append(problem(name, "class_twice"))
        if one.severity_class not in used:
            found.append(problem(name, "class_unused"))
        if one.may_skip and one.scheme == Scheme.MIL:
            found.append(problem(name, "skip_under_mil"))
        found += _check_sampling(name, one)
    sampled = {one.severity_class for one in classes}
    for line in lines:
        if line.severity_class not in sampled:
            found.append(problem(line.code, "class_missing", str(line.severity_class)))
        found += _check_own(line)
    return found + _check_apart(lines)


def _check_own(line: PlanLine) -> list[Problem]:
    found = []
    if line.scheme:
        found += _check_sampling(line.code, line)
        if not line.basis:
            found.append(problem(line.code, "basis_missing"))
    elif line.level or line.basis or line.aql is not None or line.fixed_n is not None:
        found.append(problem(line.code, "sampling_without_scheme"))
    is_calculated = line.characteristic_kind == "calculated"
    if is_calculated and (line.gauge_type_id is not None or line.is_destructive):
        found.append(problem(line.code, "gauge_unwanted"))
    return found


def _check_sampling(about: str, one: ClassLine | PlanLine) -> list[Problem]:
    by_tables = one.scheme in (Scheme.ISO, Scheme.MIL)
    has_more = (not by_tables and (one.level or one.aql is not None)) or (
        one.scheme != Scheme.FIXED and one.fixed_n is not None
    )
    if has_more:
        return [problem(about, "sampling_too_much", str(one.scheme))]
    found = []
    if one.scheme == Scheme.FIXED and not one.fixed_n:
        found.append(problem(about, "fixed_n_missing"))
    if by_tables and one.level not in LEVELS:
        found.append(problem(about, "level_unknown", ", ".join(LEVELS)))
    if by_tables:
        try:
            is_too_high = one.aql is None or not is_for_units(one.aql)
        except SamplingValueUnknown:
            return [*found, problem(about, "aql_unknown", ", ".join(AQLS))]
        if one.aql is None:
            found.append(problem(about, "aql_unknown", ", ".join(AQLS)))
        elif is_too_high and one.basis == CountingBasis.NONCONFORMING_UNITS:
            found.append(problem(about, "aql_not_for_units"))
    return found


def _check_apart(lines: Sequence[PlanLine]) -> list[Problem]:
    by_code = {line.code: line for line in lines}
    found = []
    for line in lines:
        if line.characteristic_kind != "calculated":
            continue
        try:
            names = read_formula(line.formula).names
        except NotAFormula:
            continue
        apart = [
            name
            for name in sorted(names & by_code.keys())
            if by_code[name].sampling != line.sampling
        ]
        if apart:
            found.append(problem(line.code, "sampled_apart", ", ".join(apart)))
    return found


def check_pinned(lines: Sequence[PlanLine], specified: Mapping[str, Any]) -> list[Problem]:
    """What a specification says of a code is of the kind that the plan says."""
    return [
        problem(line.code, "kind_differs", str(of.characteristic_kind))
        for line in lines
        if (of := specified.get(line.code)) is not None
        and of.characteristic_kind != line.characteristic_kind
    ]


def check_specification(
    shown: str, material_id: UUID, plan_material_id: UUID | None, holds: bool
) -> list[Problem]:
    """The specification that a plan pins is of its material and holds when the plan begins."""
    if material_id != plan_material_id:
        return [problem("", "specification_of_other", shown)]
    return [] if holds else [problem("", "specification_not_holding", shown)]
