"""`python -m zhiliu.config.worker`: the outbox dispatcher and the job worker in one process.

The dispatcher has a thread of its own; jobs and schedules run beside it. Several such processes may
work on one database. SIGTERM or Ctrl-C stops after the delivery and the jobs that are running.
Idle, it costs two small queries every few seconds.
"""

import asyncio
import logging
import os
import random
import signal
import threading

import django
from django.db import connection, connections

logger = logging.getLogger(__name__)

JOBS_AT_ONCE = 2
CONNECTIONS = 4  # of the job library: one listens, the others fetch and finish
JOB_POLL_SECONDS = 10.0  # NOTIFY wakes it; this is for one that was lost
SIGN_OF_LIFE_SECONDS = 20.0
GRACE_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 15.0


def main() -> None:
    """Work until a signal asks to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    django.setup()
    from zhiliu.platform.outbox import dispatcher

    # The pool then hands out no connection that the server has closed: a restart of the database
    # costs no job one of its attempts.
    connections.settings["default"]["CONN_HEALTH_CHECKS"] = True
    stop = threading.Event()
    deliveries = threading.Thread(target=dispatcher.run, args=(stop,), name="dispatcher")
    deliveries.start()
    try:
        asyncio.run(_keep_jobs_running(stop))
    finally:
        stop.set()
        deliveries.join()
        connections.close_all()
        connection.close_pool()  # type: ignore[attr-defined]


async def _keep_jobs_running(stop: threading.Event) -> None:
    asked = asyncio.Event()

    def on_signal() -> None:
        stop.set()
        asked.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, on_signal)
    waiting = asyncio.create_task(asked.wait())
    failures = 0
    while not asked.is_set():
        started = asyncio.get_running_loop().time()
        jobs = asyncio.create_task(_run_jobs())
        await asyncio.wait({jobs, waiting}, return_when=asyncio.FIRST_COMPLETED)
        jobs.cancel()  # it finishes what is running
        (outcome,) = await asyncio.gather(jobs, return_exceptions=True)
        if asked.is_set():
            return
        # It ended by itself: the connection was lost, or a fault. Its state is in the database.
        logger.warning("the job worker ended (%s) and starts again", type(outcome).__name__)
        steady = asyncio.get_running_loop().time() - started > LONGEST_PAUSE_SECONDS
        failures = 1 if steady else failures + 1
        pause = min(0.25 * 2.0**failures, LONGEST_PAUSE_SECONDS) * random.uniform(0.5, 1)
        await asyncio.wait({waiting}, timeout=pause)


async def _run_jobs() -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    from zhiliu.platform.jobs.jobs import DEAD_AFTER_SECONDS

    parameters = connector_params()
    parameters.pop("pool", None)
    connector = PsycopgConnector(kwargs=parameters, min_size=1, max_size=CONNECTIONS)
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                fetch_job_polling_interval=JOB_POLL_SECONDS,
                abort_job_polling_interval=JOB_POLL_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                update_heartbeat_interval=SIGN_OF_LIFE_SECONDS,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
                install_signal_handlers=False,
            )


if __name__ == "__main__":
    main()
