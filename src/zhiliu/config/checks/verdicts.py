"""I17: what was presented to an inspection is accounted for, and the lots say what it decided."""

from zhiliu.config.checks.invariant import Invariant, rule
from zhiliu.config.checks.nonconforming import REMAINS

_SUM = """
select x.id, l.number, i.number as inspection, x.presented,
  x.accepted + x.not_accepted + x.open + x.consumed + x.retained as counted
from inspections_inspectionlot x join inspections_inspection i on i.id = x.inspection_id
  join stock_lot l on l.id = x.lot_id
where x.presented <> x.accepted + x.not_accepted + x.open + x.consumed + x.retained
  or least(x.accepted, x.not_accepted, x.open, x.consumed, x.retained) < 0
  or (x.accepted > 0 and x.not_accepted > 0)
"""

_OPEN = """
select x.id, l.number, i.number as inspection, i.state, x.open,
  coalesce(b.quantity, 0) + coalesce(u.used, 0) as on_hand
from inspections_inspectionlot x join inspections_inspection i on i.id = x.inspection_id
  join stock_lot l on l.id = x.lot_id
  left join (select lot_id, sum(quantity) as quantity from stock_balance group by 1) b
  on b.lot_id = x.lot_id
  left join lateral (  -- what was issued under an urgent release is still under inspection
    select sum(case m.move_kind when 'issue' then m.quantity else -m.quantity end) as used
    from stock_move m
    where l.is_urgent and m.lot_id = l.id and m.move_kind in ('issue', 'return_issue')) u on true
where x.open <> 0
  and (i.state <> 'open' or x.open <> coalesce(b.quantity, 0) + coalesce(u.used, 0))
"""

_UNHEARD = """
select x.id, l.number, i.number as inspection, i.state, x.accepted, x.not_accepted
from inspections_inspectionlot x join inspections_inspection i on i.id = x.inspection_id
  join stock_lot l on l.id = x.lot_id
where (x.accepted > 0 and (i.state not in ('accepted', 'judged') or not exists (
    select from stock_lotversion v
    where v.lot_id = x.lot_id and v.voucher_id = i.id and v.status = 'released')))
  or (x.not_accepted > 0 and (
    i.state not in ('accepted', 'not_accepted', 'judged') or not exists (
      select from stock_lotversion v
      where v.lot_id = x.lot_id and v.voucher_id = i.id and v.status = 'blocked')))
"""

# The other way round: a status that names an inspection as its voucher was decided by it.
_UNDECIDED = """
select v.id, l.number, v.version, v.status, v.voucher_number
from stock_lotversion v join stock_lot l on l.id = v.lot_id
  left join inspections_inspectionlot x
    on x.inspection_id = v.voucher_id and x.lot_id = v.lot_id
where v.voucher_kind = 'inspections.inspection' and (x.id is null
  or (v.status = 'released' and x.accepted = 0)
  or (v.status = 'blocked' and x.not_accepted = 0 and x.retained = 0))
"""

# What a sample counted so far, again from the readings and counts that count, unit by unit.
_SAMPLE = """
with cell as (
  select distinct on (r.inspection_id, r.unit_no, r.characteristic_id)
    r.inspection_id, r.unit_no, r.characteristic_id, r.is_in, r.nonconformities
  from inspections_reading r
  order by r.inspection_id, r.unit_no, r.characteristic_id, r.ordinal desc),
counted as (
  select distinct on (r.inspection_id, r.characteristic_id)
    r.inspection_id, r.characteristic_id, r.inspected, r.nonconforming,
    (select coalesce(sum(f.count), 0) from inspections_defectcount f where f.result_id = r.id)
      as shown
  from inspections_inspectionresult r where r.characteristic_id is not null
  order by r.inspection_id, r.characteristic_id, r.ordinal desc),
line as (
  select s.id, s.inspection_id, s.basis = 'nonconformities' as each, c.id as characteristic_id,
    c.formula = '' as is_entered
  from inspections_inspectionsample s
    join inspections_inspection i on i.id = s.inspection_id
    join inspections_plancharacteristic c on c.plan_version_id = i.plan_version_id
      and c.severity_class = s.severity_class
      and case when s.characteristic_id is null then c.scheme = ''
        else c.id = s.characteristic_id end),
unit as (
  select l.id, l.each, x.unit_no,
    coalesce(sum(x.nonconformities) filter (where not x.is_in), 0) as outs,
    count(*) filter (where l.is_entered) as entered
  from line l join cell x using (inspection_id, characteristic_id) group by 1, 2, 3),
read as (
  select id, sum(case when each then outs else least(outs, 1) end) as found, sum(entered) as read
  from unit group by 1),
told as (
  select l.id, sum(case when l.each then k.shown else k.nonconforming end) as found,
    sum(k.inspected) as read
  from line l join counted k using (inspection_id, characteristic_id) group by 1),
again as (
  select s.id, s.inspection_id, s.severity_class, s.found, s.read,
    coalesce(r.found, 0) + coalesce(t.found, 0) as found_again,
    coalesce(r.read, 0) + coalesce(t.read, 0) as read_again
  from inspections_inspectionsample s
    left join read r on r.id = s.id left join told t on t.id = s.id)
select a.id, i.number, a.severity_class, a.found, a.read, a.found_again, a.read_again
from again a join inspections_inspection i on i.id = a.inspection_id
where i.plan_version_id is not null and (a.found <> a.found_again or a.read <> a.read_again)
"""


I17 = Invariant(
    id="I17",
    en="Accepted + not accepted + open + consumed in test + retained = presented",
    zh="合格 + 不合格 + 待判 + 检验消耗 + 留样 = 送检数量",
    looked_at=(
        "select (select count(*) from inspections_inspectionlot)"
        " + (select count(*) from nonconformance_reportlot)"
    ),
    rules=(
        rule(
            _SUM,
            "{inspection}: {presented} presented, {counted} accounted for",
            "{inspection}：送检 {presented}，去向合计 {counted}",
        ),
        rule(
            _OPEN,
            "{inspection} ({state}): {open} open, {on_hand} on hand or urgently issued",
            "{inspection}（{state}）：待判 {open}，现有及紧急放行已发 {on_hand}",
        ),
        rule(
            _UNHEARD,
            "{inspection} ({state}) accepted {accepted} and not {not_accepted}, the lot's status"
            " never said so",
            "{inspection}（{state}）判合格 {accepted}、不合格 {not_accepted}，批次状态从未如此",
        ),
        rule(
            _UNDECIDED,
            "version {version} is {status} by {voucher_number}, which did not decide so",
            "版本 {version} 依据 {voucher_number} 为 {status}，但该检验单未如此判定",
        ),
        rule(
            _SAMPLE,
            "{severity_class}: {found} found in {read} readings, counted again {found_again} in"
            " {read_again}",
            "{severity_class}：{read} 个检测值中不合格 {found}，"
            "重新统计为 {read_again} 中 {found_again}",
        ),
        *REMAINS,
    ),
)
