"""What document lines need to know about their materials, loaded for all lines in one statement.

`load_facts` and `operations.locks.lock_order` share the joins below. They are the set-based twins
of catalog's get_materials and to_stock_unit and partners' open_blocks; a test keeps them equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.errors import NotFound
from zhiliu.contexts.catalog.models import Unit
from zhiliu.contexts.catalog.public import get_unit
from zhiliu.contexts.partners.errors import NotASupplier
from zhiliu.contexts.partners.errors import NotFound as PartnerNotFound
from zhiliu.contexts.partners.public import BlockedFunction
from zhiliu.contexts.purchasing import rules
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import Converted
from zhiliu.platform.evidence.public import execute, flush


@dataclass(frozen=True)
class ProfileFacts:
    """How a material is controlled, at the version of its profile that was read."""

    id: UUID
    code: str
    version: int
    lot_control: str
    inspection: str
    over_tolerance_percent: Decimal
    short_tolerance_percent: Decimal
    shelf_life_days: int | None


@dataclass(frozen=True)
class BlockFacts:
    """An open supply block that concerns a material."""

    id: UUID
    version: int
    reason: str


@dataclass(frozen=True)
class MaterialFacts:
    """A material, the unit that a line gives it in, its profile and what blocks it.

    `factor` is stock units in one `unit`, None when there is no conversion.
    """

    id: UUID
    number: str
    name: str
    is_active: bool
    stock_unit: Unit
    unit: Unit
    factor: Fraction | None
    profile: ProfileFacts
    block: BlockFacts | None

    def in_stock_unit(self, quantity: Decimal) -> Converted:
        """A line's quantity in the stock unit, rounded once; refusals as rules.in_stock_unit."""
        return rules.in_stock_unit(
            self.number,
            quantity,
            unit=(self.unit.code, self.unit.decimals),
            stock_unit=(self.stock_unit.code, self.stock_unit.decimals),
            factor=self.factor,
        )

    def block_reference(self, supplier: str) -> Reference:
        """The block as the cause of a hold."""
        assert self.block is not None
        return Reference("partners.supply_block", self.block.id, supplier, self.block.version)


@dataclass(frozen=True)
class TermsFacts:
    """What was agreed with the supplier about a material."""

    unit_id: UUID
    price: Decimal
    currency: str
    lead_time_days: int
    min_order_quantity: Decimal | None
    max_order_quantity: Decimal | None


# The caller's FROM clause has the aliases m (material) and u (unit id); $2 is the blocked function.
FACTS = """
  m.id, m.number, m.name, m.is_active, m.unit_id, u.id, cv.numerator, cv.denominator,
  pr.id, pr.code, pr.version, pr.lot_control, pr.inspection,
  pr.over_tolerance_percent, pr.short_tolerance_percent, pr.shelf_life_days,
  b.id, b.version, b.reason"""
FACT_COUNT = 19


def fact_joins(supplier: str) -> str:
    """The joins behind FACTS; `supplier` is the SQL of the supplier's id."""
    return f"""
  join catalog_controlprofile pr on pr.id = m.profile_id
  left join lateral (
    select case when c.from_unit_id = u.id then c.numerator else c.denominator end numerator,
           case when c.from_unit_id = u.id then c.denominator else c.numerator end denominator
    from catalog_unitconversion c
    where u.id <> m.unit_id and (c.material_id = m.id or c.material_id is null)
      and ((c.from_unit_id = u.id and c.to_unit_id = m.unit_id)
        or (c.from_unit_id = m.unit_id and c.to_unit_id = u.id))
    order by c.material_id nulls last limit 1) cv on true
  left join lateral (
    select s.id, s.version, s.reason from partners_supplyblock s
    where s.supplier_id = {supplier} and s.blocked_function = $2::text and s.state = 'open'
      and (s.material_id = m.id or s.material_id is null)
    order by s.material_id nulls last limit 1) b on true"""  # noqa: S608


_LOAD = f"""
select k.n, p.number, p.name, p.is_supplier, p.is_active, r.material_id, r.revision,
  t.unit_id, t.price, t.currency, t.lead_time_days,
  t.min_order_quantity, t.max_order_quantity, {FACTS}
from unnest($3::uuid[], $4::uuid[], $5::uuid[]) with ordinality
    k(material_id, unit_id, revision_id, n)
  left join partners_partner p on p.id = $1::uuid
  join catalog_material m on m.id = k.material_id
  left join catalog_materialrevision r on r.id = k.revision_id
  left join purchasing_supplierterms t on t.supplier_id = $1::uuid and t.material_id = m.id
  cross join lateral (select coalesce(k.unit_id, t.unit_id, m.unit_id) id) u
  {fact_joins("$1::uuid")}
order by k.n
""".encode()  # noqa: S608


@dataclass(frozen=True)
class LineFacts:
    """What one document line asked for, with the terms that the supplier has for it.

    `revision` is (material id, name) of the asked revision, None when it was none or is unknown.
    """

    material: MaterialFacts
    terms: TermsFacts | None
    revision: tuple[UUID, str] | None


@dataclass(frozen=True)
class DocumentFacts:
    """A supplier and what a document with it asked for, line by line."""

    supplier_id: UUID
    supplier: str
    supplier_name: str
    is_active: bool
    lines: list[LineFacts]


def load_facts(
    asked: Sequence[tuple[UUID, UUID | None, UUID | None]],
    supplier_id: UUID,
    blocked_function: BlockedFunction,
) -> DocumentFacts:
    """The supplier, and the facts for each (material id, unit id or None, revision id or None).

    One statement. A unit left out is the unit of the supplier's terms, or else the stock unit.
    Raises NotFound, NotASupplier.
    """
    flush()
    materials, units, revisions = ([_text(part) for part in c] for c in zip(*asked, strict=True))
    rows = execute(_LOAD, [str(supplier_id), str(blocked_function), materials, units, revisions])
    found = {row[0] for row in rows}
    for n, (material_id, _, _) in enumerate(asked, 1):
        if n not in found:
            raise NotFound("material", str(material_id))
    _, supplier, supplier_name, is_supplier, is_active, *_ = rows[0]
    if supplier is None:
        raise PartnerNotFound("supplier", str(supplier_id))
    if not is_supplier:
        raise NotASupplier(number=supplier)
    lines = [
        LineFacts(
            material_of(row[13:]),
            TermsFacts(*row[7:13]) if row[7] is not None else None,
            (row[5], row[6]) if row[5] is not None else None,
        )
        for row in rows
    ]
    return DocumentFacts(supplier_id, supplier, supplier_name, is_active, lines)


def material_of(row: Sequence[Any]) -> MaterialFacts:
    """The columns of FACTS as facts; units come from what the process remembers."""
    unit, stock_unit = get_unit(row[5]), get_unit(row[4])
    factor = None if row[6] is None else Fraction(row[6], row[7])
    return MaterialFacts(
        id=row[0],
        number=row[1],
        name=row[2],
        is_active=row[3],
        stock_unit=stock_unit,
        unit=unit,
        factor=Fraction(1) if unit.pk == stock_unit.pk else factor,
        profile=ProfileFacts(*row[8:16]),
        block=BlockFacts(*row[16:19]) if row[16] is not None else None,
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
