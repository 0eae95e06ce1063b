"""The worker process as it is really started: dispatcher, jobs and schedules, and its end."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from tests.support import caller
from tests.support_committing import committing
from tests.support_events import light
from zhiliu.platform.outbox.models import OutboxEvent


def wait_until(condition, seconds=30.0):
    """Wait until `condition()` is true; fail the test when it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


@contextmanager
def worker():
    """A worker process on the committing database; killed at the end when it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zhiliu.config.worker"],
        env={**os.environ, "ZHILIU_POOL": "4"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def stopped(process):
    """Ask it to stop; returns (exit code, what it wrote to standard error)."""
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    return process.returncode, errors


def value(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def clean_sessions(name):
    """Enqueue a run of the session job beside the scheduled one, which may wait at this moment."""
    job = app.tasks["jobs.delete_expired_sessions"].configure(queueing_lock=name)
    return job.defer(timestamp=0)


def status_of(job):
    return value(f"select status from procrastinate_jobs where id = {job}")  # noqa: S608


def is_working():
    return value("select count(*) from procrastinate_workers") == 1


def all_dispatched():
    return not OutboxEvent.objects.filter(dispatched_at=None).exists()


def sessions():
    return value("select count(*) from django_session")


def test_the_worker_dispatches_runs_jobs_and_stops_without_a_word(django_db_blocker):
    with committing(django_db_blocker), worker() as process:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into django_session values ('old', '', now() - interval '1 day'),"
                " ('new', '', now() + interval '1 day')"
            )
        light()
        clean_sessions("now")
        wait_until(all_dispatched)
        wait_until(lambda: sessions() == 1)
        assert value("select session_key from django_session") == "new"
        wait_until(is_working)

        code, errors = stopped(process)

        assert (code, errors) == (0, "")
        assert value("select count(*) from procrastinate_workers") == 0


def test_the_worker_checks_the_invariants_when_somebody_asks(django_db_blocker):
    with committing(django_db_blocker), worker() as process:
        who = caller("evidence.check", "evidence.read", name="赵质量")
        asked = who.post("/check-runs")

        wait_until(lambda: who.get(f"/check-runs/{asked['id']}")["state"] == "finished", 60)

        found = who.get(f"/check-runs/{asked['id']}")
        assert len(found["results"]) > 15
        assert all(result["is_passed"] for result in found["results"])
        assert stopped(process) == (0, "")


def test_the_worker_survives_the_loss_of_all_its_connections(django_db_blocker):
    with committing(django_db_blocker) as urls, worker() as process:
        wait_until(is_working)
        connection.close()
        with psycopg.connect(urls.app, autocommit=True) as other:
            for _ in range(2):
                other.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <>"
                    " pg_backend_pid() and datname = current_database()"
                    " and usename = current_user"
                )
                time.sleep(0.3)

        light()
        job = clean_sessions("now")
        wait_until(all_dispatched)
        wait_until(lambda: status_of(job) == "succeeded", 60)
        code, _ = stopped(process)

        assert code == 0


def test_finished_jobs_go_after_a_week_and_what_a_dead_worker_left_is_started_again(
    django_db_blocker,
):
    with committing(django_db_blocker):
        old, fresh, waiting, stalled = (clean_sessions(f"job {n}") for n in range(4))
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into procrastinate_workers(last_heartbeat)"
                " values (now() - interval '1 hour') returning id"
            )
            (dead,) = cursor.fetchone()
            cursor.execute(
                "update procrastinate_jobs set status = 'doing', worker_id = %s where id = any(%s)",
                [dead, [old, fresh, stalled]],
            )
            cursor.execute("update procrastinate_jobs set status = 'failed' where id = %s", [old])
            cursor.execute(
                "update procrastinate_jobs set status = 'succeeded' where id = %s", [fresh]
            )
            cursor.execute(
                "update procrastinate_events set at = at - interval '8 days'"
                " where job_id = any(%s)",
                [[old, waiting]],
            )
        app.tasks["jobs.delete_finished_jobs"].defer(timestamp=0)
        app.tasks["jobs.retry_stalled_jobs"].defer(timestamp=0)

        def state():
            with connection.cursor() as cursor:
                cursor.execute("select id, status from procrastinate_jobs")
                return dict(cursor.fetchall())

        with worker() as process:
            wait_until(lambda: state().get(stalled) == "succeeded")
            wait_until(lambda: old not in state())
            assert state()[fresh] == "succeeded"
            assert state()[waiting] == "succeeded"
            assert stopped(process)[0] == 0


@pytest.mark.parametrize(
    "name",
    [
        "jobs.delete_expired_sessions",
        "jobs.delete_finished_jobs",
        "commands.check_every_night",
    ],
)
def test_the_nightly_jobs_are_scheduled_once_a_night(name):
    (schedule,) = [
        p for (task, _), p in app.periodic_registry.periodic_tasks.items() if task == name
    ]

    minute, hour, *days = schedule.cron.split()

    assert minute.isdigit()
    assert hour.isdigit()
    assert days == ["*", "*", "*"]
