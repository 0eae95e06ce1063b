"""A company with a site, a millimetre and two types of gauges."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from tests.support import run

from zhiliu.contexts.catalog.models import Company, Site, Unit
from zhiliu.contexts.catalog.public import add_company, add_site, add_unit
from zhiliu.contexts.equipment import operations
from zhiliu.contexts.equipment.models import Gauge, GaugeType
from zhiliu.contexts.equipment.operations import CalibrationIn
from zhiliu.contexts.equipment.rules import Point
from zhiliu.contexts.equipment.states import CalibrationResult
from zhiliu.kernel.command import Command

PASS, FAIL = CalibrationResult.PASS, CalibrationResult.FAIL
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Shanghai
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Lab:
    """Where gauges are kept; its wall clock is Shanghai's."""

    company: Company
    site: Site
    mm: Unit
    micrometer: GaugeType
    plug: GaugeType

    def gauge(self, *, at: datetime = NOON, **other: Any) -> Gauge:
        """A micrometer with an interval of a year; with a good calibration unless told other."""
        content: dict[str, Any] = {
            "site_id": self.site.pk,
            "gauge_type_id": self.micrometer.pk,
            "name": "外径千分尺 0-25",
            "unit_id": self.mm.pk,
            "resolution": Decimal("0.001"),
            "interval_days": 365,
            "calibration": good(),
        }
        return perform("register_gauge", {**content, **other}, at=at)


def perform(name: str, content: dict[str, Any], *, at: datetime = NOON, **how: Any) -> Any:
    """One operation as a command of its own, at noon unless told otherwise."""
    verb: Callable[..., Any] = getattr(operations, name)
    return run(
        lambda command, moment: verb(**content, command=command, at=moment),
        operation=f"equipment.{name}",
        at=at,
        **how,
    )


def good(**other: Any) -> CalibrationIn:
    """A calibration that the gauge passed."""
    return CalibrationIn(**{"as_found": PASS, "as_left": PASS, **other})


def point(error: str, left: str | None = None) -> Point:
    """At 10 mm with this error as found, and as left, where 0.004 is permissible."""
    ten = Decimal(10)
    as_left = None if left is None else ten + Decimal(left)
    return Point(ten, ten + Decimal(error), as_left, Decimal("0.004"))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def lab(db: None) -> Lab:
    return make_lab()


def make_lab() -> Lab:
    """Add it in one command."""
    mark = uuid4().hex[:6]

    def make(command: Command, at: datetime) -> Lab:
        own: Any = {"command": command, "at": at}
        company = add_company(
            code=f"C{mark}", name="质流", currency="CNY", time_zone="Asia/Shanghai", **own
        )
        types = [
            operations.add_gauge_type(code=f"{code}-{mark}", name_en=code, name_zh=name, **own)
            for code, name in (("MICROMETER", "千分尺"), ("PLUG", "塞规"))
        ]
        return Lab(
            company=company,
            site=add_site(company_id=company.pk, code=f"S{mark}", name="一厂", **own),
            mm=add_unit(code=f"mm{mark}", name_en="millimetre", decimals=3, **own),
            micrometer=types[0],
            plug=types[1],
        )

    return run(make)
