"""`zhiliu import adventureworks`: master data of a real source through the users' operations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.connectors.operations.performing import once_for_id
from zhiliu.contexts.connectors.queries import read_table
from zhiliu.contexts.connectors.rules import (
    TIME_ZONE,
    Row,
    place_is_work_centre,
    unit_decimals,
)
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.partners import public as partners
from zhiliu.contexts.purchasing import public as purchasing
from zhiliu.contexts.stock import public as stock

Progress = Callable[[Iterable[Any], str], Iterable[Any]]
REJECTED = "AW-REJECTED"

PLACES = (
    ("ARRIVAL", "Arrival", stock.PlaceKind.ARRIVAL),
    ("LAB", "Laboratory", stock.PlaceKind.LABORATORY),
    ("RETENTION", "Retained samples", stock.PlaceKind.RETENTION),
    ("QUARANTINE", "Quarantine", stock.PlaceKind.QUARANTINE),
)


@dataclass
class Imported:
    """Our ids by the keys of the source."""

    company: UUID
    site: UUID
    own: UUID
    profile: UUID
    units: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    materials: dict[int, UUID] = field(default_factory=dict)
    vendors: dict[int, UUID] = field(default_factory=dict)
    defect: UUID | None = None


def import_adventureworks(folder: Path, progress: Progress) -> Imported:
    """Bring in units, products, bills, places, vendors and their terms. Repeating it adds nothing.

    Quantities count as stock units: the source's codes such as CTN, CS, DZ have no factors. Every
    material is lot-controlled and inspected; the vendor's active flag describes a later state and
    is left out. Raises SourceMissing and what the operations refuse.
    """
    done = _foundation()
    for row in progress(list(read_table(folder, "unit_measure")), "units"):
        done.units[row["unit_measure_code"]] = _unit(row)
    _places(done, folder)
    groups = {
        r["product_subcategory_id"]: r["name"] for r in read_table(folder, "product_subcategory")
    }
    for row in progress(list(read_table(folder, "product")), "products"):
        group = groups.get(row["product_subcategory_id"], "")
        done.materials[int(row["product_id"])] = _material(done, row, group)
    for row in progress(list(read_table(folder, "bill_of_materials")), "bills"):
        if row["product_assembly_id"]:
            _bill_line(done, row)
    for row in progress(list(read_table(folder, "vendor")), "vendors"):
        done.vendors[int(row["business_entity_id"])] = _vendor(row)
    for row in progress(list(read_table(folder, "product_vendor")), "vendor terms"):
        _terms(done, row)
    return done


def _foundation() -> Imported:
    company = _once(
        "catalog.add_company",
        "company",
        catalog.add_company,
        code="AW",
        name="Adventure Works Cycles",
        currency="USD",
        time_zone=TIME_ZONE,
    )
    site = _once(
        "catalog.add_site",
        "site",
        catalog.add_site,
        company_id=company,
        code="AW-1",
        name="Adventure Works plant",
        time_zone=TIME_ZONE,
    )
    profile = _once(
        "catalog.add_control_profile",
        "profile",
        catalog.add_control_profile,
        code="AW-INSPECTED",
        name="Lot control, inspected at arrival",
        lot_control=catalog.LotControl.LOT,
        inspection=catalog.InspectionNeed.REQUIRED,
    )
    defect = _once(
        "inspections.add_defect_code",
        "defect",
        inspections.add_defect_code,
        code=REJECTED,
        name_en="Rejected, cause not recorded",
        name_zh="拒收（原因未记录）",
    )
    own = partners.get_own_partner_id(company)
    return Imported(company, site, own, profile, defect=defect)


def _unit(row: Row) -> UUID:
    code = row["unit_measure_code"]
    return _once(
        "catalog.add_unit",
        f"unit:{code}",
        catalog.add_unit,
        code=code,
        name_en=row["name"],
        decimals=unit_decimals(code),
    )


def _places(done: Imported, folder: Path) -> None:
    rows = [(code, name, kind) for code, name, kind in PLACES]
    for row in read_table(folder, "location"):
        kind = stock.PlaceKind.LINE if place_is_work_centre(row) else stock.PlaceKind.BIN
        rows.append((f"LOC-{int(row['location_id']):02d}", row["name"], kind))
    for code, name, kind in rows:
        done.places[code] = _once(
            "stock.add_place",
            f"place:{code}",
            stock.add_place,
            site_id=done.site,
            code=code,
            name=name,
            kind=kind,
        )


def _material(done: Imported, row: Row, group: str) -> UUID:
    return _once(
        "catalog.add_material",
        f"product:{row['product_id']}",
        catalog.add_material,
        number=row["product_number"],
        name=row["name"],
        group=group,
        unit_id=done.units["EA"],
        profile_id=done.profile,
    )


def _bill_line(done: Imported, row: Row) -> None:
    _once(
        "catalog.add_bill_line",
        f"bill:{row['bill_of_materials_id']}",
        catalog.add_bill_line,
        assembly_id=done.materials[int(row["product_assembly_id"])],
        component_id=done.materials[int(row["component_id"])],
        quantity=Decimal(row["per_assembly_qty"]),
        unit_id=done.units[row["unit_measure_code"]],
        valid_from=date.fromisoformat(row["start_date"][:10]),
        valid_to=date.fromisoformat(row["end_date"][:10]) if row["end_date"] else None,
    )


def _vendor(row: Row) -> UUID:
    return _once(
        "partners.add_partner",
        f"vendor:{row['business_entity_id']}",
        partners.add_partner,
        number=row["account_number"],
        name=row["name"],
        roles=[partners.PartnerRole.SUPPLIER],
    )


def _terms(done: Imported, row: Row) -> None:
    _once(
        "purchasing.set_supplier_terms",
        f"terms:{row['product_id']}:{row['business_entity_id']}",
        purchasing.set_supplier_terms,
        supplier_id=done.vendors[int(row["business_entity_id"])],
        material_id=done.materials[int(row["product_id"])],
        price=Decimal(row["standard_price"]),
        currency="USD",
        lead_time_days=int(row["average_lead_time"]),
        min_order_quantity=Decimal(row["min_order_qty"]),
        max_order_quantity=Decimal(row["max_order_qty"]),
    )


def _once(operation: str, key: str, call: Callable[..., Any], **values: Any) -> UUID:
    """One row of the source as one command; the content of its key is what the row says."""
    content = {name: value for name, value in values.items() if not name.endswith("_id")}
    return once_for_id(
        operation, key, content, lambda command, at: call(**values, command=command, at=at)
    )
