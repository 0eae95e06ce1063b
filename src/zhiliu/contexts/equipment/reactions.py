"""What equipment does when the catalogue grows."""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.equipment.operations.calibrations import CALIBRATION_RANGE
from zhiliu.contexts.equipment.operations.gauges import GAUGE_RANGE
from zhiliu.kernel.command import Command
from zhiliu.platform.numbering.public import open_range
from zhiliu.platform.outbox.public import immediate


@immediate(CompanyAdded)
def open_equipment_numbers(event: CompanyAdded, command: Command, at: datetime) -> None:
    """A company can register and calibrate gauges from the moment it exists."""
    open_range(company_id=event.subject.id, kind=GAUGE_RANGE, prefix="G")
    open_range(company_id=event.subject.id, kind=CALIBRATION_RANGE, prefix="CAL")
