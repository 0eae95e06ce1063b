"""`python -m tests.faults.look`: what the data folder's database says after all the killing.

Prints one JSON object: the keys that were performed with the answers kept, what the recount and
`zhiliu check` found, and how far the deferred reactions are.
"""

import json
import os
from typing import Any

import django

from zhiliu.config.launch.database import running_database

WAITING = """
select (select count(*) from outbox_outboxevent where dispatched_at is null)
  + (select count(*) from outbox_delivery where state <> 'done')
"""
LABELS = """
select (select count(*) from outbox_outboxevent where type = 'stock.goods_moved.v1'),
  (select count(*) from stock_labelprint), (select count(distinct reason) from stock_labelprint)
"""
KEYS = """
select key, count(*), min(answer) from commands_donecommand where key like 'load-%' group by 1
"""


def main() -> None:
    """Look and print."""
    with running_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhiliu.config.settings"
        django.setup()
        from django.db import connection

        from tests.properties.recount import recount
        from zhiliu.config.checks.running import look_at_all, snapshot

        with snapshot(), connection.cursor() as cursor:
            found: dict[str, Any] = {"recount": recount(cursor)}
            found["check"] = [
                f"{o.invariant.id}: {r.en}" for o in look_at_all() for r in o.rows
            ]  # fmt: skip
            cursor.execute(WAITING)
            (found["waiting"],) = cursor.fetchone()
            cursor.execute(LABELS)
            found["labels"] = cursor.fetchone()
            cursor.execute(KEYS)
            found["keys"] = {key: (count, answer) for key, count, answer in cursor.fetchall()}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
