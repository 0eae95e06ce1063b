"""Sixteen workers on the same goods: nothing is lost, doubled, overdrawn or used against a hold.

ZHILIU_NIGHTLY=1 makes 20,000 attempts in all; `make test` makes a few hundred. After each race the
independent recount and `zhiliu check` find nothing; an attempt ends in a deed or a typed refusal.
"""

from datetime import timedelta
from uuid import UUID

from tests.races.conftest import WORKERS, Yard, act, share
from tests.support_committing import at_once
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Hold, Reservation
from zhiliu.contexts.stock.states import HoldCause
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.operations import Answer, perform


def test_holds_race_issues(yard: Yard) -> None:
    lots = [yard.plant.lot(100_000) for _ in range(4)]
    # one lot begins on hold and lifts come late, so that somebody meets a hold for certain
    act(stock.place_hold, lot_id=lots[0].pk, cause=HoldCause.MANUAL, reason="look")

    def attempt(n: int) -> None:
        lot = lots[n // 8 % len(lots)]
        is_lifting = n // 32 % 3 == 2
        if n % 8 < 5 or (n % 8 == 7 and not is_lifting):
            yard.issue(lot, 1)
        elif n % 8 == 5:
            act(stock.reserve, **yard.use(lot.pk, 2), reference=yard.plant.order())
        elif n % 8 == 6:
            act(stock.place_hold, lot_id=lot.pk, cause=HoldCause.MANUAL, reason="look")
        else:
            for hold in Hold.objects.filter(lot_id=lot.pk, state="open"):
                act(stock.lift_hold, hold_id=hold.pk, reason="fine")

    found = yard.race(attempt, share(0.2))

    assert found.keys() <= {"done", "stock.lot_on_hold", "stock.not_in_state"}
    assert found["done"] and found["stock.lot_on_hold"]


def test_the_last_piece_is_issued_once(yard: Yard) -> None:
    attempts = share(0.15)
    lots = [yard.plant.lot(1) for _ in range(attempts // WORKERS)]

    found = yard.race(lambda n: yard.issue(lots[n // WORKERS], 1), attempts)

    assert found == {"done": len(lots), "stock.not_enough": len(lots) * (WORKERS - 1)}
    assert {yard.on_hand(lot.pk) for lot in lots} == {0}


def test_one_idempotency_key_fifty_times_is_one_deed(yard: Yard) -> None:
    lot, order = yard.plant.lot(100), yard.plant.order()
    for key in ("k-1", "k-2"):

        def ask(_: int, key: str = key) -> Answer:
            return perform(
                actor=SYSTEM,
                operation="stock.issue",
                key=key,
                content={"quantity": "3"},
                call=lambda command, at: str(
                    stock.issue(**yard.use(lot.pk, 3), reference=order, command=command, at=at).pk
                ),
                recorded_at=server_time(),
            )

        answers = at_once(ask, 50)

        assert {type(a) for a in answers} == {Answer}, answers
        assert len({a.text for a in answers}) == 1
        assert sum(not a.is_repeat for a in answers) == 1
    yard.look()
    assert (yard.on_hand(lot.pk), yard.moved(lot.pk, "issue")) == (94, 6)


def test_ten_times_the_stock_is_asked_for_and_exactly_the_stock_is_served(yard: Yard) -> None:
    stock_of_lot = share(0.1) // 10
    lot = yard.plant.lot(stock_of_lot)

    found = yard.race(
        lambda n: act(stock.reserve, **yard.use(lot.pk, 1), reference=yard.plant.order()),
        share(0.1),
    )

    assert found["done"] == stock_of_lot
    assert found["stock.not_enough"] == found.total() - stock_of_lot
    reserved = Reservation.objects.filter(lot_id=lot.pk, state="open")
    assert sum(r.open_quantity for r in reserved) == stock_of_lot


def test_sixteen_clients_issue_one_bulk_lot(yard: Yard) -> None:
    lot = yard.plant.lot(1_000_000)

    found = yard.race(lambda n: yard.issue(lot, n % 3 + 1), share(0.15))

    assert found.keys() == {"done"}
    assert yard.on_hand(lot.pk) == 1_000_000 - yard.moved(lot.pk, "issue")


def test_a_restricted_lot_is_drawn_exactly_to_its_bound(yard: Yard) -> None:
    lots = [yard.plant.lot(1_000) for _ in range(4)]
    for lot in lots:
        act(stock.move_goods, lot_id=lot.pk, part=yard.plant.part("A-01", 500),
            to_place_id=yard.plant.places["A-02"])  # fmt: skip
        yard.restrict(lot, 9)

    # from two places: the balances differ, what remains of the bound is one row
    found = yard.race(
        lambda n: yard.issue(lots[n % 4], 1, place="A-01" if n % 8 < 4 else "A-02"), share(0.15)
    )

    assert found == {"done": 4 * 9, "stock.outside_bounds": found.total() - 4 * 9}
    assert [yard.moved(lot.pk, "issue") for lot in lots] == [9] * 4


def test_everything_at_once_on_hot_lots(yard: Yard) -> None:
    lots = [yard.plant.lot(60).pk for _ in range(3)]
    places = yard.plant.places

    def attempt(n: int) -> None:
        lot_id = lots[n % len(lots)]
        here, there = ("A-01", "A-02") if n % 4 < 2 else ("A-02", "A-01")
        part = yard.plant.part(here, n % 5 + 1)
        verb = n // len(lots) % 9
        if verb == 0:
            act(stock.split_lot, lot_id=lot_id, part=part)
        elif verb in (1, 2):
            act(stock.move_goods, lot_id=lot_id, part=part, to_place_id=places[there])
        elif verb == 3:
            act(stock.count_goods, because="counted", lot_id=lot_id, place_id=places[here],
                owner_id=yard.plant.own, counted=part.quantity + 20)  # fmt: skip
        elif verb == 4:
            act(stock.take_sample, lot_id=lot_id, part=part, laboratory_id=places["LAB"])
        elif verb == 5:
            act(stock.consume_sample, lot_id=lot_id, part=yard.plant.part("LAB", 1))
        elif verb == 6:
            act(stock.place_hold, lot_id=lot_id, cause=HoldCause.MANUAL, reason="x", part=part)
        elif verb == 7:
            _come_and_go(yard, lot_id, here)
        else:
            act(stock.scrap, because="rust", lot_id=lot_id, part=part, voucher=None)

    found = yard.race(attempt, share(0.25))

    expected = {"done", "stock.not_enough", "stock.lot_on_hold", "stock.mismatch"}
    assert found.keys() <= expected and found["done"]


def _come_and_go(yard: Yard, lot_id: UUID, place: str) -> None:
    use = {**yard.use(lot_id, 2, place), "reference": yard.plant.order()}
    act(stock.reserve, **use)
    act(stock.issue, **use)
    act(stock.return_issue, **use)


def test_a_period_is_closed_while_goods_are_posted_into_it(yard: Yard) -> None:
    began = server_time() - timedelta(days=40)
    lot = yard.plant.lot(1_000, at=began)
    period = act(
        stock.add_period,
        company_id=yard.plant.company,
        starts_on=began.date() + timedelta(days=10),
        ends_on=began.date() + timedelta(days=20),
    )
    inside = began + timedelta(days=15)
    closing = 5 * WORKERS  # after some postings

    def attempt(n: int) -> None:
        if n == closing:
            act(stock.close_period, period_id=period.pk)
        else:
            use = {**yard.use(lot.pk, 1), "reference": yard.plant.order()}
            act(stock.issue, **use, at=inside)

    found = yard.race(attempt, share(0.15))

    assert found.keys() == {"done", "stock.period_closed"}
