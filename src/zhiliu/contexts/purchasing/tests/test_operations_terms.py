"""Suppliers' terms against the real database: rows, audit entries, events."""

from decimal import Decimal

import pytest
from tests.buying import build_plant, terms

from zhiliu.contexts.catalog.errors import (
    BadCurrency,
    SharedByAll,
)
from zhiliu.contexts.catalog.errors import NotFound as CatalogNotFound
from zhiliu.contexts.purchasing.errors import (
    BadOrderRange,
    BadPrice,
)
from zhiliu.contexts.purchasing.models import SupplierTerms
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def plant():
    return build_plant()


@pytest.fixture
def material(plant):
    return plant.material(per_carton=12)


def test_terms_are_set_once_and_then_changed(plant, material):
    first = terms(plant, material, supplier_item="X-1")
    terms(plant, material, supplier_item="X-1")  # says nothing new
    second = terms(plant, material, price=D("2.5"), supplier_item="X-1")

    assert first.pk == second.pk
    row = SupplierTerms.objects.get()
    assert (row.price, row.unit_id, row.version) == (D("2.5"), plant.piece.pk, 2)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {"price": ["3", "2.5"]}
    told = OutboxEvent.objects.filter(type="purchasing.supplier_terms_set.v1").order_by("id")
    assert [e.subject_version for e in told] == [1, 2]
    assert told[0].subject_number == f"{plant.supplier.number}/{material.number}"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"price": D(-1)}, BadPrice),
        ({"currency": "YUAN"}, BadCurrency),
        ({"min_order_quantity": D(5), "max_order_quantity": D(4)}, BadOrderRange),
        ({"min_order_quantity": D(0)}, BadOrderRange),
        ({"unit_id": new_id()}, CatalogNotFound),
    ],
)
def test_refused_terms_change_nothing(plant, material, values, refusal):
    with pytest.raises(refusal):
        terms(plant, material, **values)

    assert not SupplierTerms.objects.exists()
    assert not OutboxEvent.objects.filter(type="purchasing.supplier_terms_set.v1").exists()


def test_terms_belong_to_no_company_so_a_limited_grant_sets_none(plant, material):
    rights = {"purchasing.set_supplier_terms": (Scope(company_id=plant.company.pk),)}

    with pytest.raises(SharedByAll):
        terms(plant, material, actor=Actor(SYSTEM.id, "x", rights))

    assert not SupplierTerms.objects.exists()
