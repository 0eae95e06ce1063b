"""I2, I3 and I4: the journal balances, the balances are its sums, and nothing was ever negative."""

from zhiliu.config.checks.invariant import Invariant, rule

# Both legs of every move at the places that we account for.
_LEGS = """
legs as (
  select x.* from (
    select id, lot_id, to_place_id as place_id, owner_id, quantity, command_id, recorded_at
    from stock_move
    union all
    select id, lot_id, from_place_id, owner_id, -quantity, command_id, recorded_at
    from stock_move) x
  join stock_place p on p.id = x.place_id and p.is_internal)
"""

_ONE_PLACE = """
select m.id, l.number, f.code as from_code, t.code as to_code, m.quantity
from stock_move m join stock_lot l on l.id = m.lot_id
  join stock_place f on f.id = m.from_place_id join stock_place t on t.id = m.to_place_id
where m.from_place_id = m.to_place_id or m.quantity <= 0
  or not (f.is_internal or t.is_internal)
"""

# Which verb may go from where to where; 'own' stands for every place that we account for.
_WRONG_WAY = """
with ways(move_kind, source, target) as (values
  ('receive', 'supplier', 'own'), ('receive', 'production', 'own'),
  ('move', 'own', 'own'), ('issue', 'own', 'production'), ('return_issue', 'production', 'own'),
  ('ship', 'own', 'customer'), ('customer_return', 'customer', 'own'),
  ('take_sample', 'own', 'own'), ('consume_sample', 'own', 'consumed_in_test'),
  ('scrap', 'own', 'scrap'), ('return_to_vendor', 'own', 'supplier'),
  ('count', 'own', 'adjustment'), ('count', 'adjustment', 'own'),
  ('transform', 'own', 'transformation'), ('transform', 'transformation', 'own'))
select m.id, l.number, m.move_kind, f.code as from_code, t.code as to_code
from stock_move m join stock_lot l on l.id = m.lot_id
  join stock_place f on f.id = m.from_place_id join stock_place t on t.id = m.to_place_id
where (m.move_kind = 'observe') <> (m.origin <> 'own')
  or (m.move_kind <> 'observe' and not exists (
    select from ways w where w.move_kind = m.move_kind
      and w.source = case when f.is_internal then 'own' else f.place_kind end
      and w.target = case when t.is_internal then 'own' else t.place_kind end))
"""

_TRANSFORMED = """
select m.command_id as id, min(l.number) as number,
  sum(m.quantity) filter (where t.place_kind = 'transformation') as gone,
  sum(m.quantity) filter (where f.place_kind = 'transformation') as made
from stock_move m join stock_lot l on l.id = m.lot_id
  join stock_place f on f.id = m.from_place_id join stock_place t on t.id = m.to_place_id
where 'transformation' in (f.place_kind, t.place_kind)
group by m.command_id, case f.place_kind when 'transformation' then f.id else t.id end
having sum(case f.place_kind when 'transformation' then -m.quantity else m.quantity end) <> 0
"""

_BORN = """
select l.id, l.number, l.initial_quantity, coalesce(b.quantity, 0) as booked
from stock_lot l
  left join (
    select m.lot_id, sum(m.quantity) as quantity
    from stock_move m
      join stock_lotversion v
        on v.lot_id = m.lot_id and v.version = 1 and v.command_id = m.command_id
      join stock_place f on f.id = m.from_place_id and not f.is_internal
    group by m.lot_id) b on b.lot_id = l.id
where l.initial_quantity <> coalesce(b.quantity, 0)
"""

_RETURNED = """
select m.lot_id as id, l.number, m.reference_number,
  sum(m.quantity) filter (where m.move_kind = 'issue') as drawn,
  sum(m.quantity) filter (where m.move_kind = 'return_issue') as returned
from stock_move m join stock_lot l on l.id = m.lot_id
where m.move_kind in ('issue', 'return_issue')
group by m.lot_id, l.number, m.owner_id, m.reference_id, m.reference_number
having sum(case m.move_kind when 'issue' then m.quantity else -m.quantity end) < 0
"""

_PIECES = """
select m.id, l.number, m.quantity, coalesce(s.pieces, 0) as pieces
from stock_move m join stock_lot l on l.id = m.lot_id
  left join (select move_id, count(*) as pieces from stock_serialmove group by 1) s
  on s.move_id = m.id
where coalesce(s.pieces, 0) <> case l.lot_control when 'serial' then m.quantity else 0 end
"""

I2 = Invariant(
    id="I2",
    en="Every move balances; stock = receipts - issues - scrap",
    zh="每笔移动都平衡；库存 = 收 - 发 - 报废",
    looked_at="select count(*) from stock_move",
    rules=(
        rule(
            _ONE_PLACE,
            "{quantity} from {from_code} to {to_code} is no move between two places of which one"
            " is ours",
            "从 {from_code} 到 {to_code} 移动 {quantity}，并非两个库位（至少一个为内部）之间的移动",
        ),
        rule(
            _WRONG_WAY,
            "a {move_kind} never goes from {from_code} to {to_code}",
            "{move_kind} 不会从 {from_code} 到 {to_code}",
        ),
        rule(
            _TRANSFORMED,
            "one posting turned {gone} into {made}",
            "一次过账把 {gone} 变成了 {made}",
        ),
        rule(
            _BORN,
            "born with {initial_quantity}, but {booked} was booked in",
            "建批数量 {initial_quantity}，实际入账 {booked}",
        ),
        rule(
            _RETURNED,
            "{reference_number} drew {drawn} and returned {returned}",
            "{reference_number} 领用 {drawn}，退回 {returned}",
        ),
        rule(
            _PIECES,
            "a move of {quantity} names {pieces} serials",
            "移动数量 {quantity}，列出序列号 {pieces} 个",
        ),
    ),
)

_SUMS = f"""
with {_LEGS},
journal as (
  select lot_id, place_id, owner_id, sum(quantity) as moved from legs group by 1, 2, 3)
select coalesce(b.id, l.id) as id, l.number, p.code, b.quantity, coalesce(j.moved, 0) as moved
from journal j full join stock_balance b using (lot_id, place_id, owner_id)
  join stock_lot l on l.id = lot_id join stock_place p on p.id = place_id
where coalesce(b.quantity, 0) <> coalesce(j.moved, 0) or (b.id is not null and not p.is_internal)
"""  # noqa: S608

# Where the journal says that a serial is: its last move, in recorded order.
_LAST = """
last as (
  select distinct on (s.serial_id) s.serial_id, m.lot_id, m.to_place_id, m.owner_id
  from stock_serialmove s join stock_move m on m.id = s.move_id
  order by s.serial_id, m.recorded_at desc, m.line desc)
"""

_SERIAL_AT = f"""
with {_LAST}
select s.id, s.number, p.code, q.code as moved_to, l.number as lot, k.number as moved_lot
from stock_serial s
  join stock_place p on p.id = s.place_id join stock_lot l on l.id = s.lot_id
  left join last x on x.serial_id = s.id
  left join stock_place q on q.id = x.to_place_id left join stock_lot k on k.id = x.lot_id
where (s.lot_id, s.place_id, s.owner_id) is distinct from (x.lot_id, x.to_place_id, x.owner_id)
"""  # noqa: S608

_PIECES_AT = f"""
with {_LAST},
counted as (
  select lot_id, to_place_id as place_id, owner_id, count(*) as pieces from last
    join stock_place p on p.id = to_place_id and p.is_internal group by 1, 2, 3),
kept as (
  select b.* from stock_balance b join stock_lot l on l.id = b.lot_id
  where l.lot_control = 'serial')
select coalesce(b.id, l.id) as id, l.number, p.code, coalesce(b.quantity, 0) as quantity,
  coalesce(c.pieces, 0) as pieces
from counted c full join kept b using (lot_id, place_id, owner_id)
  join stock_lot l on l.id = lot_id join stock_place p on p.id = place_id
where coalesce(b.quantity, 0) <> coalesce(c.pieces, 0)
"""  # noqa: S608

I3 = Invariant(
    id="I3",
    en="Every balance is exactly the sum of its moves",
    zh="每个余额恰为其移动之和",
    looked_at=("select (select count(*) from stock_balance) + (select count(*) from stock_serial)"),
    rules=(
        rule(
            _SUMS,
            "the balance at {code} says {quantity}, its moves add up to {moved}",
            "{code} 的余额为 {quantity}，移动之和为 {moved}",
        ),
        rule(
            _SERIAL_AT,
            "says lot {lot} at {code}, its last move went to lot {moved_lot} at {moved_to}",
            "记录在 {code} 的批次 {lot}，最后一次移动到 {moved_to} 的批次 {moved_lot}",
        ),
        rule(
            _PIECES_AT,
            "the balance at {code} says {quantity}, and {pieces} serials are there",
            "{code} 的余额为 {quantity}，实有序列号 {pieces} 个",
        ),
    ),
)

# Seen from outside, a command happens at once: its moves of one balance count together.
_NEGATIVE = f"""
with {_LEGS},
steps as (
  select lot_id, place_id, owner_id, command_id, max(recorded_at) as recorded_at,
    sum(quantity) as quantity, (array_agg(id order by quantity))[1] as id
  from legs group by 1, 2, 3, 4),
running as (
  select *, sum(quantity) over (
    partition by lot_id, place_id, owner_id order by recorded_at, command_id) as total
  from steps)
select r.id, l.number, p.code, r.total, r.recorded_at
from running r join stock_lot l on l.id = r.lot_id join stock_place p on p.id = r.place_id
where r.total < 0
"""  # noqa: S608

_BELOW = """
select b.id, l.number, p.code, b.quantity, b.reserved
from stock_balance b join stock_lot l on l.id = b.lot_id join stock_place p on p.id = b.place_id
where b.quantity < 0 or b.reserved < 0 or b.reserved > b.quantity
"""

_RESERVED = """
with open_ones as (
  select lot_id, place_id, owner_id, sum(open_quantity) as open_quantity from stock_reservation
  where state = 'open' group by 1, 2, 3)
select coalesce(b.id, l.id) as id, l.number, p.code, coalesce(b.reserved, 0) as reserved,
  coalesce(o.open_quantity, 0) as open_quantity
from open_ones o full join stock_balance b using (lot_id, place_id, owner_id)
  join stock_lot l on l.id = lot_id join stock_place p on p.id = place_id
where coalesce(b.reserved, 0) <> coalesce(o.open_quantity, 0)
"""

_ENDED = """
select id, number, state, open_quantity from stock_reservation
where (state = 'open') <> (open_quantity > 0) or open_quantity > quantity
"""

_JUMPED = """
with hops as (
  select s.serial_id, m.id, m.from_place_id, lag(m.to_place_id) over w as was_at
  from stock_serialmove s join stock_move m on m.id = s.move_id
  window w as (partition by s.serial_id order by m.recorded_at, m.line))
select s.id, s.number, f.code, w.code as was_at
from hops h join stock_serial s on s.id = h.serial_id
  join stock_place f on f.id = h.from_place_id left join stock_place w on w.id = h.was_at
where h.was_at <> h.from_place_id or (h.was_at is null and f.is_internal)
"""

_TWINS = """
select (array_agg(id order by id))[2] as id, number, count(*) as pieces
from stock_serial group by material_id, maker, number having count(*) > 1
"""

I4 = Invariant(
    id="I4",
    en="Nothing was ever negative or reserved above what is on hand; a serial is in one place",
    zh="库存从未为负，预留不超过现有量；一个序列号只在一处",
    looked_at=(
        "select (select count(*) from stock_move) + (select count(*) from stock_reservation)"
    ),
    rules=(
        rule(
            _NEGATIVE,
            "{total} at {code} after the move recorded at {recorded_at}",
            "{recorded_at} 记录的移动之后，{code} 为 {total}",
        ),
        rule(
            _BELOW,
            "{quantity} on hand at {code}, {reserved} of it reserved",
            "{code} 现有 {quantity}，其中预留 {reserved}",
        ),
        rule(
            _RESERVED,
            "{reserved} reserved at {code}, its open reservations add up to {open_quantity}",
            "{code} 预留 {reserved}，未结预留之和为 {open_quantity}",
        ),
        rule(
            _ENDED,
            "the reservation is {state} with {open_quantity} open",
            "预留状态为 {state}，未结数量 {open_quantity}",
        ),
        rule(
            _JUMPED,
            "left {code}, but was at {was_at}",
            "从 {code} 移出，但当时在 {was_at}",
        ),
        rule(
            _TWINS,
            "{pieces} serials of one material and maker have this number",
            "同一物料和制造商有 {pieces} 个相同的序列号",
        ),
    ),
)
