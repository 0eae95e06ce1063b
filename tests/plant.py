"""A small plant for tests, built with the same operations that users call."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from tests.support import run
from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.partners import public as partners
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.states import LotOrigin, LotStatus, MoveKind, PlaceKind
from zhiliu.kernel.command import Command, Reference

INTERNAL = {
    "ARRIVAL": PlaceKind.ARRIVAL,
    "A-01": PlaceKind.BIN,
    "A-02": PlaceKind.BIN,
    "A-03": PlaceKind.BIN,
    "A-04": PlaceKind.BIN,
    "A-05": PlaceKind.BIN,
    "LINE-1": PlaceKind.LINE,
    "LAB": PlaceKind.LABORATORY,
    "RETENTION": PlaceKind.RETENTION,
    "QUARANTINE": PlaceKind.QUARANTINE,
}


@dataclass
class Plant:
    """Ids of everything in the plant; `own` is this company as owner of goods."""

    company: UUID
    site: UUID
    own: UUID
    supplier: UUID
    customer: UUID
    places: dict[str, UUID]
    units: dict[str, UUID]
    profiles: dict[str, UUID]
    materials: dict[str, UUID] = field(default_factory=dict)

    def material(self, number: str) -> UUID:
        """The id of a material by the short name given at building, such as "bearing"."""
        return self.materials[number]

    def lot(
        self,
        quantity: str | int,
        *,
        material: str = "bearing",
        place: str = "A-01",
        status: LotStatus = LotStatus.RELEASED,
        serials: tuple[str, ...] = (),
        owner: UUID | None = None,
        expires_at: datetime | None = None,
        at: datetime | None = None,
    ) -> Lot:
        """Book a lot of opening stock in any status, for tests that start behind the dock."""
        control = {"bearing": "lot", "screw": "none", "pump": "serial"}.get(material, "lot")

        def book(command: Command, moment: datetime) -> Lot:
            voucher = Reference("tests.opening", command.id, "opening")
            birth = stock.Birth(
                company_id=self.company,
                site_id=self.site,
                material_id=self.materials[material],
                lot_control=control,
                quantity=Decimal(quantity),
                origin=LotOrigin.OPENING,
                voucher=voucher,
                status=status,
                supplier_id=self.supplier,
                expires_at=expires_at,
            )
            item = stock.Incoming(
                birth, self.places[place], owner or self.own, voucher, serials=serials
            )
            (lot,) = stock.receive_lots(
                incoming=[item], kind=MoveKind.COUNT, command=command, at=moment
            )
            return lot

        return run(book, at=at)

    def order(self, kind: str = "production.work_order", number: str = "WO-1") -> Reference:
        """A reference to some order, new each time."""
        return Reference(kind, uuid4(), number)

    def part(self, place: str, quantity: str | int, serials: tuple[str, ...] = ()) -> stock.Part:
        """A part of a lot of ours at a place."""
        return stock.Part(self.places[place], self.own, Decimal(quantity), serials)


def build_plant() -> Plant:
    """A company with one site, places, a supplier, a customer and three materials:
    "bearing" (lot control), "screw" (none), "pump" (serial), "oil" (lot, litres, 3 decimals)."""
    tag = uuid4().hex[:6]
    company = run(
        lambda command, at: catalog.add_company(
            code=f"C{tag}",
            name="测试公司",
            currency="CNY",
            time_zone="Asia/Shanghai",
            command=command,
            at=at,
        )
    )
    site = run(
        lambda command, at: catalog.add_site(
            company_id=company.pk,
            code=f"S{tag}",
            name="一厂",
            time_zone="Asia/Shanghai",
            command=command,
            at=at,
        )
    )
    plant = Plant(
        company=company.pk,
        site=site.pk,
        own=partners.get_own_partner_id(company.pk),
        supplier=_partner(f"SUP-{tag}", "轴承供应商", partners.PartnerRole.SUPPLIER),
        customer=_partner(f"CUS-{tag}", "客户一", partners.PartnerRole.CUSTOMER),
        places={code: _place(site.pk, code, kind) for code, kind in INTERNAL.items()},
        units={},
        profiles={},
    )
    for code, decimals in (("PCS", 0), ("L", 3)):
        plant.units[code] = _unit(f"{code}{tag}", decimals)
    for control in ("lot", "none", "serial"):
        plant.profiles[control] = _profile(f"{control}-{tag}", control)
    for name, unit, control in (
        ("bearing", "PCS", "lot"),
        ("screw", "PCS", "none"),
        ("pump", "PCS", "serial"),
        ("oil", "L", "lot"),
    ):
        plant.materials[name] = _material(
            f"{name}-{tag}", plant.units[unit], plant.profiles[control]
        )
    return plant


def _partner(number: str, name: str, role: partners.PartnerRole) -> UUID:
    return run(
        lambda command, at: partners.add_partner(
            number=number, name=name, roles=frozenset({role}), command=command, at=at
        )
    ).pk


def _place(site_id: UUID, code: str, kind: PlaceKind) -> UUID:
    return run(
        lambda command, at: stock.add_place(
            site_id=site_id, code=code, name=code, kind=kind, command=command, at=at
        )
    ).pk


def _unit(code: str, decimals: int) -> UUID:
    return run(
        lambda command, at: catalog.add_unit(
            code=code, name_en=code, name_zh=code, decimals=decimals, command=command, at=at
        )
    ).pk


def _profile(code: str, control: str) -> UUID:
    return run(
        lambda command, at: catalog.add_control_profile(
            code=code,
            name=code,
            lot_control=catalog.LotControl(control),
            inspection=catalog.InspectionNeed.REQUIRED,
            command=command,
            at=at,
        )
    ).pk


def _material(number: str, unit_id: UUID, profile_id: UUID) -> UUID:
    return run(
        lambda command, at: catalog.add_material(
            number=number,
            name=number,
            unit_id=unit_id,
            profile_id=profile_id,
            command=command,
            at=at,
        )
    ).pk
