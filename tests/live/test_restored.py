"""Events that were restored from another server, whose transactions count from elsewhere."""

import psycopg
import pytest
from django.db import connection

from tests.support_committing import committing
from tests.support_events import light
from zhiliu.config.launch.pytest_database import migrate
from zhiliu.platform.outbox.public import get_position, list_committed

FOREIGN = """
insert into outbox_outboxevent (id, type, subject_kind, subject_id, subject_number, data, actor_id,
  actor_name, reason, rule_version, occurred_at, command_id, correlation_id, transaction_id)
values (gen_random_uuid(), 't', 'k', gen_random_uuid(), '', '{}', gen_random_uuid(), '', '', '',
  now(), gen_random_uuid(), gen_random_uuid(), '900000000')
"""


def test_they_are_older_than_everything_that_happens_here(django_db_blocker) -> None:
    with committing(django_db_blocker) as urls:
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            owner.execute(FOREIGN)
        before = get_position()
        connection.close()  # it would keep the table from being rewritten

        migrate(urls)

        assert list_committed(before, limit=10).events is None  # another history
        after = get_position()
        lamp = light().subject_id
        assert [e.subject_id for e in list_committed(after, limit=9).events or ()] == [lamp]
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            (held,) = owner.execute(
                "select array_agg(transaction_id::text order by transaction_id)"
                " from outbox_outboxevent"
            )
            assert held[0][0] == "3" and "900000000" not in held[0]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute("update outbox_outboxevent set type = 'x'")
