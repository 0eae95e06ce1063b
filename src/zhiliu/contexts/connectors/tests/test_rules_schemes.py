"""Drawing for a replay, and what an account of a scheme says."""

from dataclasses import replace
from statistics import mean

import pytest

from zhiliu.contexts.connectors.rules import (
    SCHEMES,
    Account,
    VendorCount,
    drawing,
    found_in,
    scheme_table,
    vendor_table,
)

ACCOUNT = Account(
    scheme="aql-1.0",
    skip_lot=True,
    lots=12,
    lots_skipped=2,
    lots_not_accepted=1,
    lots_escaped=1,
    units_inspected=400,
    units_sorted=500,
    switches={"two_of_five_not_accepted": 2, "skip_earned": 1},
    vendors=(
        VendorCount("GOOD", 1000, 0, 0),
        VendorCount("BAD", 3000, 100, 7),
        VendorCount("NONE", 0, 0, 0),
    ),
)


def test_a_delivery_is_drawn_the_same_each_time_and_each_delivery_its_own_way():
    def drawn(key):
        return drawing(key).sample(range(1, 551), 80)

    assert drawn("4") == drawn("4")
    assert drawn("4") != drawn("5")


def test_what_a_sample_finds_is_hypergeometric():
    """50 of 500 with 100 nonconforming: d has mean 10, variance n p q (N - n) / (N - 1) = 7.21.

    The bounds are five standard errors wide; the draws are the same in every run.
    """
    finds = [found_in(drawing(str(n)).sample(range(1, 501), 50), 100) for n in range(2000)]

    assert mean(finds) == pytest.approx(10, abs=0.3)
    assert mean((d - 10) ** 2 for d in finds) == pytest.approx(7.21, abs=1.2)


def test_every_nonconforming_unit_is_found_where_every_unit_is_looked_at():
    assert found_in(range(1, 551), 82) == 82
    assert found_in([83, 84, 550], 82) == 0
    assert found_in([1, 82, 83], 82) == 2


def test_the_schemes_are_those_of_the_command():
    assert list(SCHEMES) == ["aql-0.65", "aql-1.0", "aql-2.5", "c0", "full"]
    assert all(name == scheme.name for name, scheme in SCHEMES.items())


def test_an_account_adds_up_its_vendors_and_names_the_worst_first():
    shown = ACCOUNT.shown()

    assert (shown["received"], shown["rejected"], shown["units_escaped"]) == (4000, 100, 7)
    assert shown["escaped_ppm"] == 1750
    assert [(v["vendor"], v["ppm"], v["escaped_ppm"]) for v in shown["vendors"]] == [
        ("BAD", 33333, 2333),
        ("GOOD", 0, 0),
        ("NONE", 0, 0),
    ]


def test_the_table_has_a_line_a_scheme_in_both_languages():
    account = {**ACCOUNT.shown(), "violations": 0}

    english, rule, line = scheme_table([account], "en")

    assert english.startswith("| scheme | units inspected |")
    assert rule == "| --- " * 11 + "|"
    assert line == "| aql-1.0 + skip-lot | 400 | 500 | 2 | 1 | 1 | 7 | 1750 | 3 | 100 | 0 |"
    assert scheme_table([account], "zh")[0].startswith("| 方案 | 抽检件数 |")


def test_the_table_of_vendors_sets_the_schemes_side_by_side_and_ends_after_the_worst():
    other = replace(ACCOUNT, scheme="full", skip_lot=False, vendors=(VendorCount("BAD", 1, 1, 0),))

    assert vendor_table([ACCOUNT.shown(), other.shown()], "en", most=1) == [
        "| vendor | received | rejected | ppm "
        "| escaped ppm, aql-1.0 + skip-lot | escaped ppm, full |",
        "| --- | --- | --- | --- | --- | --- |",
        "| BAD | 3000 | 100 | 33333 | 2333 | 0 |",
    ]
    assert len(vendor_table([ACCOUNT.shown()], "zh")) == 5
