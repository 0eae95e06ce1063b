"""Audit entries and append-only rows: what is recorded, and what the database refuses."""

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from psycopg import sql
from tests.support import run
from tests.support_committing import committing
from tests.support_events import light

from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.command import Command
from zhiliu.kernel.ids import new_id
from zhiliu.platform.access.models import ApiToken, Role, User
from zhiliu.platform.evidence.models import AppendOnlyModel, AuditedModel, AuditEntry
from zhiliu.platform.evidence.public import (
    LostUpdate,
    current,
    flush,
    open_write_set,
    record_changed,
    record_created,
)
from zhiliu.platform.outbox.models import OutboxEvent


def make_role(**values):
    """A role, recorded in a command of its own."""
    fields = {"code": f"r{uuid4().hex}", "name_en": "a", "name_zh": "甲", "operations": ["x.y"]}
    return run(lambda command, at: record_created(Role(**fields | values), command))


def entries(row):
    """The audit entries of a row in the order of its versions."""
    return list(AuditEntry.objects.filter(record_id=row.pk).order_by("record_version"))


@pytest.mark.django_db
def test_a_created_row_has_an_entry_of_version_1_with_every_field_and_who_and_why():
    box = []

    def call(command, at):
        box.append(command)
        return record_created(Role(code="inspector", name_en="I", name_zh="检"), command)

    role = run(call, operation="access.add_role", reason="new plant")

    (entry,) = entries(role)
    assert Role.objects.get(pk=role.pk).version == 1
    assert (entry.record_kind, entry.record_version) == ("access.role", 1)
    assert (entry.operation, entry.reason) == ("access.add_role", "new plant")
    assert (entry.actor_id, entry.actor_name) == (SYSTEM.id, "system")
    assert entry.command_id == box[0].id
    assert entry.changes == {
        "code": [None, "inspector"],
        "name_en": [None, "I"],
        "name_zh": [None, "检"],
        "operations": [None, []],
    }


@pytest.mark.django_db
def test_a_change_raises_the_version_and_keeps_old_and_new_of_changed_fields_only():
    role = make_role(name_en="old")

    def call(command, at):
        row = Role.objects.select_for_update().get(pk=role.pk)
        record_changed(row, command, name_en="new", name_zh="甲", operations=["x.y", "x.z"])

    run(call)

    stored = Role.objects.get(pk=role.pk)
    assert (stored.version, stored.name_en, stored.name_zh) == (2, "new", "甲")
    assert [e.record_version for e in entries(role)] == [1, 2]
    assert entries(role)[1].changes == {
        "name_en": ["old", "new"],
        "operations": [["x.y"], ["x.y", "x.z"]],
    }


@pytest.mark.django_db
def test_a_change_that_changes_nothing_leaves_no_trace():
    role = make_role()

    run(lambda c, at: record_changed(Role.objects.get(pk=role.pk), c, name_en="a", name_zh="甲"))

    assert Role.objects.get(pk=role.pk).version == 1
    assert len(entries(role)) == 1


@pytest.mark.django_db
def test_several_changes_in_one_command_leave_one_entry_a_version():
    def call(command, at):
        row = record_created(Role(code="r", name_en="1", name_zh="一"), command)
        record_changed(row, command, name_en="2")
        flush()
        record_changed(row, command, name_en="3")
        record_changed(row, command, name_zh="四")
        return row

    role = run(call)

    stored = Role.objects.get(pk=role.pk)
    assert (stored.version, stored.name_en, stored.name_zh) == (4, "3", "四")
    assert [e.record_version for e in entries(role)] == [1, 2, 3, 4]
    assert [e.changes for e in entries(role)[1:]] == [
        {"name_en": ["1", "2"]},
        {"name_en": ["2", "3"]},
        {"name_zh": ["一", "四"]},
    ]


@pytest.mark.django_db
def test_secrets_are_audited_as_changed_but_never_shown():
    def call(command, at):
        user = record_created(User(username="u", name="U", password="hash-one"), command)
        token = record_created(ApiToken(user=user, name="t", digest="d" * 64), command)
        return user, token

    user, token = run(call)
    run(lambda c, at: record_changed(User.objects.get(pk=user.pk), c, password="hash-two"))

    first, second = entries(user)
    assert first.changes["password"] == [None, "***"]
    assert second.changes == {"password": ["***", "***"]}
    assert entries(token)[0].changes["digest"] == [None, "***"]
    assert User.objects.get(pk=user.pk).password == "hash-two"


@pytest.mark.django_db
def test_a_row_that_is_not_at_the_version_that_was_read_is_a_lost_update():
    role, other = make_role(), make_role()
    ahead = Role.objects.get(pk=role.pk)
    ahead.version = 7  # as if it had been read in a transaction that was undone

    with pytest.raises(LostUpdate), transaction.atomic(), open_write_set():
        record_changed(Role.objects.get(pk=other.pk), _command(), name_en="ours")
        record_changed(ahead, _command(), name_en="ours")

    assert Role.objects.get(pk=role.pk).name_en == "a"
    assert Role.objects.get(pk=other.pk).name_en == "a"
    assert (len(entries(role)), len(entries(other))) == (1, 1)


@pytest.mark.django_db
def test_of_two_changes_of_the_same_version_the_second_is_refused_and_writes_nothing():
    role = make_role()
    stale = Role.objects.get(pk=role.pk)
    run(lambda c, at: record_changed(Role.objects.get(pk=role.pk), c, name_en="theirs"))

    # the audit entry of that version exists already, which shows before the update's count does
    with (
        pytest.raises((LostUpdate, psycopg.errors.UniqueViolation)),
        transaction.atomic(),
        open_write_set(),
    ):
        record_changed(stale, _command(), name_en="ours")

    assert Role.objects.get(pk=role.pk).name_en == "theirs"
    assert len(entries(role)) == 2


def _command():
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return Command(id=new_id(), operation="tests.x", actor=SYSTEM, recorded_at=at, key="k")


@pytest.mark.django_db
def test_nothing_can_be_written_outside_a_command():
    with pytest.raises(LookupError):
        current()
    with pytest.raises(LookupError):
        record_created(Role(code="r"), _command())
    flush()  # harmless


@pytest.mark.django_db
def test_a_failed_command_sends_nothing():
    with pytest.raises(RuntimeError), transaction.atomic(), open_write_set():
        record_created(Role(code="never", name_en="", name_zh=""), _command())
        raise RuntimeError

    assert not Role.objects.filter(code="never").exists()


def refused(statement, error):
    """Run a statement that the database must refuse with exactly this error."""
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(caught.value.__cause__, error), caught.value


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["name_en = 'x'", "name_en = 'x', version = version"])
def test_an_audited_row_is_not_updated_without_a_risen_version(change):
    make_role()

    refused(f"update access_role set {change}", psycopg.errors.CheckViolation)  # noqa: S608
    refused("update access_role set version = version - 1", psycopg.errors.CheckViolation)
    refused(
        "update access_role set version = version + 1, id = gen_random_uuid()",
        psycopg.errors.CheckViolation,
    )


def tables(base):
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, base))


APPEND_ONLY = tables(AppendOnlyModel)
AUDITED = tables(AuditedModel)
DENIED = psycopg.errors.InsufficientPrivilege


KEYS = {m._meta.db_table: m._meta.pk.column for m in apps.get_models()}


def test_there_are_tables_of_both_kinds():
    assert {"evidence_auditentry", "outbox_outboxevent", "stock_move"} <= set(APPEND_ONLY)
    assert {"access_role", "catalog_material", "stock_lot"} <= set(AUDITED)


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_application_cannot_update_delete_or_truncate_an_append_only_table(table):
    refused(f'update "{table}" set {KEYS[table]} = {KEYS[table]}', DENIED)  # noqa: S608
    refused(f'delete from "{table}"', DENIED)  # noqa: S608
    refused(f'truncate "{table}"', DENIED)


@pytest.mark.django_db
@pytest.mark.parametrize("table", AUDITED)
def test_the_application_cannot_delete_from_or_truncate_an_audited_table(table):
    refused(f'delete from "{table}"', DENIED)  # noqa: S608
    refused(f'truncate "{table}"', DENIED)


UPDATE, DELETE, TRUNCATE = (
    sql.SQL(text)
    for text in ("update {0} set {1} = {1}", "delete from {0}", "truncate {0} cascade")
)


def test_even_the_owner_cannot_change_what_is_recorded(django_db_blocker):
    with committing(django_db_blocker) as urls:
        make_role()
        light()
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            acts = [(act, t) for t in (*APPEND_ONLY, *AUDITED) for act in (DELETE, TRUNCATE)]
            acts += [(UPDATE, t) for t in APPEND_ONLY if t != OutboxEvent._meta.db_table]
            for act, table in acts:
                with pytest.raises(DENIED, match="append-only"):
                    owner.execute(act.format(*map(sql.Identifier, (table, KEYS[table]))))
            for change in ("data = '{}'", "type = 'x'", "dispatched_at = null"):
                with pytest.raises(DENIED, match="dispatched once"):
                    owner.execute(sql.SQL("update outbox_outboxevent set ") + sql.SQL(change))
            with pytest.raises(psycopg.errors.CheckViolation, match="must rise"):
                owner.execute("update access_role set name_en = 'x'")


@pytest.mark.django_db
def test_the_database_keeps_one_entry_a_version():
    role = make_role()
    (entry,) = entries(role)

    entry.pk = new_id()
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        entry.save(force_insert=True)

    assert "evidence_audit_record_version" in str(caught.value)
