"""What goes over the wire for specifications. Values are decimals as text."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.catalog.api.schemas import Line, stated
from zhiliu.contexts.catalog.models import Specification
from zhiliu.contexts.catalog.operations import SpecificationChanges
from zhiliu.contexts.catalog.rules import SpecifiedCharacteristic
from zhiliu.contexts.catalog.states import CharacteristicKind, SeverityClass, SpecificationState
from zhiliu.kernel.quantity import plain
from zhiliu.kernel.refusal import Problem
from zhiliu.platform.commands.http import Act, AllowedAction, Moment, Schema, SignedAct

Value = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
# Capital letters, so that no two codes differ by case only and a formula can name each.
CharacteristicCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,29}$")]
Note = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class CharacteristicIn(Schema):
    """One characteristic. Limits are inclusive; a formula names the codes of others."""

    code: CharacteristicCode
    name_en: Annotated[Line, Field(min_length=1, max_length=100)]
    name_zh: Annotated[Line, Field(max_length=100)] = ""
    characteristic_kind: CharacteristicKind
    severity_class: SeverityClass
    unit_id: UUID | None = None
    nominal: Value | None = None
    lower: Value | None = None
    upper: Value | None = None
    resolution: Value | None = None
    formula: Annotated[Line, Field(max_length=300)] = ""


class SpecifiedCharacteristicOut(CharacteristicIn):
    """One characteristic, as it stands in a draft or holds."""

    @classmethod
    def of(cls, line: SpecifiedCharacteristic) -> "SpecifiedCharacteristicOut":
        return cls(**asdict(line))


Characteristics = Annotated[list[CharacteristicIn], Field(max_length=500)]


def _lines(given: list[CharacteristicIn]) -> list[SpecifiedCharacteristic]:
    return [SpecifiedCharacteristic(**line.model_dump()) for line in given]


class SpecificationIn(Act):
    """A new issue; without characteristics and number they are those of the issue before."""

    material_id: UUID
    revision_id: UUID | None = None
    number: Annotated[Line, Field(max_length=64)] = ""
    note: Note = ""
    characteristics: Characteristics | None = None

    def values(self) -> list[SpecifiedCharacteristic] | None:
        """The characteristics as the operation takes them."""
        return None if self.characteristics is None else _lines(self.characteristics)


class SpecificationPatch(Act):
    """Changes of a draft; what is left out stays, characteristics are replaced as a whole."""

    note: Note = ""
    characteristics: Characteristics = []

    def changes(self) -> SpecificationChanges:
        """What was stated, as the operation takes it."""
        found: SpecificationChanges = {}
        given = stated(self)
        if "note" in given:
            found["note"] = self.note
        if "characteristics" in given:
            found["characteristics"] = _lines(self.characteristics)
        return found


class ApprovalIn(SignedAct):
    """An approval; without valid_from it holds at once."""

    valid_from: Moment | None = None


class EndIn(Act):
    """An end; without valid_to at once."""

    valid_to: Moment | None = None


class SpecificationOut(Schema):
    """An issue of a specification; it holds from valid_from to valid_to, not being a draft."""

    id: UUID
    version: int
    number: str
    issue: int
    material_id: UUID
    material: str
    material_name: str
    revision_id: UUID | None
    revision: str | None
    state: SpecificationState
    valid_from: datetime | None
    valid_to: datetime | None
    approved_by: UUID | None
    approved_at: datetime | None
    note: str

    @classmethod
    def of(cls, row: Specification) -> "SpecificationOut":
        return cls(**_fields(row))


class SpecificationDetailOut(SpecificationOut):
    """An issue with its characteristics, what still keeps a draft from holding, and the verbs."""

    characteristics: list[SpecifiedCharacteristicOut]
    problems: list[str]
    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(
        cls,
        row: Specification,
        lines: list[SpecifiedCharacteristic],
        problems: list[Problem],
        actions: list[AllowedAction],
        language: str,
    ) -> "SpecificationDetailOut":
        return cls(
            **_fields(row),
            characteristics=[SpecifiedCharacteristicOut.of(line) for line in lines],
            problems=[p.sentence(language) for p in problems],
            allowed_actions=actions,
        )


def _fields(row: Specification) -> dict[str, Any]:
    names = (
        "id version number issue material_id revision_id state valid_from valid_to approved_by "
        "approved_at note"
    )
    return {
        **{name: getattr(row, name) for name in names.split()},
        "material": row.material.number,
        "material_name": row.material.name,
        "revision": row.revision.revision if row.revision is not None else None,
    }
