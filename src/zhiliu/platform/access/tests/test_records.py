"""Finding a record of any kind: its context says who may see it."""

from uuid import UUID, uuid4

import pytest

from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.platform.access import records
from zhiliu.platform.access.errors import NotFound, UnknownKind
from zhiliu.platform.access.public import all_kinds, find_record, register_kind

SITE, OTHER = uuid4(), uuid4()


def find_card(actor: Actor, card_id: UUID) -> Reference:
    if not actor.may("cards.read", Scope(site_id=SITE)):
        raise NotFound(what="user", given=str(card_id))
    return Reference("cards.card", card_id, "C-1", 3)


@pytest.fixture(autouse=True)
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_kinds", {})
    register_kind("cards.card", find_card)


def actor(**rights: UUID | None) -> Actor:
    granted = {f"cards.{name}": (Scope(site_id=site),) for name, site in rights.items()}
    return Actor(uuid4(), "Wang", granted)


def test_who_may_see_the_record_finds_it() -> None:
    card = uuid4()

    assert find_record(actor(read=SITE), "cards.card", card) == find_card(SYSTEM, card)


def test_who_may_not_see_it_is_refused_by_its_context() -> None:
    with pytest.raises(NotFound):
        find_record(actor(read=OTHER), "cards.card", uuid4())


@pytest.mark.parametrize(("read", "attach"), [(SITE, OTHER), (OTHER, SITE)])
def test_a_right_that_holds_elsewhere_does_not_reach_it(read: UUID, attach: UUID) -> None:
    with pytest.raises(NotFound):
        find_record(
            actor(read=read, attach=attach), "cards.card", uuid4(), operation="cards.attach"
        )


def test_both_rights_there_reach_it() -> None:
    who = actor(read=None, attach=SITE)

    assert find_record(who, "cards.card", uuid4(), operation="cards.attach").number == "C-1"


def test_an_unknown_kind_is_refused_with_those_known() -> None:
    with pytest.raises(UnknownKind) as refused:
        find_record(SYSTEM, "cards.box", uuid4())

    assert refused.value.known == "cards.card"


def test_a_kind_belongs_to_one_context() -> None:
    register_kind("cards.card", find_card)

    with pytest.raises(ValueError, match="twice"):
        register_kind("cards.card", lambda actor, card: find_card(actor, card))
    assert all_kinds() == ("cards.card",)
