"""Many ask for the same print, or attach the same file, at the same moment: it is made once."""

from pathlib import Path
from uuid import uuid4

from tests.races.conftest import Yard
from tests.support import run
from tests.support_committing import at_once
from zhiliu.kernel.command import Reference
from zhiliu.platform.attachments.models import Attachment, Content, Purpose
from zhiliu.platform.attachments.public import PrintTemplate, attach, store_print

FACTS = {"company": "知流轴承", "site": "一厂", "zone": "Asia/Shanghai"}


def test_a_print_is_made_once_however_many_ask(yard: Yard, tmp_path: Path) -> None:
    source = tmp_path / "card.typ"
    source.write_text('#show: paper.with(en: "Card", zh: "卡片")\n#value(data.printed_at)')
    template = PrintTemplate("cards.card", source, "Card", "卡片")
    subject = Reference("cards.card", uuid4(), "C-1", 1)

    made = at_once(
        lambda _: run(
            lambda command, at: (
                store_print(
                    template=template,
                    data=FACTS,
                    subject=subject,
                    language="zh",
                    command=command,
                    at=at,
                ).pk
            )
        ),
        8,
    )

    assert len(set(made)) == 1, made
    assert Attachment.objects.filter(subject_id=subject.id).count() == 1


def test_the_same_bytes_are_kept_once_however_many_attach_them(yard: Yard) -> None:
    lot, data = yard.plant.lot(1), uuid4().bytes.hex().encode()

    made = at_once(
        lambda n: run(
            lambda command, at: (
                attach(
                    subject_kind="stock.lot",
                    subject_id=lot.pk,
                    purpose=Purpose.DOCUMENT,
                    title="",
                    file_name=f"note {n}.txt",
                    data=data,
                    command=command,
                    at=at,
                ).content_id
            )
        ),
        8,
    )

    assert len(set(made)) == 1, made
    assert Content.objects.filter(pk=made[0]).count() == 1
    assert Attachment.objects.filter(subject_id=lot.pk).count() == 8
