"""The decisions of nonconformance as tables of cases."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from zhiliu.contexts.nonconformance import errors, rules
from zhiliu.contexts.nonconformance.states import (
    CONCESSION,
    DISPOSITION,
    REPORT,
    DispositionKind,
    DispositionState,
    ReportState,
)
from zhiliu.kernel.money import Money

D = Decimal
INSPECTOR, BOARD = UUID(int=7), UUID(int=8)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def report(state="open", open_=10, **values):
    return rules.ReportFacts("NCR-1", state, D(open_), **values)


def disposition(kind="scrap", state="decided", posted=0, carried_out=False, conceded=False):
    return rules.DispositionFacts(
        "DSP-1", DispositionKind(kind), state, D(posted), carried_out, conceded
    )


def names(refusals):
    return [type(r).__name__ for r in refusals]


LEGAL = {
    ("nonconformance.report", "dispose"): {("open", "disposed")},
    ("nonconformance.report", "take_back"): {("open", "open"), ("disposed", "open")},
    ("nonconformance.report", "close"): {("disposed", "closed")},
    ("nonconformance.report", "reopen"): {("closed", "disposed")},
    ("nonconformance.disposition", "decide"): set(),
    ("nonconformance.concession", "approve"): set(),
    ("nonconformance.disposition", "carry_out"): {("decided", "decided")},
    ("nonconformance.disposition", "complete"): {("decided", "done")},
    ("nonconformance.disposition", "cancel"): {("decided", "cancelled")},
    ("nonconformance.concession", "enter_force"): {("approved", "in_force")},
    ("nonconformance.concession", "end"): {("approved", "ended"), ("in_force", "ended")},
    ("nonconformance.concession", "resume"): {("ended", "in_force")},
}


def test_the_lifecycles_are_these_and_no_others():
    found = {
        (c.kind, verb): {(s, t.target) for s in t.sources}
        for c in (REPORT, DISPOSITION, CONCESSION)
        for verb, t in c.verbs.items()
    }
    assert found == LEGAL


@pytest.mark.parametrize("state", list(ReportState))
@pytest.mark.parametrize("verb", ["dispose", "close", "reopen"])
def test_a_verb_of_a_report_is_possible_in_its_state_only(verb, state):
    wanted = {"dispose": "open", "close": "disposed", "reopen": "closed"}[verb]
    assert (rules.can(verb, report(state), BOARD) == []) == (state == wanted)


@pytest.mark.parametrize(
    ("verb", "facts", "refusal"),
    [
        ("close", report("open"), "StillOpen"),
        ("close", report("disposed", 0, waiting=("DSP-1",)), "StillWaiting"),
        ("reopen", report("closed", 0, posted=("DSP-1",)), "AlreadyPosted"),
        ("dispose", report(inspectors=frozenset({BOARD})), "OwnInspection"),
        ("dispose", report("closed"), "NotInState"),
    ],
)
def test_what_refuses_a_verb_of_a_report(verb, facts, refusal):
    assert names(rules.can(verb, facts, BOARD)) == [refusal]


def test_who_did_not_inspect_may_dispose():
    assert rules.can("dispose", report(inspectors=frozenset({INSPECTOR})), BOARD) == []


@pytest.mark.parametrize(
    ("kind", "wanted", "has_target", "supplier", "serial", "refusal"),
    [
        ("scrap", 10, False, True, False, None),
        ("scrap", 11, False, True, False, "NothingLeft"),
        ("scrap", 0, False, True, False, "NothingLeft"),
        ("return_to_vendor", 10, False, True, False, None),
        ("return_to_vendor", 10, False, False, False, "KindNotPossible"),
        ("regrade", 10, True, True, False, None),
        ("regrade", 10, True, True, True, "KindNotPossible"),
        ("regrade", 10, False, True, False, "KindNotPossible"),
        ("sort", 10, True, True, False, "KindNotPossible"),
    ],
)
def test_which_disposition_fits_which_goods(kind, wanted, has_target, supplier, serial, refusal):
    facts = rules.LotFacts("L-1", D(10), supplier, serial)
    found = rules.check_disposition(DispositionKind(kind), facts, D(wanted), has_target=has_target)
    assert names(found) == ([refusal] if refusal else [])


@pytest.mark.parametrize("state", [s for s in DispositionState if s != "decided"])
@pytest.mark.parametrize("verb", ["carry_out", "cancel", "approve_concession", "return_goods"])
def test_what_is_done_or_cancelled_stays_so(verb, state):
    assert names(rules.can_disposition(verb, disposition(state=state))) == ["NotInState"]


@pytest.mark.parametrize(
    ("verb", "facts", "refusal"),
    [
        ("carry_out", disposition("scrap"), None),
        ("carry_out", disposition("rework"), None),
        ("carry_out", disposition("rework", carried_out=True), "NothingToCarryOut"),
        ("carry_out", disposition("return_to_vendor"), "NothingToCarryOut"),
        ("carry_out", disposition("use_as_is"), "NothingToCarryOut"),
        ("carry_out", disposition("sort"), "NothingToCarryOut"),
        ("return_goods", disposition("return_to_vendor"), None),
        ("return_goods", disposition("scrap"), "NothingToReturn"),
        ("cancel", disposition("return_to_vendor"), None),
        ("cancel", disposition("return_to_vendor", posted=1), "AlreadyPosted"),
        ("cancel", disposition("scrap", "done", posted=1), "AlreadyPosted"),
        ("approve_concession", disposition("use_as_is"), None),
        ("approve_concession", disposition("repair"), None),
        ("approve_concession", disposition("repair", conceded=True), "NoConcessionNeeded"),
        ("approve_concession", disposition("scrap"), "NoConcessionNeeded"),
    ],
)
def test_what_refuses_a_verb_of_a_disposition(verb, facts, refusal):
    assert names(rules.can_disposition(verb, facts)) == ([refusal] if refusal else [])


@pytest.mark.parametrize(
    ("wanted", "days", "refusal"),
    [
        ("10", 1, None),
        ("0.5", 1, "ConcessionTooLarge"),
        ("11", 1, "ConcessionTooLarge"),
        ("0", 1, "ConcessionTooLarge"),
        ("10", 0, "ConcessionOver"),
    ],
)
def test_a_concession_fits_its_disposition_and_ends_after_it_begins(wanted, days, refusal):
    until = NOW.replace(day=NOW.day + days)
    found = rules.check_concession("DSP-1", D(10), D(wanted), ("PCS", 0), until, NOW)
    assert names(found) == ([refusal] if refusal else [])


@pytest.mark.parametrize(
    ("quantity", "lots", "shares"),
    [(10, (10,), [10]), (10, (8, 4), [8, 2]), (5, (8, 4), [5, 0])],
)
def test_the_first_lots_get_of_a_concession_first(quantity, lots, shares):
    assert rules.shares(D(quantity), [D(x) for x in lots]) == [D(x) for x in shares]


def test_the_cost_is_summed_exactly_and_rounded_once():
    third = (Fraction(1, 3), "CNY")
    assert rules.estimate([third, third, third]) == Money(D(1), "CNY")
    assert rules.estimate([third, third]) == Money(D("0.666667"), "CNY")


@pytest.mark.parametrize(
    "costs",
    [[], [None], [(Fraction(1), "CNY"), None], [(Fraction(1), "CNY"), (Fraction(1), "USD")]],
)
def test_an_unknown_cost_is_not_zero_and_currencies_do_not_add_up(costs):
    assert rules.estimate(costs) is None


@pytest.mark.parametrize(("amount", "shown"), [("1/2000000", 0), ("3/2000000", "0.000002")])
def test_money_is_rounded_half_to_even(amount, shown):
    assert rules.rounded(Fraction(amount)) == D(shown)


def test_a_huge_amount_is_exact():
    assert rules.rounded(Fraction(10**23)) == D(10**23)


def test_what_was_posted_says_what_to_do_instead():
    refusal = errors.AlreadyPosted(number="DSP-1", dispositions="DSP-1")
    assert "Open a new report" in refusal.remedy("en")
    assert "请开立新报告" in refusal.remedy("zh")
