"""A scratch on the sealing face is not one on the flange: where it lies is named and shown."""

import io
from typing import Any

import pypdf
import pytest

from tests.stories.plant import Plant

MAJOR = {"severity_class": "major", "scheme": "fixed", "fixed_n": 5}
LOOK = {"code": "LOOK", "characteristic_kind": "attribute", "severity_class": "major"}
BORE = {
    "code": "BORE",
    "characteristic_kind": "numeric",
    "severity_class": "major",
    "lower": "9",
    "upper": "11",
}


@pytest.fixture
def lot(plant: Plant) -> str:
    """Fifty housings, of which five were drawn; the codes are in their catalogues."""
    plant.plan("housing", [LOOK, BORE], [MAJOR])
    for catalogue, code, en, zh in (
        ("defect", "SCR", "scratch", "划伤"),
        ("position", "FACE", "sealing face", "密封面"),
        ("position", "FLANGE", "flange", "法兰"),
    ):
        plant.admin.post("/quality-codes", catalogue=catalogue, code=code, name_en=en, name_zh=zh)
    made: str = plant.received("housing", 50)["lot_id"]
    return made


def text_of(plant: Plant, printed: Any) -> str:
    pdf = plant.admin.send("GET", f"/attachments/{printed['id']}/content").content
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    return text.replace("\u200b", "")


def reading(unit: int, text: str, **more: Any) -> dict[str, Any]:
    return {"characteristic": "LOOK", "unit_no": unit, "text": text, **more}


def test_read_unit_by_unit(plant: Plant, lot: str) -> None:
    inspection = plant.inspection(lot)
    path = f"/inspections/{inspection['id']}"
    inspector = plant.person("inspector")
    scratch = {"defect": "SCR", "position": "FACE"}

    refused = inspector.post(
        f"{path}/readings",
        status=409,
        readings=[
            reading(1, "ok", position="FACE"),
            reading(2, "ng", defect="SCR", position="BACK"),
            reading(3, "ng", defect="SCR", position="SCR"),
        ],
    )
    inspector.post(
        f"{path}/readings",
        readings=[
            reading(1, "ng", **scratch),
            reading(2, "ng", **scratch),
            reading(3, "ng", defect="SCR"),
            {"characteristic": "BORE", "unit_no": 4, "text": "11.5", "position": "FLANGE"},
        ],
    )
    inspector.post(
        f"{path}/readings",
        readings=[reading(2, "ng", defect="SCR", position="FLANGE")],
        reason="it is beside the face",
    )

    assert [(c["unit_no"], c["problem"]) for c in refused["data"]["cells"]] == [
        (1, "position_unwanted"),
        (2, "position_unknown"),
        (3, "position_unknown"),
    ]
    shown = plant.person("auditor").get(f"{path}/readings?is_current=true&sort=unit_no")["items"]
    assert [(r["unit_no"], r["defect"], r["position"]) for r in shown] == [
        (1, "SCR", "FACE"),
        (2, "SCR", "FLANGE"),
        (3, "SCR", None),
        (4, None, "FLANGE"),
    ]
    plant.decide(inspection, "not-accept")
    report = plant.report(lot)
    assert [
        (d["code"], d["position"], d["position_en"], d["count"]) for d in report["defects"]
    ] == [
        ("BORE", "FLANGE", "flange", "1"),
        ("SCR", "", "", "1"),
        ("SCR", "FACE", "sealing face", "1"),
        ("SCR", "FLANGE", "flange", "1"),
    ]
    printed = plant.admin.post(f"{path}/report", language="zh")
    assert "SCR划伤FACE密封面1" in text_of(plant, printed)
    assert "1:ng×SCR@FACE" in text_of(plant, printed)
    printed = plant.admin.post(f"/nonconformance-reports/{report['id']}/print", language="en")
    assert "SCRscratchFACEsealingface1" in text_of(plant, printed)


def test_counted_on_the_sample(plant: Plant, lot: str) -> None:
    inspection = plant.inspection(lot)
    path = f"/inspections/{inspection['id']}"
    inspector = plant.person("inspector")
    counted = {"characteristic": "LOOK", "inspected": "5", "nonconforming": "3"}

    refused = inspector.post(
        f"{path}/result",
        status=409,
        **counted,
        defects=[{"code": "SCR", "count": "3", "position": "BACK"}],
    )
    twice = inspector.post(
        f"{path}/result",
        status=409,
        **counted,
        defects=[{"code": "SCR", "count": n, "position": "FACE"} for n in ("1", "2")],
    )
    inspector.post(
        f"{path}/result",
        **counted,
        defects=[
            {"code": "SCR", "count": "1"},
            {"code": "SCR", "count": "2", "position": "FACE"},
        ],
    )

    assert (refused["code"], refused["data"]["position"]) == (
        "inspections.position_unknown",
        "BACK",
    )
    assert twice["code"] == "inspections.defect_count_wrong"
    (result,) = plant.inspection(lot)["results"]
    assert result["defects"] == [
        {"code": "SCR", "count": "2", "position": "FACE"},
        {"code": "SCR", "count": "1", "position": ""},
    ]
    plant.decide(inspection, "not-accept")
    assert [(d["position"], d["count"]) for d in plant.report(lot)["defects"]] == [
        ("FACE", "2"),
        ("", "1"),
    ]
    printed = plant.admin.post(f"{path}/report", language="en")
    assert "SCRscratchFACEsealingface2" in text_of(plant, printed)


def test_a_position_out_of_use_is_refused(plant: Plant, lot: str) -> None:
    (face,) = plant.admin.get("/quality-codes?catalogue=position&search=FACE")["items"]
    plant.admin.send(
        "PATCH",
        f"/quality-codes/{face['id']}",
        {"is_active": False},
        **{"If-Match": f'"{face["version"]}"'},
    )
    inspection = plant.inspection(lot)

    refused = plant.person("inspector").post(
        f"/inspections/{inspection['id']}/readings",
        status=409,
        readings=[reading(1, "ng", defect="SCR", position="FACE")],
    )

    assert refused["data"]["cells"][0]["problem"] == "position_unknown"
