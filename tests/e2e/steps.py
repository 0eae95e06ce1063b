"""The main job in steps that several journeys share: each by the screens, each from where one is.

The part is a pin: its plan draws thirteen pieces and measures five dimensions of each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from zhiliu.config.demo_goods import DOCK, PIN

PIECES = 13
# in the order of the columns: shank and head diameter, length, head length, groove width
GOOD = ("11.991", "18.01", "45.02", "19.99", "4.01")
COLUMNS = len(GOOD)


@dataclass(frozen=True)
class Waiting:
    """An order that waits for its goods."""

    id: str
    number: str


def order_of(start: Start, quantity: int, *, material: str = PIN) -> Waiting:
    """An order that the buyer placed, which is no screen of ours: the purchasing system does it."""
    buyer = start("buyer")
    terms = buyer.call("GET", f"/supplier-terms?search={material}")["items"][0]
    site = buyer.call("GET", f"/places?code={DOCK}")["items"][0]["site_id"]
    order = {
        "site_id": site,
        "supplier_id": terms["supplier_id"],
        "currency": "CNY",
        "confirm": True,
        "lines": [{"material_id": terms["material_id"], "quantity": str(quantity)}],
    }
    made = buyer.call("POST", "/orders", order)
    return Waiting(made["id"], made["number"])


def arrived(start: Start, quantity: int, *, material: str = PIN, supplier_lot: str = "") -> str:
    """The number of a lot that has arrived, where receiving itself is not what is tried."""
    order = order_of(start, quantity, material=material)
    clerk = start("warehouse")
    place = clerk.call("GET", f"/places?code={DOCK}")["items"][0]["id"]
    line = {"quantity": str(quantity), "supplier_lot": supplier_lot or f"S-{uuid4().hex[:8]}"}
    lines = clerk.call("GET", f"/expected-orders/{order.id}")["lines"]
    line["order_line_id"] = lines[0]["order_line_id"]
    body = {"order_id": order.id, "place_id": place, "lines": [line]}
    lot: str = clerk.call("POST", "/arrivals", body)["lines"][0]["lot"]
    return lot


def person_of(start: Start, roles: Sequence[str], username: str) -> str:
    """Somebody new who has several roles; the name under which `start` signs him in."""
    admin = start("admin")
    password = f"zl-{uuid4().hex[:12]}"
    user = {"username": username, "name": username, "password": password}
    user_id = admin.call("POST", "/users", user)["id"]
    for role in roles:
        role_id = admin.call("GET", f"/roles?code={role}")["items"][0]["id"]
        admin.call("POST", "/role-grants", {"user_id": user_id, "role_id": role_id})
    admin.plant.passwords[username] = password
    return username


def page_of(person: Journey, lot: str) -> str:
    """The address of a lot's page."""
    found = person.call("GET", f"/lots?number={lot}")["items"][0]
    return f"/lots/{found['id']}"


# --- the dock


def receive(clerk: Journey, order: str, supplier_lot: str) -> str:
    """Receive all of an order by its number, and label it; the lot that was made."""
    clerk.watch.expect(404)  # the number of an order is the label of no lot
    clerk.menu("receive")
    typed = clerk.page.get_by_label(clerk.t("scan:type"), exact=True)
    typed.fill(order)
    typed.press("Enter")
    clerk.sees(clerk.t("receiving:receive_order"))
    clerk.field("receiving:supplier_lot").fill(supplier_lot)
    clerk.button("receiving:book", count=1).click()
    clerk.button("ui:labels.go", count=1).wait_for()
    return clerk.page.locator(".labels-lots .code").inner_text()


# --- the desk of the inspector


def begin(inspector: Journey, lot: str) -> None:
    """Start what waits of a lot by scanning its label in the queue."""
    inspector.menu("inspections")
    inspector.sees(inspector.t("inspections:queue.scan.prompt"))
    inspector.scan(lot)
    expect(inspector.page).to_have_url(re.compile(r"/readings$"))
    inspector.settle()


def cell(inspector: Journey, column: int, unit: int) -> Locator:
    """A cell of the grid: column and unit from 1, as one reads them."""
    row = inspector.page.locator(f".rd-grid [role=row][aria-rowindex='{unit + 1}']")
    return row.locator(f"[role=gridcell][aria-colindex='{column + 1}']")


def read_all(inspector: Journey, out: dict[tuple[int, int], str]) -> None:
    """Type every reading piece by piece; `out` has those that are not as usual, by column, unit."""
    keys = inspector.page.keyboard
    expect(cell(inspector, 1, 1).locator("input")).to_be_focused()
    for unit in range(1, PIECES + 1):
        for column, usual in enumerate(GOOD, start=1):
            keys.type(out.get((column, unit), usual))
            keys.press("Enter")
    all_of_them = f"{PIECES * COLUMNS} / {PIECES * COLUMNS}"
    entered = inspector.page.locator(".rd-foot-bar .rd-number").first
    expect(entered).to_have_text(re.compile(all_of_them.replace(" ", r"\s*")))
    expect(inspector.page.locator(".rd-saved")).to_have_attribute("data-state", "saved")


# --- signing


def sign(person: Journey, *, reason: str = "") -> None:
    """Sign in the dialog that is open: the reason where one is asked, and the secret."""
    dialog = person.dialog().filter(has_text=person.t("ui:sign.meaning"))
    expect(dialog).to_be_visible()
    if reason:
        dialog.get_by_label(person.t("ui:sign.reason")).fill(reason)
    secret = dialog.get_by_label(person.t("ui:sign.secret"))
    if secret.count():
        secret.fill(person.plant.passwords[person.role])
        secret.press("Enter")
    else:
        dialog.get_by_role("button", name=person.t("ui:sign.confirm"), exact=True).click()
    expect(dialog).to_have_count(0)


# --- the desk of quality


def open_report(quality: Journey, lot: str) -> str:
    """Find the report of a lot on the board and open it; its number."""
    quality.menu("nonconformance")
    card = quality.page.locator(".board-card", has_text=lot)
    number = card.get_by_role("link").first.inner_text()
    card.get_by_role("link").first.click()
    expect(quality.page.get_by_role("heading", name=number, level=1)).to_be_visible()
    return number


def dispose(quality: Journey, quantities: dict[str, str | None], reason: str = "") -> None:
    """Say how much goes which way, all that is left with None, and sign it."""
    for kind, quantity in quantities.items():
        name = quality.t(f"states:DispositionKind.{kind}")
        if quantity is None:
            quality.button("nonconformance:split.take_rest", kind=name).click()
        else:
            quality.field("nonconformance:split.quantity_of", kind=name).fill(quantity)
        if reason:
            quality.field("nonconformance:split.reason_of", kind=name).fill(reason)
    quality.button("nonconformance:split.submit").click()
    sign(quality)
    quality.settle()


def scrap(quality: Journey) -> None:
    """Confirm that what is to be scrapped was made unusable."""
    quality.button("nonconformance:act.carry_out_scrap").click()
    unusable = quality.t("nonconformance:carry_out.unusable")
    quality.page.get_by_role("checkbox", name=unusable).check()
    sign(quality)


def send_back(quality: Journey, quantity: int) -> None:
    """Send what is to be returned to its supplier."""
    quality.button("nonconformance:act.return_goods").click()
    back = quality.t("nonconformance:return.send", quantity=quantity, unit="EA")
    quality.dialog().get_by_role("button", name=back, exact=True).click()
    quality.button("nonconformance:return.close").click()
