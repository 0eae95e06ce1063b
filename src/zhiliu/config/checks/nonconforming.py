"""I17 for nonconforming goods, I16 for concessions, and I18: who inspected did not dispose."""

from collections.abc import Sequence

from zhiliu.config.checks.invariant import Rule, rule

_SUM = """
select x.id, l.number, r.number as report, x.quantity,
  x.open + x.disposed + x.cleared as counted
from nonconformance_reportlot x join nonconformance_report r on r.id = x.report_id
  join stock_lot l on l.id = x.lot_id
where x.quantity <> x.open + x.disposed + x.cleared or least(x.open, x.disposed, x.cleared) < 0
  or (x.disposed > 0 and x.disposition_id is null)
"""

# Of goods that wait, for a disposition or for what it says, as much is here as was not posted.
_HERE = """
with waiting as (
  select x.*, coalesce((select sum(m.quantity) from stock_move m
      where m.lot_id = x.lot_id and m.reference_id = x.disposition_id), 0) as gone
  from nonconformance_reportlot x left join nonconformance_disposition d on d.id = x.disposition_id
  where x.open > 0 or d.state = 'decided'),
here as (select lot_id, sum(quantity) as quantity from stock_balance group by 1)
select w.id, l.number, r.number as report, w.open + w.disposed - w.gone as waiting,
  coalesce(h.quantity, 0) as on_hand, l.status
from waiting w join nonconformance_report r on r.id = w.report_id
  join stock_lot l on l.id = w.lot_id left join here h on h.lot_id = w.lot_id
where w.open + w.disposed - w.gone <> coalesce(h.quantity, 0) or l.status <> 'blocked'
"""

_POSTED = """
select d.id, d.number, d.posted, d.disposition_kind, coalesce(m.quantity, 0) as moved
from nonconformance_disposition d
  left join (
    select reference_id, sum(quantity) as quantity from stock_move
    where reference_kind = 'nonconformance.disposition' group by 1) m on m.reference_id = d.id
where (d.disposition_kind in ('scrap', 'return_to_vendor', 'regrade')
    and d.posted <> coalesce(m.quantity, 0))
  or d.posted > d.quantity
"""

_STATE = """
with totals as (
  select report_id, sum(open) as open from nonconformance_reportlot group by 1),
waiting as (
  select report_id, count(*) as dispositions from nonconformance_disposition
  where state = 'decided' group by 1)
select r.id, r.number, r.state, t.open, coalesce(w.dispositions, 0) as dispositions
from nonconformance_report r join totals t on t.report_id = r.id
  left join waiting w on w.report_id = r.id
where (r.state = 'open') <> (t.open > 0) or (r.state = 'closed' and w.dispositions > 0)
"""

_UNREPORTED = """
select x.id, l.number, i.number as inspection, x.not_accepted
from inspections_inspectionlot x join inspections_inspection i on i.id = x.inspection_id
  join stock_lot l on l.id = x.lot_id
where x.not_accepted > 0
  and not exists (select from nonconformance_reportlot r where r.lot_id = x.lot_id)
"""

REMAINS: Sequence[Rule] = (
    rule(
        _SUM,
        "{report}: {quantity} nonconforming, {counted} accounted for",
        "{report}：不合格 {quantity}，去向合计 {counted}",
    ),
    rule(
        _HERE,
        "{report}: {waiting} wait, {on_hand} on hand, the lot is {status}",
        "{report}：待处理 {waiting}，现有 {on_hand}，批次状态为 {status}",
    ),
    rule(
        _POSTED,
        "{posted} posted by this {disposition_kind}, its moves say {moved}",
        "处置（{disposition_kind}）已过账 {posted}，移动为 {moved}",
    ),
    rule(
        _STATE,
        "is {state} with {open} not disposed of and {dispositions} dispositions not done",
        "状态为 {state}，但未处置 {open}，未完成的处置 {dispositions} 个",
    ),
    rule(
        _UNREPORTED,
        "{inspection} did not accept {not_accepted}, no report knows of it",
        "{inspection} 不接收 {not_accepted}，但没有不合格品报告",
    ),
)

_BEYOND = """
with bound as (
  select c.id, c.number, c.quantity, sum((v.bounds ->> 'quantity')::numeric) as allowed,
    bool_or((v.bounds ->> 'until')::timestamptz is distinct from c.until
      or nullif(v.bounds -> 'references', 'null') is distinct from nullif(c."references", 'null')
      or nullif(v.bounds -> 'customers', 'null') is distinct from nullif(c.customers, 'null')
    ) as is_other
  from nonconformance_concession c
    left join stock_lotversion v on v.voucher_id = c.id and v.status = 'restricted'
  where c.in_force_at is not null group by c.id)
select id, number, quantity, coalesce(allowed, 0) as allowed from bound
where allowed is null or allowed > quantity or is_other
"""

CONCEDED: Sequence[Rule] = (
    rule(
        _BEYOND,
        "concedes {quantity}, its lots may use {allowed}, or until another time or for others",
        "让步 {quantity}，批次可用 {allowed}，或截止时间、订单、客户不一致",
    ),
)

# Everybody who had recorded in an inspection behind the report, or decided it, by then.
_OWN = """
with behind as (
  select r.id as report_id, r.inspection_id from nonconformance_report r
  union select d.report_id, d.inspection_id from nonconformance_disposition d),
people as (
  select b.report_id, i.number, x.recorded_by as person, x.recorded_at as at
  from behind b join inspections_inspection i on i.id = b.inspection_id
    join inspections_inspectionresult x on x.inspection_id = i.id
  union all
  select b.report_id, i.number, x.recorded_by, x.recorded_at
  from behind b join inspections_inspection i on i.id = b.inspection_id
    join inspections_reading x on x.inspection_id = i.id
  union all
  select b.report_id, i.number, i.decided_by, a.recorded_at
  from behind b
    join inspections_inspection i on i.id = b.inspection_id and i.state <> 'cancelled'
    join evidence_auditentry a on a.record_id = i.id and jsonb_exists(a.changes, 'decided_by'))
select distinct d.id, d.number, p.number as inspection
from nonconformance_disposition d
  join evidence_auditentry a on a.record_id = d.id and a.record_version = 1
  join people p on p.report_id = d.report_id and p.person = d.decided_by
    and p.at <= a.recorded_at
"""

OWN_WORK: Sequence[Rule] = (
    rule(
        _OWN,
        "was decided by somebody who inspected in {inspection}",
        "由参与 {inspection} 检验的人员决定",
    ),
)
