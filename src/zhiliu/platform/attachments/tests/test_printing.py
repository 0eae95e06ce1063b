"""Prints: made once from a template and facts, stored, and never made again."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pytest
from tests.support import run

from zhiliu.kernel.command import Reference
from zhiliu.platform.attachments import printing
from zhiliu.platform.attachments.errors import FontsMissing
from zhiliu.platform.attachments.models import Attachment, Content
from zhiliu.platform.attachments.printing import PrintTemplate, render
from zhiliu.platform.attachments.public import Language, store_print
from zhiliu.platform.outbox.public import OutboxEvent

SOURCE = """
#show: paper.with(en: "Card", zh: "卡片")
#facts((both("Material", "物料"), value(data.material)), (both("Limit", "界限"), value(data.limit)))
#listing((auto, 1fr), (right, left), (both("No.", "序号"), both("Remark", "备注")),
  data.rows.map(r => (value(r.no), value(r.remark))))
#signatures((accept: ("accept", "接收")), data.signatures)
"""
AT = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


@pytest.fixture
def template(tmp_path: Path) -> PrintTemplate:
    source = tmp_path / "card.typ"
    source.write_text(SOURCE, encoding="utf-8")
    return PrintTemplate("cards.card", source, "Card", "卡片")


def facts(**more: Any) -> dict[str, Any]:
    signed = {"act": "accept", "meaning": "release", "name": "李检验", "at": AT}
    return {
        "company": "知流轴承",
        "site": "一厂",
        "zone": "Asia/Shanghai",
        "material": "轴承 6204",
        "limit": Decimal("10.050"),
        "rows": [{"no": 1, "remark": None}],
        "signatures": [{**signed, "strength": "re_authenticated", "sha256": "ab" * 32}],
        "number": "C-1",
        "version": 3,
        "template": "cards.card",
        "printed_at": AT,
        "printed_by": "王仓管",
        **more,
    }


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Card",
                "Material物料",
                "release",
                "identityprovedagain",
                "Page1of1",
                "recordversion3",
            ],
        ),
        ("zh", ["卡片", "物料Material", "放行", "再次验证身份", "第1页共1页", "记录版本3"]),
    ],
)
def test_a_print_says_who_signed_what_and_when_with_the_zone(
    template: PrintTemplate, language: Language, words: list[str]
) -> None:
    (page,) = text_of(render(template, facts(), language))

    text = squeezed(page)
    assert [word for word in words if word not in text] == []
    for fact in ("知流轴承", "一厂", "C-1", "轴承6204", "10.05", "李检验", "王仓管"):
        assert fact in text
    assert "2026-03-0200:30+08:00" in text  # 16:30 UTC, the day after in Shanghai
    assert "abababababababab" in text


def test_a_print_has_only_our_fonts_and_keeps_them(template: PrintTemplate) -> None:
    pdf = render(template, facts(), "zh")

    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts}
    assert names == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert b"pdfaid" in pdf  # PDF/A


def test_a_long_table_goes_over_pages_with_its_head(template: PrintTemplate) -> None:
    rows = [{"no": n, "remark": "x" * 200} for n in range(60)]

    pages = text_of(render(template, facts(rows=rows), "en"))

    assert len(pages) > 2
    assert all("Remark" in page and f"Page {n + 1}" in page for n, page in enumerate(pages[:-1]))


def test_what_people_wrote_is_shown_and_never_run(template: PrintTemplate) -> None:
    written = '#panic("x") $x$ *bold* #import "/etc/passwd" \\ <a>'

    (page,) = text_of(render(template, facts(material=written), "en"))

    assert squeezed(written) in squeezed(page)


def test_a_template_reads_no_file_outside_its_room(tmp_path: Path) -> None:
    room = tmp_path / "prints"
    room.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    source = room / "card.typ"
    source.write_text('#show: paper.with(en: "Card", zh: "卡片")\n#read("../secret.txt")')

    with pytest.raises(Exception, match=r"outside|escape|denied|root"):
        render(PrintTemplate("cards.card", source, "Card", "卡片"), facts(), "en")


def test_without_our_fonts_nothing_is_printed(
    template: PrintTemplate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "FONTS", tmp_path)
    printing._compiler.cache_clear()
    try:
        with pytest.raises(FontsMissing) as refused:
            render(template, facts(), "en")
    finally:
        printing._compiler.cache_clear()

    assert "make setup" in refused.value.remedy("zh")


def test_a_character_that_the_font_lacks_is_a_box_and_no_failure(template: PrintTemplate) -> None:
    """PDF/A takes only what can be displayed; a print with an emoji is a plain PDF."""
    pdf = render(template, facts(material="ok 👍 ไทย 𠮷"), "zh")

    assert b"pdfaid" not in pdf
    assert "卡片" in text_of(pdf)[0]


@pytest.mark.django_db
def test_a_print_that_follows_its_facts_is_made_once_for_each_state_of_them(
    template: PrintTemplate,
) -> None:
    subject = Reference("cards.card", uuid4(), "C/1", 1)

    def ask(follows: bool, **more: Any) -> UUID:
        followed = replace(template, follows_facts=follows)
        return run(
            lambda command, at: (
                store_print(
                    template=followed,
                    data=facts(**more),
                    subject=subject,
                    language="en",
                    command=command,
                    at=at,
                ).pk
            )
        )

    assert ask(True, limit=Decimal(1)) == ask(True, limit=Decimal(1))
    assert ask(True, limit=Decimal(1)) != ask(True, limit=Decimal(2))
    assert ask(False, limit=Decimal(1)) == ask(False, limit=Decimal(2))
    assert Attachment.objects.filter(subject_id=subject.id).count() == 3


@pytest.mark.django_db
def test_a_print_is_made_once_and_stays_whatever_becomes_of_its_template(
    template: PrintTemplate,
) -> None:
    record = uuid4()

    def ask(version: int = 1, language: Language = "en") -> Attachment:
        subject = Reference("cards.card", record, "C/1", version)
        return run(
            lambda command, at: store_print(
                template=template,
                data=facts(),
                subject=subject,
                language=language,
                command=command,
                at=at,
            )
        )

    first = ask()
    stored = bytes(Content.objects.get(pk=first.content_id).bytes)
    template.source.write_text('#show: paper.with(en: "Other", zh: "别的")\n#value(data.number)')
    again, newer, chinese = ask(), ask(version=2), ask(language="zh")

    assert again.pk == first.pk
    assert bytes(Content.objects.get(pk=again.content_id).bytes) == stored
    assert "Other" not in text_of(stored)[0]
    assert len({first.pk, newer.pk, chinese.pk}) == 3
    assert "Other" in text_of(bytes(Content.objects.get(pk=newer.content_id).bytes))[0]
    assert (first.title, first.file_name) == ("Card C/1", "Card C-1.pdf")
    assert (first.purpose, first.template, first.language) == ("print", "cards.card", "en")
    assert OutboxEvent.objects.filter(type="attachments.file_attached.v1").count() == 3
