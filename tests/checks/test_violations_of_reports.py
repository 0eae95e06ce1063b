"""Violations planted on nonconformance reports, dispositions and concessions are named."""

import pytest

from zhiliu.contexts.nonconformance.models import ReportLot


def row_of(planting):
    """The goods that are being sorted, and their report."""
    rows = ReportLot.objects.select_related("lot", "report")
    row = rows.get(disposition_id=planting.history.sorting.pk)
    return row, row.report


@pytest.mark.parametrize("change", ["quantity = quantity + 1", "open = open - 1, cleared = 1"])
def test_nonconforming_goods_that_do_not_add_up(planting, change):
    row, _ = row_of(planting)
    with planting.open() as execute:
        execute(
            f"update nonconformance_reportlot set {change} where id = %s",  # noqa: S608
            [row.pk],
        )

        assert (row.lot.number, str(row.pk)) in planting.named("I17")


def test_goods_that_wait_but_are_not_here(planting):
    row, _ = row_of(planting)
    with planting.open() as execute:
        execute(
            "update nonconformance_reportlot set quantity = 9, disposed = 9 where id = %s", [row.pk]
        )

        assert planting.named("I17") == {(row.lot.number, str(row.pk))}


def test_a_disposition_that_posted_what_no_move_says(planting):
    (done,) = (d for d in planting.history.posted if d.disposition_kind == "return_to_vendor")
    with planting.open() as execute:
        execute("update nonconformance_disposition set posted = 39 where id = %s", [done.pk])

        assert planting.named("I17") == {(done.number, str(done.pk))}


def test_a_report_whose_state_its_lots_do_not_bear_out(planting):
    _, report = row_of(planting)
    with planting.open() as execute:
        execute(
            "update nonconformance_report set state = 'closed', closed_at = now(),"
            " closed_by = opened_by, version = version + 1 where id = %s",
            [report.pk],
        )
        execute(
            "insert into evidence_auditentry (id, record_kind, record_id, record_version,"
            " operation, actor_id, actor_name, command_id, reason, changes)"
            " select gen_random_uuid(), record_kind, record_id, record_version + 1, operation,"
            " actor_id, actor_name, command_id, reason, jsonb_build_object('state',"
            " jsonb_build_array('disposed', 'closed')) from evidence_auditentry"
            " where record_id = %s order by record_version desc limit 1",
            [report.pk],
        )

        assert (report.number, str(report.pk)) in planting.named("I17", "I8")


def test_goods_not_accepted_of_which_no_report_knows(planting):
    (done,) = (d for d in planting.history.posted if d.disposition_kind == "return_to_vendor")
    (row,) = ReportLot.objects.filter(disposition_id=done.pk).select_related("lot")
    with planting.open() as execute:
        execute(
            "update nonconformance_reportlot set lot_id = %s where id = %s",
            [planting.history.fresh.pk, row.pk],
        )

        named = planting.named("I1", "I17")
        assert row.lot.number in {number for number, _ in named}


def test_a_lot_that_may_use_more_than_its_concession(planting):
    concession = planting.history.conceded
    with planting.open() as execute:
        execute("update nonconformance_concession set quantity = 5 where id = %s", [concession.pk])

        assert (concession.number, str(concession.pk)) in planting.named("I16", "I12", "I14")


def test_a_disposition_by_somebody_who_had_inspected(planting):
    (done,) = (d for d in planting.history.posted if d.disposition_kind == "return_to_vendor")
    with planting.open() as execute:
        execute(
            "update nonconformance_disposition set decided_by ="
            " '00000000-0000-0000-0000-000000000000' where id = %s",
            [done.pk],
        )

        assert planting.named("I18") == {(done.number, str(done.pk))}
