"""`zhiliu import adventureworks`: a real source through the operations that users call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.connectors import rules
from zhiliu.contexts.connectors.operations.performing import Clock, Performer, row_of
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.partners import public as partners
from zhiliu.contexts.purchasing import public as purchasing
from zhiliu.contexts.stock import public as stock
from zhiliu.kernel.command import Command

T = TypeVar("T")
Progress = Callable[[Iterable[Any], str], Iterable[Any]]
REJECTED = "AW-REJECTED"

PLACES = (
    ("ARRIVAL", "Arrival", stock.PlaceKind.ARRIVAL),
    ("LAB", "Laboratory", stock.PlaceKind.LABORATORY),
    ("RETENTION", "Retained samples", stock.PlaceKind.RETENTION),
    ("QUARANTINE", "Quarantine", stock.PlaceKind.QUARANTINE),
)


@dataclass
class Imported:
    """Our ids by the keys of the source, and what performs further commands."""

    performer: Performer
    company: UUID
    site: UUID
    profile: UUID
    units: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    materials: dict[int, UUID] = field(default_factory=dict)
    vendors: dict[int, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class PlacedOrder:
    """An order of the source in Zhiliu, its lines by their key."""

    order: UUID
    lines: dict[int, UUID]


def import_adventureworks(
    source: rules.Source, progress: Progress, clock: Clock, lines: int | None = None
) -> Imported:
    """Bring in master data and orders, as of their order dates. Repeating it adds nothing.

    `lines` limits the orders as rules.purchases does.

    Raises what `import_master_data` and `place_order` raise.
    """
    done = import_master_data(source, progress, clock)
    for purchase in progress(rules.purchases(source, lines), "orders"):
        place_order(done, purchase)
    return done


def import_master_data(source: rules.Source, progress: Progress, clock: Clock) -> Imported:
    """Bring in units, products, bills, places, vendors and their terms; repeating adds nothing.

    Quantities count as stock units: the source's codes such as CTN, CS, DZ have no factors. Every
    material is lot-controlled and inspected. Raises SourceUnreadable with the row whose act was
    refused, and SourceChanged.
    """
    done = _foundation(Performer(clock))
    for unit in progress(source.units, "units"):
        done.units[unit.code] = _unit(done, unit)
    _places(done, source)
    groups = {group.key: group.name for group in source.groups}
    for product in progress(source.products, "products"):
        done.materials[product.key] = _material(done, product, groups.get(product.group, ""))
    for line in progress(source.bills, "bills"):
        _bill_line(done, line)
    for vendor in progress(source.vendors, "vendors"):
        done.vendors[vendor.key] = _vendor(done, vendor)
    for terms in progress(source.terms, "vendor terms"):
        _terms(done, terms)
    return done


def place_order(done: Imported, purchase: rules.Purchase) -> PlacedOrder:
    """Place one order with its supplier at its order date, and find its lines again later.

    Header status and the vendor's active flag describe a later state and refuse nothing. Raises
    SourceUnreadable, SourceChanged.
    """
    order = purchase.order
    lines = [
        purchasing.LineIn(
            material_id=done.materials[line.product],
            quantity=line.ordered,
            unit_id=done.units[rules.STOCK_UNIT],
            price=line.price,
            due_date=line.due_date,
        )
        for line in purchase.lines
    ]

    def call(command: Command, at: Any) -> dict[str, Any]:
        made = purchasing.create_order(
            site_id=done.site,
            supplier_id=done.vendors[order.vendor],
            lines=lines,
            order_date=order.order_date,
            reference=f"AdventureWorks {order.key}",
            confirm=True,
            command=command,
            at=at,
        )
        return {"id": made.order.pk, "lines": [one.line.pk for one in made.lines]}

    content = {
        "vendor": order.vendor,
        "order_date": order.order_date,
        "lines": [[x.key, x.product, x.ordered, x.price, x.due_date] for x in purchase.lines],
    }
    with row_of("purchase_order_header", order.row):
        answer = done.performer.once(
            "purchasing.create_order",
            f"order:{order.key}",
            content,
            call,
            at=rules.site_time(order.order_date),
        )
    keys = (line.key for line in purchase.lines)
    return PlacedOrder(UUID(answer["id"]), dict(zip(keys, map(UUID, answer["lines"]), strict=True)))


def _foundation(performer: Performer) -> Imported:
    def once(operation: str, key: str, call: Callable[..., Any], **values: Any) -> UUID:
        return _once(performer, operation, key, {"code": values["code"]}, call, **values)

    company = once(
        "catalog.add_company",
        "company",
        catalog.add_company,
        code="AW",
        name="Adventure Works Cycles",
        currency="USD",
        time_zone=rules.TIME_ZONE,
    )
    site = once(
        "catalog.add_site",
        "site",
        catalog.add_site,
        company_id=company,
        code="AW-1",
        name="Adventure Works plant",
        time_zone=rules.TIME_ZONE,
    )
    profile = once(
        "catalog.add_control_profile",
        "profile",
        catalog.add_control_profile,
        code="AW-INSPECTED",
        name="Lot control, inspected at arrival",
        lot_control=catalog.LotControl.LOT,
        inspection=catalog.InspectionNeed.REQUIRED,
    )
    once(
        "inspections.add_quality_code",
        "defect",
        inspections.add_quality_code,
        catalogue=inspections.Catalogue.DEFECT,
        code=REJECTED,
        name_en="Rejected, cause not recorded",
        name_zh="拒收（原因未记录）",
    )
    return Imported(performer, company, site, profile)


def _unit(done: Imported, unit: rules.Unit) -> UUID:
    with row_of("unit_measure", unit.row):
        return _once(
            done.performer,
            "catalog.add_unit",
            f"unit:{unit.code}",
            unit.content(),
            catalog.add_unit,
            code=unit.code,
            name_en=unit.name,
            decimals=unit.decimals,
        )


def _places(done: Imported, source: rules.Source) -> None:
    rows = [(1, code, name, kind) for code, name, kind in PLACES]
    for location in source.locations:
        kind = stock.PlaceKind.LINE if location.is_work_centre else stock.PlaceKind.BIN
        rows.append((location.row, f"LOC-{location.key:02d}", location.name, kind))
    for row, code, name, kind in rows:
        with row_of("location", row):
            done.places[code] = _once(
                done.performer,
                "stock.add_place",
                f"place:{code}",
                {"name": name, "kind": kind},
                stock.add_place,
                site_id=done.site,
                code=code,
                name=name,
                kind=kind,
            )


def _material(done: Imported, product: rules.Product, group: str) -> UUID:
    with row_of("product", product.row):
        return _once(
            done.performer,
            "catalog.add_material",
            f"product:{product.key}",
            {**product.content(), "group": group},
            catalog.add_material,
            number=product.number,
            name=product.name,
            group=group,
            unit_id=done.units[rules.STOCK_UNIT],
            profile_id=done.profile,
        )


def _bill_line(done: Imported, line: rules.BillLine) -> None:
    with row_of("bill_of_materials", line.row):
        _once(
            done.performer,
            "catalog.add_bill_line",
            f"bill:{line.key}",
            line.content(),
            catalog.add_bill_line,
            assembly_id=done.materials[line.assembly],
            component_id=done.materials[line.component],
            quantity=line.quantity,
            unit_id=done.units[line.unit],
            valid_from=line.valid_from,
            valid_to=line.valid_to,
        )


def _vendor(done: Imported, vendor: rules.Vendor) -> UUID:
    with row_of("vendor", vendor.row):
        return _once(
            done.performer,
            "partners.add_partner",
            f"vendor:{vendor.key}",
            vendor.content(),
            partners.add_partner,
            number=vendor.number,
            name=vendor.name,
            roles=[partners.PartnerRole.SUPPLIER],
        )


def _terms(done: Imported, terms: rules.Terms) -> None:
    with row_of("product_vendor", terms.row):
        _once(
            done.performer,
            "purchasing.set_supplier_terms",
            f"terms:{terms.product}:{terms.vendor}",
            terms.content(),
            purchasing.set_supplier_terms,
            supplier_id=done.vendors[terms.vendor],
            material_id=done.materials[terms.product],
            price=terms.price,
            currency="USD",
            lead_time_days=terms.lead_time_days,
            min_order_quantity=terms.min_quantity,
            max_order_quantity=terms.max_quantity,
        )


def _once(
    performer: Performer,
    operation: str,
    key: str,
    content: dict[str, Any],
    call: Callable[..., Any],
    **values: Any,
) -> UUID:
    """One row of the source as one command; the content of its key is what the row says."""
    return performer.once_for_id(
        operation, key, content, lambda command, at: call(**values, command=command, at=at)
    )
