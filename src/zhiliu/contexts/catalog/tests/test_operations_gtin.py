"""A material's GTIN: kept in 14 digits, checked, and of one material only."""

import pytest
from tests.support import run

from zhiliu.contexts.catalog.errors import AlreadyExists, BadGtin
from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.catalog.public import add_material, change_material
from zhiliu.contexts.catalog.tests.acts import a_material
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.platform.evidence.models import AuditEntry


def added(plant: Plant, number: str, gtin: str) -> Material:
    content = {**a_material(plant), "number": number, "gtin": gtin}
    material: Material = run(lambda command, at: add_material(**content, command=command, at=at))
    return material


def changed(material: Material, gtin: str) -> Material:
    done: Material = run(
        lambda command, at: change_material(
            material_id=material.pk,
            expected_version=material.version,
            changes={"gtin": gtin},
            command=command,
            at=at,
        )
    )
    return done


def test_a_shorter_gtin_is_kept_in_14_digits(plant: Plant) -> None:
    material = added(plant, "M-1", "9501101020917")

    assert Material.objects.get(pk=material.pk).gtin == "09501101020917"
    assert AuditEntry.objects.get(record_id=material.pk).changes["gtin"] == [None, "09501101020917"]


def test_a_wrong_check_digit_is_refused(plant: Plant) -> None:
    material = added(plant, "M-1", "")

    with pytest.raises(BadGtin):
        added(plant, "M-2", "9501101020918")
    with pytest.raises(BadGtin):
        changed(material, "9501101020918")
    assert list(Material.objects.filter(number__in=["M-1", "M-2"]).values_list("gtin")) == [("",)]


def test_two_materials_have_no_gtin_but_never_the_same_one(plant: Plant) -> None:
    first, second = added(plant, "M-1", ""), added(plant, "M-2", "")
    first = changed(first, "02345673")

    with pytest.raises(AlreadyExists) as refused:
        changed(second, "00000002345673")

    assert refused.value.given == "00000002345673"
    assert changed(first, "02345673").version == first.version  # its own stays its own
    assert changed(first, "").gtin == ""
