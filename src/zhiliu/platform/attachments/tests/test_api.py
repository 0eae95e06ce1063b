"""Files over HTTP: who may attach and see them at each kind of record, and how they are served."""

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.stories.plant import Plant, open_plant
from tests.support import NOBODY, Caller, caller

from zhiliu.kernel.actor import Scope
from zhiliu.platform.access.public import all_kinds
from zhiliu.platform.attachments.limits import MB
from zhiliu.platform.attachments.models import Attachment, Content
from zhiliu.platform.attachments.printing import compile_document
from zhiliu.platform.attachments.tests.files import PAGE, PDF, picture, workbook
from zhiliu.platform.evidence.public import AuditEntry
from zhiliu.platform.outbox.public import OutboxEvent

pytestmark = pytest.mark.django_db

PHOTO = picture("JPEG")
SHARED = {"catalog.material"}  # belongs to no company: all staff see it, partners' people do not


@pytest.fixture
def plant() -> Plant:
    return open_plant()


def lot(plant: Plant) -> str:
    return str(plant.received("bearing", 100)["lot_id"])


def arrival(plant: Plant) -> str:
    lot(plant)
    return str(plant.every("/arrivals")[-1]["id"])


def refusal(plant: Plant) -> str:
    refused = plant.admin.post(
        "/gate-refusals", order_id=plant.buy("bearing", 1)["id"], description="x", reason="wet"
    )
    return str(refused["id"])


def supplier_return(plant: Plant) -> str:
    received = lot(plant)
    inspection = plant.count(received, 100, 100, CRACK=100)
    plant.decide(inspection, "not-accept", reason="cracks")
    back = plant.dispose(received, "return_to_vendor")
    return str(plant.give_back(received, "DOCK", 100, by=back)["id"])


RECORDS = {
    "stock.lot": (lot, "stock.read"),
    "receiving.arrival": (arrival, "receiving.read"),
    "receiving.gate_refusal": (refusal, "receiving.read"),
    "receiving.supplier_return": (supplier_return, "receiving.read"),
    "inspections.inspection": (
        lambda plant: plant.inspection(lot(plant))["id"],
        "inspections.read",
    ),
    "purchasing.order": (lambda plant: plant.buy("bearing", 5)["id"], "purchasing.read"),
    "catalog.material": (lambda plant: plant.material("bearing"), "catalog.read"),
}


def attach(
    who: Caller,
    kind: str,
    record: Any,
    name: str = "裂纹.jpg",
    data: bytes = PHOTO,
    *,
    key: str | None = None,
    **more: Any,
) -> Any:
    fields = {"subject_kind": kind, "subject_id": str(record), "purpose": "photo", **more}
    return who.upload("/attachments", SimpleUploadedFile(name, data), fields, key=key)


def test_files_may_be_kept_of_these_kinds_of_records() -> None:
    assert set(RECORDS) <= set(all_kinds())


@pytest.mark.parametrize("kind", RECORDS)
def test_four_kinds_of_caller_at_every_kind_of_record(kind: str, plant: Plant) -> None:
    make, read = RECORDS[kind]
    record = make(plant)
    rights = (read, "attachments.read", "attachments.attach", "attachments.withdraw")
    here = Scope(site_id=UUID(plant.site))
    elsewhere = Scope(supplier_id=uuid4()) if kind in SHARED else Scope(site_id=uuid4())

    assert attach(NOBODY, kind, record).status_code == 401
    assert attach(caller(read, "attachments.read"), kind, record).status_code == 403
    assert attach(caller(*rights, scope=elsewhere), kind, record).status_code == 404
    assert attach(caller("attachments.attach"), kind, record).status_code == 404
    assert (Attachment.objects.count(), Content.objects.count()) == (0, 0)
    made = attach(caller(*rights, scope=here), kind, record)
    assert made.status_code == 201, made.content.decode()

    path = f"/attachments/{made.json()['id']}"
    listed = f"/attachments?record_kind={kind}&record_id={record}"
    for address in (path, f"{path}/content", listed):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller(read).send("GET", address).status_code == (200 if address == listed else 403)
        assert caller(*rights, scope=elsewhere).send("GET", address).status_code == 404
        assert caller("attachments.read").send("GET", address).status_code == 404
        assert caller(read, "attachments.read", scope=here).send("GET", address).status_code == 200
    (row,) = caller(read, "attachments.read", scope=here).get(listed)["items"]
    assert (row["id"], row["subject_kind"]) == (made.json()["id"], kind)
    assert row["subject_number"]

    reason = {"reason": "another lot's photo"}
    assert NOBODY.send("POST", f"{path}/withdraw", reason).status_code == 401
    assert caller(read).send("POST", f"{path}/withdraw", reason).status_code == 403
    stranger = caller(*rights, scope=elsewhere).send("POST", f"{path}/withdraw", reason)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "attachments.not_found")
    caller(*rights, scope=here).post(f"{path}/withdraw", reason=reason["reason"])


def test_what_is_attached_is_audited_told_and_stored_once(plant: Plant) -> None:
    record, other = lot(plant), plant.material("bearing")

    made = attach(plant.admin, "stock.lot", record, "C:\\照片\\裂纹.jpg", title="裂纹").json()
    attach(plant.admin, "catalog.material", other, "b.jpg")

    assert (made["file_name"], made["title"], made["size"]) == ("裂纹.jpg", "裂纹", len(PHOTO))
    assert made["media_type"] == "image/jpeg"
    assert made["sha256"] == hashlib.sha256(PHOTO).hexdigest()
    assert made["attached_by"] == str(plant.admin.user_id)
    (content,) = Content.objects.all()
    assert (bytes(content.bytes), content.size) == (PHOTO, len(PHOTO))
    (entry,) = AuditEntry.objects.filter(record_id=made["id"])
    assert entry.changes["content_id"] == [None, made["sha256"]]
    event = OutboxEvent.objects.get(type="attachments.file_attached.v1", subject_id=record)
    assert event.subject_kind == "stock.lot"
    data = event.data if isinstance(event.data, dict) else json.loads(event.data)
    assert (data["attachment_id"], data["sha256"]) == (made["id"], made["sha256"])


def test_the_same_key_attaches_once_and_other_bytes_are_refused(plant: Plant) -> None:
    record = lot(plant)
    first = attach(plant.admin, "stock.lot", record, key="k-1")

    again = attach(plant.admin, "stock.lot", record, key="k-1")
    other = attach(plant.admin, "stock.lot", record, data=picture("JPEG", (9, 9)), key="k-1")

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["data"]["field"]) == (409, "file")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("page.jpg", PAGE, 415, "attachments.content_disagrees"),
        ("page.html", PAGE, 415, "attachments.type_not_allowed"),
        ("cut.pdf", PDF[:-10], 409, "attachments.damaged"),
        ("empty.pdf", b"", 409, "attachments.empty_file"),
        ("a" * 151 + ".pdf", PDF, 400, "attachments.bad_file_name"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_refused_leaves_nothing(
    plant: Plant, name: str, data: bytes, status: int, code: str, language: str
) -> None:
    record = lot(plant)
    who = caller(language=language)

    answer = attach(who, "stock.lot", record, name, data, purpose="document")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert name[:100] in answer.json()["detail"]
    assert answer.json()["remedy"]
    assert (Attachment.objects.count(), Content.objects.count()) == (0, 0)


@pytest.mark.parametrize(("purpose", "name"), [("photo", "a.jpg"), ("document", "a.txt")])
def test_a_file_over_the_limit_of_its_purpose_is_refused(
    plant: Plant, settings: Any, purpose: str, name: str
) -> None:
    settings.ATTACHMENT_PHOTO_MB, settings.ATTACHMENT_DOCUMENT_MB = 1, 2
    over = MB * (1 if purpose == "photo" else 2) + 1
    record = lot(plant)

    answer = attach(plant.admin, "stock.lot", record, name, b"x" * over, purpose=purpose)

    assert (answer.status_code, answer.json()["code"]) == (413, "attachments.too_large")
    assert name in answer.json()["detail"]
    assert Content.objects.count() == 0


def test_a_request_that_is_too_long_is_refused_before_it_is_read(
    plant: Plant, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ATTACHMENT_PHOTO_MB = settings.ATTACHMENT_DOCUMENT_MB = 1
    kept: list[int] = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk",
        lambda self, raw, start: kept.append(len(raw)),
    )

    answer = attach(plant.admin, "stock.lot", uuid4(), "a.txt", b"x" * 3 * MB, purpose="document")

    assert (answer.status_code, answer.json()["code"]) == (413, "attachments.too_large")
    assert kept == []


def test_a_large_file_comes_back_byte_for_byte(plant: Plant) -> None:
    """Larger than Django keeps in memory, with every byte value."""
    data = bytes(range(256)) * 16_000
    whole = PDF[:9] + data + PDF[9:]

    made = attach(
        plant.admin, "stock.lot", lot(plant), "a.pdf", whole, purpose="certificate"
    ).json()

    answer = plant.admin.send("GET", f"/attachments/{made['id']}/content")
    assert answer.content == whole


def test_a_file_is_served_to_be_saved_and_never_shown(plant: Plant) -> None:
    name = '证书 "A"; 100%.jpg'
    data = PHOTO + PAGE  # a picture with a page behind it
    made = attach(plant.admin, "stock.lot", lot(plant), name, data).json()

    answer = plant.admin.send("GET", f"/attachments/{made['id']}/content")

    assert answer.content == data
    headers = answer.headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"] == (
        'attachment; filename="__ _A_; 100_.jpg"; '
        "filename*=UTF-8''%E8%AF%81%E4%B9%A6%20%22A%22%3B%20100%25.jpg"
    )


def test_a_page_of_a_pdf_is_drawn_as_a_picture(plant: Plant) -> None:
    record = lot(plant)
    who = caller("stock.read", "attachments.read", "attachments.attach", "attachments.withdraw")
    two_pages = b"= CA-7457\n#pagebreak()\n= second"
    drawing = compile_document(two_pages, {}, root=Path(__file__).parent)
    assert isinstance(drawing, bytes)
    made = attach(who, "stock.lot", record, "CA-7457.pdf", drawing, purpose="drawing").json()
    text = attach(who, "stock.lot", record, "a.txt", b"words", purpose="document").json()
    address = f"/attachments/{made['id']}/pages"

    first, second = who.send("GET", f"{address}/1"), who.send("GET", f"{address}/2")

    for page in (first, second):
        assert page.status_code == 200, page.content.decode()
        assert (page.headers["Content-Type"], page.headers["Page-Count"]) == ("image/png", "2")
        assert page.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        width, height = int.from_bytes(page.content[16:20]), int.from_bytes(page.content[20:24])
        assert (page.content[:4], 1100 < width < height < 2800) == (b"\x89PNG", True)
    assert first.content != second.content
    missing = who.send("GET", f"{address}/3")
    assert (missing.status_code, missing.json()["code"]) == (404, "attachments.page_missing")
    assert who.send("GET", f"{address}/0").status_code == 422
    words = who.send("GET", f"/attachments/{text['id']}/pages/1")
    assert (words.status_code, words.json()["code"]) == (409, "attachments.not_drawable")
    stranger = caller("stock.read", "attachments.read", scope=Scope(site_id=uuid4()))
    assert stranger.send("GET", f"{address}/1").status_code == 404


def test_a_withdrawn_file_is_shown_only_to_who_may_withdraw(plant: Plant) -> None:
    record = lot(plant)
    made = attach(plant.admin, "stock.lot", record).json()
    path = f"/attachments/{made['id']}"
    worker = caller("stock.read", "attachments.read")

    missing = plant.admin.send("POST", f"{path}/withdraw", {})
    assert missing.json()["code"] == "attachments.reason_missing"
    withdrawn = plant.admin.post(f"{path}/withdraw", reason="another lot's photo")
    assert (withdrawn["version"], withdrawn["withdrawn_by"]) == (2, str(plant.admin.user_id))
    again = plant.admin.send("POST", f"{path}/withdraw", {"reason": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "attachments.already_withdrawn")

    refused = worker.send("GET", f"{path}/content")
    assert (refused.status_code, refused.json()["code"]) == (403, "attachments.withdrawn")
    assert plant.admin.send("GET", f"{path}/content").content == PHOTO
    listed = worker.get(f"/attachments?record_kind=stock.lot&record_id={record}")["items"]
    assert [row["withdrawn_at"] is not None for row in listed] == [True]
    (event,) = OutboxEvent.objects.filter(type="attachments.file_withdrawn.v1")
    assert (str(event.subject_id), event.reason) == (record, "another lot's photo")


def test_a_print_is_never_uploaded(plant: Plant) -> None:
    answer = attach(plant.admin, "stock.lot", lot(plant), "a.pdf", PDF, purpose="print")

    assert (answer.status_code, answer.json()["code"]) == (422, "commands.invalid_payload")


def test_a_form_without_a_file_is_told_so(plant: Plant) -> None:
    fields = {"subject_kind": "stock.lot", "subject_id": str(uuid4()), "purpose": "photo"}

    answer = plant.admin.upload("/attachments", None, fields)

    assert answer.status_code == 422
    assert answer.json()["detail"] == "file is missing."


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unknown_kind_of_record_is_refused_with_those_known(plant: Plant, language: str) -> None:
    answer = attach(caller(language=language), "stock.shelf", uuid4())

    assert (answer.status_code, answer.json()["code"]) == (400, "access.unknown_kind")
    assert "stock.lot" in answer.json()["detail"]


def test_the_limits_are_told(plant: Plant) -> None:
    assert caller("stock.read").send("GET", "/attachment-limits").status_code == 403

    limits = {row["purpose"]: row for row in caller("attachments.read").get("/attachment-limits")}

    assert limits["photo"]["limit_mb"] == 15
    assert limits["photo"]["endings"] == [".jpg", ".jpeg", ".png", ".webp"]
    assert limits["drawing"]["limit_mb"] == 25
    assert ".xlsx" in limits["document"]["endings"]
    assert "print" not in limits


def test_a_workbook_is_served_as_one(plant: Plant) -> None:
    made = attach(
        plant.admin, "stock.lot", lot(plant), "检测值.xlsx", workbook(), purpose="document"
    ).json()

    assert made["media_type"].endswith("spreadsheetml.sheet")
