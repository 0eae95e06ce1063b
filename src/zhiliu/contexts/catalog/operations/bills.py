"""Bills of material."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import BillLoop, BillOverlap
from zhiliu.contexts.catalog.events import BillLineAdded
from zhiliu.contexts.catalog.models import BillLine
from zhiliu.contexts.catalog.permissions import access_shared
from zhiliu.contexts.catalog.queries import contains, get_materials, get_unit
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush, record_created
from zhiliu.platform.outbox.public import record_event

BILLS_LOCK = 0x62696C6C  # "bill": a loop may close over any two bills, so they have one lock


def add_bill_line(
    *,
    assembly_id: UUID,
    component_id: UUID,
    quantity: Decimal,
    unit_id: UUID,
    valid_from: date,
    valid_to: date | None = None,
    command: Command,
    at: datetime,
) -> BillLine:
    """State how much of a component, in `unit_id`, goes into one assembly, and on which days.

    `valid_to` is exclusive. Raises SharedByAll, NotFound, OutOfRange, DoesNotFit, BadValidity,
    BillOverlap, BillLoop; emits BillLineAdded.
    """
    flush()
    access_shared(command)
    _lock_bills()
    materials = get_materials([assembly_id, component_id])
    assembly, component = materials[assembly_id], materials[component_id]
    unit = get_unit(unit_id)
    for refusal in (
        rules.check_positive(quantity)
        + rules.check_fits(quantity, unit.code, unit.decimals)
        + rules.check_validity(valid_from, valid_to)
    ):
        raise refusal
    for line in BillLine.objects.filter(assembly=assembly, component=component):
        if rules.overlap((line.valid_from, line.valid_to), (valid_from, valid_to)):
            raise BillOverlap(
                assembly=assembly.number,
                component=component.number,
                valid_from=line.valid_from.isoformat(),
            )
    if contains(component_id, assembly_id):
        raise BillLoop(assembly=assembly.number, component=component.number)

    added = record_created(
        BillLine(
            assembly=assembly,
            component=component,
            quantity=quantity,
            unit=unit,
            valid_from=valid_from,
            valid_to=valid_to,
        ),
        command,
    )
    record_event(
        BillLineAdded(
            subject=Reference(added.kind, added.id, assembly.number, added.version),
            company_id=None,
            site_id=None,
            assembly_id=assembly_id,
            component_id=component_id,
            component=component.number,
            quantity=quantity,
            unit=unit.code,
        ),
        command,
        at,
    )
    return added


def _lock_bills() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [BILLS_LOCK])
