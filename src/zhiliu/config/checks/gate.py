"""I1 and I16: nothing left that might not, replayed from the versions of each lot.

I1 asks what the table of DESIGN.md section 3 asks of status, holds, urgent mark and voucher; I16
asks for the limits: expiry and the bounds of restricted lots. The tables are written out here a
second time on purpose: a fault in the operations' own must not hide itself.
"""

from zhiliu.config.checks.invariant import Invariant, rule
from zhiliu.config.checks.nonconforming import CONCEDED

# The gate asks with the time at the edge, the row has the time of its statement: waiting for locks
# lies between. So what passed while a command waited is no violation, and only what is later than
# this counts as a late posting.
WAIT = "interval '1 minute'"

# `uses`: what left our hands, by where it went. A move of serials or of a bulk lot is one row.
_USES = f"""
allowed(status, use) as (values
  ('awaiting_inspection', 'return'),
  ('released', 'scrap'), ('released', 'return'), ('released', 'issue'), ('released', 'ship'),
  ('restricted', 'scrap'), ('restricted', 'return'), ('restricted', 'issue'),
  ('restricted', 'ship'),
  ('blocked', 'scrap'), ('blocked', 'return')),
uses as (
  select m.*, l.number,
    case t.place_kind when 'production' then 'issue' when 'customer' then 'ship'
      when 'scrap' then 'scrap' else 'return' end as use,
    m.occurred_at < m.recorded_at - {WAIT} as is_late
  from stock_move m
    join stock_place f on f.id = m.from_place_id and f.is_internal
    join stock_place t on t.id = m.to_place_id
    join stock_lot l on l.id = m.lot_id
  where t.place_kind in ('production', 'customer', 'scrap', 'supplier')),
-- what the gate said at the version that the move recorded
now as (
  select u.*, v.status, v.holds, v.is_urgent, v.expires_at, v.bounds
  from uses u join stock_lotversion v on v.lot_id = u.lot_id and v.version = u.lot_version),
-- of late postings: what it said at the business time, by the versions known when recorded
late as (
  select distinct on (u.id) u.id as move_id, v.version as then_version, v.status as then_status,
    v.holds as then_holds, v.is_urgent as then_urgent, v.expires_at as then_expires_at,
    v.bounds as then_bounds
  from uses u left join stock_lotversion v
    on v.lot_id = u.lot_id and v.version <= u.lot_version and v.occurred_at <= u.occurred_at
  where u.is_late and u.origin = 'own' and u.use in ('issue', 'ship')
  order by u.id, v.version desc nulls last)
"""  # noqa: S608


def _outside_bounds(use: str, bounds: str, at: str) -> str:
    """SQL that is true when a use lies outside the time, orders or customers of the bounds."""
    named = " or ".join(
        f"(jsonb_typeof({bounds} -> '{what}') = 'array' and not"
        f" coalesce({bounds} -> '{what}' @> to_jsonb({use}.{who}::text), false))"
        for what, who in (("references", "reference_id"), ("customers", "customer_id"))
    )
    return f"(({bounds} ->> 'until')::timestamptz <= {at} or {named})"


_VERSION_SEEN = """
select m.id, l.number, m.lot_version, m.move_kind
from stock_move m join stock_lot l on l.id = m.lot_id
  left join (
    select lot_id, version, recorded_at, lead(recorded_at) over w as next_at,
      lead(command_id) over w as next_command
    from stock_lotversion window w as (partition by lot_id order by version)) v
  on v.lot_id = m.lot_id and v.version = m.lot_version
where v.version is null or v.recorded_at > m.recorded_at or v.next_at < m.recorded_at
  or (v.next_at = m.recorded_at and v.next_command <> m.command_id)
"""

_STATUS = f"""
with {_USES}
select n.id, n.number, n.use, n.quantity, n.status, n.lot_version from now n
where n.origin = 'own'
  and not exists (select from allowed a where a.status = n.status and a.use = n.use)
"""  # noqa: S608

# A hold stands from its first audit entry to the one that lifted it, whatever the version says.
_HELD = f"""
with {_USES},
stood as (
  select h.lot_id, h.number as hold, a.recorded_at as placed_at, b.recorded_at as lifted_at
  from stock_hold h
    join evidence_auditentry a on a.record_id = h.id and a.record_version = 1
    left join evidence_auditentry b
      on b.record_id = h.id and b.changes #>> '{{state,1}}' = 'lifted')
select n.id, n.number, n.use, n.quantity, n.lot_version, coalesce(
    (select string_agg(s.hold, ', ') from stood s where s.lot_id = n.lot_id
      and s.placed_at < n.recorded_at and coalesce(s.lifted_at > n.recorded_at, true)),
    n.holds::text) as holds
from now n
where n.origin = 'own' and n.use in ('issue', 'ship') and (
  n.holds <> '[]' or exists (
    select from stood s where s.lot_id = n.lot_id and s.placed_at < n.recorded_at
      and coalesce(s.lifted_at > n.recorded_at, true)))
"""  # noqa: S608

_URGENT = f"""
with {_USES}
select n.id, n.number, n.quantity from now n
where n.origin = 'own' and n.use = 'ship' and n.is_urgent
"""  # noqa: S608

_VOUCHER = f"""
with {_USES}
select n.id, n.number, n.use, n.quantity from now n
where n.origin = 'own' and n.use in ('scrap', 'return') and case n.status
  when 'blocked' then not exists (
    select from nonconformance_disposition d
      join nonconformance_reportlot r on r.disposition_id = d.id and r.lot_id = n.lot_id
    where d.id = n.reference_id and d.state <> 'cancelled'
      and d.disposition_kind = case n.use when 'scrap' then 'scrap' else 'return_to_vendor' end)
  else btrim(n.reason) = '' end
"""  # noqa: S608

_THEN = f"""
with {_USES}
select n.id, n.number, n.use, n.quantity, n.occurred_at,
  coalesce(l.then_status, 'not yet received') as status
from now n join late l on l.move_id = n.id
where l.then_version is null
  or not exists (select from allowed a where a.status = l.then_status and a.use = n.use)
  or l.then_holds <> '[]' or (n.use = 'ship' and l.then_urgent)
"""  # noqa: S608

_UNANSWERED = f"""
with {_USES}
select n.id, n.number, n.origin, n.origin_document, n.use, n.quantity, n.status from now n
where n.origin <> 'own'
  and (not exists (select from allowed a where a.status = n.status and a.use = n.use)
    or (n.use in ('issue', 'ship') and (
      n.holds <> '[]' or (n.use = 'ship' and n.is_urgent)
      or n.expires_at <= n.recorded_at - {WAIT}
      or {_outside_bounds("n", "n.bounds", f"n.recorded_at - {WAIT}")})))
  and not (exists (select from stock_finding f where f.move_id = n.id)
    and exists (select from stock_hold h where h.lot_id = n.lot_id
      and h.cause = 'observed_move' and h.cause_id = n.id))
"""  # noqa: S608

_ANSWERED = """
select m.id, l.number, m.origin, m.origin_document, m.quantity, f.code
from stock_finding f join stock_move m on m.id = f.move_id join stock_lot l on l.id = m.lot_id
"""

I1 = Invariant(
    id="I1",
    en="Nothing left that its lot's status did not allow",
    zh="凡出库均为批次状态所允许",
    looked_at="select count(*) from stock_move",
    rules=(
        rule(
            _VERSION_SEEN,
            "the {move_kind} recorded version {lot_version} of the lot, which was not the current"
            " one",
            "移动（{move_kind}）记录的批次版本 {lot_version} 并非当时的版本",
        ),
        rule(
            _STATUS,
            "{use} of {quantity} at version {lot_version}, which was {status}",
            "{use} {quantity}：版本 {lot_version} 的状态为 {status}",
        ),
        rule(
            _HELD,
            "{use} of {quantity} while on hold ({holds})",
            "冻结期间（{holds}）{use} {quantity}",
        ),
        rule(
            _URGENT,
            "shipped {quantity} under an urgent release",
            "紧急放行的货物被发运 {quantity}",
        ),
        rule(
            _VOUCHER,
            "{use} of {quantity} without a disposition, or of goods not blocked without a reason",
            "{use} {quantity} 没有处置单（未被判为不可用的货物则没有原因）",
        ),
        rule(
            _THEN,
            "late posting: {use} of {quantity} at {occurred_at}, when the lot was {status} or on"
            " hold",
            "补记：{occurred_at} {use} {quantity}，当时批次为 {status} 或被冻结",
        ),
        rule(
            _UNANSWERED,
            "{origin} {origin_document}: {use} of {quantity} at {status} has no finding with a"
            " hold",
            "{origin} {origin_document}：{status} 时 {use} {quantity}，没有发现记录和冻结",
        ),
    ),
    apart=(
        rule(
            _ANSWERED,
            "{origin} {origin_document} moved {quantity} although {code}; it was put on hold",
            "{origin} {origin_document} 在 {code} 的情况下移动了 {quantity}；已冻结",
        ),
    ),
)

_EXPIRED = f"""
with {_USES}
select n.id, n.number, n.use, n.quantity, n.occurred_at,
  coalesce(n.expires_at, l.then_expires_at) as expires_at
from now n left join late l on l.move_id = n.id
where n.origin = 'own' and n.use in ('issue', 'ship') and (
  n.expires_at <= n.occurred_at or n.expires_at <= n.recorded_at - {WAIT}
  or l.then_expires_at <= n.occurred_at)
"""  # noqa: S608

_OUTSIDE = f"""
with {_USES},
asked as (
  select n.*, n.bounds as bound, n.recorded_at - {WAIT} as checked_at from now n
  union all
  select n.*, l.then_bounds, n.occurred_at from now n join late l on l.move_id = n.id)
select distinct a.id, a.number, a.use, a.quantity, a.reference_number from asked a
where a.origin = 'own' and a.use in ('issue', 'ship')
  and {_outside_bounds("a", "a.bound", "greatest(a.occurred_at, a.checked_at)")}
"""  # noqa: S608

# A quantity bound holds from the restriction that set it (an event) to the next one or another
# status. What is drawn from it: uses, less what came back unused, and the shares of parts.
_DRAWN = """
bounded as (
  select v.lot_id, v.version, v.bounds ->> 'quantity' as bound,
    count(*) filter (where v.version = 1 or e.subject_version is not null)
      over (partition by v.lot_id order by v.version) as restriction
  from stock_lotversion v
    left join (
      select distinct subject_id, subject_version from outbox_outboxevent
      where type = 'stock.lot_restricted.v1') e
    on e.subject_id = v.lot_id and e.subject_version = v.version),
draws as (
  select m.id, m.lot_id, m.lot_version as version, m.recorded_at, m.line,
    case m.move_kind when 'return_issue' then -m.quantity else m.quantity end as quantity
  from stock_move m
  where m.origin = 'own' and m.move_kind in ('issue', 'ship', 'return_issue')
  union all
  select c.id, c.split_from_id, v.voucher_version, v.recorded_at, 0,
    (v.bounds ->> 'quantity')::numeric
  from stock_lot c join stock_lotversion v on v.lot_id = c.id and v.version = 1
  where c.split_from_id is not null and v.bounds ->> 'quantity' is not null),
drawn as (
  select d.id, d.lot_id, d.quantity, b.restriction, b.bound::numeric as bound,
    sum(d.quantity) over (
      partition by d.lot_id, b.restriction order by d.recorded_at, d.line, d.id) as total
  from draws d join bounded b on b.lot_id = d.lot_id and b.version = d.version
  where b.bound is not null)
"""

_EXCEEDED = f"""
with {_DRAWN}
select d.id, l.number, d.quantity, d.total, d.bound
from drawn d join stock_lot l on l.id = d.lot_id
where d.total > d.bound and d.quantity > 0
"""  # noqa: S608

_REMAINING = f"""
with {_DRAWN},
used as (select lot_id, restriction, sum(quantity) as total from drawn group by 1, 2)
select l.id, l.number, b.bound::numeric - coalesce(u.total, 0) as counted, r.remaining
from stock_lot l
  join bounded b on b.lot_id = l.id and b.version = l.version
  left join used u on u.lot_id = l.id and u.restriction = b.restriction
  left join stock_lotbound r on r.lot_id = l.id
where r.remaining is distinct from b.bound::numeric - coalesce(u.total, 0)
  and (r.remaining is not null or b.bound is not null)
"""  # noqa: S608

I16 = Invariant(
    id="I16",
    en="Nothing expired was used and no bound was exceeded",
    zh="没有使用过期货物，也没有超出限制",
    looked_at="select count(*) from stock_move where move_kind in ('issue', 'ship', 'observe')",
    rules=(
        rule(
            _EXPIRED,
            "{use} of {quantity} at {occurred_at}, expired at {expires_at}",
            "{occurred_at} {use} {quantity}，已于 {expires_at} 过期",
        ),
        rule(
            _OUTSIDE,
            "{use} of {quantity} for {reference_number}, outside the time, orders or customers"
            " that the restriction names",
            "为 {reference_number} {use} {quantity}，超出限制使用所定的时间、订单或客户",
        ),
        rule(
            _EXCEEDED,
            "drew {quantity}, with it {total} of a bound of {bound}",
            "使用 {quantity}，累计 {total}，超出限制数量 {bound}",
        ),
        rule(
            _REMAINING,
            "{remaining} remain of its bound, the moves leave {counted}",
            "限制数量剩余 {remaining}，按移动计算应为 {counted}",
        ),
        *CONCEDED,
    ),
)
