"""The gauges of the demo plant: three that may measure, one that is overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from zhiliu.config.demo_goods import SITE, Once
from zhiliu.contexts.catalog.models import Site, Unit
from zhiliu.contexts.equipment import public as equipment
from zhiliu.kernel.command import Command

UNIT = "MM"
YEAR = 365
TYPES = {
    "CALLIPER": ("Calliper", "卡尺"),
    "MICROMETER": ("Outside micrometer", "外径千分尺"),
    "PLUG-GAUGE": ("Plug gauge", "光滑塞规"),
}


@dataclass(frozen=True)
class DemoGauge:
    """A gauge; `resolution` in millimetres, none for one that only says go or no-go."""

    gauge_type: str
    name: str
    serial_number: str
    resolution: str | None
    days_ago: int  # it was registered and calibrated then


GAUGES = (
    DemoGauge("CALLIPER", "数显卡尺 0-150 mm", "KC-1507", "0.01", 40),
    DemoGauge("MICROMETER", "外径千分尺 0-25 mm", "QF-0231", "0.001", 90),
    DemoGauge("PLUG-GAUGE", "光滑塞规 Φ20 H7", "SG-2007", None, 10),
    DemoGauge("MICROMETER", "外径千分尺 25-50 mm", "QF-0232", "0.001", YEAR + 20),
)


def book_demo_gauges(once: Once) -> None:
    """Register the gauges; repeating it adds nothing. Needs the imported plant."""
    types = {code: _type(once, code) for code in TYPES}
    site = Site.objects.get(code=SITE).pk
    unit = Unit.objects.get(code=UNIT).pk
    for gauge in GAUGES:
        _gauge(once, gauge, types[gauge.gauge_type], site, unit)


def _type(once: Once, code: str) -> UUID:
    name_en, name_zh = TYPES[code]

    def add(command: Command, at: datetime) -> dict[str, UUID]:
        made = equipment.add_gauge_type(
            code=code, name_en=name_en, name_zh=name_zh, command=command, at=at
        )
        return {"id": made.pk}

    return UUID(once("equipment.add_gauge_type", code, add)["id"])


def _gauge(once: Once, gauge: DemoGauge, type_id: UUID, site_id: UUID, unit_id: UUID) -> None:
    def register(command: Command, at: datetime) -> dict[str, UUID]:
        is_measuring = gauge.resolution is not None
        made = equipment.register_gauge(
            site_id=site_id,
            gauge_type_id=type_id,
            name=gauge.name,
            serial_number=gauge.serial_number,
            unit_id=unit_id if is_measuring else None,
            resolution=Decimal(gauge.resolution) if gauge.resolution else None,
            interval_days=YEAR,
            calibration=equipment.CalibrationIn(
                as_found=equipment.CalibrationResult.PASS,
                as_left=equipment.CalibrationResult.PASS,
                performed_by="华东计量中心",
                certificate_number=f"HD-{gauge.serial_number}",
            ),
            command=command,
            at=at - timedelta(days=gauge.days_ago),
        )
        return {"id": made.pk}

    once("equipment.register_gauge", gauge.serial_number, register)
