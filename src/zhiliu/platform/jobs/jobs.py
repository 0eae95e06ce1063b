"""Housekeeping of the platform: what only lived for a while goes, what a dead worker left goes on.

The two that mind the job library itself use its own functions, on the worker's connection.
"""

from datetime import datetime
from importlib import import_module

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app as django_app

from zhiliu.platform.jobs.schedule import periodic

KEEP_JOBS_HOURS = 7 * 24  # finished jobs are kept a week for support
DEAD_AFTER_SECONDS = 90.0  # a worker that gave no sign for so long is taken for dead


@periodic("50 2 * * *")
def delete_expired_sessions(at: datetime) -> None:
    """Delete the sessions of people whose sign-in has ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@django_app.periodic(cron="40 2 * * *")
@django_app.task(name="jobs.delete_finished_jobs", pass_context=True)
async def delete_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Delete jobs that ended a week ago, however: the job library itself keeps them for ever."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@django_app.periodic(cron="*/10 * * * *")
@django_app.task(name="jobs.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Start again what a worker was doing when it was killed."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        await manager.retry_job(job)
