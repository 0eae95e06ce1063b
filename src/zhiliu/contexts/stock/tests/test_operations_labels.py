"""Labels: their code is read back from PDF and ZPL as a scanner would, and each print counts."""

import io
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from tests.stories.plant import Plant, open_plant
from tests.support import NOBODY, caller

from zhiliu.contexts.stock.models import LabelPrint, Lot
from zhiliu.contexts.stock.operations import label_file
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.gs1 import read_elements

pytestmark = pytest.mark.django_db

GTIN = "09501101020917"
SIZES = ("100x70", "60x40", "40x30")


@pytest.fixture
def plant() -> Plant:
    return open_plant()


@pytest.fixture
def lot(plant: Plant):
    """A lot of a material with a GTIN that may be used until the last day of 2027."""
    more: Any = {"supplier_lot": "SL-2026-0042", "expires_at": "2027-12-31T16:00:00Z"}
    made = plant.stock("轴承 6204", 100, **more)
    material = plant.admin.get(f"/materials/{plant.material('轴承 6204')}")
    changed = plant.admin.send(
        "PATCH", f"/materials/{material['id']}", {"gtin": GTIN[1:]}, **{"If-Match": '"1"'}
    )
    assert changed.json()["gtin"] == GTIN
    return made


def printed(plant: Plant, lot, **body):
    return plant.admin.post(f"/lots/{lot['id']}/labels", **body)


def file_of(plant: Plant, label):
    return plant.admin.send("GET", f"/label-prints/{label['id']}/file")


def scan(picture: Image.Image) -> str:
    """What a reader reports for the one code of a picture."""
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.symbology_identifier == "]d2"  # GS1 DataMatrix, not a plain one
    return found.symbology_identifier + found.bytes.decode().removeprefix("\x1d")


def pictures(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=203 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def bitmap(zpl: str) -> Image.Image:
    """What a label printer draws from a ^GFA field: ASCII hex, a set bit is a dark dot."""
    whole = re.fullmatch(
        r"\^XA\^PW(\d+)\^LL(\d+)\^FO0,0\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS\^PQ(\d+)\^XZ\n", zpl
    )
    assert whole
    width, height, total, again, row = (int(n) for n in whole.groups()[:5])
    data = bytes.fromhex(whole[6])
    assert (len(data), total, again) == (row * height, row * height, row * height)
    dark = Image.frombytes("1", (row * 8, height), data).crop((0, 0, width, height))
    return dark.convert("L").point([255 - level for level in range(256)])


@pytest.mark.parametrize("size", SIZES)
def test_a_scanner_reads_gtin_expiry_and_lot_from_the_pdf(plant, lot, size):
    label = printed(plant, lot, copies=2, size=size)

    answer = file_of(plant, label)

    pages = pypdf.PdfReader(answer_file(answer)).pages
    assert len(pages) == 2
    width, height = (float(n) * 72 / 25.4 for n in size.split("x"))
    assert [round(n) for n in pages[0].mediabox[2:]] == [round(width), round(height)]
    assert answer.headers["Content-Type"] == "application/pdf"
    for picture in pictures(answer.content):
        assert read_elements(scan(picture)) == {"01": GTIN, "17": "271231", "10": lot["number"]}
    assert label["code"] == f"(01){GTIN}(17)271231(10){lot['number']}"


def answer_file(answer):
    return io.BytesIO(answer.content)


@pytest.mark.parametrize("dots", [8, 12])
@pytest.mark.parametrize("size", SIZES)
def test_a_label_printer_draws_the_same_code(plant, lot, size, dots):
    label = printed(plant, lot, copies=7, size=size, file_format="zpl", dots_per_mm=dots)

    answer = file_of(plant, label)

    zpl = answer.content.decode("ascii")
    picture = bitmap(zpl)
    assert picture.size == tuple(int(n) * dots for n in size.split("x"))
    assert zpl.endswith("^PQ7^XZ\n")
    assert read_elements(scan(picture)) == {"01": GTIN, "17": "271231", "10": lot["number"]}
    assert 'filename="' + lot["number"] in answer.headers["Content-Disposition"]


def test_people_read_number_material_and_expiry(plant, lot):
    (page,) = pypdf.PdfReader(answer_file(file_of(plant, printed(plant, lot)))).pages

    text = "".join(page.extract_text().split()).replace("\u200b", "")
    for fact in (lot["number"], "轴承6204", "2027-12-31", "有效期至", "知流轴承", f"(01){GTIN}"):
        assert fact in text


def test_without_a_gtin_the_code_has_elements_of_our_own(plant):
    """GS1 lets (10) and (17) stand only beside a GTIN; 91 to 99 are a company's own."""
    made = plant.stock("bearing", 5, expires_at="2027-12-31T16:00:00Z")
    number = plant.admin.get(f"/materials/{plant.material('bearing')}")["number"]

    label = printed(plant, made, size="60x40")

    (picture,) = pictures(file_of(plant, label).content)
    assert read_elements(scan(picture)) == {"91": number, "93": "271231", "92": made["number"]}


def test_a_chinese_material_number_is_left_to_the_eye(plant):
    made = plant.stock("轴承", 5)

    label = printed(plant, made)

    assert label["code"] == f"(92){made['number']}"
    (picture,) = pictures(file_of(plant, label).content)
    assert read_elements(scan(picture)) == {"92": made["number"]}


def test_a_lot_number_that_no_code_takes_is_refused(plant, lot):
    Lot.objects.filter(pk=lot["id"]).update(number="批-42", version=9)

    refused = plant.admin.post(f"/lots/{lot['id']}/labels", status=409)

    assert (refused["code"], refused["data"]["lot"]) == ("stock.not_encodable", "批-42")
    assert LabelPrint.objects.count() == 0


def test_a_long_lot_number_gets_the_element_that_takes_it(plant, lot):
    long = "L-2026-000042.1/SPLIT-7"
    Lot.objects.filter(pk=lot["id"]).update(number=long, version=9)

    label = printed(plant, lot, size="40x30")

    (picture,) = pictures(file_of(plant, label).content)
    assert read_elements(scan(picture)) == {"01": GTIN, "17": "271231", "92": long}


def test_the_code_finds_its_lot(plant, lot):
    label = printed(plant, lot)
    (picture,) = pictures(file_of(plant, label).content)

    scanned = scan(picture).replace("\x1d", "%1D").replace("]", "%5D")
    found = plant.admin.get(f"/lots/by-label?scanned={scanned}")

    assert found["id"] == lot["id"]


def test_a_label_says_what_was_printed_whatever_becomes_of_the_lot(plant, lot):
    label = printed(plant, lot)
    Lot.objects.filter(pk=lot["id"]).update(expires_at=datetime(2030, 1, 1, tzinfo=UTC), version=9)

    (picture,) = pictures(file_of(plant, label).content)

    assert read_elements(scan(picture))["17"] == "271231"


def test_every_print_is_counted_and_a_repeat_is_not(plant, lot):
    path, body = f"/lots/{lot['id']}/labels", {"copies": 3, "size": "40x30"}

    first = plant.admin.send("POST", path, body, key="k-1")
    again = plant.admin.send("POST", path, body, key="k-1")
    printed(plant, lot, copies=2)

    assert first.content == again.content
    assert sorted(row["copies"] for row in plant.admin.get("/label-prints")["items"]) == [2, 3]


def test_four_kinds_of_caller_take_the_file(plant, lot):
    path = f"/label-prints/{printed(plant, lot)['id']}/file"

    assert NOBODY.send("GET", path).status_code == 401
    assert caller("stock.read").send("GET", path).status_code == 403
    other = caller("stock.print_labels", scope=Scope(site_id=uuid4()))
    assert other.send("GET", path).status_code == 404
    here = caller("stock.print_labels", scope=Scope(site_id=UUID(plant.site)))
    assert here.send("GET", path).status_code == 200


def files_path(*labels):
    return "/label-files?" + "&".join(f"label_print_id={label['id']}" for label in labels)


def lots_of(answer) -> list[str]:
    return [read_elements(scan(p))["10"] for p in pictures(answer.content)]


def test_the_labels_of_several_lots_come_as_one_file_in_the_order_asked_for(plant, lot):
    other = plant.stock("轴承 6204", 5)
    labels = [printed(plant, lot, copies=2), printed(plant, other)]

    answer = plant.admin.send("GET", files_path(*labels))
    turned = plant.admin.send("GET", files_path(*reversed(labels)))

    assert lots_of(answer) == [lot["number"], lot["number"], other["number"]]
    assert lots_of(turned) == [other["number"], lot["number"], lot["number"]]
    zpl = [printed(plant, one, size="60x40", file_format="zpl") for one in (lot, other)]
    fields = plant.admin.send("GET", files_path(*zpl)).content.decode().splitlines()
    assert [read_elements(scan(bitmap(f"{field}\n")))["10"] for field in fields] == [
        lot["number"],
        other["number"],
    ]


def test_one_file_has_labels_of_one_size_and_format(plant, lot):
    labels = [printed(plant, lot), printed(plant, lot, size="60x40")]

    answer = plant.admin.send("GET", files_path(*labels))

    assert (answer.status_code, answer.json()["code"]) == (409, "stock.mismatch")
    assert plant.admin.send("GET", "/label-files").status_code == 422


def test_four_kinds_of_caller_take_several_labels(plant, lot):
    path = files_path(printed(plant, lot))
    here = caller("stock.print_labels", scope=Scope(site_id=UUID(plant.site)))
    other = caller("stock.print_labels", scope=Scope(site_id=uuid4()))

    assert NOBODY.send("GET", path).status_code == 401
    assert caller("stock.read").send("GET", path).status_code == 403
    assert other.send("GET", path).status_code == 404
    assert here.send("GET", path).status_code == 200


def test_a_file_of_many_labels_stays_small(plant, lot):
    label = printed(plant, lot, copies=200, size="60x40")

    made = label_file([LabelPrint.objects.select_related("lot__site__company").get(pk=label["id"])])

    assert len(made.data) < 2_000_000
