"""The return note: what it says in both languages, and who may print it."""

import io
from uuid import UUID, uuid4

import pypdf
import pytest
from tests.stories.plant import Plant, open_plant
from tests.support import NOBODY, caller

from zhiliu.kernel.actor import Scope
from zhiliu.platform.attachments.public import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> Plant:
    return open_plant()


@pytest.fixture
def returned(plant: Plant):
    bought = plant.buy("bearing", 100)
    (lot,) = plant.arrive(bought, {"quantity": 100, "supplier_lot": "SL-7"})
    inspection = plant.count(lot["lot_id"], 100, 100, CRACK=100)
    plant.decide(inspection, "not-accept", reason="cracks")
    back = plant.dispose(lot["lot_id"], "return_to_vendor")
    made = plant.give_back(lot["lot_id"], "DOCK", 60, by=back, reason="裂纹")
    return made, bought, lot, back


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Returnnote", "Quantity数量", "Receivedby", "quality"]),
        ("zh", ["退货单", "数量Quantity", "接收人", "原因Reason裂纹"]),
    ],
)
def test_the_note_tells_what_goes_back(plant, returned, language, words):
    made, bought, lot, back = returned

    note = plant.admin.post(f"/supplier-returns/{made['id']}/note", language=language)

    pdf = plant.admin.send("GET", f"/attachments/{note['id']}/content").content
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = "".join(page.extract_text().split()).replace("\u200b", "")
    assert [w for w in words if w not in text] == []
    for fact in (made["number"], lot["lot"], "SL-7", "60", f"{bought['number']}/1", "宁波轴承"):
        assert fact in text
    assert back["number"] in text
    assert (note["template"], note["subject_number"]) == ("receiving.return_note", made["number"])


def test_four_kinds_of_caller_print(plant, returned):
    path, body = f"/supplier-returns/{returned[0]['id']}/note", {"language": "en"}
    rights = ("receiving.read", "receiving.print_return_note")

    assert NOBODY.send("POST", path, body).status_code == 401
    assert caller("receiving.read").send("POST", path, body).status_code == 403
    assert caller(*rights, scope=Scope(site_id=uuid4())).send("POST", path, body).status_code == 404
    assert Attachment.objects.count() == 0
    here = caller(*rights, scope=Scope(site_id=UUID(plant.site)))
    assert here.send("POST", path, body).status_code == 200
    assert Attachment.objects.count() == 1
