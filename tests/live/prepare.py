"""`python -m tests.live.prepare`: on the data folder's running database, a lot and who may see it.

Prints one JSON object: who acts, who listens, and the ids that the tests need.
"""

import json
import os
from typing import Any
from uuid import uuid4

import django

from zhiliu.config.launch.database import running_database

PEOPLE = ("revoked", "deactivated", "ended", "signed out")


def main() -> None:
    """Build and print."""
    with running_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhiliu.config.settings"
        django.setup()
        print(json.dumps(_made()), flush=True)


def _made() -> dict[str, Any]:
    from django.conf import settings

    from tests.plant import build_plant
    from tests.support import caller, person
    from zhiliu.kernel.actor import Scope
    from zhiliu.platform.access.models import ApiToken, RoleGrant
    from zhiliu.platform.access.queries import token_digest

    plant = build_plant()
    here, supplier = Scope(site_id=plant.site), Scope(supplier_id=plant.supplier)
    listeners = {
        "site": caller("stock.read", scope=here),
        "supplier": caller("stock.read", scope=supplier),
        "other site": caller("stock.read", scope=Scope(site_id=uuid4())),
        "other right": caller("catalog.read"),
        "ended token": caller("stock.read"),
    }
    tokens = {name: who.token for name, who in listeners.items()}
    digest = token_digest(tokens["ended token"] or "")
    people = {}
    for name in PEOPLE:
        who = person("stock.read")
        assert who.session is not None
        grant = RoleGrant.objects.get(user_id=who.user_id)
        people[name] = {
            "user": str(who.user_id),
            "grant": str(grant.pk),
            "cookie": who.session.cookies[settings.SESSION_COOKIE_NAME].value,
        }
    return {
        "admin": caller().token,
        "lot": str(plant.lot(100).pk),
        "tokens": tokens,
        "token_id": str(ApiToken.objects.get(digest=digest).pk),
        "many": [caller("stock.read").token for _ in range(40)],
        "people": people,
    }


if __name__ == "__main__":
    main()
