"""How the tests of the catalogue act: one of each addition, and bodies to vary."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests.support import run

from zhiliu.contexts.catalog import operations
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
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

Content = Callable[[Plant], dict[str, Any]]
DAY = date(2026, 1, 1)

ADDED: list[tuple[str, Content, type[Any], str, dict[str, Any]]] = [
    (
        "add_company",
        lambda p: {"code": "NEW", "name": "n", "currency": "EUR", "time_zone": "Europe/Berlin"},
        Company,
        "catalog.company_added.v1",
        {"name": "n", "currency": "EUR", "time_zone": "Europe/Berlin"},
    ),
    (
        "add_site",
        lambda p: {"company_id": p.company.id, "code": "NEW", "name": "西厂"},
        Site,
        "catalog.site_added.v1",
        {"name": "西厂", "time_zone": "Asia/Shanghai"},
    ),
    (
        "add_unit",
        lambda p: {"code": "NEW", "name_en": "metre", "name_zh": "米", "decimals": 3},
        Unit,
        "catalog.unit_added.v1",
        {"decimals": 3},
    ),
    (
        "add_unit_conversion",
        lambda p: {"from_unit_id": p.box.id, "to_unit_id": p.piece.id, "numerator": 12},
        UnitConversion,
        "catalog.unit_conversion_added.v1",
        {"material_id": None, "numerator": 12, "denominator": 1},
    ),
    (
        "add_control_profile",
        lambda p: {
            "code": "NEW",
            "name": "screws",
            "lot_control": LotControl.NONE,
            "inspection": InspectionNeed.EXEMPT,
            "over_tolerance_percent": Decimal("2.5"),
            "shelf_life_days": 90,
        },
        ControlProfile,
        "catalog.control_profile_added.v1",
        {"lot_control": "none", "inspection": "exempt"},
    ),
    (
        "add_material",
        lambda p: {
            "number": "NEW",
            "name": "轴承",
            "group": "bearings",
            "unit_id": p.piece.id,
            "profile_id": p.by_lot.id,
        },
        Material,
        "catalog.material_added.v1",
        {"name": "轴承"},
    ),
    (
        "add_material_revision",
        lambda p: {"material_id": p.bolt.id, "revision": "B", "valid_from": DAY},
        MaterialRevision,
        "catalog.material_revision_added.v1",
        {"revision": "B"},
    ),
    (
        "add_bill_line",
        lambda p: {
            "assembly_id": p.frame.id,
            "component_id": p.bolt.id,
            "quantity": Decimal(4),
            "unit_id": p.piece.id,
            "valid_from": DAY,
        },
        BillLine,
        "catalog.bill_line_added.v1",
        {"quantity": "4"},
    ),
]


def perform(name: str, content: dict[str, Any], **how: Any) -> Any:
    verb = getattr(operations, name)
    return run(
        lambda command, at: verb(**content, command=command, at=at),
        operation=f"catalog.{name}",
        **how,
    )


def counts() -> list[int]:
    models = (Company, Site, Unit, UnitConversion, ControlProfile, Material, MaterialRevision)
    return [m.objects.count() for m in (*models, BillLine, AuditEntry, OutboxEvent)]


def a_bill_line(p: Plant, **other: Any) -> dict[str, Any]:
    line = {
        "assembly_id": p.frame.id,
        "component_id": p.bolt.id,
        "quantity": Decimal(4),
        "unit_id": p.piece.id,
        "valid_from": DAY,
    }
    return {**line, **other}


def a_conversion(p: Plant, **other: Any) -> dict[str, Any]:
    return {"from_unit_id": p.box.id, "to_unit_id": p.piece.id, "numerator": 12, **other}


def a_profile(**other: Any) -> dict[str, Any]:
    shape = {"lot_control": LotControl.LOT, "inspection": InspectionNeed.REQUIRED}
    return {"code": "NEW", "name": "n", **shape, **other}


def a_material(p: Plant, **other: Any) -> dict[str, Any]:
    parts = {"unit_id": p.piece.id, "profile_id": p.by_lot.id}
    return {"number": "NEW", "name": "n", **parts, **other}
