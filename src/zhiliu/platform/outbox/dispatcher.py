"""The dispatcher's loop: woken by NOTIFY, catching up by itself, surviving a lost database."""

import logging
import random
import threading
from typing import Any

import django.db
import psycopg
from django.db import connection

from zhiliu.kernel.clock import server_time
from zhiliu.platform.database import connection_parameters
from zhiliu.platform.outbox.deliveries import (
    EVENTS_A_CLAIM,
    deliver_in_turn,
    dispatch_events,
)

logger = logging.getLogger(__name__)

CHANNEL = "events"
GATHER_SECONDS = 0.02  # one look then serves many commits
POLL_SECONDS = 3.0  # for retries that fall due and for a NOTIFY lost with its connection
LOOK_SECONDS = 0.5  # how soon a stop is noticed while idle; costs no query
LONGEST_PAUSE_SECONDS = 15.0


def run(stop: threading.Event) -> None:
    """Dispatch and deliver until `stop` is set; returns after the delivery that is running.

    A lost connection, or any fault here, is waited out with growing pauses: nothing is lost by
    that, since all state is in the database.
    """
    failures = 0
    while not stop.is_set():
        try:
            with _listener() as listener:
                failures = 0
                while not stop.is_set():
                    _work(stop)
                    _wait(listener, stop)
        except Exception as error:
            failures += 1
            if isinstance(error, psycopg.OperationalError | django.db.OperationalError):
                logger.warning("the database is not reachable: %s", type(error).__name__)
            else:
                logger.exception("the dispatcher failed and goes on")
            longest = min(0.25 * 2.0**failures, LONGEST_PAUSE_SECONDS)
            stop.wait(longest * random.uniform(0.5, 1))
        finally:
            connection.close()


def _listener() -> "psycopg.Connection[Any]":
    """A connection of its own that only listens: `notifies` must not be queried inside."""
    listener: psycopg.Connection[Any] = psycopg.connect(**connection_parameters(), autocommit=True)
    listener.execute(f"listen {CHANNEL}")
    return listener


def _work(stop: threading.Event) -> None:
    """Dispatch and deliver until nothing is left that is due.

    A look that found few events and nothing due is the last one: what commits later sends a NOTIFY.
    """
    while not stop.is_set():
        claimed = dispatch_events(server_time())
        delivered = 0
        for _ in deliver_in_turn(server_time):
            if stop.is_set():
                return
            delivered += 1
        if claimed < EVENTS_A_CLAIM and not delivered:
            return


def _wait(listener: "psycopg.Connection[Any]", stop: threading.Event) -> None:
    """Return after a notification and a moment to gather more, or after the poll interval."""
    for _ in range(round(POLL_SECONDS / LOOK_SECONDS)):
        if stop.is_set():
            return
        if list(listener.notifies(timeout=LOOK_SECONDS, stop_after=1)):
            list(listener.notifies(timeout=GATHER_SECONDS))
            return
