"""The inspection report: what it says in both languages, who may print it, that it stays."""

import io
from decimal import Decimal
from uuid import UUID, uuid4

import pypdf
import pytest
from tests.stories.plant import Plant, open_plant
from tests.support import NOBODY, caller, run

from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionPlan,
    InspectionSample,
    PlanCharacteristic,
    PlanVersion,
    Reading,
    SampleDraw,
)
from zhiliu.kernel.actor import SYSTEM, Scope
from zhiliu.kernel.command import Command
from zhiliu.kernel.ids import new_id
from zhiliu.platform.attachments.public import Attachment
from zhiliu.platform.evidence.public import current, record_appended, record_created
from zhiliu.platform.signatures.public import Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return open_plant()


@pytest.fixture
def decided(plant: Plant):
    lot = plant.received("bearing", 100, supplier_lot="SL-2026-0042")
    inspection = plant.count(lot["lot_id"], 20, 2, CRACK=2)
    plant.decide(inspection, "not-accept", reason="cracks")
    return plant.inspection(lot["lot_id"])


def pdf_of(plant: Plant, attachment) -> bytes:
    return plant.admin.send("GET", f"/attachments/{attachment['id']}/content").content


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(p.extract_text().split()) for p in pages).replace("\u200b", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Inspectionreport", "Notaccepted", "Material物料", "Incominginspection"]),
        ("zh", ["检验报告", "判定不接收", "物料Material", "来料检验", "首次检验"]),
    ],
)
def test_the_report_tells_what_was_found(plant, decided, language, words):
    made = plant.admin.post(f"/inspections/{decided['id']}/report", language=language)

    text = text_of(pdf_of(plant, made))
    assert [w for w in words if w not in text] == []
    for fact in (
        "知流轴承",
        decided["number"],
        "SL-2026-0042",
        "CRACK",
        "宁波轴承",
        "+08:00",
        "Asia/Shanghai",
    ):
        assert fact in text
    assert (made["template"], made["language"]) == ("inspections.report", language)
    assert made["subject_version"] == decided["version"]
    assert made["file_name"].endswith(f"{decided['number']}.pdf")


def test_the_report_lists_samples_and_readings_that_count(plant, decided):
    inspection = Inspection.objects.get(pk=decided["id"])
    _read_some(inspection)

    text = text_of(pdf_of(plant, plant.admin.post(f"/inspections/{inspection.pk}/report")))

    for fact in ("GB/T2828.1", "加严", "II,1", "外径Outerdiameter", "19.95～20.05", "1:20.01"):
        assert fact in text.replace("OD外径", "外径Outerdiameter")
    assert "2:20.09×*" in text
    assert "20.90" not in text  # what was corrected is in the record, not on the report
    assert "7,3" in text  # the units drawn, in their order


def _read_some(inspection: Inspection) -> None:
    def make(command, at):
        plan = record_created(
            InspectionPlan(
                number="PLAN-1", name="轴承", stage="incoming", material=inspection.material
            ),
            command,
        )
        version = record_created(
            PlanVersion(
                plan=plan,
                version_no=2,
                state="valid",
                valid_from=at,
                approved_by=SYSTEM.id,
                approved_at=at,
            ),
            command,
        )
        diameter = record_appended(
            PlanCharacteristic(
                plan_version=version,
                ordinal=1,
                code="OD",
                name_en="Outer diameter",
                name_zh="外径",
                characteristic_kind="numeric",
                severity_class="major",
                lower=Decimal("19.95"),
                upper=Decimal("20.05"),
            )
        )
        for unit, ordinal, text, is_in in ((1, 1, "20.01", True), (2, 1, "20.90", False)):
            _reading(inspection, diameter, unit, ordinal, text, is_in, at)
        _reading(inspection, diameter, 2, 2, "20.09", False, at, reason="typed wrong")
        _sample(inspection, command)
        return version

    version = run(make)
    Inspection.objects.filter(pk=inspection.pk).update(
        plan_version=version, version=inspection.version + 1
    )


def _sample(inspection: Inspection, command: Command) -> None:
    record_appended(
        SampleDraw(
            inspection=inspection,
            ordinal=1,
            lot_size=100,
            units=[7, 3],
            drawn_by=SYSTEM.id,
            command_id=command.id,
        )
    )
    current().insert(
        InspectionSample(
            id=new_id(),
            inspection=inspection,
            severity_class="major",
            scheme="iso",
            level="II",
            aql=Decimal("1.000"),
            severity="tightened",
            code_letter="F",
            plan_letter="F",
            sample_size=20,
            to_inspect=20,
            accept=0,
            reject=1,
            basis="nonconforming_units",
            cells=20,
            read=20,
            found=2,
        )
    )


def _reading(inspection, characteristic, unit, ordinal, text, is_in, at, reason=""):
    record_appended(
        Reading(
            inspection=inspection,
            characteristic=characteristic,
            unit_no=unit,
            ordinal=ordinal,
            text=text,
            value=Decimal(text),
            is_in=is_in,
            nonconformities=int(not is_in),
            reason=reason,
            recorded_by=SYSTEM.id,
            command_id=uuid4(),
            occurred_at=at,
        )
    )


def test_the_report_shows_who_signed_the_verdict(plant, decided):
    made = plant.admin.post(f"/inspections/{decided['id']}/report", language="en")

    text = text_of(pdf_of(plant, made))
    signature = Signature.objects.get(subject_id=decided["id"])
    assert "Notsigned" not in text
    assert f"notaccept{signature.meaning.replace('refuse', 'refusal')}quality" in text
    assert f"signedinSHA-256{signature.sha256[:16]}" in text


def test_the_report_is_stored_once(plant, decided):
    path = f"/inspections/{decided['id']}/report"

    first, again = plant.admin.post(path), plant.admin.post(path)
    assert first["id"] == again["id"]
    assert plant.admin.post(path, language="en")["id"] != first["id"]
    listed = plant.admin.get(
        f"/attachments?record_kind=inspections.inspection&record_id={decided['id']}"
    )
    assert [row["language"] for row in listed["items"]] == ["zh", "en"]


def test_without_a_verdict_there_is_no_report(plant):
    lot = plant.received("bearing", 100)
    inspection = plant.inspection(lot["lot_id"])

    refused = plant.admin.post(f"/inspections/{inspection['id']}/report", status=409)

    assert refused["code"] == "inspections.not_decided"
    assert inspection["number"] in refused["detail"]
    assert Attachment.objects.count() == 0


def test_four_kinds_of_caller_print(plant, decided):
    path, body = f"/inspections/{decided['id']}/report", {"language": "en"}
    rights = ("inspections.read", "inspections.print_report")

    assert NOBODY.send("POST", path, body).status_code == 401
    assert caller("inspections.read").send("POST", path, body).status_code == 403
    assert caller("inspections.print_report").send("POST", path, body).status_code == 404
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=uuid4())):
        assert caller(*rights, scope=scope).send("POST", path, body).status_code == 404
    assert Attachment.objects.count() == 0
    here = caller(*rights, scope=Scope(site_id=UUID(plant.site)))
    assert here.send("POST", path, body).status_code == 200
