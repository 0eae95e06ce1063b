"""Tables: foreign keys point down without a way back, and the dictionary names every column."""

import re

import pytest
from django.db import models

from tests.audits.building import BUILT, FLOORS, ROOT
from zhiliu.config.documents import dictionary_page, own_models
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel

MODELS = own_models()
# What docs/dictionary/README.md says once for all tables.
EVERYWHERE = {"id", "version", "recorded_at"}


def test_every_app_is_walked() -> None:
    assert {m._meta.app_label for m in MODELS} <= set(BUILT)
    assert len(MODELS) > 10


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_down_and_leave_no_way_back(model: type[models.Model]) -> None:
    floor = FLOORS.index(model._meta.app_label)
    relations = [f for f in model._meta.get_fields() if f.is_relation and f.concrete]
    upward, with_way_back = [], []
    for field in relations:
        target = field.related_model
        assert isinstance(target, type)
        label = target._meta.app_label
        if FLOORS.index(label) > floor:
            upward.append(f"{field.name} -> {label}")
        if field.remote_field.related_name != "+":  # type: ignore[union-attr]
            with_way_back.append(field.name)

    assert (upward, with_way_back) == ([], [])


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_no_foreign_key_deletes_anything(model: type[models.Model]) -> None:
    found = [
        f.name
        for f in model._meta.concrete_fields
        if isinstance(f, models.ForeignKey) and f.remote_field.on_delete is not models.PROTECT
    ]

    assert found == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_a_model_says_what_a_row_is(model: type[models.Model]) -> None:
    assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_the_dictionary_names_every_column_and_no_other(model: type[models.Model]) -> None:
    page = ROOT / dictionary_page(model)

    assert page.exists(), f"{dictionary_page(model)} is missing"
    cells = re.findall(r"^\| *`?([a-z0-9_]+)`? *\|", page.read_text(encoding="utf-8"), re.M)
    named = set(cells) - {"field"}
    wanted = {f.name: {f.name, f.attname} for f in model._meta.concrete_fields}
    missing = [n for n, both in wanted.items() if n not in EVERYWHERE and not both & named]
    unknown = sorted(named - {n for both in wanted.values() for n in both})
    assert (missing, unknown) == ([], [])


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_quantities_are_exact(model: type[models.Model]) -> None:
    found = [f.name for f in model._meta.concrete_fields if isinstance(f, models.FloatField)]

    assert found == []


def test_kinds_of_audited_rows_are_named_after_their_table() -> None:
    """The audit entries point at a record by its kind; two tables of one kind would mix."""
    kinds = [m.kind for m in MODELS if issubclass(m, AuditedModel)]

    assert len(kinds) == len(set(kinds))
    assert [
        m.kind
        for m in MODELS
        if issubclass(m, AuditedModel) and m.kind.split(".")[0] != m._meta.app_label
    ] == []


def test_a_row_of_a_context_is_audited_or_its_own_record() -> None:
    """Or running totals that the journal beside them explains and `zhiliu check` recounts."""
    totals = {
        m._meta.label
        for m in MODELS
        if m._meta.app_label in FLOORS
        and m.__module__.startswith("zhiliu.contexts.")
        and not issubclass(m, AuditedModel | AppendOnlyModel)
    }

    assert totals <= {
        "inspections.InspectionLot",
        "inspections.InspectionSample",
        "nonconformance.ReportLot",
        "purchasing.OrderLine",
        "stock.Balance",
        "stock.LotBound",
        "stock.Serial",
    }
