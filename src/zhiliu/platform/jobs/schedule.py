"""Schedules and slow work run on procrastinate; the hot path never enqueues a job.

    @periodic("15 2 * * *")
    def remind_of_overdue_reviews(at: datetime) -> None: ...

A context's `jobs.py` declares its schedules so. Times are UTC. A schedule runs once for each time
it falls due, however many workers run; after an outage of up to a day the last missed time is
caught up. It must be safe to run twice: a worker may die between the work and its tick.

    @on_request
    def run_check(run_id: str) -> None: ...

is slow work that somebody asks for: `run_check.enqueue(run_id)` hands it to the worker in the
transaction that is open, once while it waits for the same argument.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import procrastinate
from django.db import connection, transaction
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

Scheduled = Callable[[datetime], None]

CATCH_UP_SECONDS = 24 * 3600
RETRY = procrastinate.RetryStrategy(max_attempts=3, exponential_wait=5)


def periodic(cron: str) -> Callable[[Scheduled], Scheduled]:
    """Run the function at the times of `cron` (five fields, UTC); it gets the time it was due.

    The name `context.function` is the schedule's identity. A failed run is tried again three times,
    with growing pauses. What it writes it performs as commands of the system.
    """

    def register(function: Scheduled) -> Scheduled:
        context = function.__module__.removesuffix(".jobs").rsplit(".", 1)[-1]
        name = f"{context}.{function.__name__}"

        def run(timestamp: int) -> None:
            try:
                function(datetime.fromtimestamp(timestamp, UTC))
            finally:
                connection.close()  # this thread's own: back to the pool

        task = django_app.task(name=name, queueing_lock=name, retry=RETRY)(run)
        django_app.periodic(cron=cron)(task)
        return function

    return register


@dataclass(frozen=True)
class Requested:
    """Slow work of the worker: call it to do it here, `enqueue` to have it done."""

    name: str
    work: Callable[[str], None]

    def __call__(self, argument: str) -> None:
        self.work(argument)

    def enqueue(self, argument: str) -> None:
        """Have it done by the worker once the transaction that is open has committed.

        By Django's connection, also inside the worker, whose own one is not in that transaction.
        """
        job = configure_task(
            name=self.name,
            job_manager=JobManager(DjangoConnector()),
            queueing_lock=f"{self.name} {argument}",
        )
        with suppress(AlreadyEnqueued), transaction.atomic():
            job.defer(argument=argument)


def on_request(function: Callable[[str], None]) -> Requested:
    """Let the function be done by the worker when somebody asks for it; it gets one text.

    Tried again as a schedule is, so it must be safe to run twice.
    """
    context = function.__module__.removesuffix(".jobs").rsplit(".", 1)[-1]
    requested = Requested(f"{context}.{function.__name__}", function)

    def run(argument: str) -> None:
        try:
            function(argument)
        finally:
            connection.close()  # this thread's own: back to the pool

    django_app.task(name=requested.name, retry=RETRY)(run)
    return requested


def on_ready(app: procrastinate.App) -> None:
    """Called by procrastinate when Django is ready: how late a schedule may still be caught up."""
    app.periodic_defaults["max_delay"] = CATCH_UP_SECONDS
