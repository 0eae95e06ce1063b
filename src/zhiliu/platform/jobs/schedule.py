"""Schedules and slow work run on procrastinate; the hot path never enqueues a job.

    @periodic("15 2 * * *")
    def remind_of_overdue_reviews(at: datetime) -> None: ...

A context's `jobs.py` declares its schedules so. Times are UTC. A schedule runs once for each time
it falls due, however many workers run; after an outage of up to a day the last missed time is
caught up. It must be safe to run twice: a worker may die between the work and its tick.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import procrastinate
from django.db import connection
from procrastinate.contrib.django import app as django_app

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


def on_ready(app: procrastinate.App) -> None:
    """Called by procrastinate when Django is ready: how late a schedule may still be caught up."""
    app.periodic_defaults["max_delay"] = CATCH_UP_SECONDS
