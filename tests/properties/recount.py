"""An independent recount of the ledger: plain Python over raw rows.

It shares no code with the operations and none with `zhiliu check`, so that a fault in either cannot
hide itself here. `recount(cursor)` reads every row and returns a sentence a violation; an empty
list is a clean ledger.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any

ZERO = Decimal(0)
LATE = timedelta(minutes=1)  # what is posted at once occurred when it got its turn

TABLES = {
    "places": "select p.id, p.code, p.place_kind as kind, p.is_internal from stock_place p",
    "lots": "select * from stock_lot",
    "versions": (
        "select lot_id, version, status, holds::text as holds, expires_at, is_urgent,"
        " bounds::text as bounds, voucher_kind, voucher_id, voucher_version, command_id,"
        " recorded_at from stock_lotversion order by lot_id, version"
    ),
    "moves": "select * from stock_move order by recorded_at, command_id, line",
    "balances": "select * from stock_balance",
    "bounds": "select * from stock_lotbound",
    "serials": "select * from stock_serial",
    "hops": (
        "select s.serial_id, m.id, m.lot_id, m.owner_id, m.from_place_id, m.to_place_id"
        " from stock_serialmove s join stock_move m on m.id = s.move_id"
        " order by s.serial_id, m.recorded_at, m.line"
    ),
    "holds": "select * from stock_hold",
    "reservations": "select * from stock_reservation",
    "edges": "select * from stock_genealogyedge",
    "findings": "select move_id from stock_finding",
    "periods": "select * from stock_period where state = 'closed'",
    "inspections": "select * from inspections_inspection",
    "under": "select * from inspections_inspectionlot",
    "commands": "select command_id, actor_id, operation, key from commands_donecommand",
    "entries": (
        "select record_kind, record_id, record_version, command_id, recorded_at,"
        " changes::text as changes from evidence_auditentry order by record_id, record_version"
    ),
    "events": "select type, subject_id, command_id from outbox_outboxevent",
    "own": "select id, company_id from partners_partner where company_id is not null",
}

# Which verb goes from where to where; "ours" is any place that we account for.
WAYS = {
    "receive": {("supplier", "ours"), ("production", "ours")},
    "move": {("ours", "ours")},
    "take_sample": {("ours", "ours")},
    "consume_sample": {("ours", "consumed_in_test")},
    "issue": {("ours", "production")},
    "return_issue": {("production", "ours")},
    "ship": {("ours", "customer")},
    "customer_return": {("customer", "ours")},
    "scrap": {("ours", "scrap")},
    "return_to_vendor": {("ours", "supplier")},
    "count": {("ours", "adjustment"), ("adjustment", "ours")},
    "transform": {("ours", "transformation"), ("transformation", "ours")},
}


class Book:
    """Every row, and the places by id."""

    def __init__(self, cursor: Any) -> None:
        for name, sql in TABLES.items():
            cursor.execute(sql)
            columns = [c[0] for c in cursor.description]
            rows = [Row(**dict(zip(columns, r, strict=True))) for r in cursor.fetchall()]
            setattr(self, name, rows)
        self.place = {p.id: p for p in self.places}  # type: ignore[attr-defined]
        self.lot = {x.id: x for x in self.lots}  # type: ignore[attr-defined]
        self.history: dict[Any, list[Row]] = defaultdict(list)
        for v in self.versions:  # type: ignore[attr-defined]
            v.holds, v.bounds = json.loads(v.holds), json.loads(v.bounds or "null")
            self.history[v.lot_id].append(v)

    def __getattr__(self, name: str) -> list[Row]:
        raise AttributeError(name)

    def side(self, place_id: Any) -> str:
        """ "ours", or the kind of an outside place."""
        place = self.place[place_id]
        return "ours" if place.is_internal else place.kind


def recount(cursor: Any) -> list[str]:
    """A sentence for each thing that is wrong; `cursor` is open on the database."""
    book = Book(cursor)
    return [
        f"{check.__name__.strip('_')}: {problem}"
        for check in (
            _moves, _commands, _balances, _never_negative, _reservations, _serials, _pieces,
            _versions, _seen, _gate, _bounds, _genealogy, _rings, _births, _inspections, _audit,
            _periods,
        )
        for problem in check(book)
    ]  # fmt: skip


def _moves(book: Book) -> Iterator[str]:
    """I2: every move goes from one place to another, on a way that its verb has."""
    through: dict[Any, Decimal] = defaultdict(Decimal)
    for m in book.moves:
        way = (book.side(m.from_place_id), book.side(m.to_place_id))
        if m.quantity <= 0 or m.from_place_id == m.to_place_id or "ours" not in way:
            yield f"{m.id} moves {m.quantity} from {way[0]} to {way[1]}"
        if m.origin == "own" and way not in WAYS.get(m.move_kind, ()):
            yield f"{m.id} is a {m.move_kind} from {way[0]} to {way[1]}"
        if "transformation" in way:
            through[m.command_id] += m.quantity if way[1] == "transformation" else -m.quantity
    yield from (f"posting {c} lost {q} in transformation" for c, q in through.items() if q)


def _commands(book: Book) -> Iterator[str]:
    """I5, I6: a posting is whole, belongs to one command that succeeded, and was told of."""
    done = [(c.actor_id, c.operation, c.key) for c in book.commands]
    if len(set(done)) != len(done):
        yield f"{len(done) - len(set(done))} keys were performed twice"
    known, told = {c.command_id for c in book.commands}, {e.command_id for e in book.events}
    lines: dict[Any, list[int]] = defaultdict(list)
    for m in book.moves:
        lines[m.command_id].append(m.line)
    for command, numbers in lines.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"command {command} posted the lines {sorted(numbers)}"
        if command not in known:
            yield f"command {command} posted and is not done"
        if command not in told:
            yield f"command {command} posted and told nobody"


def _balances(book: Book) -> Iterator[str]:
    """I3: a balance is the sum of its moves, once a lot, place and owner."""
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for m in book.moves:
        for place, sign in ((m.from_place_id, -1), (m.to_place_id, 1)):
            if book.place[place].is_internal:
                sums[m.lot_id, place, m.owner_id] += sign * m.quantity
    kept: dict[Any, Decimal] = {}
    for b in book.balances:
        key = (b.lot_id, b.place_id, b.owner_id)
        if key in kept:
            yield f"{b.id} is a second balance of {key}"
        kept[key] = b.quantity
        if not 0 <= b.reserved <= b.quantity:
            yield f"{b.id} has {b.quantity}, {b.reserved} of it reserved"
    for key in sums.keys() | kept.keys():
        if sums.get(key, ZERO) != kept.get(key, ZERO):
            yield f"{key} says {kept.get(key)}, its moves add up to {sums.get(key)}"


def _never_negative(book: Book) -> Iterator[str]:
    """I4: no place ever had less than nothing, command by command in recorded order; nor in the
    order in which things happened, where only our own operations posted.
    """
    steps: dict[Any, dict[Any, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    recorded: dict[Any, Any] = {}
    happened: dict[Any, Any] = {}
    foreign = {(m.lot_id, m.owner_id) for m in book.moves if m.origin != "own"}
    for m in book.moves:
        command = m.command_id
        recorded[command] = max(recorded.get(command, m.recorded_at), m.recorded_at)
        is_late = m.recorded_at - m.occurred_at > LATE
        happened[command] = m.occurred_at if is_late else recorded[command]
        for place, sign in ((m.from_place_id, -1), (m.to_place_id, 1)):
            if book.place[place].is_internal:
                steps[m.lot_id, place, m.owner_id][command] += sign * m.quantity
    for key, by_command in steps.items():
        orders = {"recorded": recorded}
        if (key[0], key[2]) not in foreign:
            orders["occurred"] = happened
        for name, when in orders.items():
            at: dict[Any, Decimal] = defaultdict(Decimal)
            for command, quantity in by_command.items():
                at[when[command]] += quantity
            total = ZERO
            for moment in sorted(at):
                total += at[moment]
                if total < 0:
                    yield f"{key} had {total} in {name} order at {moment}"


def _reservations(book: Book) -> Iterator[str]:
    """I4: what a balance says is reserved is what its open reservations wait for."""
    waiting: dict[Any, Decimal] = defaultdict(Decimal)
    for r in book.reservations:
        if (r.state == "open") != (r.open_quantity > 0) or r.open_quantity > r.quantity:
            yield f"{r.number} is {r.state} with {r.open_quantity} of {r.quantity} open"
        waiting[r.lot_id, r.place_id, r.owner_id] += r.open_quantity
        if r.open_quantity and book.lot[r.lot_id].open_holds:
            yield f"{r.number} waits for goods on hold"
    for b in book.balances:
        wanted = waiting.pop((b.lot_id, b.place_id, b.owner_id), ZERO)
        if wanted != b.reserved:
            yield f"{b.id} reserves {b.reserved}, its reservations wait for {wanted}"
    yield from (f"{key} is reserved without a balance" for key, q in waiting.items() if q)


def _serials(book: Book) -> Iterator[str]:
    """I4: a serial is where its moves say, and it never jumped."""
    at: dict[Any, Row] = {}
    for hop in book.hops:
        before = at.get(hop.serial_id)
        if before is None and book.place[hop.from_place_id].is_internal:
            yield f"serial {hop.serial_id} was born inside"
        if before is not None and before.to_place_id != hop.from_place_id:
            yield f"serial {hop.serial_id} jumped"
        at[hop.serial_id] = hop
    for s in book.serials:
        last = at.get(s.id)
        said = (s.lot_id, s.place_id, s.owner_id)
        if last is None or said != (last.lot_id, last.to_place_id, last.owner_id):
            yield f"serial {s.number} is not where its last move went"


def _pieces(book: Book) -> Iterator[str]:
    """A move and a balance of a serial-controlled lot count their serials, others have none."""
    pieces = Counter(hop.id for hop in book.hops)
    there = Counter((s.lot_id, s.place_id, s.owner_id) for s in book.serials)
    for m in book.moves:
        wanted = m.quantity if book.lot[m.lot_id].lot_control == "serial" else 0
        if pieces[m.id] != wanted:
            yield f"{m.id} moves {m.quantity} with {pieces[m.id]} serials"
    for b in book.balances:
        if book.lot[b.lot_id].lot_control == "serial":
            count = there[b.lot_id, b.place_id, b.owner_id]
            if b.quantity != count:
                yield f"{b.id} says {b.quantity}, {count} serials are there"


def _versions(book: Book) -> Iterator[str]:
    """Every version of a lot is there, and the last one says what the lot's row says."""
    open_holds: dict[Any, set[str]] = defaultdict(set)
    for h in book.holds:
        if h.state == "open":
            open_holds[h.lot_id].add(h.number)
    for lot in book.lots:
        rows = book.history[lot.id]
        if [v.version for v in rows] != list(range(1, lot.version + 1)):
            yield f"{lot.number} is at {lot.version} with versions {[v.version for v in rows]}"
            continue
        now = rows[-1]
        row = (lot.status, lot.expires_at, lot.is_urgent, lot.open_holds)
        if row != (now.status, now.expires_at, now.is_urgent, len(now.holds)):
            yield f"{lot.number} says {row}, its version {now.version} says otherwise"
        if any(len(set(v.holds)) < len(v.holds) for v in rows):
            yield f"{lot.number} lists a hold twice"
        if set(now.holds) != open_holds[lot.id]:
            yield f"{lot.number} lists {now.holds}, open are {sorted(open_holds[lot.id])}"


def _seen(book: Book) -> Iterator[str]:
    """The version that a move saw was the lot's at the moment when it was recorded."""
    for m in book.moves:
        lot, history = book.lot[m.lot_id], book.history[m.lot_id]
        if not 1 <= m.lot_version <= len(history):
            yield f"{m.id} saw version {m.lot_version} of {lot.number}, which has none such"
            continue
        seen = history[m.lot_version - 1]
        following = history[m.lot_version :][:1]
        if seen.recorded_at > m.recorded_at:
            yield f"{m.id} saw a version of {lot.number} that came later"
        if any(v.recorded_at < m.recorded_at for v in following):
            yield f"{m.id} saw version {m.lot_version} of {lot.number} when it had passed"


def _gate(book: Book) -> Iterator[str]:
    """I1, I16: what was used might be used so, at the version that the move saw."""
    found = {f.move_id for f in book.findings}
    own = {(p.company_id, p.id) for p in book.own}
    for m in book.moves:
        lot = book.lot[m.lot_id]
        seen = next((v for v in book.history[lot.id] if v.version == m.lot_version), None)
        if seen is None or m.id in found:
            continue
        if m.move_kind == "scrap" and seen.status == "awaiting_inspection":
            yield f"{m.id} scraps {lot.number} before its verdict"
        if m.move_kind in ("issue", "ship"):
            yield from _used(m, lot, seen, (m.company_id, m.owner_id) in own)


def _used(m: Row, lot: Row, seen: Row, is_own: bool) -> Iterator[str]:
    if seen.status not in ("released", "restricted") or seen.holds:
        yield f"{m.id} used {lot.number}: {seen.status}, holds {seen.holds}"
    if seen.expires_at is not None and seen.expires_at <= m.recorded_at:
        yield f"{m.id} used {lot.number}, expired {seen.expires_at}"
    if m.move_kind == "ship" and seen.is_urgent:
        yield f"{m.id} shipped urgent {lot.number}"
    bounds = seen.bounds if seen.status == "restricted" else None
    for name, wanted in (("references", m.reference_id), ("customers", m.customer_id)):
        if bounds and bounds[name] is not None and str(wanted) not in bounds[name]:
            yield f"{m.id} used {lot.number} outside its {name}"
    if not is_own and m.owner_id != m.customer_id:
        yield f"{m.id} used goods of another owner"


def _bounds(book: Book) -> Iterator[str]:
    """I16: what remains of a bound is what was set, less what was used and what parts took along.

    A hold leaves bounds alone; the latest version by another voucher set them.
    """
    remains = {b.lot_id: b for b in book.bounds}
    for lot in book.lots:
        bound = remains.pop(lot.id, None)
        if lot.status != "restricted" or lot.bound_quantity is None:
            if bound is not None:
                yield f"{lot.number} has a bound and is not restricted by quantity"
            continue
        if bound is None or bound.remaining < 0:
            yield f"{lot.number} has {bound and bound.remaining} left of its bound"
            continue
        since = max(v.version for v in book.history[lot.id] if v.voucher_kind != "stock.hold")
        left = lot.bound_quantity
        for m in book.moves:
            if m.lot_id == lot.id and m.lot_version >= since:
                left -= {"issue": 1, "ship": 1, "return_issue": -1}.get(m.move_kind, 0) * m.quantity
        for part in book.lots:
            born = book.history[part.id][0]
            if part.split_from_id == lot.id and born.voucher_version >= since:
                left -= Decimal(str(born.bounds["quantity"]))
        if left != bound.remaining:
            yield f"{lot.number} has {bound.remaining} left of its bound, it should be {left}"


def _genealogy(book: Book) -> Iterator[str]:
    """I9: what edges say went over is what the moves say, both ways."""
    said: dict[Any, Decimal] = defaultdict(Decimal)
    for e in book.edges:
        if e.target_id is None:
            said[e.command_id, e.source_id, e.edge_kind] += e.quantity
        elif e.edge_kind == "returned":
            said[e.command_id, e.target_id, "returned"] += e.quantity
        else:
            said[e.command_id, e.source_id, "over"] += e.quantity
            said[e.command_id, e.target_id, "over"] -= e.quantity
    moved: dict[Any, Decimal] = defaultdict(Decimal)
    names = {"issue": "consumed", "ship": "packed", "customer_return": "returned"}
    for m in book.moves:
        if m.move_kind in names:
            moved[m.command_id, m.lot_id, names[m.move_kind]] += m.quantity
        if m.move_kind == "transform":
            sign = 1 if book.side(m.to_place_id) == "transformation" else -1
            moved[m.command_id, m.lot_id, "over"] += sign * m.quantity
    for key in said.keys() | moved.keys():
        if said.get(key, ZERO) != moved.get(key, ZERO):
            yield f"{key}: edges say {said.get(key)}, moves {moved.get(key)}"


def _rings(book: Book) -> Iterator[str]:
    """I9: no lot comes from itself, however far back."""
    into: dict[Any, set[Any]] = defaultdict(set)
    for e in book.edges:
        if e.target_id is not None:
            into[e.target_id].add(e.source_id)
    while loose := {lot for lot, sources in into.items() if not sources & into.keys()}:
        for lot in loose:
            del into[lot]
    yield from (f"lot {lot} comes from itself" for lot in into)


def _births(book: Book) -> Iterator[str]:
    """A lot holds what was booked into it at birth; a part has the holds of what it left."""
    booked: dict[Any, Decimal] = defaultdict(Decimal)
    for m in book.moves:
        born = book.history[m.lot_id][:1]
        if born and born[0].command_id == m.command_id and book.side(m.from_place_id) != "ours":
            booked[m.lot_id] += m.quantity
    source = {e.target_id: e.source_id for e in book.edges if e.edge_kind in ("split", "regraded")}
    for lot in book.lots:
        if booked[lot.id] != lot.initial_quantity:
            yield f"{lot.number} was born with {lot.initial_quantity}, booked {booked[lot.id]}"
        if lot.id not in source or not (rows := book.history[lot.id]):
            continue
        left = book.history[source[lot.id]][rows[0].voucher_version - 1]
        mine = [v for v in rows if v.command_id == rows[0].command_id][-1]
        if len(mine.holds) < len(left.holds):
            yield f"{lot.number} escaped from the holds {left.holds}"


def _inspections(book: Book) -> Iterator[str]:
    """I17: what was presented is accounted for, what is open is on hand, verdicts were heard."""
    on_hand: dict[Any, Decimal] = defaultdict(Decimal)
    for b in book.balances:
        on_hand[b.lot_id] += b.quantity
    inspection = {i.id: i for i in book.inspections}
    for u in book.under:
        parts = (u.accepted, u.not_accepted, u.open, u.consumed, u.retained)
        i, number = inspection[u.inspection_id], book.lot[u.lot_id].number
        if sum(parts) != u.presented or min(parts) < 0:
            yield f"{i.number} {number}: {u.presented} presented, {parts} found"
        if u.open and (i.state != "open" or u.open != on_hand[u.lot_id]):
            yield f"{i.number} ({i.state}) {number}: {u.open} open, {on_hand[u.lot_id]} on hand"
        heard = {v.status for v in book.history[u.lot_id] if v.voucher_id == i.id}
        for quantity, status in ((u.accepted, "released"), (u.not_accepted, "blocked")):
            if quantity and status not in heard:
                yield f"{i.number} {number}: {quantity} decided, the lot was never {status}"


def _audit(book: Book) -> Iterator[str]:
    """I12: an entry for each version of each audited row, and they add up to the row."""
    entries: dict[Any, list[Row]] = defaultdict(list)
    for e in book.entries:
        entries[e.record_id].append(e)
    for rows in (book.lots, book.holds, book.reservations, book.periods, book.inspections):
        for row in rows:
            versions = [e.record_version for e in entries[row.id]]
            if versions != list(range(1, row.version + 1)):
                yield f"{row.id} is at {row.version} with entries {versions}"
                continue
            name = "status" if hasattr(row, "status") else "state"
            told = None
            for e in entries[row.id]:
                told = json.loads(e.changes).get(name, [None, told])[1]
            if told != getattr(row, name):
                yield f"{row.id} is {getattr(row, name)}, its entries say {told}"


def _periods(book: Book) -> Iterator[str]:
    """I10: nothing that occurred in a period was recorded after its closing."""
    closed = {
        e.record_id: e.recorded_at for e in book.entries if "closed_at" in json.loads(e.changes)
    }
    for p in book.periods:
        for m in book.moves:
            inside = m.company_id == p.company_id and p.starts_at <= m.occurred_at < p.ends_at
            if inside and (p.id not in closed or m.recorded_at > closed[p.id]):
                yield f"{m.id} occurred in a period that was closed"
