"""A decision table answers in its declared types, or says why it cannot; a broken one is found."""

import json
from decimal import Decimal

import pytest
import zen

from zhiliu.platform.rules.errors import BrokenTable
from zhiliu.platform.rules.table import Unanswered
from zhiliu.platform.rules.tests.tables import (
    EXAMPLES,
    ROWS,
    Colour,
    content,
    table_of,
    with_cell,
)

ASKED = {"colour": Colour.RED, "score": 6, "share": None, "is_new": True, "place": "仓库"}


def test_the_first_row_that_fits_answers_in_the_declared_types(tmp_path):
    answer = table_of(tmp_path).built_in.answer(ASKED)

    assert answer.row == "red"
    assert answer.outputs == {
        "level": "II",
        "aql": Decimal("1.0"),
        "steps": 7,
        "ways": ("sort", "scrap"),
        "note": "新供应商",
    }
    assert [type(v) for v in answer.outputs.values()] == [str, Decimal, int, tuple, str]
    assert str(answer.outputs["aql"]) == "1.0"


@pytest.mark.parametrize(("share", "row"), [("0.3", None), ("0.30000000000000000001", "share")])
def test_a_decimal_is_compared_exactly(tmp_path, share, row):
    compiled = table_of(tmp_path).built_in
    inputs = {**ASKED, "colour": Colour.GREEN, "score": 3, "share": Decimal(share)}

    if row:
        answer = compiled.answer(inputs)
        assert (answer.row, answer.outputs["note"]) == (row, None)
    else:
        with pytest.raises(Unanswered, match="no row fits"):
            compiled.answer(inputs)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"score": "6"}, "score is '6', but must be whole number"),
        ({"score": True}, "score is True"),
        ({"score": 6.0}, "score is 6.0"),
        ({"score": None}, "score is None"),
        ({"colour": "blue"}, "colour is 'blue', but must be red | green"),
        ({"share": 0.5}, "share is 0.5, but must be decimal | empty"),
        ({"is_new": 1}, "is_new is 1, but must be yes or no"),
        ({"weight": 1}, "it has no input weight"),
        ({"score": 5}, "no row fits"),
    ],
)
def test_what_the_table_was_not_made_for_has_no_answer(tmp_path, changed, why):
    with pytest.raises(Unanswered) as caught:
        table_of(tmp_path).built_in.answer({**ASKED, **changed})

    assert why in caught.value.en
    assert any("\u4e00" <= c <= "\u9fff" for c in caught.value.zh)


@pytest.mark.parametrize("missing", sorted(ASKED))
def test_a_missing_input_has_no_answer(tmp_path, missing):
    inputs = {name: value for name, value in ASKED.items() if name != missing}

    with pytest.raises(Unanswered, match=f"the input {missing} is missing"):
        table_of(tmp_path).built_in.answer(inputs)


@pytest.mark.parametrize(
    ("row", "column", "cell", "why"),
    [
        (0, "score", "> ", "row red, column score, cell > "),
        (0, "colour", "red'", "row red, column colour"),
        (0, "score", "-", "Expected a literal"),
        (0, "score", "> limit", "nothing is called limit here"),
        (0, "score", "> steps", "nothing is called steps here"),
        (0, "colour", "'rde'", "'rde' is none of red | green"),
        (0, "place", "> 5", "column place"),
        (1, "share", "> 0.3", "for None"),
        (0, "is_new", "1 +", "column is_new"),
        (0, "score", "[9..7]", "the example of row red"),
        (0, "level", "", "row red says nothing for level"),
        (0, "level", "'II", "column level"),
        (0, "steps", "scor + 1", "nothing is called scor here"),
        (0, "steps", "score / 4", "which must be whole number"),
        (0, "steps", "1 / (score - 6)", "the example of row red"),
        (0, "steps", "10 / (score - 7)", "which must be whole number"),
        (0, "aql", "0.65", "gives 0.65 for aql"),
        (0, "aql", "'one'", "gives 'one' for aql"),
        (0, "ways", "'sort'", "gives 'sort' for ways"),
    ],
)
def test_a_broken_cell_is_found_before_anybody_asks(tmp_path, row, column, cell, why):
    with pytest.raises(BrokenTable) as caught:
        _ = table_of(tmp_path, with_cell(row, column, cell)).built_in

    said = caught.value.sentence("en")
    assert said.startswith("The rule table tests.level cannot be used: ")
    assert why in said
    assert "\n" not in said and "backtrace" not in said


def test_the_engine_alone_would_have_answered_from_the_next_row():
    """Why cells are compiled: to the engine a cell that it cannot read is one that does not fit."""
    graph = with_cell(0, "score", "> ")
    graph["nodes"][1]["content"]["rules"][1] |= {"score": "", "share": ""}

    done = zen.ZenEngine().create_decision(json.dumps(graph)).evaluate({"colour": "red"})

    assert done["result"]["level"] == "I"


def changed(**parts):
    graph = content()
    graph["nodes"][1]["content"] |= parts
    return graph


NO_EXAMPLE = content(examples={"red": EXAMPLES["red"]})
SHADOWED = content([{**ROWS[1], "_id": "red"}, {**ROWS[0], "_id": "share"}])
EXTRA_NODE = content()
EXTRA_NODE["nodes"].append({"id": "f", "name": "f", "type": "functionNode"})


@pytest.mark.parametrize(
    ("graph", "why"),
    [
        (NO_EXAMPLE, "row share has no example"),
        (SHADOWED, "the example of row red"),
        (EXTRA_NODE, "one input, one decision table and one output"),
        (changed(hitPolicy="collect"), "its hit policy must be first"),
        (changed(rules=[]), "it has no rows"),
        (changed(rules=[ROWS[0], ROWS[0]]), "two rows with the same id"),
        (changed(inputs=[{"id": "x", "name": "x", "field": "weight"}]), "weight is not declared"),
        (changed(outputs=[{"id": "l", "name": "l", "field": "level"}]), "no column"),
        ({"nodes": "?"}, "no decision table"),
    ],
)
def test_a_table_of_another_shape_is_refused(tmp_path, graph, why):
    with pytest.raises(BrokenTable) as caught:
        _ = table_of(tmp_path, graph).built_in

    assert why in caught.value.sentence("en")


def test_a_file_that_is_no_json_is_refused(tmp_path):
    table = table_of(tmp_path)
    table.content.write_text("{", encoding="utf-8")

    with pytest.raises(BrokenTable, match="its file cannot be read"):
        _ = table.built_in
