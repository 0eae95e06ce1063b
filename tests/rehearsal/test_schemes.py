"""A real supplier's history under each scheme, through the users' operations, against a recount."""

from pathlib import Path

import pytest

from tests.rehearsal.recount import Recount
from zhiliu.config.checks.running import look_at_all
from zhiliu.contexts.connectors import public as connectors
from zhiliu.contexts.connectors.rules import SCHEMES, Source
from zhiliu.contexts.connectors.tests.source import expected, read, small_copy
from zhiliu.contexts.inspections.models import Inspection, SampleDraw
from zhiliu.contexts.nonconformance.models import Disposition, Report
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.public import all_permissions
from zhiliu.platform.commands.models import DoneCommand

pytestmark = pytest.mark.django_db
VENDOR = "1588"  # 100 lots, most of 550 units, some of them with 55 bad ones or bad as a whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    headers = read(connectors.PACKAGED, "purchase_order_header")
    orders = tuple(h["purchase_order_id"] for h in headers if h["vendor_id"] == VENDOR)
    return small_copy(tmp_path / "source", orders)


def silent(items, label):
    return items


def rehearse(source: Source, name: str, *, skip_lot: bool):
    imported = connectors.import_master_data(source, silent, server_time)
    connectors.rehearse_purchases(
        imported, connectors.purchases(source), SCHEMES[name], silent, skip_lot=skip_lot
    )
    return imported.company


@pytest.mark.parametrize(
    ("name", "skip_lot"),
    [("aql-0.65", False), ("aql-2.5", False), ("aql-2.5", True), ("c0", True), ("full", False)],
)
def test_a_scheme_comes_out_as_recounted_and_the_totals_as_in_the_source(
    name: str, skip_lot: bool, folder: Path
) -> None:
    source = connectors.read_adventureworks(folder)

    company = rehearse(source, name, skip_lot=skip_lot)

    account = connectors.get_account(company, name, skip_lot=skip_lot).shown()
    again = Recount(SCHEMES[name], skip_lot=skip_lot).follow(connectors.purchases(source))
    assert {key: account[key] for key in again} == again
    totals = connectors.get_replay_totals(company)
    assert {key: totals[key] for key in expected(folder)} == expected(folder)
    assert (account["received"], account["rejected"]) == (totals["received"], totals["rejected"])
    assert [o.invariant.id for o in look_at_all() if o.violations] == []
    assert set(Report.objects.values_list("state", flat=True)) == {"closed"}
    assert set(Disposition.objects.values_list("state", flat=True)) == {"done"}
    assert not Inspection.objects.filter(state="open").exists()
    known = {permission.operation for permission in all_permissions()}
    assert set(DoneCommand.objects.values_list("operation", flat=True)) <= known


def test_a_lot_is_tightened_sorted_and_its_escapes_are_found(folder: Path) -> None:
    """The supplier is bad enough for each of them to happen."""
    company = rehearse(connectors.read_adventureworks(folder), "aql-2.5", skip_lot=True)

    account = connectors.get_account(company, "aql-2.5", skip_lot=True).shown()
    assert account["units_sorted"] > 0
    assert account["units_escaped"] > 0
    assert account["lots_skipped"] > 0
    assert set(account["switches"]) == {
        "two_of_five_not_accepted",
        "five_accepted_on_tightened",
        "skip_earned",
        "not_accepted_on_skip",
    }


def test_the_same_units_are_drawn_each_time(folder: Path) -> None:
    rehearse(connectors.read_adventureworks(folder), "aql-1.0", skip_lot=False)

    original = SampleDraw.objects.filter(inspection__reason="original").order_by("inspection_id")
    first, second = original.values_list("units", flat=True)[:2]
    assert len(first) == 80
    assert first[:5] == [408, 467, 339, 143, 538]
    assert first != second
