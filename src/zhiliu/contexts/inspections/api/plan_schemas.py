"""What goes over the wire for inspection plans. Values and AQLs are decimals as text."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.catalog.public import CharacteristicKind, SeverityClass
from zhiliu.contexts.inspections.api.fields import Line, OtherName, ShortName
from zhiliu.contexts.inspections.api.schemas import stated
from zhiliu.contexts.inspections.models import NEAR_PERCENT, InspectionPlan, PlanVersion
from zhiliu.contexts.inspections.operations import PlanChanges
from zhiliu.contexts.inspections.queries.plans import Content
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanLine
from zhiliu.contexts.inspections.states import CountingBasis, PlanState, Scheme, Stage
from zhiliu.kernel.quantity import plain
from zhiliu.kernel.refusal import Problem
from zhiliu.platform.commands.http import Act, AllowedAction, Moment, Schema, SignedAct

Value = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Aql = Annotated[
    Decimal,
    Field(max_digits=8, decimal_places=3, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
# Capital letters, so that no two codes differ by case only and a formula can name each.
CharacteristicCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,29}$")]
Level = Annotated[Line, Field(max_length=4)]
NearPercent = Annotated[
    Decimal,
    Field(ge=0, le=50, max_digits=4, decimal_places=2, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Note = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
# Far above any n of a table: the units drawn are written down one by one.
Count = Annotated[int, Field(ge=1, le=100_000)]


class PlanClassIn(Schema):
    """How a severity class is sampled: level and AQL (iso, mil), fixed_n (fixed), or full."""

    severity_class: SeverityClass
    scheme: Scheme
    basis: CountingBasis = CountingBasis.NONCONFORMING_UNITS
    level: Level = ""
    aql: Aql | None = None
    fixed_n: Count | None = None
    may_skip: bool = False


class PlanCharacteristicIn(Schema):
    """One characteristic of a plan; with a scheme it is sampled apart from its class.

    What the pinned specification says of its code goes before what stands here.
    """

    code: CharacteristicCode
    name_en: ShortName
    name_zh: OtherName = ""
    characteristic_kind: CharacteristicKind
    severity_class: SeverityClass
    unit_id: UUID | None = None
    nominal: Value | None = None
    lower: Value | None = None
    upper: Value | None = None
    resolution: Value | None = None
    formula: Annotated[Line, Field(max_length=300)] = ""
    gauge_type_id: UUID | None = None
    is_destructive: bool = False
    scheme: Scheme | Literal[""] = ""
    level: Level = ""
    aql: Aql | None = None
    fixed_n: Count | None = None
    basis: CountingBasis | Literal[""] = ""


class PlanClassOut(PlanClassIn):
    """How a severity class is sampled."""

    @classmethod
    def of(cls, line: ClassLine) -> "PlanClassOut":
        return cls(**asdict(line))


class PlanCharacteristicOut(PlanCharacteristicIn):
    """One characteristic of a plan, with the limits of its specification where it pins one."""

    @classmethod
    def of(cls, line: PlanLine) -> "PlanCharacteristicOut":
        return cls(**asdict(line))


class _Drafted(Act):
    """What a draft may state; classes and characteristics are replaced as a whole.

    A reading within `near_percent` of the tolerance width from a limit is shown as near it.
    """

    specification_id: UUID | None = None
    note: Note = ""
    near_percent: NearPercent = NEAR_PERCENT
    classes: Annotated[list[PlanClassIn], Field(max_length=10)] = []
    characteristics: Annotated[list[PlanCharacteristicIn], Field(max_length=500)] = []

    def changes(self) -> PlanChanges:
        """What was stated of the draft, as the operation takes it."""
        found: PlanChanges = {}
        given = stated(self)
        if "specification_id" in given:
            found["specification_id"] = self.specification_id
        if "note" in given:
            found["note"] = self.note
        if "near_percent" in given:
            found["near_percent"] = self.near_percent
        if "classes" in given:
            found["classes"] = [ClassLine(**c.model_dump()) for c in self.classes]
        if "characteristics" in given:
            found["characteristics"] = [PlanLine(**x.model_dump()) for x in self.characteristics]
        return found


class PlanIn(_Drafted):
    """A new plan for a material or a material group, of one supplier or of all, and its draft."""

    material_id: UUID | None = None
    material_group: Annotated[Line, Field(max_length=60)] = ""
    supplier_id: UUID | None = None
    stage: Stage = Stage.INCOMING
    number: Annotated[Line, Field(max_length=90)] = ""
    name: Annotated[Line, Field(max_length=150)] = ""


class PlanVersionIn(_Drafted):
    """A new version: a copy of the last one, with what is stated."""


class PlanVersionPatch(_Drafted):
    """Changes of a draft; what is left out stays."""


class PlanApprovalIn(SignedAct):
    """An approval; without valid_from the version holds at once."""

    valid_from: Moment | None = None


class PlanEndIn(Act):
    """An end; without valid_to at once."""

    valid_to: Moment | None = None


class PlanOut(Schema):
    """What an inspection plan is for; what it inspects is in its versions."""

    id: UUID
    version: int
    number: str
    name: str
    stage: Stage
    material_id: UUID | None
    material: str | None
    material_name: str | None
    material_group: str
    supplier_id: UUID | None
    supplier: str | None
    supplier_name: str | None

    @classmethod
    def of(cls, row: InspectionPlan) -> "PlanOut":
        return cls(
            id=row.pk,
            version=row.version,
            number=row.number,
            name=row.name,
            stage=Stage(row.stage),
            **_goods(row),
        )


class PlanVersionOut(Schema):
    """A version of a plan; it holds from valid_from to valid_to, not being a draft."""

    id: UUID
    version: int
    plan_id: UUID
    plan: str
    name: str
    version_no: int
    material_id: UUID | None
    material: str | None
    material_name: str | None
    material_group: str
    supplier_id: UUID | None
    supplier: str | None
    supplier_name: str | None
    state: PlanState
    specification_id: UUID | None
    specification: str | None
    note: str
    near_percent: NearPercent
    valid_from: datetime | None
    valid_to: datetime | None
    approved_by: UUID | None
    approved_at: datetime | None

    @classmethod
    def of(cls, row: PlanVersion) -> "PlanVersionOut":
        return cls(**_fields(row))


class PlanDetailOut(PlanOut):
    """A plan with its versions, the latest first."""

    versions: list[PlanVersionOut]

    @classmethod
    def whole(cls, row: InspectionPlan, versions: list[PlanVersion]) -> "PlanDetailOut":
        return cls(
            **PlanOut.of(row).model_dump(), versions=[PlanVersionOut.of(v) for v in versions]
        )


class PlanVersionDetailOut(PlanVersionOut):
    """A version with what it inspects, what still keeps a draft from holding, and the verbs."""

    classes: list[PlanClassOut]
    characteristics: list[PlanCharacteristicOut]
    problems: list[str]
    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(
        cls,
        row: PlanVersion,
        content: Content,
        problems: list[Problem],
        actions: list[AllowedAction],
        language: str,
    ) -> "PlanVersionDetailOut":
        return cls(
            **_fields(row),
            classes=[PlanClassOut.of(c) for c in content.classes],
            characteristics=[PlanCharacteristicOut.of(x) for x in content.lines],
            problems=[p.sentence(language) for p in problems],
            allowed_actions=actions,
        )


def _goods(plan: InspectionPlan) -> dict[str, Any]:
    material, supplier = plan.material, plan.supplier
    return {
        "material_id": plan.material_id,
        "material": material.number if material is not None else None,
        "material_name": material.name if material is not None else None,
        "material_group": plan.material_group,
        "supplier_id": plan.supplier_id,
        "supplier": supplier.number if supplier is not None else None,
        "supplier_name": supplier.name if supplier is not None else None,
    }


def _fields(row: PlanVersion) -> dict[str, Any]:
    names = (
        "id version plan_id version_no state specification_id note near_percent valid_from "
        "valid_to approved_by approved_at"
    )
    return {
        **{name: getattr(row, name) for name in names.split()},
        "plan": row.plan.number,
        "name": row.plan.name,
        "specification": row.specification.shown if row.specification is not None else None,
        **_goods(row.plan),
    }
