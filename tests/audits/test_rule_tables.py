"""Rule tables of all contexts: declared beside their context, every row answered by its example."""

import re

import pytest

from tests.audits.building import ROOT, SOURCE
from zhiliu.config.documents import own_refusals
from zhiliu.platform.rules.public import RuleTable, all_tables

TABLES = all_tables()
ROWS = [(table, row["_id"]) for table in TABLES for row in table.built_in.rows]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{table.code}-{row}" for table, row in ROWS])
def test_every_row_is_met_by_its_example(table: RuleTable, row: str) -> None:
    compiled = table.built_in
    inputs = compiled.read_inputs(compiled.content["examples"][row])

    assert compiled.answer(inputs).row == row


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.code)
def test_a_table_lies_in_the_rules_of_its_context_and_is_named_after_it(table: RuleTable) -> None:
    context, name = table.code.split(".")
    folder = table.content.parent.relative_to(SOURCE)

    assert table.content.name == f"{name}.json"
    if context == "signatures":  # stands below rules, which keeps its table
        assert folder.parts == ("platform", "rules", "tables")
    else:
        assert folder.parts == ("contexts", context, "rules", "tables")


def test_no_table_is_left_undeclared() -> None:
    declared = {table.content for table in TABLES}

    assert set(SOURCE.glob("*/*/rules/tables/*.json")) <= declared
    assert set(SOURCE.glob("platform/rules/tables/*.json")) <= declared


def test_the_page_of_signatures_says_what_the_table_does() -> None:
    page = (ROOT / "docs/how-to/who-signs-what.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| .+ \| `([a-z_]+)` \| ([a-z]+) \|$", page, re.MULTILINE)
    (table,) = (t.built_in for t in TABLES if t.code == "signatures.signing_strength")

    assert told == [
        (row["_id"], row["strength"].strip("'"), row["meaning"].strip("'")) for row in table.rows
    ]
    refused = {r.code for r in own_refusals()}
    named = re.findall(r"`([a-z]+\.[a-z_]+)` \|$", page, re.MULTILINE)
    assert named and set(named) <= refused
