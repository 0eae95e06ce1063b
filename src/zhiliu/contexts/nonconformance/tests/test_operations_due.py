"""When the goods of a report should have a disposition: rule, row, event, list."""

from datetime import timedelta

import pytest
from tests.support import caller

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.nonconformance import operations
from zhiliu.contexts.nonconformance.operations import Units
from zhiliu.contexts.nonconformance.rules import DISPOSITION_DUE
from zhiliu.contexts.nonconformance.states import Source
from zhiliu.contexts.nonconformance.tests.floor import D
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

TABLE = "nonconformance.disposition_due@1"
FACTS = {
    "source": Source.VERDICT,
    "material_group": "",
    "is_cost_known": True,
    "estimated_cost": D(10),
    "currency": "CNY",
}


@pytest.mark.parametrize(
    ("severity_class", "answer"),
    [
        ("critical", (24, "critical")),
        ("major", (72, "other")),
        ("minor", (72, "other")),
        ("", (72, "other")),
    ],
)
def test_the_table_says_within_how_many_hours(severity_class, answer):
    found = DISPOSITION_DUE.built_in.answer({**FACTS, "severity_class": severity_class})

    assert (found.outputs["hours"], found.row) == answer


def by_hand(floor, severity_class):
    return floor.by(
        floor.board,
        operations.open_report,
        reason="dented",
        parts=[Units(floor.released(10).pk)],
        description="dented",
        severity_class=severity_class,
    )


def test_a_report_is_due_by_its_severity_and_says_by_which_rule(floor):
    _, found = floor.rejected(100)
    critical = by_hand(floor, SeverityClass.CRITICAL)

    assert (found.due_at - found.opened_at, found.due_rule) == (
        timedelta(hours=72),
        f"{TABLE}#other",
    )
    assert (critical.due_at - critical.opened_at, critical.due_rule) == (
        timedelta(hours=24),
        f"{TABLE}#critical",
    )
    entry = AuditEntry.objects.get(record_id=critical.pk, record_version=1)
    assert entry.changes["due_rule"] == [None, f"{TABLE}#critical"]
    event = OutboxEvent.objects.get(subject_id=critical.pk)
    assert event.data["due_rule"] == f"{TABLE}#critical"
    assert event.data["due_at"] == entry.changes["due_at"][1]


def test_the_board_is_sorted_and_filtered_by_due_time(floor):
    _, later = floor.rejected(100)
    sooner = by_hand(floor, SeverityClass.CRITICAL)
    reader = caller("nonconformance.read")

    def found(query):
        rows = reader.get(f"/nonconformance-reports?{query}")["items"]
        return [row["number"] for row in rows]

    assert found("sort=due_at") == [sooner.number, later.number]
    assert found("sort=-due_at") == [later.number, sooner.number]
    limit = (sooner.opened_at + timedelta(hours=25)).isoformat().replace("+00:00", "Z")
    assert found(f"due_before={limit}") == [sooner.number]
    assert reader.send("GET", "/nonconformance-reports?due_before=soon").status_code == 422
    shown = reader.get(f"/nonconformance-reports/{sooner.pk}")
    assert shown["due_rule"] == f"{TABLE}#critical"
