"""Commands that run with Django in this process: their bodies are in `zhiliu.config.commands`."""

import os
from importlib import import_module

from zhiliu.config.launch.database import running_database


def with_database(name: str, *arguments: object, **options: object) -> int:
    """Run the command of that name while the database runs; return its exit code."""
    with running_database():
        try:
            return _command(name, *arguments, **options)
        finally:
            _close_connections()


def without_database(name: str, *arguments: object, **options: object) -> int:
    """Run a command that opens no database of the user's."""
    os.environ.setdefault("ZHILIU_SECRET_KEY", "signs nothing: only files are written")
    return _command(name, *arguments, **options)


def _command(name: str, *arguments: object, **options: object) -> int:
    import django

    django.setup()
    body = getattr(import_module("zhiliu.config.commands"), name)
    return int(body(*arguments, **options) or 0)


def _close_connections() -> None:
    """Give pooled connections back before their server stops."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None) is not None:
            connection.close_pool()  # type: ignore[attr-defined]
