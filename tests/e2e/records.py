"""Records that a new demo plant has not: made by the API, by the people who make them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.e2e import steps
from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from zhiliu.config.demo_goods import BEARING


def first(person: Journey, path: str) -> Any:
    """The first row of a list, or None."""
    rows = person.call("GET", f"{path}{'&' if '?' in path else '?'}limit=1")["items"]
    return rows[0] if rows else None


def not_accepted(start: Start, quantity: int) -> Any:
    """Goods that an inspection did not accept: the report that opened of itself."""
    lot = steps.arrived(start, quantity, material=BEARING)
    inspector = start("inspector")
    lot_id = first(inspector, f"/lots?number={lot}")["id"]
    inspection = first(inspector, f"/inspections?lot_id={lot_id}")
    path = f"/inspections/{inspection['id']}"
    defect = first(inspector, "/quality-codes?catalogue=defect")["code"]
    counted = {
        "inspected": quantity,
        "nonconforming": 2,
        "defects": [{"code": defect, "count": 2}],
    }
    inspector.call("POST", f"{path}/result", counted)
    secret = inspector.plant.passwords["inspector"]
    said = {"reason": "rough when turned by hand", "secret": secret}
    inspector.call("POST", f"{path}/not-accept", said)
    return first(inspector, f"/nonconformance-reports?lot_id={lot_id}")


def concession(start: Start) -> Any:
    """A part of what was not accepted may be used for two weeks."""
    report_id = not_accepted(start, 60)["id"]
    quality = start("quality")
    secret = quality.plant.passwords["quality"]
    path = f"/nonconformance-reports/{report_id}"
    decided = {
        "lot_id": quality.call("GET", path)["lots"][0]["lot_id"],
        "quantity": 40,
        "kind": "use_as_is",
        "reason": "noise without effect in a housing",
        "secret": secret,
    }
    disposition = quality.call("POST", f"{path}/dispositions", decided)
    until = datetime.now(UTC) + timedelta(days=14)
    bounds = {"until": until.isoformat(), "reason": "as disposed", "secret": secret}
    return quality.call("POST", f"/dispositions/{disposition['id']}/concession", bounds)


def urgent_release(start: Start) -> Any:
    """Production asks for a part of a lot that is not decided yet."""
    lot = steps.arrived(start, 100, material=BEARING)
    production = start("production")
    number = f"WO-{uuid4().hex[:4].upper()}"
    asked = {
        "lot_id": first(production, f"/lots?number={lot}")["id"],
        "quantity": 20,
        "reference": {"kind": "production.work_order", "id": str(uuid4()), "number": number},
        "reason": "line 3 stands still",
        "secret": production.plant.passwords["production"],
    }
    return production.call("POST", "/urgent-releases", asked)
