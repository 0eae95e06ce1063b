"""Refusals, events and lifecycles: plain values that both languages and the wire agree on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from zhiliu.kernel.clock import is_aware, server_time
from zhiliu.kernel.command import Reference
from zhiliu.kernel.event import Event, all_events
from zhiliu.kernel.lifecycle import Lifecycle, Transition
from zhiliu.kernel.refusal import Refusal, all_refusals, as_json

ID = UUID(int=7)


@dataclass(eq=False)
class NotEnough(Refusal):
    """A refusal of these tests."""

    lot: str
    free: Decimal
    orders: tuple[str, ...]

    code = "tests.not_enough"
    en = "Lot {lot} has {free} free, needed by {orders}."
    zh = "批次 {lot} 可用 {free}，需求方 {orders}。"
    remedy_en = "Take less of {lot}."
    remedy_zh = "请减少 {lot} 的用量。"


@dataclass(frozen=True)
class TankFilled(Event):
    """An event of these tests."""

    type = "tests.tank_filled.v1"

    quantity: Decimal
    filled_at: datetime
    lot_ids: tuple[UUID, ...]


def test_a_refusal_speaks_both_languages_from_the_same_fields() -> None:
    refusal = NotEnough(lot="L-1", free=Decimal("2.500000"), orders=("WO-1", "WO-2"))

    assert refusal.sentence("en") == "Lot L-1 has 2.5 free, needed by WO-1, WO-2."
    assert refusal.sentence("zh") == "批次 L-1 可用 2.5，需求方 WO-1, WO-2。"
    assert refusal.remedy("en") == "Take less of L-1."
    assert refusal.remedy("zh") == "请减少 L-1 的用量。"
    assert refusal.sentence("fr") == refusal.sentence("en")
    assert str(refusal) == f"{refusal.sentence('en')} {refusal.remedy('en')}"
    assert refusal.status == 409
    assert refusal.data() == {"lot": "L-1", "free": "2.5", "orders": ["WO-1", "WO-2"]}
    assert NotEnough in set(all_refusals())


def test_a_refusal_can_be_raised_and_carries_a_traceback() -> None:
    with pytest.raises(NotEnough) as caught:
        raise NotEnough(lot="L-1", free=Decimal(0), orders=())

    assert caught.value.__traceback__ is not None


def test_an_event_carries_its_own_fields_as_json() -> None:
    event = TankFilled(
        subject=Reference("stock.lot", ID, "L-1", 2),
        company_id=ID,
        site_id=None,
        quantity=Decimal("10.50"),
        filled_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        lot_ids=(ID,),
    )

    assert event.data() == {
        "quantity": "10.5",
        "filled_at": "2026-01-02T03:04:00+00:00",
        "lot_ids": [str(ID)],
    }
    assert TankFilled in set(all_events())


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (Decimal("1.10"), "1.1"),
        (ID, str(ID)),
        (date(2026, 1, 2), "2026-01-02"),
        ({"a": Decimal(1), "b": [ID]}, {"a": "1", "b": [str(ID)]}),
        ((1, "x", None, True), [1, "x", None, True]),
        (frozenset({"x"}), ["x"]),
        ("x", "x"),
    ],
)
def test_values_become_json_without_losing_a_digit(value: Any, wanted: Any) -> None:
    assert as_json(value) == wanted


class Door(StrEnum):
    """States of these tests."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


DOOR = Lifecycle(
    kind="tests.door",
    states=Door,
    initial=frozenset({Door.SHUT}),
    verbs={
        "open": Transition(frozenset({Door.SHUT}), Door.OPEN, "tests.open"),
        "shut": Transition(frozenset({Door.OPEN}), Door.SHUT, "tests.shut"),
        "lock": Transition(frozenset({Door.SHUT}), Door.LOCKED, "tests.lock"),
    },
)


@pytest.mark.parametrize(
    ("verb", "state", "is_allowed"),
    [
        ("open", Door.SHUT, True),
        ("open", Door.OPEN, False),
        ("open", Door.LOCKED, False),
        ("shut", Door.OPEN, True),
        ("shut", Door.SHUT, False),
        ("lock", Door.SHUT, True),
        ("lock", Door.OPEN, False),
    ],
)
def test_a_verb_starts_only_where_the_table_says(verb: str, state: str, is_allowed: bool) -> None:
    assert DOOR.allows(verb, state) is is_allowed


def test_a_lifecycle_lists_its_moves() -> None:
    assert DOOR.moves() == {("shut", "open"), ("open", "shut"), ("shut", "locked")}


def test_an_unknown_verb_is_a_bug() -> None:
    with pytest.raises(KeyError):
        DOOR.allows("paint", Door.SHUT)


def test_a_lifecycle_that_names_an_unknown_state_is_refused_at_import() -> None:
    with pytest.raises(ValueError, match=r"tests\.door\.break"):
        Lifecycle(
            kind="tests.door",
            states=Door,
            initial=frozenset({Door.SHUT}),
            verbs={"break": Transition(frozenset({Door.SHUT}), "broken", "tests.break")},
        )


@pytest.mark.parametrize(
    ("moment", "aware"),
    [
        (datetime(2026, 1, 2, tzinfo=UTC), True),
        (datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=8))), True),
        (datetime(2026, 1, 2), False),  # noqa: DTZ001 - the case itself
    ],
)
def test_a_moment_names_an_instant_only_with_its_offset(moment: datetime, aware: bool) -> None:
    assert is_aware(moment) is aware


def test_the_servers_time_is_utc() -> None:
    assert server_time().utcoffset() == timedelta(0)
