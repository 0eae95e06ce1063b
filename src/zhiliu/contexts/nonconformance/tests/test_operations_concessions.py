"""Concessions against the real database."""

from datetime import timedelta

import pytest

from zhiliu.contexts.nonconformance.errors import (
    ConcessionOver,
    ConcessionTooLarge,
    NoConcessionNeeded,
    ReasonMissing,
)
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.tests.floor import (
    LATER,
    D,
    again,
    events_of,
    fresh,
)
from zhiliu.contexts.stock.models import Lot, Move
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.signatures.public import Signature


def rows():
    """How many rows a refused act might have left."""
    tables = (Report, ReportLot, Disposition, Concession, Lot, Move, AuditEntry)
    return [t.objects.count() for t in tables]


def test_a_concession_restricts_the_lot_and_ends_the_disposition(floor):
    lot, report = floor.rejected(100)
    as_is = floor.dispose(lot, "use_as_is")
    order, customer = lot.pk, report.pk

    concession = floor.concede(
        as_is, quantity=D(60), reference_ids=[order], customer_ids=[customer]
    )

    now = fresh(lot)
    assert (concession.number, concession.state) == ("CON-000001", "in_force")
    assert (now.status, now.bound_quantity, now.bound_until) == ("restricted", D(60), LATER)
    assert (now.bound_references, now.bound_customers) == ([str(order)], [str(customer)])
    assert (again(as_is).state, again(as_is).posted) == ("done", D(100))
    assert events_of(concession) == ["concession_approved", "concession_in_force"]
    (signature,) = Signature.objects.filter(subject_id=concession.pk)
    assert (signature.verb, signature.strength) == ("approve", "re_authenticated")
    assert floor.close(report).state == "closed"


@pytest.mark.parametrize(
    ("kind", "values", "refusal"),
    [
        ("use_as_is", {"quantity": D(101)}, ConcessionTooLarge),
        ("use_as_is", {"quantity": D("0.5")}, ConcessionTooLarge),
        ("use_as_is", {"until": LATER - timedelta(days=40)}, ConcessionOver),
        ("use_as_is", {"reason": ""}, ReasonMissing),
        ("scrap", {}, NoConcessionNeeded),
    ],
)
def test_a_refused_concession_changes_nothing(floor, kind, values, refusal):
    lot, _ = floor.rejected(100)
    disposition = floor.dispose(lot, kind)
    before = rows()

    with pytest.raises(refusal):
        floor.concede(disposition, **values)

    assert rows() == before


def test_a_repair_that_is_taken_back_ends_its_concession(floor):
    lot, _ = floor.rejected(100)
    repair = floor.dispose(lot, "repair")
    concession = floor.concede(repair)

    floor.cancel(repair)

    ended = again(concession)
    assert (ended.state, ended.end_cause) == ("ended", "cancelled")
    assert fresh(lot).status == "blocked"
