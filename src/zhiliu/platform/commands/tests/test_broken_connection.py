"""A command survives the loss of its database connection, and is done once."""

from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from tests.support_committing import committing

from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.models import DoneCommand
from zhiliu.platform.commands.operations import perform


@pytest.mark.parametrize("when", ["before", "within"])
def test_a_command_is_tried_again_when_its_connection_breaks(when, django_db_blocker):
    with committing(django_db_blocker) as urls:
        connection.ensure_connection()
        broken: list[int] = []

        def kill() -> None:
            pid = connection.connection.info.backend_pid
            broken.append(pid)
            with psycopg.connect(urls.app, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 2000)", [pid])

        def call(command, at):
            if when == "within" and not broken:
                kill()
            return {"done": True}

        if when == "before":
            kill()

        answer = perform(
            actor=SYSTEM,
            operation="tests.break",
            key=str(uuid4()),
            content={},
            call=call,
            recorded_at=server_time(),
        )

        assert answer.text == '{"done":true}'
        assert DoneCommand.objects.count() == 1
        assert len(broken) == 1
