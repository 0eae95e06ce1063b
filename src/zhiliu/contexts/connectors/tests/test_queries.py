"""The packaged source is whole; a broken one is refused by file and row before anything happens."""

from pathlib import Path

import pytest

from zhiliu.contexts.connectors.errors import SourceMissing, SourceUnreadable
from zhiliu.contexts.connectors.queries import PACKAGED, read_adventureworks
from zhiliu.contexts.connectors.rules import purchases
from zhiliu.contexts.connectors.tests.source import change, small_copy


def test_the_packaged_source_is_the_whole_history() -> None:
    source = read_adventureworks(PACKAGED)

    assert [len(t) for t in (source.units, source.locations, source.products)] == [38, 14, 504]
    assert [len(t) for t in (source.vendors, source.terms, source.bills)] == [104, 460, 2576]
    assert [len(t) for t in (source.orders, source.lines)] == [4012, 8845]
    assert sum(line.received for line in source.lines) == 2_327_299
    assert sum(line.rejected for line in source.lines) == 72_700
    assert sum(len(p.lines) for p in purchases(source, 500)) in range(500, 510)


@pytest.mark.parametrize("path", ["nowhere", "purchase_order_detail.csv"])
def test_a_missing_table_is_named(tmp_path: Path, path: str) -> None:
    small_copy(tmp_path)

    with pytest.raises(SourceMissing) as refused:
        read_adventureworks(tmp_path / path)

    assert str(tmp_path / path / "unit_measure.csv") in refused.value.sentence("en")
    assert refused.value.remedy("zh") == "请指定包含全部数据表的文件夹。"


def test_a_broken_row_is_named_in_both_languages(tmp_path: Path) -> None:
    small_copy(tmp_path)
    change(tmp_path, "purchase_order_detail", 3, received_qty="a few")

    with pytest.raises(SourceUnreadable) as refused:
        read_adventureworks(tmp_path)

    assert refused.value.sentence("en") == (
        "Row 3 of purchase_order_detail.csv cannot be used: "
        "received_qty 'a few' is not an exact number."
    )
    assert refused.value.sentence("zh") == (
        "purchase_order_detail.csv 第 3 行无法使用：received_qty 'a few' 不是精确的数字。"
    )


def test_an_unknown_product_in_a_line_is_named(tmp_path: Path) -> None:
    small_copy(tmp_path)
    change(tmp_path, "purchase_order_detail", 4, product_id="99999")

    with pytest.raises(SourceUnreadable) as refused:
        read_adventureworks(tmp_path)

    assert (refused.value.row, refused.value.problem) == (4, "there is no product 99999")


@pytest.mark.parametrize(
    ("content", "row", "problem"),
    [
        (b"unit_measure_code,name\nEA,Each,more\n", 2, "as many fields"),
        (b"unit_measure_code,name\nEA\n", 2, "as many fields"),
        (b"unit_measure_code,title\nEA,Each\n", 1, "no column 'name'"),
        (b"unit_measure_code,name\nEA,\xff\xfe\n", 2, "no UTF-8 CSV"),
        (b'unit_measure_code,name\nEA,"Each\n', 2, "no UTF-8 CSV"),
        (b"", 1, "no row has the unit EA"),
    ],
)
def test_a_table_that_is_no_table_is_named(
    tmp_path: Path, content: bytes, row: int, problem: str
) -> None:
    small_copy(tmp_path)
    (tmp_path / "unit_measure.csv").write_bytes(content)

    with pytest.raises(SourceUnreadable) as refused:
        read_adventureworks(tmp_path)

    assert (refused.value.file, refused.value.row) == ("unit_measure.csv", row)
    assert problem in refused.value.problem
