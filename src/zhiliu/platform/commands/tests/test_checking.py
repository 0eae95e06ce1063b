"""Check runs: asked for once at a time, done by the worker, told, and listed over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support import NOBODY, caller, run

from zhiliu.kernel.actor import Scope
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands import jobs
from zhiliu.platform.commands.checking import ask_for_check, end_check, start_check
from zhiliu.platform.evidence import checking
from zhiliu.platform.evidence.errors import CheckRunNotFound
from zhiliu.platform.evidence.models import AuditEntry, CheckResult, CheckRun
from zhiliu.platform.evidence.public import Looked, NamedRow, register_check
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.outbox.registry import DeliveredEvent, deferred_reactions

pytestmark = pytest.mark.django_db

ROW = NamedRow("L-000001", str(uuid4()), "the balance says 11", "余额为 11")
CLEAN = Looked("I1", "Nothing left", "无违规发出", 40, 0, [], 1, [ROW])
BROKEN = Looked("I3", "Every balance is exact", "余额与移动一致", 7, 9, [ROW] * 6, 0, [])


@pytest.fixture(autouse=True)
def looks():
    """What is registered looks no more; what a test appends here is found, or raised, instead."""
    found = []

    def look():
        (outcome,) = found
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    before = list(checking._registered)
    register_check(look)
    yield found
    checking._registered[:] = before


def ask():
    return run(
        lambda command, at: ask_for_check(command=command, at=at), operation="evidence.check"
    )


def told(check):
    rows = OutboxEvent.objects.filter(subject_id=check.pk).order_by("id")
    return [row.type.removeprefix("evidence.").removesuffix(".v1") for row in rows]


def waiting_jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "select args ->> 'argument' from procrastinate_jobs"
            " where task_name = 'commands.run_check' and status = 'todo'"
        )
        return [argument for (argument,) in cursor.fetchall()]


def test_a_run_that_found_a_violation_keeps_and_tells_it(looks):
    looks.append([CLEAN, BROKEN])
    check = ask()

    jobs.run_check(str(check.pk))

    row = CheckRun.objects.get(pk=check.pk)
    assert (row.violation_count, row.error, row.version) == (9, "", 3)
    assert row.started_at is not None and row.ended_at is not None
    assert row.asked_at <= row.started_at <= row.ended_at
    first, second = CheckResult.objects.filter(run=row).order_by("ordinal")
    assert (first.code, first.row_count, first.violation_count, first.apart_count) == (
        "I1",
        40,
        0,
        1,
    )
    assert first.apart == [vars(ROW)]
    assert (second.title_en, second.title_zh) == ("Every balance is exact", "余额与移动一致")
    assert second.violations == [vars(ROW)] * 6
    assert told(row) == [
        "check_run_asked",
        "check_run_started",
        "invariant_violated",
        "check_run_ended",
    ]
    violated = OutboxEvent.objects.get(type="evidence.invariant_violated.v1")
    assert violated.data == {
        "code": "I3",
        "title_en": "Every balance is exact",
        "title_zh": "余额与移动一致",
        "violation_count": 9,
        "numbers": ["L-000001"] * 5,
    }
    ended = OutboxEvent.objects.get(type="evidence.check_run_ended.v1")
    assert ended.data == {"violated": ["I3"], "violation_count": 9, "error": ""}
    entries = AuditEntry.objects.filter(record_id=row.pk).order_by("record_version")
    assert [e.operation for e in entries] == ["evidence.check", *["evidence.run_check"] * 2]
    assert entries[2].changes["violation_count"] == [None, 9]


def test_a_clean_run_tells_no_violation(looks):
    looks.append([CLEAN])
    check = ask()

    jobs.run_check(str(check.pk))

    assert CheckRun.objects.get(pk=check.pk).violation_count == 0
    assert told(check) == ["check_run_asked", "check_run_started", "check_run_ended"]


def test_a_run_is_done_once_however_often_its_job_runs(looks):
    looks.append([BROKEN])
    check = ask()
    jobs.run_check(str(check.pk))
    looks[:] = [AssertionError("nobody looks again")]

    jobs.run_check(str(check.pk))

    assert CheckRun.objects.get(pk=check.pk).version == 3
    assert CheckResult.objects.count() == 1
    again = run(lambda command, at: end_check(run_id=check.pk, looked=[], command=command, at=at))
    assert (again.version, again.violation_count) == (3, 9)


def test_a_job_that_was_killed_starts_again(looks):
    looks.append([CLEAN])
    check = ask()
    early = server_time() - timedelta(hours=1)
    started = run(
        lambda command, at: start_check(run_id=check.pk, command=command, at=at), at=early
    )

    jobs.run_check(str(check.pk))

    row = CheckRun.objects.get(pk=check.pk)
    assert started and row.started_at is not None and row.started_at > early
    assert row.violation_count == 0


def test_what_goes_wrong_while_looking_ends_the_run_with_its_error(looks):
    looks.append(RuntimeError("password=hunter2 of the database"))
    check = ask()

    jobs.run_check(str(check.pk))

    row = CheckRun.objects.get(pk=check.pk)
    assert (row.error, row.violation_count) == (
        "RuntimeError: password=*** of the database",
        None,
    )
    assert not CheckResult.objects.exists()
    ended = OutboxEvent.objects.get(type="evidence.check_run_ended.v1")
    assert ended.data["error"] == row.error


def test_with_nobody_registered_a_run_fails_and_says_so():
    checking._registered.clear()
    check = ask()

    jobs.run_check(str(check.pk))

    assert "nobody checks the invariants" in CheckRun.objects.get(pk=check.pk).error


def test_an_unknown_run_is_not_found():
    with pytest.raises(CheckRunNotFound):
        jobs.run_check(str(uuid4()))


def test_the_database_keeps_one_run_at_a_time():
    ask()
    now = server_time()

    with pytest.raises(IntegrityError), transaction.atomic():
        CheckRun.objects.bulk_create([CheckRun(asked_at=now, asked_by=uuid4(), asked_by_name="x")])


def test_asking_leads_to_a_job_and_to_one_only(looks):
    looks.append([CLEAN])
    check = ask()
    event = OutboxEvent.objects.get(subject_id=check.pk)
    start = deferred_reactions["evidence.check_run_asked.v1"]["commands.start_check_run"]
    delivered = DeliveredEvent(
        **{
            name: getattr(event, name)
            for name in DeliveredEvent.__dataclass_fields__  # the columns of the same name
        }
    )

    for _ in range(2):
        start(delivered)

    assert waiting_jobs() == [str(check.pk)]


def test_every_night_a_check_is_asked_for_and_one_left_behind_goes_on():
    night = server_time().replace(microsecond=0)

    jobs.check_every_night(night)
    jobs.check_every_night(night)

    (check,) = CheckRun.objects.all()
    assert (check.asked_by_name, check.asked_by.int) == ("system", 0)
    assert OutboxEvent.objects.get(subject_id=check.pk).reason == "every night"
    assert waiting_jobs() == []  # the event leads to it

    jobs.check_every_night(night + timedelta(days=1))

    assert CheckRun.objects.count() == 1
    assert waiting_jobs() == [str(check.pk)]


def test_a_second_one_is_refused_in_both_languages_and_changes_nothing(looks):
    looks.append([CLEAN])
    first = caller("evidence.check", name="赵质量").post("/check-runs")

    for language, words in (("en", "has not ended yet"), ("zh-CN", "尚未结束")):
        answer = caller("evidence.check", language=language).send("POST", "/check-runs", {})
        assert (answer.status_code, answer.json()["code"]) == (409, "evidence.check_running")
        assert words in answer.json()["detail"] and "赵质量" in answer.json()["detail"]
        assert "zhiliu serve" in answer.json()["remedy"]

    assert CheckRun.objects.count() == 1
    jobs.run_check(first["id"])
    assert caller("evidence.check").send("POST", "/check-runs", {}).status_code == 201


def test_four_kinds_of_caller_ask():
    scoped = caller("evidence.check", scope=Scope(site_id=uuid4()))

    assert NOBODY.send("POST", "/check-runs", {}).status_code == 401
    assert caller("evidence.read").send("POST", "/check-runs", {}).status_code == 403
    assert scoped.send("POST", "/check-runs", {}).status_code == 403
    assert not CheckRun.objects.exists()
    who = caller("evidence.check", name="赵质量")
    asked = who.post("/check-runs", reason="before the audit")

    assert (asked["state"], asked["started_at"], asked["violation_count"]) == (
        "waiting",
        None,
        None,
    )
    assert (asked["asked_by"], asked["asked_by_name"]) == (str(who.user_id), "赵质量")
    assert OutboxEvent.objects.get().reason == "before the audit"


def test_four_kinds_of_caller_read(looks):
    looks.append([CLEAN, BROKEN])
    check = ask()
    jobs.run_check(str(check.pk))
    one = f"/check-runs/{check.pk}"
    scoped = caller("evidence.read", scope=Scope(site_id=uuid4()))
    for path in ("/check-runs", one):
        assert NOBODY.send("GET", path).status_code == 401
        assert caller("evidence.check").send("GET", path).status_code == 403
    assert scoped.get("/check-runs")["items"] == []
    refused = scoped.send("GET", one)
    assert (refused.status_code, refused.json()["code"]) == (404, "evidence.check_run_not_found")

    reader = caller("evidence.read")
    (row,) = reader.get("/check-runs")["items"]
    assert (row["state"], row["violation_count"]) == ("finished", 9)
    whole = reader.get(one)
    assert {k: whole[k] for k in row} == row
    assert [(r["code"], r["is_passed"], r["violation_count"]) for r in whole["results"]] == [
        ("I1", True, 0),
        ("I3", False, 9),
    ]
    assert whole["results"][1]["violations"][0] == vars(ROW)
    assert whole["results"][0]["apart"] == [vars(ROW)]


def test_runs_are_found_by_state_asker_and_time(looks):
    looks.append(RuntimeError("no"))
    failed = ask()
    jobs.run_check(str(failed.pk))
    waiting = ask()
    reader = caller("evidence.read")

    def found(query):
        return [(r["id"], r["state"]) for r in reader.get(f"/check-runs?{query}")["items"]]

    both = [(str(failed.pk), "failed"), (str(waiting.pk), "waiting")]
    assert found("") == both
    assert found("sort=-id") == both[::-1]
    assert found("is_running=true") == both[1:]
    assert found("is_running=false") == both[:1]
    assert found(f"asked_by={uuid4()}") == []
    assert found("asked_before=2020-01-01T00:00:00Z") == []
    assert found("asked_from=2020-01-01T00:00:00Z") == both
