"""What a gauge that was found bad had measured: its lots are held, its readings listed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhiliu.contexts.stock.public import HoldCause, HoldPlacedOn, place_holds
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush

# A reading that was corrected counts no more: its lot does not rest on it.
_MEASURED = """
select distinct l.lot_id
from inspections_reading r join inspections_inspectionlot l on l.inspection_id = r.inspection_id
where r.gauge_id = %(gauge)s and r.occurred_at >= %(since)s
  and (%(until)s::timestamptz is null or r.occurred_at < %(until)s)
  and not exists (select from inspections_reading later
    where later.inspection_id = r.inspection_id and later.unit_no = r.unit_no
      and later.characteristic_id = r.characteristic_id and later.ordinal > r.ordinal)
"""


def hold_measured_lots(
    *,
    gauge: Reference,
    since: datetime,
    until: datetime | None,
    calibration: Reference,
    command: Command,
    at: datetime,
) -> Sequence[HoldPlacedOn]:
    """Hold every lot in stock that rests on a reading by the gauge in [since, until), in one act.

    All lots of an inspection are held, for its verdict covers them all, whatever its state: an open
    one would release on these readings; with them what they were split, merged or regraded into.
    Calls stock's place_holds, which emits HoldPlaced for each.
    """
    flush()
    with connection.cursor() as cursor:
        cursor.execute(_MEASURED, {"gauge": gauge.id, "since": since, "until": until})
        lot_ids: list[UUID] = [lot_id for (lot_id,) in cursor.fetchall()]
    return place_holds(
        lot_ids=lot_ids,
        cause=HoldCause.GAUGE_RECALL,
        reason=f"gauge {gauge.number} was found bad by {calibration.number}",
        cause_reference=calibration,
        command=command,
        at=at,
    )
