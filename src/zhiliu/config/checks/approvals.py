"""I18: nobody approved their own work where two people are needed."""

from zhiliu.config.checks.invariant import Invariant, rule
from zhiliu.config.checks.nonconforming import OWN_WORK

# Every audit entry before the approval is work on the draft; the entry says whose.
_OWN_DRAFT = """
select r.id, r.number, r.kind, a.actor_name
from (
  select s.id, s.number || ' #' || s.issue as number, 'catalog.specification' as kind,
    s.approved_by
  from catalog_specification s where s.approved_by is not null
  union all
  select v.id, p.number || ' v' || v.version_no, 'inspections.plan_version', v.approved_by
  from inspections_planversion v join inspections_inspectionplan p on p.id = v.plan_id
  where v.approved_by is not null) r
cross join lateral (
  select min(e.record_version) as version from evidence_auditentry e
  where e.record_id = r.id and e.changes #>> '{state,1}' = 'valid') approval
join lateral (
  select e.actor_name from evidence_auditentry e
  where e.record_id = r.id and e.actor_id = r.approved_by
    and e.record_version < coalesce(approval.version, 2147483647) limit 1) a on true
"""

_OTHER_APPROVER = """
select r.id, r.number, r.kind, e.actor_name
from (
  select s.id, s.number || ' #' || s.issue as number, 'catalog.specification' as kind,
    s.approved_by
  from catalog_specification s
  union all
  select v.id, p.number || ' v' || v.version_no, 'inspections.plan_version', v.approved_by
  from inspections_planversion v join inspections_inspectionplan p on p.id = v.plan_id) r
join evidence_auditentry e on e.record_id = r.id and e.changes #>> '{state,1}' = 'valid'
where e.actor_id is distinct from r.approved_by
"""

_OWN_REQUEST = """
select id, number, requested_by
from inspections_urgentrelease where decided_by = requested_by and state <> 'refused'
"""

I18 = Invariant(
    id="I18",
    en="Nobody approved their own work where two people are needed",
    zh="需要两人的审批，没有人批准自己的工作",
    looked_at="""select (select count(*) from catalog_specification where approved_by is not null)
      + (select count(*) from inspections_planversion where approved_by is not null)
      + (select count(*) from inspections_urgentrelease where decided_by is not null)""",
    rules=(
        rule(
            _OWN_DRAFT,
            "{kind} was approved by {actor_name}, who wrote on its draft",
            "{kind} 由 {actor_name} 批准，而其编写过草稿",
        ),
        rule(
            _OTHER_APPROVER,
            "{kind} was approved by {actor_name}, but names somebody else",
            "{kind} 由 {actor_name} 批准，记录的却是他人",
        ),
        rule(
            _OWN_REQUEST,
            "the urgent release was approved by who asked for it ({requested_by})",
            "紧急放行由申请人本人批准（{requested_by}）",
        ),
        *OWN_WORK,
    ),
)
