"""The catalogue through HTTP."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support import NOBODY, caller

from zhiliu.contexts.catalog.models import ControlProfile, Material
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.kernel.actor import Scope
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent


def bodies(p: Plant) -> dict[str, tuple[str, dict[str, Any]]]:
    """For each collection: the operation that adds to it, and a body for it."""
    return {
        "companies": (
            "catalog.add_company",
            {"code": "N", "name": "新公司", "currency": "CNY", "time_zone": "Asia/Shanghai"},
        ),
        "sites": ("catalog.add_site", {"company_id": str(p.company.id), "code": "N", "name": "n"}),
        "units": ("catalog.add_unit", {"code": "N", "name_en": "n", "decimals": 2}),
        "unit-conversions": (
            "catalog.add_unit_conversion",
            {"from_unit_id": str(p.box.id), "to_unit_id": str(p.piece.id), "numerator": 12},
        ),
        "control-profiles": (
            "catalog.add_control_profile",
            {
                "code": "N",
                "name": "n",
                "lot_control": "lot",
                "inspection": "required",
                "over_tolerance_percent": "2.50",
            },
        ),
        "materials": (
            "catalog.add_material",
            {
                "number": "N",
                "name": "轴承",
                "unit_id": str(p.piece.id),
                "profile_id": str(p.by_lot.id),
            },
        ),
        "material-revisions": (
            "catalog.add_material_revision",
            {"material_id": str(p.bolt.id), "revision": "A"},
        ),
        "bill-lines": (
            "catalog.add_bill_line",
            {
                "assembly_id": str(p.frame.id),
                "component_id": str(p.bolt.id),
                "quantity": "4",
                "unit_id": str(p.piece.id),
                "valid_from": "2026-01-01",
            },
        ),
    }


COLLECTIONS = (
    "companies",
    "sites",
    "units",
    "unit-conversions",
    "control-profiles",
    "materials",
    "material-revisions",
    "bill-lines",
)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_four_kinds_of_caller_add(plant: Plant, collection: str) -> None:
    operation, body = bodies(plant)[collection]
    path = f"/{collection}"
    stranger = caller(operation, scope=Scope(company_id=uuid4()))

    assert NOBODY.send("POST", path, body).status_code == 401
    assert caller("catalog.read").send("POST", path, body).status_code == 403
    assert stranger.send("POST", path, body).status_code == (404 if collection == "sites" else 403)
    answer = caller(operation).send("POST", path, body)

    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["version"] == 1


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_four_kinds_of_caller_read(plant: Plant, collection: str) -> None:
    operation, body = bodies(plant)[collection]
    path = f"/{collection}"
    added = caller(operation).post(path, **body)
    one = f"{path}/{added['id']}"
    stranger = caller("catalog.read", scope=Scope(supplier_id=uuid4()))
    clerk = caller("catalog.read")

    for address in (path, one):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller(operation).send("GET", address).status_code == 403
    assert stranger.get(path)["items"] == []
    assert stranger.send("GET", one).status_code == 404
    assert added["id"] in [item["id"] for item in clerk.get(path)["items"]]
    answer = clerk.send("GET", one)

    assert answer.json() == added
    assert answer.headers["ETag"] == '"1"'
    assert clerk.send("GET", f"{path}/{uuid4()}").json()["code"] == "catalog.not_found"


PATCHES = [
    ("materials", "catalog.change_material", "bolt", {"is_active": False}),
    ("control-profiles", "catalog.change_control_profile", "by_lot", {"inspection": "exempt"}),
]


@pytest.mark.parametrize(("collection", "operation", "which", "change"), PATCHES)
def test_four_kinds_of_caller_change(
    plant: Plant, collection: str, operation: str, which: str, change: dict[str, Any]
) -> None:
    path = f"/{collection}/{getattr(plant, which).id}"
    at_one = {"If-Match": '"1"'}
    stranger = caller(operation, scope=Scope(company_id=plant.company.id))

    assert NOBODY.send("PATCH", path, change, **at_one).status_code == 401
    assert caller("catalog.read").send("PATCH", path, change, **at_one).status_code == 403
    assert stranger.send("PATCH", path, change, **at_one).status_code == 403
    answer = caller(operation).send("PATCH", path, change, **at_one)

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["version"] == 2
    assert change.items() <= answer.json().items()


@pytest.mark.parametrize(
    ("collection", "operation", "change"),
    [
        ("unit-conversions", "catalog.change_unit_conversion", {"numerator": 10}),
        ("bill-lines", "catalog.end_bill_line", {"valid_to": "2026-06-01"}),
    ],
)
def test_four_kinds_of_caller_correct(
    plant: Plant, collection: str, operation: str, change: dict[str, Any]
) -> None:
    add, body = bodies(plant)[collection]
    path = f"/{collection}/{caller(add).post(f'/{collection}', **body)['id']}"
    at_one = {"If-Match": '"1"'}
    stranger = caller(operation, scope=Scope(site_id=plant.site.id))
    clerk = caller(operation)

    assert NOBODY.send("PATCH", path, change, **at_one).status_code == 401
    assert caller(add).send("PATCH", path, change, **at_one).status_code == 403
    assert stranger.send("PATCH", path, change, **at_one).status_code == 403
    assert clerk.send("PATCH", path, change).status_code == 428
    answer = clerk.send("PATCH", path, change, **at_one)

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["version"] == 2
    assert change.items() <= answer.json().items()
    assert clerk.send("PATCH", path, change, **at_one).status_code == 412


@pytest.mark.parametrize(("collection", "operation", "which", "change"), PATCHES)
def test_an_edit_names_the_version_it_saw(
    plant: Plant, collection: str, operation: str, which: str, change: dict[str, Any]
) -> None:
    path = f"/{collection}/{getattr(plant, which).id}"
    clerk = caller(operation)

    assert clerk.send("PATCH", path, change).status_code == 428
    assert clerk.send("PATCH", path, change, **{"If-Match": '"7"'}).status_code == 412
    assert clerk.send("PATCH", path, {"name": None}, **{"If-Match": '"1"'}).status_code == 422
    assert getattr(plant, which).__class__.objects.get(pk=getattr(plant, which).pk).version == 1


def test_an_edit_that_takes_a_value_away_differs_from_one_that_leaves_it(plant: Plant) -> None:
    path = f"/control-profiles/{plant.by_lot.id}"
    clerk = caller("catalog.change_control_profile")
    clerk.send("PATCH", path, {"shelf_life_days": 30}, **{"If-Match": '"1"'})

    clerk.send("PATCH", path, {"name": "n"}, **{"If-Match": '"2"'})
    assert ControlProfile.objects.get(pk=plant.by_lot.id).shelf_life_days == 30
    clerk.send("PATCH", path, {"shelf_life_days": None}, key="k", **{"If-Match": '"3"'})
    assert ControlProfile.objects.get(pk=plant.by_lot.id).shelf_life_days is None
    other = clerk.send("PATCH", path, {}, key="k", **{"If-Match": '"3"'})

    assert other.json()["code"] == "commands.key_reused"


def test_a_material_is_added_once_with_audit_entry_and_event(plant: Plant) -> None:
    clerk = caller("catalog.add_material")
    body = bodies(plant)["materials"][1]

    first = clerk.send("POST", "/materials", body, key="k1")
    again = clerk.send("POST", "/materials", body, key="k1")

    assert first.status_code == 201, first.content
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    material = Material.objects.get(number="N")
    entry = AuditEntry.objects.get(record_id=material.id)
    assert entry.record_version == 1
    assert entry.changes["name"] == [None, "轴承"]
    assert OutboxEvent.objects.get(subject_id=material.id).type == "catalog.material_added.v1"


def test_the_same_key_with_other_content_names_the_field(plant: Plant) -> None:
    clerk = caller("catalog.add_material")
    body = bodies(plant)["materials"][1]
    clerk.send("POST", "/materials", body, key="k1")

    other = clerk.send("POST", "/materials", {**body, "name": "b"}, key="k1")

    assert other.status_code == 409
    assert other.json()["code"] == "commands.key_reused"
    assert other.json()["data"] == {"field": "name"}


def test_a_refusal_writes_nothing_and_speaks_chinese(plant: Plant) -> None:
    clerk = caller("catalog.add_material", language="zh-CN")
    body = {**bodies(plant)["materials"][1], "unit_id": str(uuid4())}

    answer = clerk.post("/materials", 404, **body)

    assert answer["detail"].startswith("找不到单位 ")
    assert not Material.objects.filter(number="N").exists()


@pytest.mark.parametrize(
    ("collection", "wrong"),
    [
        ("companies", {"code": " "}),
        ("companies", {"code": "A\x00B"}),
        ("companies", {"name": "two\nlines"}),
        ("units", {"decimals": 7}),
        ("unit-conversions", {"numerator": 0}),
        ("control-profiles", {"lot_control": "batch"}),
        ("control-profiles", {"short_tolerance_percent": "100.001"}),
        ("materials", {"number": "x" * 41}),
        ("bill-lines", {"quantity": "0"}),
        ("bill-lines", {"quantity": "0.0000001"}),
        ("bill-lines", {"valid_from": "soon"}),
    ],
)
def test_a_payload_that_does_not_fit_names_the_field(
    plant: Plant, collection: str, wrong: dict[str, Any]
) -> None:
    operation, body = bodies(plant)[collection]

    answer = caller(operation).post(f"/{collection}", 422, **{**body, **wrong})

    assert [f["field"] for f in answer["data"]["fields"]] == list(wrong)


def test_time_in_the_future_is_refused(plant: Plant) -> None:
    clerk = caller("catalog.add_material")
    body = bodies(plant)["materials"][1]
    far = datetime(2999, 1, 1, tzinfo=UTC).isoformat()

    answer = clerk.post("/materials", 409, **body, occurred_at=far)

    assert answer["code"] == "commands.time_in_future"


@pytest.mark.parametrize(
    ("collection", "wanted"),
    [
        ("materials", lambda p: {"unit_id": p.piece.id, "is_active": "true", "sort": "-name"}),
        ("control-profiles", lambda p: {"lot_control": "lot", "search": p.by_lot.code}),
        ("sites", lambda p: {"company_id": p.company.id}),
        (
            "bill-lines",
            lambda p: {"assembly_id": p.frame.id, "valid_from_on_or_after": "2025-12-31"},
        ),
        ("unit-conversions", lambda p: {"from_unit_id": p.box.id}),
        ("material-revisions", lambda p: {"material_id": p.bolt.id, "sort": "revision"}),
    ],
)
def test_a_list_is_filtered_and_exported(plant: Plant, collection: str, wanted: Any) -> None:
    operation, body = bodies(plant)[collection]
    caller(operation).post(f"/{collection}", **body)
    clerk = caller("catalog.read")
    parameters = "&".join(f"{k}={v}" for k, v in wanted(plant).items())

    found = clerk.get(f"/{collection}?{parameters}")["items"]
    exported = clerk.send("GET", f"/{collection}?{parameters}&format=csv")

    assert found
    assert len(exported.content.decode("utf-8-sig").splitlines()) == len(found) + 1


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_queries_of_a_list_do_not_grow_with_its_rows(
    plant: Plant, collection: str, django_assert_max_num_queries: Any
) -> None:
    operation, body = bodies(plant)[collection]
    caller(operation).post(f"/{collection}", **body)
    clerk = caller("catalog.read")
    clerk.get(f"/{collection}")

    with django_assert_max_num_queries(1):
        clerk.get(f"/{collection}")


def test_a_material_is_found_by_a_piece_of_its_gtin(plant: Plant) -> None:
    operation, body = bodies(plant)["materials"]
    made = caller(operation).post("/materials", **{**body, "gtin": "9501101020917"})
    reader = caller("catalog.read")

    for path in ("/materials?search=0110102", "/search?q=9501101020917"):
        assert [row["id"] for row in reader.get(path)["items"]] == [made["id"]]
