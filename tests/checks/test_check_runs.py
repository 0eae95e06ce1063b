"""A check run on a real history: what the worker keeps is what `zhiliu check` finds."""

import json
from uuid import UUID

import psycopg
import pytest

from tests.checks.test_running import IDS
from tests.support import run
from tests.support_committing import at_once, committing
from zhiliu.config.checks.running import look_for_platform
from zhiliu.platform.commands import jobs
from zhiliu.platform.commands.checking import ask_for_check
from zhiliu.platform.evidence.errors import CheckRunning
from zhiliu.platform.evidence.models import CheckResult, CheckRun
from zhiliu.platform.outbox.models import OutboxEvent


def ask():
    return run(
        lambda command, at: ask_for_check(command=command, at=at), operation="evidence.check"
    )


def results_of(check):
    return {r.code: r for r in CheckResult.objects.filter(run_id=check.pk).order_by("ordinal")}


@pytest.fixture
def tampered(planting):
    """The history with one balance changed past the operations; put right afterwards."""
    change = "update stock_balance set quantity = quantity {} 1 where lot_id = %s returning id"
    lot = planting.history.part
    with psycopg.connect(planting.owner_url) as owner:
        (balance,) = owner.execute(change.format("+"), [lot.pk]).fetchone()
    yield lot, str(balance)
    with psycopg.connect(planting.owner_url) as owner:
        owner.execute(change.format("-"), [lot.pk])


def test_a_clean_history_passes_every_invariant_and_stays_clean_by_being_checked(planting):
    check = ask()

    jobs.run_check(str(check.pk))

    results = results_of(check)
    assert list(results) == IDS
    assert CheckRun.objects.get(pk=check.pk).violation_count == 0
    assert results["I3"].row_count > 20 and results["I1"].apart_count == 1
    assert all(r.title_en and r.title_zh and r.title_en != r.title_zh for r in results.values())
    assert not any(looked.violation_count for looked in look_for_platform())


def test_a_violation_is_kept_with_its_row_and_told(planting, tampered):
    lot, balance = tampered
    check = ask()

    jobs.run_check(str(check.pk))

    violated = {code: r for code, r in results_of(check).items() if r.violation_count}
    assert list(violated) == ["I3"]
    (row,) = violated["I3"].violations
    assert (row["number"], row["id"]) == (lot.number, balance)
    assert "the balance at A-02 says 11" in row["en"] and "余额" in row["zh"]
    (event,) = OutboxEvent.objects.filter(type="evidence.invariant_violated.v1")
    assert (event.data["code"], event.data["numbers"]) == ("I3", [lot.number])
    assert json.dumps(event.data, ensure_ascii=False)


def test_two_who_ask_at_once_get_one_run(django_db_blocker):
    with committing(django_db_blocker):
        answers = at_once(lambda _: ask(), 4)

        assert CheckRun.objects.count() == 1
        refused = [a for a in answers if isinstance(a, CheckRunning)]
        (check,) = [a for a in answers if isinstance(a, CheckRun)]
        assert len(refused) == 3 and isinstance(check.pk, UUID)


def test_two_workers_with_one_run_look_once(django_db_blocker):
    with committing(django_db_blocker):
        check = ask()

        answers = at_once(lambda _: jobs.run_check(str(check.pk)), 4)

        assert answers == [None] * 4
        assert [r.code for r in CheckResult.objects.order_by("ordinal")] == IDS
        types = OutboxEvent.objects.filter(subject_id=check.pk).values_list("type", flat=True)
        assert sorted(types) == [
            "evidence.check_run_asked.v1",
            "evidence.check_run_ended.v1",
            "evidence.check_run_started.v1",
        ]
