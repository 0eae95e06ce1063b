"""I15: every reading used a gauge that was valid at that time.

What the gauge was is asked of its audit entries and calibrations as they were at the version that
the reading kept, never of its row: a calibration recorded later has no say.
"""

from zhiliu.config.checks.invariant import Invariant, rule

# A reading asks for the gauge before its own row is written: up to a minute lies between them.
_USED = """
select r.id, i.number, r.unit_no, p.code as characteristic, r.occurred_at, r.recorded_at,
  r.gauge_id, r.gauge_version, i.site_id, p.gauge_type_id as needed, p.characteristic_kind as kind
from inspections_reading r join inspections_inspection i on i.id = r.inspection_id
  join inspections_plancharacteristic p on p.id = r.characteristic_id
"""

_ELSEWHERE = f"""
select u.* from ({_USED}) u left join equipment_gauge g on g.id = u.gauge_id
where u.gauge_id is not null and (g.id is null or g.site_id <> u.site_id)
"""  # noqa: S608

_WRONG_TYPE = f"""
select u.*, g.number as gauge, t.code as gauge_type
from ({_USED}) u join equipment_gauge g on g.id = u.gauge_id
  join equipment_gaugetype t on t.id = g.gauge_type_id
where u.needed <> g.gauge_type_id
"""  # noqa: S608

_WITHOUT = f"""
select u.* from ({_USED}) u
where u.needed is not null and u.gauge_id is null and u.kind <> 'calculated'
"""  # noqa: S608

_AT_VERSION = """
select v.gauge_id, v.gauge_version, (
    select a.changes #>> '{state,1}' from evidence_auditentry a
    where a.record_id = v.gauge_id and a.record_version <= v.gauge_version
      and jsonb_exists(a.changes, 'state') order by a.record_version desc limit 1) as state, (
    select (a.changes #>> '{state_since,1}')::timestamptz from evidence_auditentry a
    where a.record_id = v.gauge_id and a.record_version <= v.gauge_version
      and jsonb_exists(a.changes, 'state_since') order by a.record_version desc limit 1) as since, (
    select a.recorded_at from evidence_auditentry a
    where a.record_id = v.gauge_id and a.record_version = v.gauge_version + 1) as replaced_at, (
    select a.recorded_at from evidence_auditentry a
    where a.record_id = v.gauge_id and a.record_version = v.gauge_version) as made_at
from (select distinct gauge_id, gauge_version from inspections_reading
  where gauge_id is not null) v
"""

_NOT_IN_SERVICE = f"""
select u.*, g.number as gauge, v.state, v.since
from ({_USED}) u join equipment_gauge g on g.id = u.gauge_id
  join ({_AT_VERSION}) v on v.gauge_id = u.gauge_id and v.gauge_version = u.gauge_version
where v.state is distinct from 'in_service' or v.since is null or u.occurred_at < v.since
"""  # noqa: S608

_OTHER_VERSION = f"""
select u.*, g.number as gauge
from ({_USED}) u join equipment_gauge g on g.id = u.gauge_id
  join ({_AT_VERSION}) v on v.gauge_id = u.gauge_id and v.gauge_version = u.gauge_version
where v.made_at is null or v.made_at > u.recorded_at + interval '1 minute'
  or v.replaced_at < u.recorded_at - interval '1 minute'
"""  # noqa: S608

_OVERDUE = f"""
select u.*, g.number as gauge, d.due_date
from ({_USED}) u join equipment_gauge g on g.id = u.gauge_id
  join catalog_site s on s.id = g.site_id
  join (select w.*, (
      select c.due_date from equipment_calibration c
        join evidence_auditentry a on a.record_id = c.gauge_id and a.command_id = c.command_id
      where c.gauge_id = w.gauge_id and c.performed_at <= w.occurred_at
        and a.record_version <= w.gauge_version
      order by c.performed_at desc limit 1) as due_date
    from (select distinct gauge_id, gauge_version, occurred_at from inspections_reading
      where gauge_id is not null) w) d
  on d.gauge_id = u.gauge_id and d.gauge_version = u.gauge_version
    and d.occurred_at = u.occurred_at
where d.due_date is null or (u.occurred_at at time zone s.time_zone)::date > d.due_date
"""  # noqa: S608

I15 = Invariant(
    id="I15",
    en="Every reading used a gauge that was valid at that time",
    zh="每个检测值所用量具当时均有效",
    looked_at="select count(*) from inspections_reading where gauge_id is not null",
    rules=(
        rule(
            _ELSEWHERE,
            "{characteristic} of unit {unit_no} was read with a gauge that is not of this site",
            "第 {unit_no} 件的 {characteristic} 所用量具不属于该工厂",
        ),
        rule(
            _WRONG_TYPE,
            "{characteristic} of unit {unit_no} was read with {gauge}, a {gauge_type}, which is"
            " not the type that its plan asks for",
            "第 {unit_no} 件的 {characteristic} 所用量具 {gauge}（{gauge_type}）不是方案要求的类型",
        ),
        rule(
            _WITHOUT,
            "{characteristic} of unit {unit_no} was read without the gauge that its plan asks for",
            "第 {unit_no} 件的 {characteristic} 未记录方案要求的量具",
        ),
        rule(
            _NOT_IN_SERVICE,
            "{characteristic} of unit {unit_no} was read at {occurred_at} with {gauge}, which was"
            " {state} since {since}",
            "第 {unit_no} 件的 {characteristic} 于 {occurred_at} 用 {gauge} 测得，"
            "而该量具自 {since} 起为 {state}",
        ),
        rule(
            _OVERDUE,
            "{characteristic} of unit {unit_no} was read at {occurred_at} with {gauge}, which was"
            " due by {due_date}",
            "第 {unit_no} 件的 {characteristic} 于 {occurred_at} 用 {gauge} 测得，而其校准有效期至"
            " {due_date}",
        ),
        rule(
            _OTHER_VERSION,
            "{characteristic} of unit {unit_no} names version {gauge_version} of {gauge}, which was"
            " not its version then",
            "第 {unit_no} 件的 {characteristic} 记录了 {gauge} 的版本 {gauge_version}，"
            "而当时并非此版本",
        ),
    ),
)
