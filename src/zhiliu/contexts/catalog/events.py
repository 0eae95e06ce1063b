"""The public facts of the catalogue."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class CompanyAdded(Event):
    """A company exists: contexts open its number ranges, partners its own partner."""

    name: str
    currency: str
    time_zone: str

    type = "catalog.company_added.v1"


@dataclass(frozen=True)
class SiteAdded(Event):
    """A site exists: stock makes its outside places."""

    name: str
    time_zone: str

    type = "catalog.site_added.v1"


@dataclass(frozen=True)
class UnitAdded(Event):
    """Quantities may be given in this unit."""

    decimals: int

    type = "catalog.unit_added.v1"


@dataclass(frozen=True)
class UnitConversionAdded(Event):
    """One `from_unit` is numerator/denominator `to_unit`, for one material or, with none, all."""

    material_id: UUID | None
    from_unit: str
    to_unit: str
    numerator: int
    denominator: int

    type = "catalog.unit_conversion_added.v1"


@dataclass(frozen=True)
class UnitConversionChanged(Event):
    """The factor was corrected; what was converted before stays as it is."""

    material_id: UUID | None
    from_unit: str
    to_unit: str
    numerator: int
    denominator: int

    type = "catalog.unit_conversion_changed.v1"


@dataclass(frozen=True)
class ControlProfileAdded(Event):
    """Materials may be controlled in this way."""

    lot_control: str
    inspection: str

    type = "catalog.control_profile_added.v1"


@dataclass(frozen=True)
class ControlProfileChanged(Event):
    """Inspection need, tolerances, shelf life or name changed; the new version is the voucher."""

    lot_control: str
    inspection: str

    type = "catalog.control_profile_changed.v1"


@dataclass(frozen=True)
class MaterialAdded(Event):
    """A material can now be ordered, received and kept."""

    name: str
    unit: str
    profile: str

    type = "catalog.material_added.v1"


@dataclass(frozen=True)
class MaterialChanged(Event):
    """A material's name, group, profile or activity changed."""

    name: str
    profile: str
    is_active: bool

    type = "catalog.material_changed.v1"


@dataclass(frozen=True)
class MaterialRevisionAdded(Event):
    """Documents and lots may name this revision."""

    material_id: UUID
    revision: str

    type = "catalog.material_revision_added.v1"


@dataclass(frozen=True)
class BillLineAdded(Event):
    """A component belongs into an assembly; the subject's number is the assembly's."""

    assembly_id: UUID
    component_id: UUID
    component: str
    quantity: Decimal
    unit: str

    type = "catalog.bill_line_added.v1"


@dataclass(frozen=True)
class BillLineEnded(Event):
    """From `valid_to` on the component is no part of the assembly any more; None: no end."""

    assembly_id: UUID
    component_id: UUID
    component: str
    valid_to: date | None

    type = "catalog.bill_line_ended.v1"


@dataclass(frozen=True)
class SpecificationEvent(Event):
    """Something happened to an issue of a specification; the subject names number and issue."""

    issue: int
    material_id: UUID
    revision_id: UUID | None


@dataclass(frozen=True)
class SpecificationAdded(SpecificationEvent):
    """An issue of a specification is drafted."""

    type = "catalog.specification_added.v1"


@dataclass(frozen=True)
class SpecificationChanged(SpecificationEvent):
    """The draft of a specification changed."""

    type = "catalog.specification_changed.v1"


@dataclass(frozen=True)
class SpecificationApproved(SpecificationEvent):
    """An issue holds from `valid_from` on and ends the one before it."""

    valid_from: datetime

    type = "catalog.specification_approved.v1"


@dataclass(frozen=True)
class SpecificationEnded(SpecificationEvent):
    """An issue holds only until `valid_to`."""

    valid_to: datetime

    type = "catalog.specification_ended.v1"
