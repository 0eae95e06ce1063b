"""The plant in which the stories happen, and the people in it; everything goes through HTTP."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.stories.people import JOBS, SIGNERS
from tests.support import Caller, caller, person
from zhiliu.kernel.clock import server_time

SITE_ZONE = ZoneInfo("Asia/Shanghai")

PLACES = {
    "DOCK": "arrival",
    "A-01": "bin",
    "A-02": "bin",
    "A-03": "bin",
    "A-04": "bin",
    "A-05": "bin",
    "TANK-1": "bin",
    "LAB": "laboratory",
    "RETENTION": "retention",
    "QUARANTINE": "quarantine",
}

# Everything that an act could change: what the auditor compares.
RECORDS = (
    "/balances",
    "/moves",
    "/lots",
    "/holds",
    "/reservations",
    "/serials",
    "/findings",
    "/label-prints",
    "/orders",
    "/arrivals",
    "/gate-refusals",
    "/supplier-returns",
    "/inspections",
    "/urgent-releases",
    "/nonconformance-reports",
    "/dispositions",
    "/concessions",
    "/audit-entries",
    "/events",
)


@dataclass
class Plant:
    """A company with one site; `own` is the company as owner of goods. Ids as text."""

    admin: Caller
    company: str
    site: str
    own: str
    places: dict[str, str]
    materials: dict[str, str] = field(default_factory=dict)
    partners: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    defects: set[str] = field(default_factory=set)
    people: dict[str, Caller] = field(
        default_factory=lambda: {job: caller(*rights, name=job) for job, rights in JOBS.items()}
    )

    def person(self, job: str) -> Caller:
        """Somebody with this job and only its rights; who signs is signed in when first named."""
        if job not in self.people:
            self.people[job] = person(*SIGNERS[job], name=job)
        return self.people[job]

    def password(self, job: str) -> str:
        """What this person signs with."""
        password = self.person(job).password
        assert password is not None
        return password

    def admin_zh(self) -> Caller:
        """The administrator, who reads Chinese."""
        return replace(self.admin, language="zh-CN")

    def unit(self, code: str, decimals: int = 0) -> str:
        """A unit, made when it is first named."""
        if code not in self.units:
            made = self.admin.post(
                "/units", code=f"{code}-{uuid4().hex[:6]}", name_en=code, decimals=decimals
            )
            self.units[code] = made["id"]
        return self.units[code]

    def material(
        self,
        number: str,
        *,
        unit: str = "PCS",
        decimals: int = 0,
        control: str = "lot",
        **rules: Any,
    ) -> str:
        """A material, made when it is first named; `rules` are those of its control profile."""
        if number not in self.materials:
            tag = uuid4().hex[:6]
            profile = self.admin.post(
                "/control-profiles",
                code=f"{number}-{tag}",
                name=number,
                lot_control=control,
                **{"inspection": "required", **rules},
            )
            made = self.admin.post(
                "/materials",
                number=f"{number}-{tag}",
                name=number,
                unit_id=self.unit(unit, decimals),
                profile_id=profile["id"],
            )
            self.materials[number] = made["id"]
        return self.materials[number]

    def partner(self, name: str, role: str) -> str:
        """A supplier or customer, made when first named."""
        if name not in self.partners:
            made = self.admin.post(
                "/partners", number=f"{name}-{uuid4().hex[:6]}", name=name, roles=[role]
            )
            self.partners[name] = made["id"]
        return self.partners[name]

    def stock(
        self,
        material: str,
        quantity: str | int,
        place: str = "A-01",
        *,
        owner: str | None = None,
        at: datetime | None = None,
        **more: Any,
    ) -> Any:
        """A released lot that was there before the story begins."""
        return self.admin.post(
            "/opening-stock",
            material_id=self.material(material),
            place_id=self.places[place],
            owner_id=owner or self.own,
            quantity=str(quantity),
            reason="there before Zhiliu",
            occurred_at=at.isoformat() if at else None,
            **more,
        )

    def buy(
        self, material: str, quantity: str | int, *, supplier: str = "宁波轴承", **line: Any
    ) -> Any:
        """An order of one line, placed with the supplier by the buyer."""
        lines = [{"material_id": self.material(material), "quantity": quantity, **line}]
        return self.buy_lines(lines, supplier=supplier)

    def buy_lines(self, lines: list[dict[str, Any]], *, supplier: str = "宁波轴承") -> Any:
        """An order of several lines, at 12.50 each."""
        return self.person("buyer").post(
            "/orders",
            site_id=self.site,
            supplier_id=self.partner(supplier, "supplier"),
            lines=[{"price": "12.5", **line, "quantity": str(line["quantity"])} for line in lines],
            confirm=True,
        )

    def arrive(
        self, bought: Any, *lines: dict[str, Any], at: datetime | None = None, **more: Any
    ) -> list[Any]:
        """The dock books a delivery for an order; the lots that it became, in order."""
        first = bought["lines"][0]["id"]
        arrival = self.person("dock").post(
            "/arrivals",
            order_id=bought["id"],
            place_id=self.places["DOCK"],
            lines=[
                {"order_line_id": first, **line, "quantity": str(line["quantity"])}
                for line in lines
            ],
            occurred_at=at.isoformat() if at else None,
            **more,
        )
        return arrival["lines"]

    def received(self, material: str, quantity: int, **line: Any) -> Any:
        """A lot that was bought and just came in: one line of an arrival."""
        (lot,) = self.arrive(self.buy(material, quantity), {"quantity": quantity, **line})
        return lot

    def inspection(self, lot_id: str) -> Any:
        """The latest inspection of a lot, with its totals."""
        found = self.every("/inspections", lot_id=lot_id)
        return self.person("auditor").get(f"/inspections/{found[-1]['id']}")

    def count(self, lot_id: str, inspected: int, nonconforming: int = 0, **defects: int) -> Any:
        """The inspector counts: n inspected, d nonconforming, with defect codes."""
        for code in defects:
            if code not in self.defects:
                self.admin.post(
                    "/quality-codes", catalogue="defect", code=code, name_en=code, name_zh=code
                )
                self.defects.add(code)
        inspection = self.inspection(lot_id)
        self.person("inspector").post(
            f"/inspections/{inspection['id']}/result",
            inspected=str(inspected),
            nonconforming=str(nonconforming),
            defects=[{"code": code, "count": str(n)} for code, n in defects.items()],
        )
        return inspection

    def plan(
        self,
        material: str,
        characteristics: list[dict[str, Any]],
        classes: list[dict[str, Any]],
    ) -> Any:
        """An inspection plan of a material, written by the administrator, approved by quality."""
        drafted = self.admin.post(
            "/inspection-plans",
            material_id=self.material(material),
            name=material,
            characteristics=[{"name_en": c["code"], **c} for c in characteristics],
            classes=classes,
        )
        answer = self.person("quality").send(
            "POST",
            f"/plan-versions/{drafted['id']}/approve",
            {},
            **{"If-Match": f'"{drafted["version"]}"'},
        )
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def read(self, inspection: Any, *readings: tuple[Any, ...], **body: Any) -> Any:
        """The inspector records readings, each (characteristic, unit, text[, defect])."""
        return self.person("inspector").post(
            f"/inspections/{inspection['id']}/readings",
            readings=[
                {"characteristic": r[0], "unit_no": r[1], "text": r[2], "defect": (*r, None)[3]}
                for r in readings
            ],
            **body,
        )

    def decide(self, inspection: Any, verb: str, **body: Any) -> Any:
        """Quality gives the verdict: accept, not-accept or judge."""
        return self.person("quality").post(f"/inspections/{inspection['id']}/{verb}", **body)

    def report(self, lot_id: str) -> Any:
        """The latest nonconformance report about a lot, with everything that it shows."""
        found = self.every("/nonconformance-reports", lot_id=lot_id)
        return self.person("auditor").get(f"/nonconformance-reports/{found[-1]['id']}")

    def dispose(self, lot_id: str, kind: str, quantity: int | None = None, **more: Any) -> Any:
        """The review board decides what happens to a lot under a report, or so much of it."""
        return self.person("review board").post(
            f"/nonconformance-reports/{self.report(lot_id)['id']}/dispositions",
            lot_id=lot_id,
            kind=kind,
            quantity=None if quantity is None else str(quantity),
            **{"reason": "review board of Monday", **more},
        )

    def give_back(self, lot_id: str, place: str, quantity: int, by: Any = None, **more: Any) -> Any:
        """Quality sends goods back to their supplier, by a disposition when one is named."""
        kind = "nonconformance.disposition"
        voucher = {"kind": kind, "id": by["id"], "number": by["number"]} if by else None
        line = {
            "lot_id": lot_id,
            "place_id": self.places[place],
            "quantity": str(quantity),
            "voucher": voucher,
        }
        return self.person("quality").post("/supplier-returns", lines=[line], **more)

    def concede(self, disposition_id: str, status: int | None = None, **bounds: Any) -> Any:
        """The director approves a concession, for a month unless said, and signs it."""
        given = {"until": ago(days=-30).isoformat(), "reason": "the bore is not seen", **bounds}
        given = {"secret": self.password("director"), **given}
        return self.person("director").post(
            f"/dispositions/{disposition_id}/concession", status, **given
        )

    def part(
        self, place: str, quantity: str | int, *, owner: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """So much at a place, ours unless an owner is named."""
        return {
            "place_id": self.places[place],
            "owner_id": owner or self.own,
            "quantity": str(quantity),
            **more,
        }

    def use(
        self, lot: str, place: str, quantity: str | int, order: dict[str, Any], **more: Any
    ) -> dict[str, Any]:
        """The body of an issue, shipment or reservation for an order."""
        return {**self.part(place, quantity, **more), "reference": order}

    def lot(self, lot_id: str) -> Any:
        """A lot as it stands, with its versions, holds and what is refused now."""
        return self.person("auditor").get(f"/lots/{lot_id}")

    def status(self, lot_id: str) -> str:
        """A lot's status."""
        return self.lot(lot_id)["lot"]["status"]

    def lies(self, lot_id: str) -> dict[str, str]:
        """How much of a lot lies at which place, whoever owns it."""
        rows = self.every("/balances", lot_id=lot_id)
        return {row["place"]: row["quantity"] for row in rows}

    def events(self, lot_id: str) -> list[str]:
        """What happened to a record, in order: the types of its events."""
        return [e["type"] for e in self.every("/events", record_id=lot_id)]

    def every(self, path: str, **wanted: Any) -> list[Any]:
        """All rows of a list as the auditor sees them, page after page."""
        rows: list[Any] = []
        query = "&".join(f"{k}={v}" for k, v in {"limit": 500, **wanted}.items())
        cursor = ""
        while True:
            page = self.person("auditor").get(f"{path}?{query}{cursor}")
            rows += page["items"]
            if page["next_cursor"] is None:
                return rows
            cursor = f"&cursor={page['next_cursor']}"

    def everything(self) -> dict[str, list[Any]]:
        """All that an act could have changed; equal before and after a refusal."""
        return {path: self.every(path) for path in RECORDS}


def open_plant() -> Plant:
    """A company with one site, its places and nothing in them."""
    admin = caller(name="administrator")
    tag = uuid4().hex[:6]
    company = admin.post(
        "/companies", code=f"C{tag}", name="知流轴承", currency="CNY", time_zone=str(SITE_ZONE)
    )["id"]
    site = admin.post("/sites", company_id=company, code=f"S{tag}", name="一厂")["id"]
    places = {
        code: admin.post("/places", site_id=site, code=code, name=code, kind=kind)["id"]
        for code, kind in PLACES.items()
    }
    for outside in admin.get(f"/places?site_id={site}&is_internal=false")["items"]:
        places[outside["kind"]] = outside["id"]
    own = admin.get(f"/partners?company_id={company}")["items"][0]["id"]
    return Plant(admin, company, site, own, places)


def order(
    number: str, *, kind: str = "production.work_order", customer: str | None = None
) -> dict[str, Any]:
    """An order that wants goods; a reference, because its own context comes later."""
    return {"kind": kind, "id": str(uuid4()), "number": number, "customer_id": customer}


def ago(**span: float) -> datetime:
    """A moment in the past, such as `ago(days=2)`."""
    return server_time() - timedelta(**span)
