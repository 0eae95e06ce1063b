"""The decisions of partners, as tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from zhiliu.contexts.partners import rules
from zhiliu.contexts.partners.errors import AlreadyBlocked, NotFound
from zhiliu.contexts.partners.states import SUPPLY_BLOCK, PartnerRole, SupplyBlockState

PLACED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "hours", "reason", "wrong"),
    [
        (SupplyBlockState.OPEN, 1, "8D accepted", []),
        (SupplyBlockState.OPEN, 0, "8D accepted", []),
        (SupplyBlockState.LIFTED, 1, "8D accepted", ["partners.supply_block_not_open"]),
        (SupplyBlockState.OPEN, -1, "8D accepted", ["partners.lifted_before_placed"]),
        (SupplyBlockState.OPEN, 1, " ", ["partners.reason_missing"]),
        (
            SupplyBlockState.LIFTED,
            -1,
            "",
            [
                "partners.supply_block_not_open",
                "partners.lifted_before_placed",
                "partners.reason_missing",
            ],
        ),
    ],
)
def test_a_supply_block_is_lifted_once_later_and_for_a_reason(
    state: SupplyBlockState, hours: int, reason: str, wrong: list[str]
) -> None:
    facts = rules.SupplyBlockFacts("V-1", state, PLACED)

    found = rules.can("lift", facts, at=PLACED + timedelta(hours=hours), reason=reason)

    assert [refusal.code for refusal in found] == wrong


def test_the_button_asks_only_the_state() -> None:
    for state in SupplyBlockState:
        found = rules.can("lift", rules.SupplyBlockFacts("V-1", state, PLACED))
        assert (found == []) is (state == SupplyBlockState.OPEN)


def test_a_supply_block_knows_no_other_verb_and_no_other_move() -> None:
    with pytest.raises(KeyError):
        rules.can("reopen", rules.SupplyBlockFacts("V-1", SupplyBlockState.LIFTED, PLACED))

    assert SUPPLY_BLOCK.moves() == {("open", "lifted")}
    assert SUPPLY_BLOCK.initial == {"open"}


@pytest.mark.parametrize(
    ("roles", "is_good"),
    [([PartnerRole.CARRIER], True), (list(PartnerRole), True), ([], False)],
)
def test_a_partner_is_something_to_us(roles: list[PartnerRole], is_good: bool) -> None:
    found = rules.check_roles("V-1", roles)

    assert [r.code for r in found] == ([] if is_good else ["partners.role_missing"])


def test_refusals_name_things_in_both_languages() -> None:
    blocked = AlreadyBlocked(supplier="V-1", blocked_function="receipt", reason="裂纹")

    assert blocked.sentence("zh") == "供应商 V-1 的收货已被限制：裂纹。"
    assert "blocked for receipt" in blocked.sentence("en")
    assert NotFound("supply block", "x").sentence("zh") == "找不到供应限制 x。"
