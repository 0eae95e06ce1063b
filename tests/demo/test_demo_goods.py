"""What a newcomer finds in the demo plant besides the history, and who may do what."""

import json
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth.password_validation import validate_password

from zhiliu.config import demo
from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.connectors import public as connectors
from zhiliu.contexts.connectors.tests.source import expected, small_copy
from zhiliu.contexts.equipment.models import Gauge
from zhiliu.contexts.inspections.models import (
    Inspection,
    PlanCharacteristic,
    PlanClass,
    PlanVersion,
    QualityCode,
)
from zhiliu.contexts.nonconformance.models import Disposition, Report
from zhiliu.contexts.purchasing.models import Order, OrderLine
from zhiliu.contexts.receiving.models import Arrival
from zhiliu.contexts.stock.models import Hold, Lot, Move, Serial
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.models import RoleGrant, User
from zhiliu.platform.access.public import all_permissions
from zhiliu.platform.attachments.models import Attachment
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.evidence.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Start the demo, with a small history."""
    source = small_copy(tmp_path / "source")
    monkeypatch.setenv("ZHILIU_DATA_DIR", str(tmp_path))

    def start_demo() -> dict[str, str]:
        with mock.patch.object(connectors, "PACKAGED", source):
            assert demo.main() == 0
        passwords: dict[str, str] = json.loads((tmp_path / demo.PASSWORDS).read_text("utf-8"))
        return passwords

    return start_demo


def lot_of(number: str) -> Lot:
    """The one lot of a material."""
    return Lot.objects.get(material__number=number)


def test_there_is_work_that_waits(start) -> None:
    start()

    lines = OrderLine.objects.filter(order__currency="CNY", received=0).order_by("order_id", "line")
    assert [(x.material.number, x.stock_quantity) for x in lines] == [
        ("ZL-4001", 500),
        ("ZL-2001", 2000),
        ("ZL-5002", 80),
    ]
    assert {line.order.state for line in lines} == {"confirmed"}
    waiting = Inspection.objects.filter(state="open").order_by("id")
    assert [x.material.number for x in waiting] == ["ZL-1001", "ZL-5001"]
    (hold,) = Hold.objects.filter(state="open")
    assert (hold.lot, hold.reason) == (lot_of("ZL-4001"), "装配反馈轴承异响，等待复检")
    assert hold.responsible_id == User.objects.get(username="quality").pk
    assert hold.lot.status == "released"


def test_there_is_a_material_of_every_control(start) -> None:
    start()

    assert {m.number: m.name for m in Material.objects.filter(number__startswith="ZL-")} == {
        "ZL-1001": "电机控制器",
        "ZL-2001": "内六角螺钉 M6×20",
        "ZL-3001": "包装纸箱",
        "ZL-4001": "深沟球轴承 6204",
        "ZL-5001": "导向轴套 Φ20×30",
        "ZL-5002": "定位销 Φ12×45",
        "ZL-6001": "传动轴 Φ12×180",
        "ZL-6002": "橡胶密封圈 25×2.5",
    }
    assert lot_of("ZL-1001").lot_control == "serial"
    assert Serial.objects.filter(lot=lot_of("ZL-1001")).count() == 5
    assert (lot_of("ZL-2001").lot_control, lot_of("ZL-2001").status) == ("none", "released")
    assert lot_of("ZL-3001").status == "released"
    assert not Inspection.objects.filter(material__number="ZL-3001").exists()


def test_there_is_a_plan_that_follows_a_drawing(start) -> None:
    start()

    version, of_pins = PlanVersion.objects.order_by("id")
    assert (version.state, version.specification.shown) == ("valid", "DRW-5001 #1")
    assert (of_pins.state, of_pins.specification.shown) == ("valid", "DRW-5002 #1")
    measured = PlanCharacteristic.objects.filter(plan_version=of_pins)
    assert [x.characteristic_kind for x in measured] == ["numeric"] * 5
    assert PlanClass.objects.get(plan_version=of_pins).fixed_n == 13
    lines = PlanCharacteristic.objects.filter(plan_version=version).order_by("ordinal")
    assert [(x.code, x.characteristic_kind, str(x.upper)) for x in lines] == [
        ("D1", "numeric", "20.050000"),
        ("D2", "numeric", "24.000000"),
        ("L", "numeric", "30.100000"),
        ("WALL", "calculated", "2.010000"),
        ("LOOK", "attribute", "None"),
    ]
    author = User.objects.get(username="quality").pk
    drafted = AuditEntry.objects.get(record_id=version.pk, record_version=1)
    assert (drafted.actor_id, version.approved_by) == (author, SYSTEM.id)
    (instruction,) = Attachment.objects.filter(subject_id=version.pk)
    assert (instruction.media_type, instruction.purpose) == (
        "text/plain; charset=utf-8",
        "instruction",
    )


def test_one_delivery_waits_for_its_disposition_and_one_for_its_carrier(start) -> None:
    start()

    reports = Report.objects.exclude(state="closed").order_by("number")
    assert [(r.material.number, r.state, r.description) for r in reports] == [
        ("ZL-6001", "open", "抽检 20 件，3 件跳动大于 0.05 mm"),
        ("ZL-6002", "disposed", "抽检 80 件，7 件开裂"),
    ]
    disposition = Disposition.objects.get(report__material__number="ZL-6002")
    assert (disposition.disposition_kind, disposition.state) == ("return_to_vendor", "decided")
    assert disposition.decided_by == User.objects.get(username="quality").pk
    assert {lot_of(n).status for n in ("ZL-6001", "ZL-6002")} == {"blocked"}
    assert set(QualityCode.objects.values_list("catalogue", flat=True)) == {"defect", "cause"}


def test_there_are_gauges_and_one_is_overdue(start) -> None:
    start()

    today = server_time().date()
    gauges = Gauge.objects.order_by("serial_number")
    assert [(g.serial_number, g.state, g.due_date < today) for g in gauges] == [
        ("KC-1507", "in_service", False),
        ("QF-0231", "in_service", False),
        ("QF-0232", "in_service", True),
        ("SG-2007", "in_service", False),
    ]


def test_the_history_is_the_imports_and_the_rest_the_systems(start, tmp_path: Path) -> None:
    start()

    company = Order.objects.filter(currency="USD").values_list("company_id", flat=True)[0]
    totals = connectors.get_replay_totals(company)
    counted = {name: totals[name] for name in ("received", "rejected", "in_stock")}
    assert counted == expected(tmp_path / "source")
    assert set(
        Move.objects.filter(lot__material__number__startswith="ZL-").values_list(
            "actor_id", "reason"
        )
    ) == {(SYSTEM.id, "demo plant")}


def test_starting_again_keeps_everything_and_adds_nothing(start) -> None:
    first = start()
    before = (DoneCommand.objects.count(), Lot.objects.count(), Arrival.objects.count())

    assert start() == first
    assert (DoneCommand.objects.count(), Lot.objects.count(), Arrival.objects.count()) == before


def test_no_random_password_is_refused_by_a_rule() -> None:
    for _ in range(300):
        for user in demo.USERS:
            named = User(username=user.username, name=user.name)
            validate_password(demo._password(), named)


def test_lost_passwords_are_given_anew(start, tmp_path: Path) -> None:
    first = start()
    (tmp_path / demo.PASSWORDS).unlink()

    second = start()

    assert set(first.values()).isdisjoint(second.values())
    for name, password in second.items():
        assert User.objects.get(username=name).check_password(password)
    assert (tmp_path / demo.PASSWORDS).stat().st_mode & 0o077 == 0


def test_a_start_that_was_killed_before_the_passwords_were_kept_is_mended(
    start, tmp_path: Path
) -> None:
    stop = mock.patch.object(demo, "_keep", side_effect=KeyboardInterrupt)
    with stop, pytest.raises(KeyboardInterrupt):
        start()

    for name, password in start().items():
        assert User.objects.get(username=name).check_password(password)


def test_every_role_of_the_demo_is_one_that_can_be_given(start) -> None:
    start()

    known = {permission.operation for permission in all_permissions()}
    assert [o for user in demo.USERS for o in user.operations if o not in known] == []
    for user in demo.USERS:
        grant = RoleGrant.objects.get(user__username=user.username)
        assert set(grant.role.operations) == set(user.operations)
    inspector = next(u for u in demo.USERS if u.username == "inspector")
    warehouse = next(u for u in demo.USERS if u.username == "warehouse")
    assert "receiving.receive_goods" not in inspector.operations
    assert [o for o in warehouse.operations if o.startswith("inspections.")] == ["inspections.read"]
