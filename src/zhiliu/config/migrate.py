"""`python -m zhiliu.config.migrate`: migrations, triggers, grants and rules, as the owner role.

Triggers and grants are computed from the models each time, so that no new table can miss them. The
application role may select, insert, update and delete, but on append-only tables only select and
insert (DESIGN.md section 6); there the triggers refuse even the owner.
"""

import os

import django
from psycopg import sql

APPLICATION_ROLE = "zhiliu_app"

FUNCTIONS = """
create or replace function evidence_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create or replace function evidence_version_rises() returns trigger language plpgsql as $$
begin
  if new.version <= old.version or new.id <> old.id then
    raise exception 'version of % must rise', tg_table_name using errcode = 'check_violation',
      constraint = tg_table_name || '_version_rises';
  end if;
  return new;
end $$;

create or replace function outbox_dispatched_once() returns trigger language plpgsql as $$
begin
  if old.dispatched_at is not null or new.dispatched_at is null
     or (to_jsonb(new) - 'dispatched_at') <> (to_jsonb(old) - 'dispatched_at') then
    raise exception 'an event is dispatched once and never changes'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function numbering_open_range(
    range_id uuid, company uuid, range_kind text, range_prefix text, digits int, gap_free boolean
) returns void language plpgsql security definer set search_path = public as $$
declare
  sequence_name text := 'numbering_' || replace(range_id::text, '-', '');
begin
  if exists (select 1 from numbering_numberrange
             where company_id = company and kind = range_kind) then
    return;
  end if;
  execute format('create sequence %I', sequence_name);
  execute format('grant usage, select on sequence %I to zhiliu_app', sequence_name);
  insert into numbering_numberrange
    (id, company_id, kind, prefix, width, is_gap_free, last, sequence)
  values (range_id, company, range_kind, range_prefix, digits, gap_free, 0, sequence_name);
end $$;
"""


def main() -> None:
    """Apply all migrations, then triggers, the application role's rights, and the rule tables."""
    os.environ["ZHILIU_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    settle_restored_events()
    install_triggers()
    install_search()
    grant_application_role()

    from zhiliu.kernel.clock import server_time
    from zhiliu.platform.rules.public import install_tables

    install_tables(server_time())


# The numbers of transactions begin anew on another server: those of restored events would pass for
# future ones. 3 is a transaction that was over before everything.
RESTORED = """
select exists (select from outbox_outboxevent
  where transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
"""
SETTLED = "alter table outbox_outboxevent alter transaction_id type xid8 using '3'::xid8"


def settle_restored_events() -> None:
    """Make events that came from another server older than everything that happens on this one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(RESTORED)
        if cursor.fetchone() == (True,):
            cursor.execute(SETTLED)


def install_triggers() -> None:
    """Guard every append-only and every audited table; safe to repeat."""
    from django.apps import apps
    from django.db import connection

    from zhiliu.platform.evidence.models import AppendOnlyModel, AuditedModel
    from zhiliu.platform.outbox.models import OutboxEvent

    guard = sql.SQL(
        "create or replace trigger {name} before {acts} on {table} "
        "for each {level} execute function {function}()"
    )

    def install(cursor: object, table: str, acts: str, level: str, function: str) -> None:
        cursor.execute(  # type: ignore[attr-defined]
            guard.format(
                name=sql.Identifier(f"{table}_{function}_{level}"),
                acts=sql.SQL(acts),
                table=sql.Identifier(table),
                level=sql.SQL(level),
                function=sql.Identifier(function),
            )
        )

    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for model in apps.get_models():
            table = model._meta.db_table
            if model is OutboxEvent:
                install(cursor, table, "delete or truncate", "statement", "evidence_refuse_change")
                install(cursor, table, "update", "row", "outbox_dispatched_once")
            elif issubclass(model, AppendOnlyModel):
                acts = "update or delete or truncate"
                install(cursor, table, acts, "statement", "evidence_refuse_change")
            elif issubclass(model, AuditedModel):
                install(cursor, table, "update", "row", "evidence_version_rises")
                install(cursor, table, "delete or truncate", "statement", "evidence_refuse_change")


def install_search() -> None:
    """A trigram index for every column that search looks through; safe to repeat."""
    from django.db import connection

    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.platform.access.public import all_searchers

    index = sql.SQL(
        "create index if not exists {name} on {table} using gin (upper({column}) gin_trgm_ops)"
    )
    with connection.cursor() as cursor:
        cursor.execute("create extension if not exists pg_trgm")
        for searcher in all_searchers():
            meta = searcher.rows(SYSTEM).model._meta
            for column in searcher.columns:
                cursor.execute(
                    index.format(
                        name=sql.Identifier(f"search_{meta.db_table}_{column}"),
                        table=sql.Identifier(meta.db_table),
                        column=sql.Identifier(meta.get_field(column).column),
                    )
                )


def grant_application_role() -> None:
    """Grant the application role exactly what the models allow; safe to repeat."""
    from django.apps import apps
    from django.db import connection

    from zhiliu.platform.evidence.models import AppendOnlyModel, AuditedModel

    role = sql.Identifier(APPLICATION_ROLE)

    def run(cursor: object, statement: str, table: str = "") -> None:
        cursor.execute(  # type: ignore[attr-defined]
            sql.SQL(statement).format(role=role, table=sql.Identifier(table or "none"))
        )

    with connection.cursor() as cursor:
        run(cursor, "grant usage on schema public to {role}")
        run(cursor, "grant select, insert, update, delete on all tables in schema public to {role}")
        run(cursor, "grant usage, select on all sequences in schema public to {role}")
        run(cursor, "grant execute on all functions in schema public to {role}")
        run(cursor, "revoke insert, update, delete on django_migrations from {role}")
        for model in apps.get_models():
            table = model._meta.db_table
            if issubclass(model, AppendOnlyModel):
                run(cursor, "revoke update, delete on {table} from {role}", table)
            elif issubclass(model, AuditedModel):
                run(cursor, "revoke delete on {table} from {role}", table)
        run(cursor, "grant update (dispatched_at) on outbox_outboxevent to {role}")
        run(cursor, "revoke update, delete on commands_donecommand from {role}")
        run(cursor, "revoke insert, delete on numbering_numberrange from {role}")


if __name__ == "__main__":
    main()
