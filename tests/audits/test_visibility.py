"""Who may see a record is declared once, and its two forms answer the same everywhere."""

from itertools import product
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import Model

from tests.snapshots.test_query_counts import fill
from tests.stories.plant import open_plant
from zhiliu.config.openapi import is_own
from zhiliu.kernel.actor import EVERYWHERE, Actor, Scope
from zhiliu.platform.access.public import (
    Visibility,
    all_kinds,
    all_visible_kinds,
    visibility_of,
)
from zhiliu.platform.attachments.models import Attachment
from zhiliu.platform.evidence.public import AuditedModel

# A file is seen by whoever sees the record that it belongs to.
FOLLOW_A_RECORD = {Attachment.kind}
# Nobody makes one in the plant below: it takes a handler that fails until it is parked.
MAY_BE_NONE = {"outbox.delivery"}


def test_every_kind_of_record_says_who_sees_it() -> None:
    audited = {m.kind for m in apps.get_models() if issubclass(m, AuditedModel) and is_own(m)}

    assert audited - FOLLOW_A_RECORD <= set(all_visible_kinds())
    assert set(all_kinds()) <= set(all_visible_kinds())


@pytest.mark.django_db
def test_in_memory_a_record_is_seen_exactly_where_its_list_shows_it() -> None:
    plant = open_plant()
    for i in range(2):
        fill(plant, i)

    for kind in all_visible_kinds():
        visibility = visibility_of(kind)
        assert visibility is not None
        ids = list(visibility.model._default_manager.values_list("pk", flat=True))
        assert ids or kind in MAY_BE_NONE, kind
        where = visibility.where(ids)
        assert set(where) == set(ids)
        scopes = [*scopes_of(visibility, where), *strangers()]
        pairs = [(scope,) for scope in scopes] + list(product(scopes[:3], scopes[-4:]))
        for granted in [(), *pairs]:
            actor = Actor(uuid4(), "somebody", {visibility.operation: tuple(granted)})
            listed = visibility.model._default_manager.filter(visibility.filter(actor))
            seen = {pk for pk, there in where.items() if visibility.is_seen(actor, there)}
            assert set(listed.values_list("pk", flat=True)) == seen, (kind, granted)


def scopes_of(visibility: Visibility, where: dict[object, Scope]) -> list[Scope]:
    """Everywhere, and each company, site, supplier or customer in which one of the records lies."""
    parts = {
        Scope(**{name: value})
        for scope in list(where.values())[:5]
        for name in ("company_id", "site_id", "supplier_id", "customer_id")
        if (value := getattr(scope, name))
    }
    return [EVERYWHERE, *sorted(parts, key=str)]


def strangers() -> list[Scope]:
    return [
        Scope(**{name: uuid4()}) for name in ("company_id", "site_id", "supplier_id", "customer_id")
    ]


def test_two_declarations_of_a_kind_are_a_bug() -> None:
    from zhiliu.platform.access.public import declare_visibilities

    other = Visibility("stock.lot", Model, "stock.read")

    with pytest.raises(ValueError, match=r"stock\.lot is declared twice"):
        declare_visibilities([other])
