"""What may be granted for equipment, and which gauges somebody may see or change."""

from uuid import UUID

from django.db.models import QuerySet

from zhiliu.contexts.catalog.public import is_permitted
from zhiliu.contexts.equipment.errors import NotFound
from zhiliu.contexts.equipment.models import Calibration, Gauge, GaugeType
from zhiliu.contexts.equipment.states import CALIBRATION_KIND
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import Permission, Visibility

READ = "equipment.read"

PERMISSIONS = (
    Permission(READ, "See gauges and calibrations", "查看量具和校准记录"),
    Permission("equipment.add_gauge_type", "Add types of gauges", "新增量具类型"),
    Permission("equipment.change_gauge_type", "Rename types of gauges", "修改量具类型"),
    Permission("equipment.register_gauge", "Register gauges", "登记量具"),
    Permission("equipment.change_gauge", "Change gauges", "修改量具"),
    Permission("equipment.record_calibration", "Record calibrations", "录入校准记录"),
    Permission("equipment.take_out_of_service", "Take gauges out of service", "停用量具"),
    Permission("equipment.put_in_service", "Put gauges in service", "恢复使用量具"),
    Permission("equipment.retire_gauge", "Retire gauges", "报废量具"),
)

# Types belong to no company: staff see all, partners' people none.
GAUGE_TYPES = Visibility(GaugeType.kind, GaugeType, READ, is_shared=True)
GAUGES = Visibility(Gauge.kind, Gauge, READ, company="company_id", site="site_id")
CALIBRATIONS = Visibility(
    CALIBRATION_KIND, Calibration, READ, company="gauge__company_id", site="gauge__site_id"
)
VISIBLE = (GAUGE_TYPES, GAUGES, CALIBRATIONS)


def visible_gauges(actor: Actor) -> QuerySet[Gauge]:
    """Gauges at the sites inside the actor's grants, with type, site and unit."""
    rows = Gauge.objects.select_related("gauge_type", "site", "unit")
    return rows.filter(GAUGES.filter(actor))


def access_gauge(gauge_id: UUID, command: Command) -> Gauge:
    """The gauge to act on, locked; raises NotFound, also when the actor may not act there."""
    rows = Gauge.objects.select_related("gauge_type", "site", "unit")
    gauge = rows.select_for_update(no_key=True, of=("self",)).filter(pk=gauge_id).first()
    if gauge is None or not is_permitted(
        command, Scope(company_id=gauge.company_id, site_id=gauge.site_id), "equipment"
    ):
        raise NotFound("gauge", str(gauge_id))
    return gauge
