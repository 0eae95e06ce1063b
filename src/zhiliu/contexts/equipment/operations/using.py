"""Taking gauges into use: their facts, locked against a change of state until the commit."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhiliu.contexts.equipment.errors import NotFound
from zhiliu.contexts.equipment.rules import GaugeFacts
from zhiliu.platform.evidence.public import execute, flush

# Ordered by id and FOR SHARE: readings by the same gauge do not wait for each other, a calibration
# waits for readings in flight, and so finds every one of them when it fails.
_FOR_USE = b"""
select g.id, g.version, g.number, g.gauge_type_id, t.code, g.state, g.state_since,
  (select c.due_date from equipment_calibration c
   where c.gauge_id = g.id and c.performed_at <= $2::timestamptz
   order by c.performed_at desc limit 1),
  s.time_zone
from equipment_gauge g
  join equipment_gaugetype t on t.id = g.gauge_type_id
  join catalog_site s on s.id = g.site_id
where g.id = any($1::uuid[]) and g.site_id = $3::uuid
order by g.id for share of g
"""


def gauges_for_use(
    gauge_ids: Iterable[UUID], at: datetime, site_id: UUID
) -> dict[UUID, GaugeFacts]:
    """What `rules.can_use` asks of these gauges of a site, at `at`, in one query.

    Raises NotFound for one that is not registered at this site.
    """
    flush()
    asked = sorted(set(gauge_ids))
    if not asked:
        return {}
    rows = execute(_FOR_USE, [[str(i) for i in asked], at.isoformat(), str(site_id)])
    found = {row[0]: GaugeFacts(*(*row, at)) for row in rows}
    for gauge_id in asked:
        if gauge_id not in found:
            raise NotFound("gauge", str(gauge_id))
    return found
