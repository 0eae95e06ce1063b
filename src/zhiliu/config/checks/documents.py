"""I6 and I7: documents are whole, and their numbers are theirs alone."""

from zhiliu.config.checks.invariant import Invariant, rule

_TORN = """
select (array_agg(m.id order by m.id))[1] as id, min(l.number) as number, m.command_id,
  count(distinct m.line) as found, max(m.line) as last
from stock_move m join stock_lot l on l.id = m.lot_id
group by m.command_id having count(distinct m.line) <> max(m.line) or min(m.line) <> 1
"""

_VERSIONS = """
select l.id, l.number, l.version, coalesce(v.found, 0) as found
from stock_lot l
  left join (
    select lot_id, count(*) as found, max(version) as last, min(version) as first
    from stock_lotversion group by 1) v on v.lot_id = l.id
where v.found is null or v.found <> l.version or v.last <> l.version or v.first <> 1
"""

_GATE = """
select l.id, l.number, l.version, l.status, v.status as recorded
from stock_lot l
  join stock_lotversion v on v.lot_id = l.id and v.version = l.version
  left join (
    select lot_id, count(*) as holds, jsonb_agg(number order by number) as numbers
    from stock_hold where state = 'open' group by 1) h on h.lot_id = l.id
where l.status <> v.status or l.is_urgent <> v.is_urgent
  or l.expires_at is distinct from v.expires_at
  or l.open_holds <> coalesce(h.holds, 0)
  or (select coalesce(jsonb_agg(n order by n), '[]') from jsonb_array_elements_text(v.holds) n)
    <> coalesce(h.numbers, '[]')
  or (l.status = 'restricted' and (
    (v.bounds ->> 'quantity')::numeric is distinct from l.bound_quantity
    or (v.bounds ->> 'until')::timestamptz is distinct from l.bound_until
    or nullif(v.bounds -> 'references', 'null') is distinct from
      nullif(l.bound_references, 'null')
    or nullif(v.bounds -> 'customers', 'null') is distinct from nullif(l.bound_customers, 'null')))
"""

_NO_LINES = """
select a.id, a.number, 'receiving.arrival' as kind from receiving_arrival a
where not exists (select from receiving_arrivalline x where x.arrival_id = a.id)
union all
select o.id, o.number, 'purchasing.order' from purchasing_order o
where not exists (select from purchasing_orderline x where x.order_id = o.id)
union all
select r.id, r.number, 'receiving.supplier_return' from receiving_supplierreturn r
where not exists (select from receiving_supplierreturnline x where x.supplier_return_id = r.id)
union all
select i.id, i.number, 'inspections.inspection' from inspections_inspection i
  left join (select inspection_id, count(*) as lots from inspections_inspectionlot group by 1) x
  on x.inspection_id = i.id
where x.lots is distinct from i.lot_count
union all
select r.id, r.number, 'nonconformance.report' from nonconformance_report r
where not exists (select from nonconformance_reportlot x where x.report_id = r.id)
"""

_ARRIVED = """
select x.id, a.number, x.line, x.stock_quantity, l.number as lot, coalesce(m.quantity, 0) as moved
from receiving_arrivalline x join receiving_arrival a on a.id = x.arrival_id
  join stock_lot l on l.id = x.lot_id
  left join (
    select m.lot_id, sum(m.quantity) as quantity from stock_move m
      join stock_place f on f.id = m.from_place_id and f.place_kind = 'supplier'
    where m.move_kind = 'receive' group by 1) m on m.lot_id = x.lot_id
where x.stock_quantity is distinct from coalesce(m.quantity, 0)
union all
select l.id, l.origin_number, 0, l.initial_quantity, l.number, l.initial_quantity
from stock_lot l
where l.origin = 'receipt' and l.origin_kind like 'receiving.%%'
  and not exists (select from receiving_arrivalline x where x.lot_id = l.id)
"""

_WENT_BACK = """
with said as (
  select lot_id, place_id, owner_id, sum(quantity) as quantity, min(supplier_return_id::text)
    as header from receiving_supplierreturnline group by 1, 2, 3),
moved as (
  select lot_id, from_place_id as place_id, owner_id, sum(quantity) as quantity
  from stock_move where move_kind = 'return_to_vendor' group by 1, 2, 3)
select l.id, coalesce(r.number, '-') as number, l.number as lot, s.quantity as said,
  coalesce(m.quantity, 0) as moved
from said s left join moved m using (lot_id, place_id, owner_id)
  join stock_lot l on l.id = lot_id
  left join receiving_supplierreturn r on r.id = s.header::uuid
where s.quantity > coalesce(m.quantity, 0)
"""

# Goods of a wrong material are no receipt of the line. What a count found in a lot was never
# received, so of such lots more can go back than the line counts.
_ORDERED = """
with arrived as (
  select order_line_id, sum(stock_quantity) as quantity from receiving_arrivalline
  where line_kind <> 'wrong_material' group by 1),
went_back as (
  select r.order_line_id, sum(r.quantity) as quantity, bool_or(f.lot_id is not null) as is_found
  from receiving_supplierreturnline r join stock_lot l on l.id = r.lot_id
    left join (
      select distinct m.lot_id from stock_move m
        join stock_place p on p.id = m.from_place_id and p.place_kind = 'adjustment'
      where m.move_kind = 'count') f on f.lot_id in (l.id, l.split_from_id)
  group by 1)
select x.id, o.number, x.line, x.received, coalesce(a.quantity, 0) as arrived, x.returned,
  coalesce(r.quantity, 0) as went_back
from purchasing_orderline x join purchasing_order o on o.id = x.order_id
  left join arrived a on a.order_line_id = x.id
  left join went_back r on r.order_line_id = x.id
where x.received <> coalesce(a.quantity, 0) or x.returned > coalesce(r.quantity, 0)
  or (x.returned < r.quantity and not r.is_found)
"""

# Results of the whole; where characteristics are counted or read, those say what was inspected.
_RESULTS = """
select i.id, i.number, i.result_count, count(r.id) as found
from inspections_inspection i left join inspections_inspectionresult r
  on r.inspection_id = i.id and r.characteristic_id is null
group by i.id
having count(r.id) <> i.result_count
  or (i.result_count > 0 or i.reading_count = 0) and (
    (array_agg(r.inspected order by r.ordinal desc))[1] is distinct from i.inspected
    or (array_agg(r.nonconforming order by r.ordinal desc))[1] is distinct from i.nonconforming)
"""

I6 = Invariant(
    id="I6",
    en="Header and lines, both legs, or nothing",
    zh="单头与单行、两端移动，要么都有，要么都没有",
    looked_at=(
        "select (select count(*) from stock_lot) + (select count(*) from purchasing_order)"
        " + (select count(*) from receiving_arrival)"
        " + (select count(*) from receiving_supplierreturn)"
        " + (select count(*) from inspections_inspection)"
    ),
    rules=(
        rule(
            _TORN,
            "the posting of command {command_id} has {found} lines, the last is {last}",
            "命令 {command_id} 的过账有 {found} 行，末行为 {last}",
        ),
        rule(
            _VERSIONS,
            "the lot is at version {version}, {found} versions are kept",
            "批次版本为 {version}，保存的版本有 {found} 个",
        ),
        rule(
            _GATE,
            "the row says {status}, version {version} says {recorded}, or they differ in holds,"
            " expiry, mark or bounds",
            "行状态为 {status}，版本 {version} 为 {recorded}，或冻结、有效期、标记、限制不一致",
        ),
        rule(
            _NO_LINES,
            "{kind} has not the lines that belong to it",
            "{kind} 缺少应有的行",
        ),
        rule(
            _ARRIVED,
            "line {line} received {stock_quantity} into lot {lot}, its moves say {moved}",
            "第 {line} 行收入批次 {lot} {stock_quantity}，移动为 {moved}",
        ),
        rule(
            _WENT_BACK,
            "says {said} of lot {lot} went back, its moves say {moved}",
            "记录批次 {lot} 退供 {said}，移动为 {moved}",
        ),
        rule(
            _ORDERED,
            "line {line} says {received} received and {returned} returned, its documents say"
            " {arrived} and {went_back}",
            "第 {line} 行已收 {received}、已退 {returned}，单据为 {arrived} 和 {went_back}",
        ),
        rule(
            _RESULTS,
            "says {result_count} results, {found} are kept, or the last one differs",
            "记录结果 {result_count} 次，实存 {found} 次，或最后一次不一致",
        ),
    ),
)

_NUMBERED = """
numbered(kind, company_id, id, number) as (
  select 'stock.lot', company_id, id, number from stock_lot
  union all select 'stock.hold', company_id, id, number from stock_hold
  union all select 'stock.reservation', company_id, id, number from stock_reservation
  union all select 'purchasing.order', company_id, id, number from purchasing_order
  union all select 'receiving.arrival', company_id, id, number from receiving_arrival
  union all select 'receiving.gate_refusal', company_id, id, number from receiving_gaterefusal
  union all select 'receiving.supplier_return', company_id, id, number
    from receiving_supplierreturn
  union all select 'inspections.inspection', company_id, id, number from inspections_inspection
  union all select 'nonconformance.report', company_id, id, number from nonconformance_report
  union all select 'nonconformance.disposition', company_id, id, number
    from nonconformance_disposition
  union all select 'nonconformance.concession', company_id, id, number
    from nonconformance_concession),
-- the numbers that a range gave out; a part's number (L-0042.1) is its lot's, and not of a range
given as (
  select r.company_id, r.kind, r.prefix, r.is_gap_free, n.id, n.number,
    substr(n.number, length(r.prefix) + 2)::bigint as value,
    case when r.is_gap_free then r.last else pg_sequence_last_value(r.sequence::regclass) end
      as last
  from numbering_numberrange r join numbered n on n.company_id = r.company_id
    and n.number ~ ('^' || r.prefix || '-[0-9]{1,18}$'))
"""

_TWICE = f"""
with {_NUMBERED}
select (array_agg(id order by id))[2] as id, number, kind, count(*) as records
from numbered group by kind, company_id, number having count(*) > 1
"""  # noqa: S608

_GAP = f"""
with {_NUMBERED},
steps as (
  select *, value - coalesce(lag(value) over (partition by company_id, prefix order by value), 0)
    as step from given where is_gap_free)
select id, number, kind, step - 1 as missing from steps where step > 1
union all
select r.id, r.prefix, r.kind, r.last - coalesce(max(g.value), 0)
from numbering_numberrange r
  left join given g on g.company_id = r.company_id and g.prefix = r.prefix
where r.is_gap_free and exists (
  select from numbered n where n.kind = r.kind and n.company_id = r.company_id)
group by r.id having r.last > coalesce(max(g.value), 0)
"""  # noqa: S608

_AHEAD = f"""
with {_NUMBERED}
select id, number, kind, coalesce(last, 0) as last from given
where value > coalesce(last, 0)
"""  # noqa: S608

I7 = Invariant(
    id="I7",
    en="Human numbers are unique, and without a gap where that is asked",
    zh="编号唯一，且在有要求处连续无缺号",
    looked_at=f"with {_NUMBERED} select count(*) from numbered",  # noqa: S608
    rules=(
        rule(
            _TWICE,
            "{records} records of {kind} in one company have this number",
            "同一公司有 {records} 条 {kind} 使用此编号",
        ),
        rule(
            _GAP,
            "{missing} numbers of {kind} are missing here",
            "{kind} 在此处缺少 {missing} 个编号",
        ),
        rule(
            _AHEAD,
            "the range of {kind} is only at {last} and would give this number again",
            "{kind} 的编号范围仅到 {last}，会再次给出此编号",
        ),
    ),
)
