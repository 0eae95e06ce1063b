"""Random histories of a plant keep the ledger's invariants; an independent recount agrees.

A history is a row of acts on whatever goods there are, refused or not: a refusal must change
nothing at all, and after the history (nightly after every act) the recount of `recount.py` and
`zhiliu check` must find nothing wrong. `make test` tells a few, always the same. ZHILIU_NIGHTLY=1
tells many and random ones and prints its seed; ZHILIU_SEED=<that> tells the same again. What fails
is printed as the shortest history that fails, with a line that replays it.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.plant import Plant, build_plant
from tests.properties.disposing import ANY, QUANTITY, Disposing, waiting
from tests.properties.recount import recount
from tests.support import run
from zhiliu.config.checks.running import look_at_all
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.purchasing import public as purchasing
from zhiliu.contexts.receiving import public as receiving
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Balance, Hold, Lot, Move, Reservation
from zhiliu.contexts.stock.states import HoldCause, HoldState, ReservationState
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import Refusal

NIGHTLY = os.environ.get("ZHILIU_NIGHTLY") == "1"
SEED = int(os.environ.get("ZHILIU_SEED") or random.randrange(1_000_000)) if NIGHTLY else 20260302
SIZE = settings(
    max_examples=200 if NIGHTLY else 45,
    stateful_step_count=30 if NIGHTLY else 20,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink] if NIGHTLY else [Phase.generate],
)

GONE = (stock.scrap, stock.return_to_vendor)
BINS = ("A-01", "A-02", "QUARANTINE")
TABLES = """
select tablename from pg_tables where schemaname = 'public' and tablename ~
  '^(stock|receiving|purchasing|inspections|nonconformance|evidence|outbox|commands|numbering)_'
order by 1
"""


class Ground:
    """What all histories stand on: a plant, an open order of three materials, a defect code."""

    def __init__(self) -> None:
        self.plant: Plant = build_plant()
        materials = ("bearing", "oil", "pump")
        lines = [
            purchasing.LineIn(self.plant.material(m), Decimal(100_000), price=Decimal(1))
            for m in materials
        ]
        self.order = run(
            lambda command, at: purchasing.create_order(
                site_id=self.plant.site,
                supplier_id=self.plant.supplier,
                lines=lines,
                confirm=True,
                command=command,
                at=at,
            )
        )
        self.lines = {m: x.line.pk for m, x in zip(materials, self.order.lines, strict=True)}
        run(
            lambda command, at: inspections.add_quality_code(
                catalogue=inspections.Catalogue.DEFECT,
                code="crack",
                name_en="crack",
                name_zh="裂纹",
                command=command,
                at=at,
            )
        )
        self.needs = [self.plant.order(number=f"WO-{n}") for n in range(3)]
        self.sale = Reference(
            "sales.order", self.plant.site, "SO-1", customer_id=self.plant.customer
        )
        with connection.cursor() as cursor:
            cursor.execute("set local jit = off")  # many small statements, none worth compiling
            cursor.execute(TABLES)
            parts = [
                f"select '{t}', md5(string_agg(x::text, '|' order by x::text)) from {t} x"  # noqa: S608
                for (t,) in cursor.fetchall()
            ]
        self.fingerprint_sql = " union all ".join(parts)

    def fingerprint(self) -> dict[str, str]:
        """A digest of every row of every table that an act could change."""
        with connection.cursor() as cursor:
            cursor.execute(self.fingerprint_sql)
            return dict(cursor.fetchall())


class Histories(Disposing, RuleBasedStateMachine):
    """One plant's history; every rule is one act, performed or refused."""

    ground: ClassVar[Ground]
    performed: ClassVar[Counter[str]]
    refused: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.plant = self.ground.plant
        self.serials = 0
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.before = self.ground.fingerprint()

    def teardown(self) -> None:
        try:
            self.look()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def look(self) -> None:
        with connection.cursor() as cursor:
            assert recount(cursor) == []
        found = {o.invariant.id: [r.en for r in o.rows] for o in look_at_all() if o.violations}
        assert found == {}

    def act(self, operation: Callable[..., Any], **values: Any) -> None:
        because, hours = values.pop("because", "as told"), values.pop("hours_ago", 0)
        by = values.pop("by", SYSTEM)
        at = server_time() - timedelta(hours=hours) if hours else None
        try:
            run(
                lambda command, moment: operation(**values, command=command, at=moment),
                reason=because,
                at=at,
                actor=by,
            )
        except Refusal as refusal:
            self.refused[refusal.code] += 1
            assert self.ground.fingerprint() == self.before, f"{refusal.code} changed something"
            return
        self.performed[operation.__name__] += 1
        self.before = self.ground.fingerprint()
        if NIGHTLY:
            self.look()

    # -- what there is: in the order of numbers, which every telling repeats

    def lot(self, n: int) -> Lot:
        lots = list(Lot.objects.order_by("number"))
        return lots[n % len(lots)]

    def place(self, code: int) -> UUID:
        return self.plant.places[BINS[code % len(BINS)]]

    def lies(self, lot: Lot, n: int, kind: str | None = None) -> UUID:
        """A place where some of the lot lies, or one where nothing does."""
        rows = Balance.objects.filter(lot=lot, quantity__gt=0).order_by("place__code")
        if kind:
            rows = rows.filter(place__place_kind=kind)
        found = [b.place_id for b in rows]
        return found[n % len(found)] if found else self.plant.places["A-03"]

    def names(self, lot: Lot, place: UUID, quantity: int) -> tuple[str, ...]:
        """So many serials of a serial-controlled lot at a place, none of others."""
        if not lot.has_serials:
            return ()
        with connection.cursor() as cursor:
            cursor.execute(
                "select number from stock_serial where lot_id = %s and place_id = %s"
                " order by number limit %s",
                [lot.pk, place, quantity],
            )
            return tuple(number for (number,) in cursor.fetchall())

    def part(self, lot: Lot, n: int, quantity: int, kind: str | None = None) -> stock.Part:
        place = self.lies(lot, n, kind)
        names = self.names(lot, place, quantity)
        return stock.Part(place, self.plant.own, Decimal(quantity), names)

    def use(self, lot: Lot, n: int, quantity: int) -> dict[str, Any]:
        part = self.part(lot, n, quantity)
        return {
            "lot_id": lot.pk,
            "place_id": part.place_id,
            "owner_id": part.owner_id,
            "quantity": part.quantity,
        }

    # -- the acts

    @initialize()
    def begin(self) -> None:
        """Enough goods that most acts find something to act on."""
        self.find_stock(quantity=20, hours_ago=48)
        self.find_stock(quantity=30, hours_ago=0)
        self.receive(quantity=9, kind="bearing")
        self.receive(quantity=6, kind="pump")

    @rule(quantity=QUANTITY, kind=st.sampled_from(("bearing", "bearing", "oil", "pump")))
    def receive(self, quantity: int, kind: str) -> None:
        names: tuple[str, ...] = ()
        if kind == "pump":
            names = tuple(f"P-{self.serials + n:03}" for n in range(quantity))
            self.serials += quantity
        line = receiving.DeliveryLine(
            Decimal(quantity), order_line_id=self.ground.lines[kind], serials=names
        )
        self.act(
            receiving.receive_goods,
            place_id=self.plant.places["ARRIVAL"],
            lines=[line],
            order_id=self.ground.order.order.pk,
        )

    @rule(quantity=QUANTITY, hours_ago=st.sampled_from((0, 0, 48)))
    def find_stock(self, quantity: int, hours_ago: int) -> None:
        self.act(
            stock.book_opening_stock,
            because="there before",
            material_id=self.plant.material("bearing"),
            place_id=self.plant.places["A-01"],
            owner_id=self.plant.own,
            quantity=Decimal(quantity),
            hours_ago=hours_ago,
        )

    @rule(n=ANY, bad=st.integers(0, 3), verb=st.sampled_from(("accept", "not_accept", "judge")))
    def inspect(self, n: int, bad: int, verb: str) -> None:
        rows = list(InspectionLot.objects.filter(open__gt=0).order_by("lot__number"))
        if not rows:
            return
        row = rows[n % len(rows)]
        bad = min(bad, int(row.open))
        inspection = Inspection.objects.get(pk=row.inspection_id)
        every = sum(x.open for x in rows if x.inspection_id == inspection.pk)
        self.act(
            inspections.record_result,
            because="looked again",
            inspection_id=inspection.pk,
            inspected=every,
            nonconforming=Decimal(bad),
            defects=[inspections.Defect("crack", Decimal(bad))] if bad else [],
        )
        lot = Lot.objects.get(pk=row.lot_id)
        part = self.part(lot, n, bad)
        units = inspections.Units(part.quantity, lot.pk, part.place_id, part.owner_id, part.serials)
        if verb == "not_accept":
            self.act(inspections.not_accept, because="papers", inspection_id=inspection.pk)
        else:
            decide = inspections.accept if verb == "accept" else inspections.judge_units
            self.act(decide, inspection_id=inspection.pk, parts=[units] if bad else [])

    @rule(n=ANY, where=ANY, quantity=QUANTITY)
    def split(self, n: int, where: int, quantity: int) -> None:
        lot = self.lot(n)
        self.act(stock.split_lot, lot_id=lot.pk, part=self.part(lot, where, quantity))

    @rule(n=ANY, where=ANY, quantity=st.integers(0, 8))
    def hold(self, n: int, where: int, quantity: int) -> None:
        lot = self.lot(n)
        self.act(
            stock.place_hold,
            lot_id=lot.pk,
            cause=HoldCause.MANUAL,
            reason="smells",
            part=self.part(lot, where, quantity) if quantity else None,
        )

    @rule(n=ANY)
    def lift(self, n: int) -> None:
        holds = list(Hold.objects.filter(state=HoldState.OPEN).order_by("number"))
        if holds:
            self.act(stock.lift_hold, hold_id=holds[n % len(holds)].pk, reason="was nothing")

    @rule(n=ANY, status=st.sampled_from(("release", "block", "restrict")), quantity=QUANTITY)
    def set_status(self, n: int, status: str, quantity: int) -> None:
        voucher, lot = Reference("tests.voucher", self.plant.site, "V-1"), self.lot(n)
        if waiting().filter(lot=lot).exists():
            return  # nobody but its report and inspections sets the status of what is under one
        if status == "restrict":
            bounds = stock.Bounds(Decimal(quantity), None, [x.id for x in self.ground.needs[:2]])
            self.act(stock.restrict_lot, lot_id=lot.pk, bounds=bounds, voucher=voucher)
        else:
            verb = stock.release_lot if status == "release" else stock.block_lot
            self.act(verb, lot_id=lot.pk, voucher=voucher)

    @rule(n=ANY, where=ANY, to=ANY, quantity=QUANTITY, hours_ago=st.sampled_from((0, 0, 0, 24)))
    def move(self, n: int, where: int, to: int, quantity: int, hours_ago: int) -> None:
        lot = self.lot(n)
        self.act(
            stock.move_goods,
            lot_id=lot.pk,
            part=self.part(lot, where, quantity),
            to_place_id=self.place(to),
            hours_ago=hours_ago,
        )

    @rule(n=ANY, where=ANY, quantity=st.integers(1, 4), end=st.sampled_from(("", "use", "keep")))
    def sample(self, n: int, where: int, quantity: int, end: str) -> None:
        lot = self.lot(n)
        part = self.part(lot, where, quantity)
        self.act(
            stock.take_sample, lot_id=lot.pk, part=part, laboratory_id=self.plant.places["LAB"]
        )
        in_lab = self.part(lot, 0, quantity, "laboratory")
        if end == "use":
            self.act(stock.consume_sample, lot_id=lot.pk, part=in_lab)
        elif end == "keep":
            self.act(
                stock.retain_sample,
                lot_id=lot.pk,
                part=in_lab,
                retention_id=self.plant.places["RETENTION"],
                expires_at=server_time() + timedelta(days=700),
                voucher=Reference("tests.plan", self.plant.site, "plan"),
            )

    @rule(n=ANY, where=ANY, counted=st.integers(0, 24))
    def count(self, n: int, where: int, counted: int) -> None:
        lot = self.lot(n)
        place = self.lies(lot, where)
        balance = Balance.objects.filter(lot=lot, place_id=place).first()
        short = int(balance.quantity) - counted if balance else 0
        self.act(
            stock.count_goods,
            because="counted",
            lot_id=lot.pk,
            place_id=place,
            owner_id=self.plant.own,
            counted=Decimal(counted),
            serials_missing=self.names(lot, place, max(short, 0)),
        )

    @rule(n=ANY, where=ANY, quantity=QUANTITY, verb=st.sampled_from(GONE))
    def let_go(self, n: int, where: int, quantity: int, verb: Callable[..., Any]) -> None:
        lot = self.lot(n)
        part = self.part(lot, where, quantity)
        self.act(verb, because="rust", lot_id=lot.pk, part=part, voucher=None)

    @rule(n=ANY, where=ANY, quantity=QUANTITY, need=st.integers(0, 2))
    def reserve(self, n: int, where: int, quantity: int, need: int) -> None:
        use = self.use(self.lot(n), where, quantity)
        self.act(stock.reserve, **use, reference=self.ground.needs[need])

    @rule(n=ANY)
    def cancel(self, n: int) -> None:
        rows = list(Reservation.objects.filter(state=ReservationState.OPEN).order_by("number"))
        if rows:
            self.act(stock.cancel_reservation, reservation_id=rows[n % len(rows)].pk)

    @rule(
        n=ANY,
        where=ANY,
        quantity=QUANTITY,
        need=st.integers(0, 3),
        hours_ago=st.sampled_from((0, 0, 24)),
    )
    def draw(self, n: int, where: int, quantity: int, need: int, hours_ago: int) -> None:
        """Issue to one of three orders, or ship to the customer."""
        lot = self.lot(n)
        use = self.use(lot, where, quantity)
        names = self.names(lot, use["place_id"], quantity)
        verb, wanted = stock.issue, (*self.ground.needs, self.ground.sale)[need]
        if need == 3:
            verb = stock.ship
        self.act(verb, **use, reference=wanted, serials=names, hours_ago=hours_ago)

    @rule(n=ANY, quantity=QUANTITY, to=ANY)
    def bring_back(self, n: int, quantity: int, to: int) -> None:
        """Unused goods from an order, or goods from the customer; sometimes more than went."""
        moves = Move.objects.filter(move_kind__in=("issue", "ship")).select_related("lot")
        rows = list(moves.order_by("lot__number", "reference_number", "quantity"))
        if not rows:
            return
        move = rows[n % len(rows)]
        back: dict[str, Any] = {
            "lot_id": move.lot_id,
            "place_id": self.place(to),
            "quantity": Decimal(quantity),
            "serials": self.names(move.lot, move.to_place_id, quantity),
            "reference": self.ground.sale,
        }
        if move.move_kind == "ship":
            self.act(stock.receive_customer_return, **back)
        else:
            (back["reference"],) = (r for r in self.ground.needs if r.id == move.reference_id)
            self.act(stock.return_issue, **back, owner_id=move.owner_id)

    @rule(n=ANY, other=ANY, quantity=QUANTITY)
    def merge(self, n: int, other: int, quantity: int) -> None:
        lots = [self.lot(n)]
        alike = Lot.objects.filter(material=lots[0].material_id, status=lots[0].status)
        rest = list(alike.exclude(pk=lots[0].pk).order_by("number"))
        lots += [rest[other % len(rest)]] if rest else []
        self.act(
            stock.merge_lots,
            parts=[(lot.pk, self.part(lot, n, quantity)) for lot in lots],
            to_place_id=self.place(other),
        )

    @rule(n=ANY, where=ANY, quantity=QUANTITY)
    def regrade(self, n: int, where: int, quantity: int) -> None:
        lot = self.lot(n)
        self.act(
            stock.regrade_lot,
            lot_id=lot.pk,
            part=self.part(lot, where, quantity),
            to_material_id=self.plant.material("screw"),
        )


# Almost every act must have succeeded somewhere: histories of refusals only would prove nothing.
ACTS = {
    *("receive_goods", "book_opening_stock", "record_result", "accept", "not_accept"),
    *("judge_units", "split_lot", "place_hold", "lift_hold", "release_lot", "block_lot"),
    *("restrict_lot", "move_goods", "take_sample", "consume_sample", "retain_sample"),
    *("count_goods", "scrap", "return_to_vendor", "reserve", "cancel_reservation", "issue"),
    *("ship", "return_issue", "receive_customer_return", "merge_lots", "regrade_lot"),
}
REFUSALS = {
    *("stock.not_enough", "stock.lot_not_usable", "stock.lot_on_hold", "stock.return_only"),
}


@pytest.mark.django_db
def test_random_histories_keep_every_invariant_and_refusals_change_nothing() -> None:
    print(f"\nreplay with ZHILIU_NIGHTLY=1 ZHILIU_SEED={SEED}" if NIGHTLY else "")
    Histories.ground, Histories.performed, Histories.refused = Ground(), Counter(), Counter()

    run_state_machine_as_test(seed(SEED)(Histories), settings=SIZE)

    never = ACTS - Histories.performed.keys()
    assert len(never) <= 4, sorted(never)
    assert REFUSALS - Histories.refused.keys() == set()
