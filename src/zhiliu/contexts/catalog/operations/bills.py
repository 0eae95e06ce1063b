"""Bills of material."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import BillLoop, BillOverlap, NotFound
from zhiliu.contexts.catalog.events import BillLineAdded, BillLineEnded
from zhiliu.contexts.catalog.models import BillLine, Material
from zhiliu.contexts.catalog.permissions import access_shared
from zhiliu.contexts.catalog.queries import contains, get_materials, get_unit
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
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
    _check_overlap(assembly, component, (valid_from, valid_to))
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


def end_bill_line(
    *,
    line_id: UUID,
    expected_version: int,
    valid_to: date | None,
    command: Command,
    at: datetime,
) -> BillLine:
    """Set the day from which a component is no part of the assembly any more; None: no end.

    Raises SharedByAll, NotFound, VersionMismatch, BadValidity, BillOverlap; emits BillLineEnded
    when something changed.
    """
    flush()
    access_shared(command)
    _lock_bills()
    rows = BillLine.objects.select_related("assembly", "component", "unit")
    line = rows.filter(pk=line_id).first()
    if line is None:
        raise NotFound("bill line", str(line_id))
    same_version(expected_version, line.version)
    for refusal in rules.check_validity(line.valid_from, valid_to):
        raise refusal
    _check_overlap(line.assembly, line.component, (line.valid_from, valid_to), line.pk)

    record_changed(line, command, valid_to=valid_to)
    if line.version != expected_version:
        record_event(
            BillLineEnded(
                subject=Reference(line.kind, line.id, line.assembly.number, line.version),
                company_id=None,
                site_id=None,
                assembly_id=line.assembly_id,
                component_id=line.component_id,
                component=line.component.number,
                valid_to=valid_to,
            ),
            command,
            at,
        )
    return line


def _check_overlap(
    assembly: Material,
    component: Material,
    validity: tuple[date, date | None],
    but: UUID | None = None,
) -> None:
    for line in BillLine.objects.filter(assembly=assembly, component=component):
        if line.pk != but and rules.overlap((line.valid_from, line.valid_to), validity):
            raise BillOverlap(
                assembly=assembly.number,
                component=component.number,
                valid_from=line.valid_from.isoformat(),
            )


def _lock_bills() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [BILLS_LOCK])
