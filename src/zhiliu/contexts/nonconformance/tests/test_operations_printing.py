"""The nonconformance report and the concession on paper: what they say, to whom, how often."""

import io
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pytest
from tests.stories.plant import Plant, open_plant
from tests.support import NOBODY, caller

from zhiliu.kernel.actor import Scope
from zhiliu.platform.attachments.public import Attachment
from zhiliu.platform.signatures.public import Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return open_plant()


@pytest.fixture
def lot(plant: Plant) -> Any:
    """A hundred bearings, not accepted for three cracks of twenty; what is known is recorded."""
    plant.admin.post(
        "/quality-codes",
        catalogue="cause",
        code="TOOL",
        name_en="Worn tool",
        name_zh="刀具磨损",
    )
    lot = plant.received("bearing", 100, supplier_lot="SL-2026-0042")
    inspection = plant.count(lot["lot_id"], 20, 3, CRACK=3)
    plant.decide(inspection, "not-accept", reason="cracks")
    report = plant.report(lot["lot_id"])
    plant.admin.send(
        "PATCH",
        f"/nonconformance-reports/{report['id']}",
        {
            "description": "外圈裂纹",
            "containment": "隔离并通知供应商",
            "cause_code": "TOOL",
            "cause_text": "超过换刀寿命",
        },
        **{"If-Match": f'"{report["version"]}"'},
    )
    return lot


def printed(plant: Plant, path: str, language: str = "zh") -> tuple[Any, str]:
    """The attachment that a print answers, and the text of its PDF without blanks."""
    made = plant.admin.post(path, language=language)
    pdf = plant.admin.send("GET", f"/attachments/{made['id']}/content").content
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    return made, text.replace("\u200b", "")


def print_of(report: Any) -> str:
    return f"/nonconformance-reports/{report['id']}/print"


def conceded(plant: Plant, lot: Any, **bounds: Any) -> Any:
    """Forty of the lot may be used as they are, under a concession."""
    disposition = plant.dispose(lot["lot_id"], "use_as_is", 40)
    return plant.concede(disposition["id"], **bounds)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Nonconformancereport",
                "Waitsforadisposition",
                "Material物料",
                "Source来源notaccepted",
                "TOOLWorntool",
                "Crack",
                "scrap",
                "useasis",
                "decided",
                "approveCON-000001approval",
            ],
        ),
        (
            "zh",
            [
                "不合格品处理单",
                "待处置",
                "物料Material",
                "来源Source判定不接收",
                "TOOL刀具磨损",
                "裂纹",
                "报废",
                "让步使用",
                "批准让步",
            ],
        ),
    ],
)
def test_the_report_tells_what_is_wrong_and_what_was_decided(plant, lot, language, words):
    concession = conceded(plant, lot, quantity="30")
    scrap = plant.dispose(lot["lot_id"], "scrap", 10)
    report = plant.report(lot["lot_id"])

    made, text = printed(plant, print_of(report), language)

    assert [w for w in words if w.lower() not in text.lower()] == []
    part = concession["lot"]
    for fact in (
        "知流轴承",
        report["number"],
        report["inspection"],
        "SL-2026-0042",
        "宁波轴承",
        "CRACK",
        "外圈裂纹",
        "隔离并通知供应商",
        "超过换刀寿命",
        "+08:00",
        "Asia/Shanghai",
        "DOCK:50",
        "DOCK:40",
        part,
        scrap["number"],
        concession["number"],
        "reviewboard",
        "director",
        "thebore",
    ):
        assert fact in text, fact
    for row in Signature.objects.filter(subject_number__in=(scrap["number"], part)):
        assert row.sha256[:16] in text
    assert report["estimated_cost"] + "CNY" in text
    assert (made["template"], made["subject_version"]) == (
        "nonconformance.report",
        report["version"],
    )
    assert made["file_name"].endswith(f"{report['number']}.pdf")


def test_a_report_is_printed_once_until_something_on_it_changes(plant, lot):
    report = plant.report(lot["lot_id"])
    first, again = (printed(plant, print_of(report))[0] for _ in range(2))
    assert first["id"] == again["id"]
    assert printed(plant, print_of(report), "en")[0]["id"] != first["id"]

    scrap = plant.dispose(lot["lot_id"], "scrap", 10)
    decided, text = printed(plant, print_of(report))
    assert plant.report(lot["lot_id"])["version"] == report["version"]
    assert decided["id"] != first["id"]
    assert scrap["number"] in text

    place = plant.places
    plant.admin.post(
        f"/lots/{lot['lot_id']}/move", **plant.part("DOCK", 90), to_place_id=place["A-01"]
    )
    moved, text = printed(plant, print_of(report))
    assert moved["id"] != decided["id"]
    assert "A-01:90" in text
    assert printed(plant, print_of(report))[0]["id"] == moved["id"]


def test_a_report_of_an_escape_does_not_show_what_its_inspection_found(plant):
    lot = plant.received("bearing", 100)
    inspection = plant.count(lot["lot_id"], 20, 1, CRACK=1)
    plant.decide(inspection, "accept", parts=[{"lot_id": lot["lot_id"], **plant.part("DOCK", 1)}])
    report = plant.admin.post(
        "/escapes",
        parts=[{"lot_id": lot["lot_id"], **plant.part("DOCK", 5)}],
        description="dented",
        reason="found on the line",
    )

    _, text = printed(plant, print_of(report), "en")

    assert "escape" in text and "dented" in text
    assert "CRACK" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Concession", "Inforce", "useasis", "everyorder", "30PCS"]),
        ("zh", ["让步接收单", "生效中", "让步使用", "所有订单", "30PCS"]),
    ],
)
def test_the_concession_tells_what_is_allowed(plant, lot, language, words):
    customer = plant.admin.post("/partners", number="C-7", name="青岛机床", roles=["customer"])
    concession = conceded(plant, lot, quantity="30", customer_ids=[customer["id"]])

    made, text = printed(plant, f"/concessions/{concession['id']}/print", language)

    assert [w for w in words if w not in text] == []
    signature = Signature.objects.get(subject_id=concession["id"])
    for fact in (
        concession["number"],
        concession["report"],
        concession["disposition"],
        concession["lot"],
        "SL-2026-0042",
        "C-7青岛机床",
        "theboreisnotseen",
        "外圈裂纹",
        "director",
        "+08:00",
        signature.sha256[:16],
    ):
        assert fact in text, fact
    assert (made["template"], made["subject_version"]) == (
        "nonconformance.concession",
        concession["version"],
    )


def test_the_concession_names_the_orders_that_it_is_for(plant, lot):
    order = {"kind": "sales.order", "id": str(uuid4()), "number": "SO-77"}
    free = plant.stock("bearing", 5)
    plant.admin.post(f"/lots/{free['id']}/reserve", **plant.part("A-01", 5), reference=order)
    unknown = str(uuid4())
    concession = conceded(plant, lot, reference_ids=[order["id"], unknown])

    _, text = printed(plant, f"/concessions/{concession['id']}/print")

    assert "SO-77" in text
    assert order["id"] not in text
    assert unknown in text


def test_a_concession_is_printed_once_for_its_version_and_language(plant, lot):
    path = f"/concessions/{conceded(plant, lot)['id']}/print"

    first, again = printed(plant, path)[0], printed(plant, path)[0]

    assert first["id"] == again["id"]
    assert printed(plant, path, "en")[0]["id"] != first["id"]
    assert Attachment.objects.filter(template="nonconformance.concession").count() == 2


@pytest.mark.parametrize("what", ["report", "concession"])
def test_four_kinds_of_caller_print(plant, lot, what):
    concession = conceded(plant, lot)
    path = {
        "report": print_of(plant.report(lot["lot_id"])),
        "concession": f"/concessions/{concession['id']}/print",
    }[what]
    body, right = {"language": "en"}, f"nonconformance.print_{what}"
    rights = ("nonconformance.read", right)

    assert NOBODY.send("POST", path, body).status_code == 401
    assert caller("nonconformance.read").send("POST", path, body).status_code == 403
    assert caller(right).send("POST", path, body).status_code == 404
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=uuid4())):
        assert caller(*rights, scope=scope).send("POST", path, body).status_code == 404
    assert Attachment.objects.count() == 0
    here = caller(*rights, scope=Scope(site_id=UUID(plant.site)))
    assert here.send("POST", path, body).status_code == 200
    assert Attachment.objects.count() == 1
