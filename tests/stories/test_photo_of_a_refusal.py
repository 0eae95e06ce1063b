"""The dock turns goods away and keeps the photo that shows why; the buyer sees both."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.stories.plant import Plant
from zhiliu.platform.attachments.tests.files import picture


def test_the_photo_stays_with_the_refusal(plant: Plant) -> None:
    bought = plant.buy("bearing", 100)
    dock = plant.person("dock")
    refused = dock.post(
        "/gate-refusals", order_id=bought["id"], description="one pallet", reason="soaked"
    )

    photo = picture("JPEG")
    taken = dock.upload(
        "/attachments",
        SimpleUploadedFile("湿托盘.jpg", photo),
        {
            "subject_kind": "receiving.gate_refusal",
            "subject_id": refused["id"],
            "purpose": "photo",
            "title": "湿托盘",
        },
    )
    assert taken.status_code == 201, taken.content.decode()

    path = f"record_kind=receiving.gate_refusal&record_id={refused['id']}"
    auditor = plant.person("auditor")
    (seen,) = auditor.get(f"/attachments?{path}")["items"]
    assert (seen["title"], seen["subject_number"]) == ("湿托盘", refused["number"])
    assert auditor.send("GET", f"/attachments/{seen['id']}/content").content == photo
    assert plant.events(refused["id"]) == [
        "receiving.goods_refused.v1",
        "attachments.file_attached.v1",
    ]
