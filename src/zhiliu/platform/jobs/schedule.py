"""Schedules and slow work run on procrastinate; the hot path never enqueues a job."""

import procrastinate


def on_ready(app: procrastinate.App) -> None:
    """Called by procrastinate when Django is ready; contexts' `jobs.py` modules register here."""
