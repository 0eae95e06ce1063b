"""What no move may do: occur in a closed period, or leave our places out altogether."""

from django.db import migrations

# Closing waits for every posting in flight, because both need the table: a posting holds ROW
# EXCLUSIVE from its insert to its commit, the closing takes SHARE ROW EXCLUSIVE. The trigger looks
# again after the insert has its lock, so no posting slips between look and closing.
SQL = """
create function stock_wait_for_postings() returns void language plpgsql
security definer set search_path = public as $$
begin
  lock table stock_move in share row exclusive mode;
end $$;

create function stock_refuse_move() returns trigger language plpgsql as $$
declare
  hit record;
begin
  select p.starts_on, p.ends_on, m.occurred_at into hit
  from inserted m join stock_period p on p.company_id = m.company_id
  where p.state = 'closed' and m.occurred_at >= p.starts_at and m.occurred_at < p.ends_at limit 1;
  if found then
    raise exception 'period closed' using errcode = 'check_violation',
      constraint = 'stock_period_closed',
      detail = json_build_object('period', hit.starts_on || '/' || hit.ends_on,
                                 'occurred_at', hit.occurred_at)::text;
  end if;
  if exists (select from inserted m join stock_place f on f.id = m.from_place_id
               join stock_place t on t.id = m.to_place_id
             where not f.is_internal and not t.is_internal) then
    raise exception 'a move has at least one internal place' using errcode = 'check_violation',
      constraint = 'stock_move_one_internal';
  end if;
  return null;
end $$;

create trigger stock_move_refused after insert on stock_move referencing new table as inserted
for each statement execute function stock_refuse_move();
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [migrations.RunSQL(SQL)]
