"""Reads of the catalogue.

Companies, sites and units never change, so a process remembers those it has met by their ids.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet
from pydantic import TypeAdapter

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import NoConversion, NotFound
from zhiliu.contexts.catalog.models import (
    BillLine,
    Company,
    ControlProfile,
    Material,
    MaterialRevision,
    Site,
    Specification,
    SpecificationCharacteristic,
    Unit,
    UnitConversion,
)
from zhiliu.contexts.catalog.permissions import (
    BILL_LINES,
    COMPANIES,
    CONVERSIONS,
    MATERIALS,
    PROFILES,
    REVISIONS,
    SITES,
    SPECIFICATIONS,
    UNITS,
)
from zhiliu.contexts.catalog.rules import SpecificationFacts, SpecifiedCharacteristic
from zhiliu.contexts.catalog.states import SPECIFICATION, SpecificationState
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import ZERO, Converted
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted
from zhiliu.platform.evidence.public import AuditEntry, flush

Row = TypeVar("Row", bound=Model)
REMEMBERED = 10_000

_known: dict[UUID, Model] = {}


def list_companies(actor: Actor) -> QuerySet[Company]:
    """Companies inside the actor's grants, and those whose site is."""
    sites = list_sites(actor).values("company_id")
    own = Company.objects.filter(COMPANIES.filter(actor)).values("id")
    return Company.objects.filter(Q(pk__in=own) | Q(pk__in=sites))


def list_sites(actor: Actor) -> QuerySet[Site]:
    """Sites inside the actor's grants."""
    return Site.objects.filter(SITES.filter(actor))


def list_units(actor: Actor) -> QuerySet[Unit]:
    """Units; like all that belongs to no company, staff see all, partners' people none."""
    return Unit.objects.filter(UNITS.filter(actor))


def list_unit_conversions(actor: Actor) -> QuerySet[UnitConversion]:
    """Unit conversions, with their units and material."""
    rows = UnitConversion.objects.select_related("material", "from_unit", "to_unit")
    return rows.filter(CONVERSIONS.filter(actor))


def list_control_profiles(actor: Actor) -> QuerySet[ControlProfile]:
    """Control profiles."""
    return ControlProfile.objects.filter(PROFILES.filter(actor))


def list_materials(actor: Actor) -> QuerySet[Material]:
    """Materials, with unit and profile."""
    return Material.objects.filter(MATERIALS.filter(actor)).select_related("unit", "profile")


def list_material_revisions(actor: Actor) -> QuerySet[MaterialRevision]:
    """Revisions, with their materials."""
    return MaterialRevision.objects.filter(REVISIONS.filter(actor)).select_related("material")


def list_bill_lines(actor: Actor) -> QuerySet[BillLine]:
    """Lines of bills of material, with both materials and the unit."""
    rows = BillLine.objects.select_related("assembly", "component", "unit")
    return rows.filter(BILL_LINES.filter(actor))


def list_specifications(actor: Actor, valid_at: datetime | None = None) -> QuerySet[Specification]:
    """Issues of specifications (those that hold at an instant), with material and revision."""
    rows = Specification.objects.select_related("material", "revision")
    if valid_at is not None:
        rows = rows.filter(holding(valid_at))
    return rows.filter(SPECIFICATIONS.filter(actor))


def holding(at: datetime) -> Q:
    """Those issues of specifications that hold at an instant."""
    begun = ~Q(state=SpecificationState.DRAFT) & Q(valid_from__lte=at)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def get_specification(specification_id: UUID) -> Specification:
    """An issue of a specification with material and revision; raises NotFound."""
    flush()
    rows = Specification.objects.select_related("material", "revision")
    return get_visible(rows, "specification", specification_id)


def find_specification(actor: Actor, specification_id: UUID) -> Reference:
    """The issue that the actor may see, for what is kept about it; raises NotFound."""
    row = get_visible(list_specifications(actor), "specification", specification_id)
    return Reference(row.kind, row.pk, row.shown, row.version)


def characteristics_of(specification: Specification) -> list[SpecifiedCharacteristic]:
    """The characteristics of an issue in their order, drafted or approved."""
    if specification.state == SpecificationState.DRAFT:
        return drafted(specification)
    rows = SpecificationCharacteristic.objects.filter(specification=specification)
    names = [f.name for f in fields(SpecifiedCharacteristic)]
    return [
        _LINE.validate_python({name: getattr(row, name) for name in names})
        for row in rows.order_by("ordinal")
    ]


def drafted(specification: Specification) -> list[SpecifiedCharacteristic]:
    """The characteristics that stand in a draft."""
    return [_LINE.validate_python(line) for line in specification.draft]


_LINE = TypeAdapter(SpecifiedCharacteristic)


def facts_of(specification: Specification, actor: Actor) -> SpecificationFacts:
    """What `rules` asks; who wrote on the draft is told by its audit entries."""
    written = AuditEntry.objects.filter(record_id=specification.pk, actor_id=actor.id)
    return SpecificationFacts(
        shown=specification.shown,
        state=specification.state,
        valid_from=specification.valid_from,
        is_author=specification.state == SpecificationState.DRAFT and written.exists(),
    )


def specification_actions(actor: Actor, specification: Specification) -> dict[str, list[Refusal]]:
    """For each verb what refuses it now, for this actor; nothing when it is possible."""
    facts = facts_of(specification, actor)
    return {
        verb: permitted(actor, transition.permission, Scope()) + rules.can(verb, facts)
        for verb, transition in SPECIFICATION.verbs.items()
    }


def get_visible(rows: QuerySet[Row], what: str, row_id: UUID) -> Row:
    """The record among those that the caller may see; raises NotFound."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound(what, str(row_id))
    return row


def find_material(actor: Actor, material_id: UUID) -> Reference:
    """The material that the actor may see, for what is kept about it; raises NotFound."""
    material = get_visible(list_materials(actor), "material", material_id)
    return Reference(Material.kind, material.pk, material.number, material.version)


def get_company(company_id: UUID) -> Company:
    """A company; raises NotFound."""
    return _remembered(Company, "company", company_id)


def get_site(site_id: UUID) -> Site:
    """A site; raises NotFound."""
    return _remembered(Site, "site", site_id)


def get_unit(unit_id: UUID) -> Unit:
    """A unit; raises NotFound."""
    return _remembered(Unit, "unit", unit_id)


def get_profile(profile_id: UUID) -> ControlProfile:
    """A control profile at its present version; raises NotFound."""
    flush()
    return get_visible(ControlProfile.objects.all(), "control profile", profile_id)


def get_material(material_id: UUID) -> Material:
    """A material with its unit and profile; raises NotFound."""
    return get_materials([material_id])[material_id]


def get_materials(material_ids: Iterable[UUID]) -> dict[UUID, Material]:
    """The materials of a document by id, in one query; raises NotFound for the first missing."""
    flush()
    asked = list(material_ids)
    found = Material.objects.select_related("unit", "profile").in_bulk(set(asked))
    for material_id in asked:
        if material_id not in found:
            raise NotFound("material", str(material_id))
    return found


def get_revision(revision_id: UUID) -> MaterialRevision:
    """A material revision with its material; raises NotFound."""
    flush()
    rows = MaterialRevision.objects.select_related("material")
    return get_visible(rows, "material revision", revision_id)


def to_stock_unit(material: Material, quantity: Decimal, unit_id: UUID) -> Converted:
    """`quantity`, given in a unit, in the material's stock unit, rounded once (half-even).

    A conversion of the material goes before one for all; each also holds backwards. The quantity
    must fit the unit it is given in. Raises NotFound, DoesNotFit, NoConversion, RoundsToNothing.
    """
    unit = get_unit(unit_id)
    for refusal in rules.check_fits(quantity, unit.code, unit.decimals):
        raise refusal
    if unit_id == material.unit_id:
        return Converted(quantity, ZERO)
    stock_unit = get_unit(material.unit_id)
    factor = _factor(material, unit, stock_unit)
    return rules.converted(quantity, unit.code, factor, stock_unit.code, stock_unit.decimals)


def find_conversion(
    material_id: UUID | None, one_unit_id: UUID, other_unit_id: UUID
) -> UnitConversion | None:
    """The conversion between two units in either direction, for exactly this material or all."""
    flush()
    pair = [one_unit_id, other_unit_id]
    return UnitConversion.objects.filter(
        material=material_id, from_unit_id__in=pair, to_unit_id__in=pair
    ).first()


def contains(assembly_id: UUID, material_id: UUID) -> bool:
    """True when `material_id` is `assembly_id` or stands anywhere in its bill, at any time."""
    flush()
    with connection.cursor() as cursor:
        cursor.execute(
            """with recursive part(id) as (
                 select %s::uuid
                 union
                 select l.component_id from catalog_billline l join part on l.assembly_id = part.id
               ) select exists (select 1 from part where id = %s)""",
            [assembly_id, material_id],
        )
        return bool(cursor.fetchone()[0])


def _factor(material: Material, unit: Unit, stock_unit: Unit) -> Fraction:
    known = find_conversion(material.pk, unit.pk, stock_unit.pk) or find_conversion(
        None, unit.pk, stock_unit.pk
    )
    if known is None:
        raise NoConversion(material=material.number, unit=unit.code, stock_unit=stock_unit.code)
    factor = Fraction(known.numerator, known.denominator)
    return factor if known.from_unit_id == unit.pk else 1 / factor


def _remembered(model: type[Row], what: str, row_id: UUID) -> Row:
    known = _known.get(row_id)
    if isinstance(known, model):
        return known
    flush()
    found = get_visible(model._default_manager.all(), what, row_id)
    if len(_known) >= REMEMBERED:
        _known.clear()
    _known[row_id] = found
    return found


def names_of_companies(company_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of companies by id."""
    return dict(Company.objects.filter(pk__in=company_ids).values_list("pk", "name"))


def names_of_sites(site_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of sites by id."""
    return dict(Site.objects.filter(pk__in=site_ids).values_list("pk", "name"))
