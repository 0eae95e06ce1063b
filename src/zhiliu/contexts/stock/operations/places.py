"""Places, containers, periods and labels."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from zhiliu.contexts.catalog.models import Company, Site
from zhiliu.contexts.stock.errors import AlreadyExists, Mismatch, NotFound, WrongPlace
from zhiliu.contexts.stock.events import (
    ContainerMoved,
    PeriodAdded,
    PeriodClosedEvent,
    PlaceAdded,
)
from zhiliu.contexts.stock.models import Period, Place
from zhiliu.contexts.stock.operations.locks import get_internal_place
from zhiliu.contexts.stock.rules import can_close
from zhiliu.contexts.stock.states import OUTSIDE_KINDS, PeriodState, PlaceKind
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import (
    flush,
    record_changed,
    record_created,
)
from zhiliu.platform.outbox.public import record_event


def add_place(
    *,
    site_id: UUID,
    code: str,
    name: str,
    kind: PlaceKind,
    parent_id: UUID | None = None,
    command: Command,
    at: datetime,
) -> Place:
    """Add an internal place to a site (outside places come with the site).

    Raises NotFound, AlreadyExists, WrongPlace; emits PlaceAdded.
    """
    flush()
    site = Site.objects.filter(pk=site_id).first()
    if site is None or not command.actor.may(
        command.operation, Scope(company_id=site.company_id, site_id=site_id)
    ):
        raise NotFound(what="site", given=str(site_id))
    if kind in OUTSIDE_KINDS:
        raise WrongPlace(place=code, needed="an internal kind; outside places come with the site")
    if Place.objects.filter(site_id=site_id, code=code).exists():
        raise AlreadyExists(what="place", given=code)
    if parent_id is not None and get_internal_place(parent_id, command).site_id != site_id:
        raise WrongPlace(place=code, needed="a parent of the same site")
    place = record_created(
        Place(
            site_id=site_id,
            code=code,
            name=name,
            place_kind=kind,
            is_internal=True,
            parent_id=parent_id,
        ),
        command,
    )
    record_event(
        PlaceAdded(
            subject=Reference(Place.kind, place.pk, code, place.version),
            company_id=site.company_id,
            site_id=site_id,
            place_kind=kind,
            parent_id=parent_id,
        ),
        command,
        at,
    )
    return place


def add_outside_places(*, site_id: UUID, command: Command) -> None:
    """Make the outside places of a new site, one of each kind, coded by their kind; again: none."""
    flush()
    there = Place.objects.filter(site_id=site_id, is_internal=False).values_list("place_kind")
    for kind in sorted(OUTSIDE_KINDS - {PlaceKind(k) for (k,) in there}):
        record_created(
            Place(site_id=site_id, code=kind, name=kind, place_kind=kind, is_internal=False),
            command,
        )


def move_container(
    *, container_id: UUID, parent_id: UUID | None, command: Command, at: datetime
) -> Place:
    """Put a container with all its goods into another place; its balances do not change.

    Raises NotFound, WrongPlace; emits ContainerMoved.
    """
    flush()
    facts = get_internal_place(container_id, command)
    if facts.kind is not PlaceKind.CONTAINER:
        raise WrongPlace(place=facts.code, needed="a container")
    # the whole chain upwards is locked, so that two moves cannot close a ring
    container = Place.objects.select_for_update(no_key=True).get(pk=container_id)
    above = parent_id
    while above is not None:
        if above == container_id:
            raise WrongPlace(place=facts.code, needed="a parent that is not inside it")
        if get_internal_place(above, command).site_id != facts.site_id:
            raise WrongPlace(place=facts.code, needed="a parent of the same site")
        above = Place.objects.select_for_update(no_key=True).get(pk=above).parent_id
    if container.parent_id == parent_id:
        return container
    record_changed(container, command, parent_id=parent_id)
    record_event(
        ContainerMoved(
            subject=Reference(Place.kind, container.pk, container.code, container.version),
            company_id=facts.company_id,
            site_id=facts.site_id,
            parent_id=parent_id,
        ),
        command,
        at,
    )
    return container


def add_period(
    *, company_id: UUID, starts_on: date, ends_on: date, command: Command, at: datetime
) -> Period:
    """Add a period from `starts_on` up to but not including `ends_on`, in the company's time zone.

    Raises NotFound, Mismatch, AlreadyExists when it overlaps another one; emits PeriodAdded.
    """
    flush()
    company = Company.objects.select_for_update(no_key=True).filter(pk=company_id).first()
    if company is None or not command.actor.may(command.operation, Scope(company_id=company_id)):
        raise NotFound(what="company", given=str(company_id))
    if not timedelta(0) < ends_on - starts_on <= timedelta(days=400):
        raise Mismatch(
            problem=f"{starts_on} to {ends_on} is no period of 1 to 400 days",
            problem_zh=f"{starts_on} 至 {ends_on} 不是 1 至 400 天的期间",
        )
    zone = ZoneInfo(company.time_zone)
    starts_at, ends_at = (datetime.combine(d, time(), zone) for d in (starts_on, ends_on))
    others = Period.objects.filter(company_id=company_id)
    if others.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise AlreadyExists(what="period", given=f"{starts_on}/{ends_on}")
    period = record_created(
        Period(
            company_id=company_id,
            starts_on=starts_on,
            ends_on=ends_on,
            starts_at=starts_at,
            ends_at=ends_at,
            state=PeriodState.OPEN,
        ),
        command,
    )
    record_event(PeriodAdded(_subject(period), company_id, None), command, at)
    return period


def close_period(*, period_id: UUID, command: Command, at: datetime) -> Period:
    """Close a period: from now on nothing can be posted that occurred inside it.

    Waits for postings in flight. Raises NotFound, NotInState, Mismatch for a period that is not
    over; emits PeriodClosedEvent.
    """
    flush()
    with connection.cursor() as cursor:
        cursor.execute("select stock_wait_for_postings()")
    period = Period.objects.select_for_update(no_key=True).filter(pk=period_id).first()
    if period is None or not command.actor.may(
        command.operation, Scope(company_id=period.company_id)
    ):
        raise NotFound(what="period", given=str(period_id))
    for refusal in can_close(period.name, period.state, period.ends_at, command.recorded_at):
        raise refusal
    record_changed(
        period, command, state=PeriodState.CLOSED, closed_at=at, closed_by=command.actor.id
    )
    record_event(PeriodClosedEvent(_subject(period), period.company_id, None), command, at)
    return period


def _subject(period: Period) -> Reference:
    return Reference(Period.kind, period.pk, period.name, period.version)
