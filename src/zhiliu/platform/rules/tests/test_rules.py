"""Decisions: from the enforced version, remembered, never by default."""

import json
import time
from decimal import Decimal

import pytest

from zhiliu.kernel.clock import server_time
from zhiliu.platform.rules import queries
from zhiliu.platform.rules.errors import BrokenTable, NotFound, Undecided
from zhiliu.platform.rules.models import RuleVersion
from zhiliu.platform.rules.operations import digest_of, install_tables
from zhiliu.platform.rules.public import all_tables, decide
from zhiliu.platform.rules.tests.tables import Colour, table_of, with_cell
from zhiliu.platform.signatures.public import Strength

pytestmark = pytest.mark.django_db

ASKED = {"colour": Colour.RED, "score": 6, "share": None, "is_new": True, "place": "仓库"}


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(queries, "_tables", dict(queries._tables))
    queries.forget_decisions()
    yield
    queries.forget_decisions()


@pytest.fixture
def level(tmp_path):
    """The table tests.level, declared and installed."""
    queries.declare_tables([table_of(tmp_path)])
    install_tables(server_time())


def replace(folder, graph):
    """Another build: the same table with another content."""
    del queries._tables["tests.level"]
    queries.declare_tables([table_of(folder, graph)])


def test_a_decision_names_table_version_and_row(level):
    decision = decide("tests.level", **ASKED)

    assert decision.rule == "tests.level@1#red"
    assert (decision["level"], decision["aql"]) == ("II", Decimal("1.0"))


def test_a_decision_is_read_once_and_then_remembered(level, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = decide("tests.level", **ASKED)
    with django_assert_num_queries(0):
        again = [decide("tests.level", **ASKED) for _ in range(3)]

    assert all(decision is first for decision in again)


def test_a_remembered_decision_is_much_faster_than_the_engine(level):
    decide("tests.level", **ASKED)
    version, compiled = queries.current("tests.level")

    def took(call):
        begun = time.perf_counter()
        for _ in range(300):
            call()
        return time.perf_counter() - begun

    engine = took(lambda: queries.answer(compiled, version, ASKED))
    remembered = took(lambda: decide("tests.level", **ASKED))

    assert remembered < engine / 4


def test_equal_values_of_another_type_are_not_the_same_question(level):
    decide("tests.level", **ASKED)

    with pytest.raises(Undecided, match="is_new is 1, but must be yes or no"):
        decide("tests.level", **{**ASKED, "is_new": 1})


@pytest.mark.parametrize(
    "changed", [{"score": 5}, {"score": None}, {"place": ["仓库"]}, {"score": "6"}, {"weight": 1}]
)
def test_what_no_row_answers_is_refused(level, changed):
    with pytest.raises(Undecided) as caught:
        decide("tests.level", **{**ASKED, **changed})

    assert caught.value.code == "rules.undecided"
    assert "tests.level" in caught.value.sentence("en")


def test_an_undeclared_table_is_not_found():
    with pytest.raises(NotFound):
        decide("tests.unknown", colour="red")


def test_a_declared_table_that_nobody_installed_decides_nothing(tmp_path):
    queries.declare_tables([table_of(tmp_path)])

    with pytest.raises(NotFound):
        decide("tests.level", **ASKED)


def test_every_table_of_the_building_is_installed_by_migrate():
    for table in all_tables():
        row = RuleVersion.objects.get(code=table.code)
        assert (row.version, row.content) == (1, table.built_in.content)
        assert row.sha256 == digest_of(row.content)


def test_installing_again_changes_nothing(level):
    assert install_tables(server_time()) == []
    assert RuleVersion.objects.filter(code="tests.level").count() == 1


def test_another_content_is_the_next_version_and_decides(level, tmp_path):
    decide("tests.level", **ASKED)
    replace(tmp_path, with_cell(0, "level", "'III'"))

    assert install_tables(server_time()) == ["tests.level@2"]

    decision = decide("tests.level", **ASKED)
    assert (decision["level"], decision.rule) == ("III", "tests.level@2#red")
    assert RuleVersion.objects.get(code="tests.level", version=1).content != (
        RuleVersion.objects.get(code="tests.level", version=2).content
    )


def test_a_stored_version_that_this_build_cannot_use_decides_nothing(level, tmp_path):
    RuleVersion.objects.create(
        code="tests.level",
        version=2,
        content=with_cell(0, "score", "> "),
        sha256="0" * 64,
        state="enforced",
        valid_from=server_time(),
    )

    with pytest.raises(Undecided, match="level@2 has no answer here: it is broken, row red"):
        decide("tests.level", **ASKED)


def test_a_broken_table_ends_the_start(tmp_path):
    with pytest.raises(BrokenTable):
        queries.declare_tables([table_of(tmp_path, with_cell(0, "score", "> "))])


def test_a_code_is_declared_once(tmp_path):
    queries.declare_tables([table_of(tmp_path)])
    other = tmp_path / "other"
    other.mkdir()

    with pytest.raises(ValueError, match="declared twice"):
        queries.declare_tables([table_of(other)])


def test_a_verb_without_a_row_is_not_signed():
    with pytest.raises(Undecided, match="no row fits"):
        queries.signing_strength(kind="inspections.inspection", verb="cancel", facts={})


def test_signing_strength_is_data():
    kind = "inspections.inspection"
    plain = queries.signing_strength(kind=kind, verb="accept", facts={})
    override = queries.signing_strength(kind=kind, verb="accept", facts={"is_override": True})

    assert (plain.strength, plain.rule) == (
        Strength.RECORDED,
        "signatures.signing_strength@1#inspection-release",
    )
    assert override.strength is Strength.RE_AUTHENTICATED


def test_the_versions_are_stored_as_they_are_written():
    (row,) = RuleVersion.objects.filter(code="signatures.signing_strength")

    assert json.loads(json.dumps(row.content)) == row.content
