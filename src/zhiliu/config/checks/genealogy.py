"""I9: where lots come from has no ring, and says the same as the moves."""

from collections import defaultdict
from typing import Any

from zhiliu.config.checks.invariant import SHOWN, Found, Invariant, Rule, rule


def _find_rings(cursor: Any) -> Found:
    """The edges that lie on a ring or between two rings: what stays when all lots without a source,
    then all without a target, are taken away again and again. Linear in the edges (Kahn 1962)."""
    cursor.execute(
        "select id, source_id, target_id from stock_genealogyedge where target_id is not null"
    )
    edges = cursor.fetchall()
    for start, end in ((1, 2), (2, 1)):
        edges = _without_loose_ends(edges, start, end)
    ids = [edge[0] for edge in edges[:SHOWN]]
    cursor.execute(
        "select e.id, s.number, t.number from stock_genealogyedge e"
        " join stock_lot s on s.id = e.source_id join stock_lot t on t.id = e.target_id"
        " where e.id = any(%s)",
        [ids],
    )
    rows = [{"id": i, "number": source, "target": to} for i, source, to in cursor.fetchall()]
    return Found(len(edges), rows)


def _without_loose_ends(
    edges: list[tuple[Any, ...]], start: int, end: int
) -> list[tuple[Any, ...]]:
    incoming: dict[Any, int] = defaultdict(int)
    outgoing: dict[Any, list[Any]] = defaultdict(list)
    for edge in edges:
        incoming[edge[end]] += 1
        outgoing[edge[start]].append(edge[end])
    loose = [lot for lot in outgoing if not incoming.get(lot)]
    gone = set()
    while loose:
        lot = loose.pop()
        gone.add(lot)
        for following in outgoing.get(lot, ()):
            incoming[following] -= 1
            if not incoming[following]:
                loose.append(following)
    return [edge for edge in edges if edge[start] not in gone]


# Per command and lot, what the edges say went into other lots (less what came from them) is what
# went through the place `transformation`. A change of owner goes through it and comes back.
_TRANSFORMED = """
with said as (
  select command_id, lot_id, sum(quantity) as quantity from (
    select command_id, source_id as lot_id, quantity from stock_genealogyedge
    where target_id is not null and edge_kind <> 'returned'
    union all
    select command_id, target_id, -quantity from stock_genealogyedge
    where target_id is not null and edge_kind <> 'returned') x
  group by 1, 2),
moved as (
  select m.command_id, m.lot_id,
    sum(case t.place_kind when 'transformation' then m.quantity else -m.quantity end) as quantity
  from stock_move m join stock_place f on f.id = m.from_place_id
    join stock_place t on t.id = m.to_place_id
  where 'transformation' in (f.place_kind, t.place_kind)
  group by 1, 2)
select l.id, l.number, coalesce(s.quantity, 0) as said, coalesce(m.quantity, 0) as moved
from said s full join moved m using (command_id, lot_id) join stock_lot l on l.id = lot_id
where coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
"""

# Forwards: every use has its edge. Backwards: every edge has its use.
_USED = """
with said as (
  select command_id, source_id as lot_id, edge_kind, sum(quantity) as quantity
  from stock_genealogyedge where target_id is null group by 1, 2, 3),
moved as (
  select command_id, lot_id,
    case move_kind when 'issue' then 'consumed' else 'packed' end as edge_kind,
    sum(quantity) as quantity
  from stock_move where move_kind in ('issue', 'ship') group by 1, 2, 3)
select l.id, l.number, edge_kind, coalesce(s.quantity, 0) as said, coalesce(m.quantity, 0) as moved
from said s full join moved m using (command_id, lot_id, edge_kind)
  join stock_lot l on l.id = lot_id
where coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
"""

_RETURNED = """
with said as (
  select command_id, target_id as lot_id, sum(quantity) as quantity
  from stock_genealogyedge where edge_kind = 'returned' and target_id is not null group by 1, 2),
moved as (
  select command_id, lot_id, sum(quantity) as quantity
  from stock_move where move_kind = 'customer_return' group by 1, 2)
select l.id, l.number, coalesce(s.quantity, 0) as said, coalesce(m.quantity, 0) as moved
from said s full join moved m using (command_id, lot_id) join stock_lot l on l.id = lot_id
where coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
"""

_PARTED = """
select l.id, l.number, p.number as parent
from stock_lot l left join stock_lot p on p.id = l.split_from_id
where (l.origin = 'split') <> (l.split_from_id is not null)
  or (l.split_from_id is not null and not exists (
    select from stock_genealogyedge e
    where e.target_id = l.id and e.source_id = l.split_from_id and e.edge_kind = 'split'))
"""

I9 = Invariant(
    id="I9",
    en="Genealogy has no ring and says the same as the moves, both ways",
    zh="批次谱系无环，且与移动双向一致",
    looked_at="select count(*) from stock_genealogyedge",
    rules=(
        Rule(
            _find_rings,
            "became part of {target}, from which it comes itself",
            "成为 {target} 的一部分，而自身又来自它",
        ),
        rule(
            _TRANSFORMED,
            "the edges of one posting say {said} went into other lots, the moves say {moved}",
            "一次过账的谱系表明 {said} 转入其他批次，移动表明 {moved}",
        ),
        rule(
            _USED,
            "the edges of one posting say {said} {edge_kind}, the moves say {moved}",
            "一次过账的谱系（{edge_kind}）为 {said}，移动为 {moved}",
        ),
        rule(
            _RETURNED,
            "the edge says {said} came back from the customer, the moves say {moved}",
            "谱系表明客户退回 {said}，移动表明 {moved}",
        ),
        rule(
            _PARTED,
            "says it was split from {parent}, and no edge says so",
            "记录为从 {parent} 拆分，但没有相应谱系",
        ),
    ),
)
