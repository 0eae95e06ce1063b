"""The write set writes the same rows, column by column, as plain `create` and `save`.

Both ways run inside one transaction, each undone before the other. The times that the database
itself fills in are those of the statement, so they are looked at apart.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models, transaction
from django.db.models.fields import NOT_PROVIDED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import run
from zhiliu.contexts.catalog.models import (
    BillLine,
    ControlProfile,
    Material,
    MaterialRevision,
    Unit,
)
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.command import Command
from zhiliu.kernel.ids import new_id
from zhiliu.platform.access.models import Role, RoleGrant, User
from zhiliu.platform.evidence.models import AuditedModel, AuditEntry
from zhiliu.platform.evidence.public import open_write_set, record_changed, record_created
from zhiliu.platform.evidence.writes import FEW, columns
from zhiliu.platform.outbox.models import OutboxEvent, TransactionIdField

pytestmark = pytest.mark.django_db

PROPERTY = settings(
    max_examples=60,
    deadline=None,
    # the fixture is the transaction around all examples; each example undoes what it wrote
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Whatever PostgreSQL can keep: no NUL and no half of a surrogate pair. What quotes arrays and
# JSON is drawn often, and so are Han characters of four bytes.
CHARACTERS = st.one_of(
    st.sampled_from("\\\"'{},; \t\n%$()nulNULL检𠮷𪚥😀é\u202e\x7f"),
    st.characters(codec="utf-8", exclude_characters="\x00"),
)


def texts(size: int) -> st.SearchStrategy[str]:
    return st.text(CHARACTERS, max_size=size)


def decimals(digits: int, places: int) -> st.SearchStrategy[Decimal]:
    limit = Decimal(10) ** (digits - places) - 1
    return st.decimals(-limit, limit, places=places, allow_nan=False)


DATES = st.dates(date(1, 1, 1), date(9999, 12, 31))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=ZONES)  # noqa: DTZ001
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**18), 10**18),
        st.floats(allow_nan=False, allow_infinity=False),
        texts(12),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(texts(6), inner, max_size=4)
    ),
    max_leaves=8,
)
# None in a column that may be null; at the top level of JSON it is a null column, not JSON's null
DOCUMENTS = JSON.filter(lambda value: value is not None)
IDS = st.uuids()
COUNTS = st.integers(0, 2**31 - 1)
# below, at and above the border between VALUES and arrays
SIZES = st.sampled_from([1, 2, FEW, FEW + 1, FEW + 2, 12])


@dataclass
class Fixed:
    """Rows that foreign keys of the random rows point to."""

    unit: Unit
    profile: ControlProfile
    material: Material
    user: User
    role: Role


@pytest.fixture
def fixed() -> Fixed:
    def make(command: Command, at: datetime) -> Fixed:
        unit = record_created(Unit(code="pcs", name_en="piece"), command)
        profile = record_created(
            ControlProfile(code="P", name="P", lot_control="lot", inspection="required"), command
        )
        material = record_created(Material(number="M", unit=unit, profile=profile), command)
        user = record_created(User(username="u", name="U"), command)
        role = record_created(Role(code="r", name_en="R", name_zh="角"), command)
        return Fixed(unit, profile, material, user, role)

    made: Fixed = run(make)
    return made


@dataclass(frozen=True)
class Shape:
    """How random rows of one model are made."""

    model: type[models.Model]
    values: dict[str, st.SearchStrategy[Any]]
    keys: dict[str, str] = field(default_factory=dict)  # foreign key -> the fixed row
    unique: str = ""  # a text column that must differ from row to row


SHAPES = (
    Shape(
        ControlProfile,
        {
            "name": texts(100),
            "lot_control": texts(10),
            "inspection": texts(10),
            "over_tolerance_percent": decimals(6, 3).map(abs),
            "short_tolerance_percent": decimals(5, 3).map(abs),
            "shelf_life_days": st.none() | COUNTS,
        },
        unique="code",
    ),
    Shape(
        Material,
        {"name": texts(150), "group": texts(60), "is_active": st.booleans()},
        {"unit": "unit", "profile": "profile"},
        unique="number",
    ),
    Shape(
        MaterialRevision,
        {"valid_from": st.none() | DATES},
        {"material": "material"},
        unique="revision",
    ),
    Shape(
        BillLine,
        {
            "quantity": decimals(18, 6).map(lambda d: abs(d) + Decimal("0.000001")),
            "valid_from": DATES,
            "valid_to": st.none() | st.dates(date(2100, 1, 1)),
        },
        {"assembly": "material", "component": "material", "unit": "unit"},
    ),
    Shape(
        Role,
        {"name_en": texts(100), "name_zh": texts(100), "operations": DOCUMENTS},
        unique="code",
    ),
    Shape(
        RoleGrant,
        {"site_id": IDS, "revoked_at": st.none() | TIMES},
        {"user": "user", "role": "role"},
    ),
    Shape(
        OutboxEvent,
        {
            "type": texts(100),
            "subject_kind": texts(60),
            "subject_id": IDS,
            "subject_number": texts(60),
            "subject_version": st.none() | COUNTS,
            "data": DOCUMENTS,
            "actor_id": IDS,
            "actor_name": texts(150),
            "reason": texts(300),
            "company_id": st.none() | IDS,
            "site_id": st.none() | IDS,
            "occurred_at": TIMES,
            "command_id": IDS,
            "correlation_id": IDS,
            "causation_id": st.none() | IDS,
        },
    ),
    Shape(
        AuditEntry,
        {
            "record_kind": texts(60),
            "record_id": IDS,
            "record_version": COUNTS,
            "operation": texts(80),
            "actor_id": IDS,
            "actor_name": texts(150),
            "command_id": IDS,
            "reason": texts(300),
            "changes": DOCUMENTS,
        },
    ),
)


@st.composite
def drawn_rows(draw: st.DrawFn, shape: Shape) -> list[dict[str, Any]]:
    """The values of several rows of one model, foreign keys left out."""
    rows = []
    for number in range(draw(SIZES)):
        row = {name: draw(strategy) for name, strategy in shape.values.items()}
        if shape.unique:
            row[shape.unique] = f"{number}{draw(texts(8))}"
        rows.append({"id": new_id(), **row})
    if shape.model is BillLine:  # unique by its first day
        for number, row in enumerate(rows):
            row["valid_from"] = date(2000, 1, 1) + timedelta(days=number)
    return rows


def built(shape: Shape, rows: list[dict[str, Any]], fixed: Fixed) -> list[models.Model]:
    keys = {name: getattr(fixed, source) for name, source in shape.keys.items()}
    return [shape.model(**row, **keys) for row in rows]


@contextmanager
def undone() -> Any:
    """Whatever the block writes, constraints checked as at a commit, and undone."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate; set constraints all deferred")
        transaction.set_rollback(True)


def stored(model: type[models.Model], ids: list[UUID]) -> list[tuple[Any, ...]]:
    """The rows as the database has them, every column as text, so nothing is compared loosely.

    Of a column that the database fills in only whether it is the time of this statement, or this
    transaction.
    """

    def shown(f: Any) -> str:
        if f.db_default is NOT_PROVIDED:
            return f'"{f.column}"::text'
        if isinstance(f, TransactionIdField):
            return f'"{f.column}" = pg_current_xact_id()'
        return f'"{f.column}" between transaction_timestamp() and clock_timestamp()'

    columns = ", ".join(map(shown, model._meta.concrete_fields))
    statement = f'select {columns} from "{model._meta.db_table}" where id = any(%s) order by id'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids])
        return list(cursor.fetchall())


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.model.__name__)
@given(data=st.data())
@PROPERTY
def test_inserts_equal_create(shape: Shape, fixed: Fixed, data: st.DataObject) -> None:
    rows = data.draw(drawn_rows(shape))
    ids = [row["id"] for row in rows]

    with undone():
        with open_write_set() as writes:
            for row in built(shape, rows, fixed):
                writes.insert(row)
        ours = stored(shape.model, ids)
    with undone():
        for row in built(shape, rows, fixed):
            row.save(force_insert=True)
        theirs = stored(shape.model, ids)

    assert len(ours) == len(rows)
    assert ours == theirs
    assert False not in {value for row in ours for value in row}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.model.__name__)
@given(data=st.data())
@PROPERTY
def test_many_inserted_by_their_columns_equal_create(
    shape: Shape, fixed: Fixed, data: st.DataObject
) -> None:
    rows = data.draw(drawn_rows(shape))
    ids = [row["id"] for row in rows]
    made = built(shape, rows, fixed)
    names = [c.attribute for c in columns(shape.model)]
    values = {name: [getattr(row, name) for row in made] for name in names}
    shared = {name for name in names if len({repr(v) for v in values[name]}) == 1} - {"id"}

    with undone():
        with open_write_set() as writes:
            writes.insert_many(
                shape.model,
                each={name: values[name] for name in names if name not in shared},
                **{name: values[name][0] for name in shared},
            )
        ours = stored(shape.model, ids)
    with undone():
        for row in made:
            row.save(force_insert=True)
        theirs = stored(shape.model, ids)

    assert len(ours) == len(rows)
    assert ours == theirs


CHANGED = [s for s in SHAPES if issubclass(s.model, AuditedModel)]


@pytest.mark.parametrize("shape", CHANGED, ids=lambda s: s.model.__name__)
@given(data=st.data())
@PROPERTY
def test_updates_equal_save(shape: Shape, fixed: Fixed, data: st.DataObject) -> None:
    before = data.draw(drawn_rows(shape))
    ids = [row["id"] for row in before]
    names = [n for n in shape.values if not (shape.model is BillLine and n == "valid_from")]
    picked = st.lists(st.sampled_from(names), min_size=1, unique=True)
    after = [{name: data.draw(shape.values[name]) for name in data.draw(picked)} for _ in before]

    with undone():
        shape.model._default_manager.bulk_create(built(shape, before, fixed))
        with open_write_set():
            for row, values in zip(built(shape, before, fixed), after, strict=True):
                record_changed(row, _command(), **values)  # type: ignore[arg-type]
        ours = stored(shape.model, ids)
        entries = AuditEntry.objects.filter(record_id__in=ids).count()
    with undone():
        shape.model._default_manager.bulk_create(built(shape, before, fixed))
        changed = 0
        for row, values in zip(built(shape, before, fixed), after, strict=True):
            if any(getattr(row, name) != value for name, value in values.items()):
                changed += 1
                for name, value in {**values, "version": 2}.items():
                    setattr(row, name, value)
                row.save(force_update=True)
        theirs = stored(shape.model, ids)

    assert ours == theirs
    assert entries == changed


def _command() -> Command:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return Command(id=new_id(), operation="tests.x", actor=SYSTEM, recorded_at=at, key="k")


@pytest.mark.parametrize("count", [1, FEW, FEW + 1])
def test_rows_of_one_statement_may_point_at_rows_that_are_queued_after_them(count: int) -> None:
    units = [Unit(code=f"u{n}", name_en="x") for n in range(count)]
    profile = ControlProfile(code="c", name="c", lot_control="lot", inspection="exempt")
    materials = [
        Material(number=f"m{n}", unit=unit, profile=profile) for n, unit in enumerate(units)
    ]

    with undone():
        with open_write_set() as writes:
            for row in (*materials, profile, *units):
                writes.insert(row)
        found = Material.objects.filter(profile__code="c", unit__code__startswith="u").count()

    assert found == count


def test_values_are_audited_as_exact_json() -> None:
    def call(command: Command, at: datetime) -> tuple[ControlProfile, Material, MaterialRevision]:
        unit = record_created(Unit(code="u1", name_en="piece"), command)
        profile = ControlProfile(
            code="p1",
            name="p",
            lot_control="lot",
            inspection="required",
            over_tolerance_percent=Decimal("2.500"),
        )
        record_created(profile, command)
        material = record_created(
            Material(number="M1", name="轴", unit=unit, profile=profile), command
        )
        revision = MaterialRevision(material=material, revision="A", valid_from=date(2026, 1, 2))
        return profile, material, record_created(revision, command)

    profile, material, revision = run(call)

    def changes(row: AuditedModel) -> Any:
        return AuditEntry.objects.get(record_id=row.pk).changes

    assert changes(profile)["over_tolerance_percent"] == [None, "2.5"]
    assert "shelf_life_days" not in changes(profile)
    assert changes(material)["is_active"] == [None, True]
    assert changes(revision) == {
        "material_id": [None, str(material.pk)],
        "revision": [None, "A"],
        "valid_from": [None, "2026-01-02"],
    }
