"""One box finds every record by its number, supplier lot, serial or name."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.snapshots.test_query_counts import fill
from tests.stories.plant import Plant, open_plant
from tests.support import NOBODY, caller
from zhiliu.kernel.actor import SYSTEM, Scope
from zhiliu.platform.access.public import Searcher, all_kinds, all_searchers

pytestmark = pytest.mark.django_db

# A calibration is opened from its gauge, a version from its plan, a check run from its list.
OPENED_ELSEWHERE = {"equipment.calibration", "inspections.plan_version", "evidence.check_run"}


@pytest.fixture(scope="module")
def plant(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plant]:
    with django_db_blocker.unblock(), transaction.atomic():
        plant = open_plant()
        for i in range(3):
            fill(plant, i)
        yield plant
        transaction.set_rollback(True)


def found(who: Any, text: str, **more: Any) -> list[dict[str, Any]]:
    from urllib.parse import urlencode

    items: list[dict[str, Any]] = who.get(f"/search?{urlencode({'q': text, **more})}")["items"]
    return items


def first_row(searcher: Searcher, column: str) -> tuple[Any, str]:
    rows = searcher.rows(SYSTEM).exclude(**{column: ""}).order_by("pk")
    row: tuple[Any, str] = rows.values_list(searcher.id, column).first()
    return row


def test_every_kind_of_record_with_a_number_is_searched() -> None:
    searched = {searcher.kind for searcher in all_searchers()}

    assert set(all_kinds()) - OPENED_ELSEWHERE <= searched


@pytest.mark.parametrize("searcher", all_searchers(), ids=lambda s: f"{s.kind}-{s.columns[0]}")
def test_a_record_is_found_by_each_of_its_columns(plant: Plant, searcher: Searcher) -> None:
    for column in searcher.columns:
        if searcher.rows(SYSTEM).exclude(**{column: ""}).exists():
            pk, text = first_row(searcher, column)

            hits = found(plant.admin, text, limit=50)

            assert (searcher.kind, str(pk)) in [(h["kind"], h["id"]) for h in hits], (column, text)


def test_the_exact_number_comes_first_then_what_begins_so(plant: Plant) -> None:
    numbers = [lot["number"] for lot in plant.admin.get("/lots?limit=500")["items"]]
    exact, prefix = numbers[0], numbers[0][:-1]

    assert found(plant.admin, exact.lower())[0]["number"] == exact
    by_prefix = [h["number"] for h in found(plant.admin, prefix, limit=50)]
    begins = [n.startswith(prefix) for n in by_prefix]
    assert exact in by_prefix and begins == sorted(begins, reverse=True)


def test_chinese_names_supplier_lots_and_scanned_codes_are_found(plant: Plant) -> None:
    partner = plant.admin.post("/partners", number="V-轴", name="宁波精密轴承", roles=["supplier"])
    (hit,) = found(plant.admin, "密轴")
    assert (hit["kind"], hit["id"], hit["title"]) == (
        "partners.partner",
        partner["id"],
        "宁波精密轴承",
    )
    number = plant.admin.get("/lots")["items"][0]["number"]
    scanned = found(plant.admin, f"]d292{number}")
    assert (scanned[0]["kind"], scanned[0]["number"]) == ("stock.lot", number)


def test_four_kinds_of_caller_search(plant: Plant) -> None:
    number = plant.admin.get("/lots")["items"][0]["number"]

    assert NOBODY.send("GET", f"/search?q={number}").status_code == 401
    assert found(caller("tests.other"), number) == []
    assert found(caller("stock.read", scope=Scope(site_id=uuid4())), number) == []
    assert found(caller("stock.read", scope=Scope(supplier_id=uuid4())), number) == []
    (hit,) = found(caller("stock.read", scope=Scope(company_id=plant.company)), number)[:1]
    assert hit["number"] == number
    kinds = {h["kind"] for h in found(caller("purchasing.read"), "0", limit=50)}
    assert kinds == {"purchasing.order"}


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=", 200), ("q=%20", 200), ("q=%00", 422), ("", 422), ("q=a&limit=51", 422)],
)
def test_what_cannot_be_sought_finds_nothing_or_is_refused(query: str, status: int) -> None:
    answer = caller().send("GET", f"/search?{query}")

    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"items": []}


def test_wildcards_are_plain_text(plant: Plant) -> None:
    assert found(plant.admin, "%%%") == found(plant.admin, "___") == []


def test_a_search_makes_as_many_queries_whatever_is_found(plant: Plant) -> None:
    plant.admin.get("/me")
    made = []
    for text in ("0", "nothing-like-it"):
        with CaptureQueriesContext(connection) as queries:
            found(plant.admin, text, limit=50)
        made.append(len(queries))

    assert made == [len(all_searchers())] * 2


def test_every_column_that_is_searched_has_its_trigram_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where indexdef like '%gin_trgm_ops%'")
        indexed = {name for (name,) in cursor.fetchall()}

    assert indexed == {
        f"search_{s.rows(SYSTEM).model._meta.db_table}_{column}"
        for s in all_searchers()
        for column in s.columns
    }
