"""A drawing becomes a plan, two people look at both, and goods keep the plan they came under."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.stories.plant import Plant
from tests.support import Caller, caller

WRITING = (
    "catalog.add_specification",
    "catalog.approve_specification",
    "inspections.add_plan",
    "inspections.add_plan_version",
    "inspections.change_plan_version",
    "inspections.approve_plan_version",
    "inspections.read",
    "attachments.attach",
    "attachments.read",
    "attachments.withdraw",
    "catalog.read",
)
DRAWING = b"bore 20 +0.05, measured at 20 C\n"


BORE = {
    "code": "D1",
    "name_en": "bore",
    "name_zh": "内径",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "lower": "20",
    "upper": "20.05",
    "resolution": "0.01",
}
FULL = {"severity_class": "major", "scheme": "full"}


def approved(who: Caller, path: str, version: int = 1) -> Any:
    answer = who.send("POST", f"{path}/approve", {}, **{"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def attach_drawing(
    who: Caller, record: Any, kind: str = "inspections.plan_version", status: int = 201
) -> Any:
    attached = who.upload(
        "/attachments",
        SimpleUploadedFile("drawing.txt", DRAWING),
        {
            "subject_kind": kind,
            "subject_id": record["id"],
            "purpose": "drawing",
            "title": "Drawing 5001",
        },
    )
    assert attached.status_code == status, attached.content.decode()
    return attached.json()


def limits(inspection: Any) -> dict[str, Any]:
    return {c["code"]: (c["lower"], c["upper"]) for c in inspection["sampled"]["characteristics"]}


def test_goods_keep_the_plan_they_came_under(plant: Plant) -> None:
    author, chief = caller(*WRITING), caller(*WRITING)
    material = plant.material("bushing")
    drawing = author.post("/specifications", material_id=material, characteristics=[BORE])
    refused = author.send(
        "POST", f"/specifications/{drawing['id']}/approve", {}, **{"If-Match": '"1"'}
    )
    assert refused.json()["code"] == "catalog.own_draft"
    approved(chief, f"/specifications/{drawing['id']}")

    sampled = {"severity_class": "major", "scheme": "iso", "level": "II", "aql": "1.0"}
    plan = author.post(
        "/inspection-plans",
        material_id=material,
        specification_id=drawing["id"],
        note="clean before measuring",
        classes=[sampled],
    )
    attach_drawing(author, plan)
    approved(chief, f"/plan-versions/{plan['id']}")

    came = plant.received("bushing", 500)
    inspection = plant.inspection(came["lot_id"])

    assert limits(inspection) == {"D1": ("20", "20.05")}
    by = inspection["sampled"]
    assert (by["plan_version_id"], by["version_no"], by["specification"], by["note"]) == (
        plan["id"],
        1,
        f"{drawing['number']} #1",
        "clean before measuring",
    )
    (file,) = by["attachments"]
    assert (file["title"], file["purpose"]) == ("Drawing 5001", "drawing")
    assert chief.send("GET", f"/attachments/{file['id']}/content").content == DRAWING
    (sample,) = by["samples"]
    assert (sample["to_inspect"], sample["accept"], sample["reject"]) == (50, 1, 2)

    tighter = author.post(
        "/specifications",
        material_id=material,
        characteristics=[{**BORE, "upper": "20.03"}],
    )
    approved(chief, f"/specifications/{tighter['id']}")
    second = author.post(
        f"/inspection-plans/{plan['plan_id']}/versions", specification_id=tighter["id"]
    )
    approved(chief, f"/plan-versions/{second['id']}")
    later = plant.inspection(plant.received("bushing", 500)["lot_id"])

    assert limits(later) == {"D1": ("20", "20.03")}
    assert later["sampled"]["attachments"] == []
    assert limits(plant.inspection(came["lot_id"])) == {"D1": ("20", "20.05")}


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("inspections.plan_version", "/plan-versions", "inspections.plan_files_fixed"),
        ("catalog.specification", "/specifications", "catalog.files_fixed"),
    ],
)
def test_a_drawing_is_fixed_with_what_it_was_approved_with(
    plant: Plant, kind: str, address: str, code: str
) -> None:
    author, chief = caller(*WRITING), caller(*WRITING)
    record = drafted(author, plant, kind)
    wrong = attach_drawing(author, record, kind)
    author.post(f"/attachments/{wrong['id']}/withdraw", status=200, reason="of another part")
    right = attach_drawing(author, record, kind)
    approved(chief, f"{address}/{record['id']}")
    before = plant.everything()

    added = attach_drawing(author, record, kind, status=409)
    taken = author.post(f"/attachments/{right['id']}/withdraw", status=409, reason="faded")

    assert added["code"] == taken["code"] == code
    assert "is valid" in added["detail"] and "Add a new" in added["remedy"]
    assert plant.everything() == before
    of_record = f"/attachments?record_kind={kind}&record_id={record['id']}"
    files = author.get(of_record)["items"]
    assert [(f["id"], f["withdrawn_at"] is None) for f in files] == [
        (wrong["id"], False),
        (right["id"], True),
    ]
    # the way out that the refusal names
    attach_drawing(author, next_draft(author, record, kind), kind)


def drafted(author: Caller, plant: Plant, kind: str) -> Any:
    material = plant.material("bushing")
    if kind == "catalog.specification":
        return author.post("/specifications", material_id=material, characteristics=[BORE])
    return author.post(
        "/inspection-plans", material_id=material, classes=[FULL], characteristics=[BORE]
    )


def next_draft(author: Caller, record: Any, kind: str) -> Any:
    if kind == "catalog.specification":
        return author.post("/specifications", material_id=record["material_id"])
    return author.post(f"/inspection-plans/{record['plan_id']}/versions")
