"""What goes over the wire for the catalogue."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.contexts.catalog.models import (
    BillLine,
    Company,
    ControlProfile,
    Material,
    MaterialRevision,
    Site,
    Unit,
    UnitConversion,
)
from zhiliu.contexts.catalog.states import InspectionNeed, LotControl
from zhiliu.kernel.quantity import plain
from zhiliu.platform.commands.http import Act, Schema

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Code = Annotated[Line, Field(min_length=1, max_length=20)]
Gtin = Annotated[str, Field(max_length=14, pattern=r"^[0-9]*$")]
Name = Annotated[Line, Field(min_length=1, max_length=150)]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Percent = Annotated[Decimal, Field(max_digits=6, decimal_places=3)]
Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]


def stated(body: Act) -> dict[str, Any]:
    """A body's own fields that the caller stated, as the arguments of an operation."""
    return body.model_dump(exclude={"occurred_at", "reason"}, exclude_unset=True)


class CompanyIn(Act):
    """A new company."""

    code: Code
    name: Name
    currency: Line = Field(max_length=3, description="ISO 4217, such as CNY")
    time_zone: Line = Field(max_length=50, description="IANA name, such as Asia/Shanghai")


class CompanyOut(Schema):
    """A company."""

    id: UUID
    version: int
    code: str
    name: str
    currency: str
    time_zone: str

    @classmethod
    def of(cls, company: Company) -> "CompanyOut":
        return cls.model_validate(company, from_attributes=True)


class SiteIn(Act):
    """A new site; without a time zone it has its company's."""

    company_id: UUID
    code: Code
    name: Name
    time_zone: Annotated[Line, Field(max_length=50)] | None = None


class SiteOut(Schema):
    """A site."""

    id: UUID
    version: int
    company_id: UUID
    code: str
    name: str
    time_zone: str

    @classmethod
    def of(cls, site: Site) -> "SiteOut":
        return cls.model_validate(site, from_attributes=True)


class UnitIn(Act):
    """A new unit."""

    code: Annotated[Line, Field(min_length=1, max_length=12)]
    name_en: Annotated[Line, Field(min_length=1, max_length=60)]
    name_zh: Annotated[Line, Field(max_length=60)] = ""
    decimals: int = Field(default=0, ge=0, le=6)


class UnitOut(Schema):
    """A unit."""

    id: UUID
    version: int
    code: str
    name_en: str
    name_zh: str
    decimals: int

    @classmethod
    def of(cls, unit: Unit) -> "UnitOut":
        return cls.model_validate(unit, from_attributes=True)


class UnitConversionIn(Act):
    """One from_unit is exactly numerator/denominator to_unit, of one material or of all."""

    from_unit_id: UUID
    to_unit_id: UUID
    numerator: int = Field(ge=1, le=10**12)
    denominator: int = Field(default=1, ge=1, le=10**12)
    material_id: UUID | None = None


class UnitConversionPatch(Act):
    """The corrected factor of a conversion."""

    numerator: int = Field(ge=1, le=10**12)
    denominator: int = Field(default=1, ge=1, le=10**12)


class UnitConversionOut(Schema):
    """A unit conversion."""

    id: UUID
    version: int
    material_id: UUID | None
    from_unit_id: UUID
    from_unit: str
    to_unit_id: UUID
    to_unit: str
    numerator: int
    denominator: int

    @classmethod
    def of(cls, conversion: UnitConversion) -> "UnitConversionOut":
        return cls(
            id=conversion.pk,
            version=conversion.version,
            material_id=conversion.material_id,
            from_unit_id=conversion.from_unit_id,
            from_unit=conversion.from_unit.code,
            to_unit_id=conversion.to_unit_id,
            to_unit=conversion.to_unit.code,
            numerator=conversion.numerator,
            denominator=conversion.denominator,
        )


class ControlProfileIn(Act):
    """A new control profile; tolerances are percent of the ordered quantity."""

    code: Annotated[Line, Field(min_length=1, max_length=30)]
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    lot_control: LotControl
    inspection: InspectionNeed
    over_tolerance_percent: Percent = Field(default=Decimal(0), ge=0, le=999)
    short_tolerance_percent: Percent = Field(default=Decimal(0), ge=0, le=100)
    shelf_life_days: int | None = Field(default=None, ge=1, le=36_500)


class ControlProfilePatch(Act):
    """Changes of a control profile; what is left out stays."""

    name: Annotated[Line, Field(min_length=1, max_length=100)] = ""
    inspection: InspectionNeed = InspectionNeed.REQUIRED
    over_tolerance_percent: Percent = Field(default=Decimal(0), ge=0, le=999)
    short_tolerance_percent: Percent = Field(default=Decimal(0), ge=0, le=100)
    shelf_life_days: int | None = Field(default=None, ge=1, le=36_500)


class ControlProfileOut(Schema):
    """A control profile."""

    id: UUID
    version: int
    code: str
    name: str
    lot_control: LotControl
    inspection: InspectionNeed
    over_tolerance_percent: Shown
    short_tolerance_percent: Shown
    shelf_life_days: int | None

    @classmethod
    def of(cls, profile: ControlProfile) -> "ControlProfileOut":
        return cls.model_validate(profile, from_attributes=True)


class MaterialIn(Act):
    """A new material; unit_id is its stock unit."""

    number: Annotated[Line, Field(min_length=1, max_length=40)]
    name: Name
    group: Annotated[Line, Field(max_length=60)] = ""
    unit_id: UUID
    profile_id: UUID
    gtin: Gtin = ""


class MaterialPatch(Act):
    """Changes of a material; what is left out stays. is_active false takes it out of use."""

    name: Name = ""
    group: Annotated[Line, Field(max_length=60)] = ""
    profile_id: UUID = UUID(int=0)
    gtin: Gtin = ""
    is_active: bool = True


class MaterialOut(Schema):
    """A material."""

    id: UUID
    version: int
    number: str
    name: str
    group: str
    unit_id: UUID
    unit: str
    profile_id: UUID
    profile: str
    gtin: str
    is_active: bool

    @classmethod
    def of(cls, material: Material) -> "MaterialOut":
        return cls(
            id=material.pk,
            version=material.version,
            number=material.number,
            name=material.name,
            group=material.group,
            unit_id=material.unit_id,
            unit=material.unit.code,
            profile_id=material.profile_id,
            profile=material.profile.code,
            gtin=material.gtin,
            is_active=material.is_active,
        )


class MaterialRevisionIn(Act):
    """A new revision of a material."""

    material_id: UUID
    revision: Annotated[Line, Field(min_length=1, max_length=15)]
    valid_from: date | None = None


class MaterialRevisionOut(Schema):
    """A revision of a material."""

    id: UUID
    version: int
    material_id: UUID
    material: str
    material_name: str
    revision: str
    valid_from: date | None

    @classmethod
    def of(cls, revision: MaterialRevision) -> "MaterialRevisionOut":
        return cls(
            id=revision.pk,
            version=revision.version,
            material_id=revision.material_id,
            material=revision.material.number,
            material_name=revision.material.name,
            revision=revision.revision,
            valid_from=revision.valid_from,
        )


class BillLineIn(Act):
    """So much of the component goes into one assembly; valid_to is exclusive."""

    assembly_id: UUID
    component_id: UUID
    quantity: Amount = Field(gt=0)
    unit_id: UUID
    valid_from: date
    valid_to: date | None = None


class BillLinePatch(Act):
    """The exclusive end of a line; null: no end."""

    valid_to: date | None


class BillLineOut(Schema):
    """A line of a bill of material."""

    id: UUID
    version: int
    assembly_id: UUID
    assembly: str
    component_id: UUID
    component: str
    quantity: Shown
    unit_id: UUID
    unit: str
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, line: BillLine) -> "BillLineOut":
        return cls(
            id=line.pk,
            version=line.version,
            assembly_id=line.assembly_id,
            assembly=line.assembly.number,
            component_id=line.component_id,
            component=line.component.number,
            quantity=line.quantity,
            unit_id=line.unit_id,
            unit=line.unit.code,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
        )
