"""The main job by the screens: receive, label, inspect, not accept, sort, dispose, release."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import Start
from tests.e2e.words import Language

ALL, BAD, SCRAPPED = 40, 5, 2


def test_an_order_from_the_dock_to_usable_stock(start: Start, language: Language) -> None:
    theme = "dark" if language == "en" else "light"
    order = steps.order_of(start, ALL)
    clerk = start("warehouse", theme=theme)

    # the dock: everything is filled in but the supplier's lot
    supplier_lot = f"WX-{uuid4().hex[:6]}"
    lot = steps.receive(clerk, order.number, supplier_lot)
    clerk.examine("labels of what arrived")
    with clerk.page.expect_download() as labels:
        clerk.button("ui:labels.go", count=1).click()
    assert labels.value.suggested_filename.endswith(".pdf")
    clerk.examine("arrival")

    # the inspector: two of 13 are out, and the class has Ac 0
    inspector = start("inspector", theme=theme)
    steps.begin(inspector, lot)
    steps.read_all(inspector, {(5, 4): "4.05", (3, 9): "45.13"})
    assert steps.cell(inspector, 5, 4).get_attribute("data-look") == "out"
    inspector.sees(inspector.t("inspections:live.rejected"))
    inspector.examine("readings")
    inspector.button("inspections:verdict.not_accept.button").click()
    inspector.examine("signing a verdict")
    steps.sign(inspector, reason="2 / 13")
    inspector.sees(inspector.t("states:InspectionState.not_accepted"))

    # quality: the report is on the board, every unit shall be judged
    quality = start("quality", theme=theme)
    report = steps.open_report(quality, lot)
    quality.examine("nonconformance report")
    steps.dispose(quality, {"sort": None}, "sort them")

    # the inspector: five of all are bad
    steps.begin(inspector, lot)
    inspector.field("inspections:count.nonconforming").fill(str(BAD))
    inspector.choose("inspections:count.defect")
    inspector.button("inspections:count.save").click()
    inspector.button("inspections:verdict.judge.button").click()
    inspector.button("inspections:parts.next").click()
    inspector.examine("signing that every unit was judged")
    steps.sign(inspector)
    inspector.sees(inspector.t("states:InspectionState.accepted"))

    # quality: what is bad goes two ways
    quality.settle()
    steps.dispose(quality, {"scrap": str(SCRAPPED), "return_to_vendor": None}, "out of limits")
    steps.scrap(quality)
    steps.send_back(quality, BAD - SCRAPPED)
    quality.button("nonconformance:end.close").click()
    steps.sign(quality)
    quality.sees(quality.t("states:ReportState.closed"))
    quality.examine(f"closed report {report}")

    # what is left of it is usable, and nothing else of what came
    released = clerk.t("states:LotStatus.released")
    clerk.open(f"/lots?search={supplier_lot}")
    rows = clerk.page.locator(".ant-table-row")
    expect(rows).to_have_count(3)
    usable = rows.filter(has_text=released)
    expect(usable).to_have_count(1)
    expect(usable).to_contain_text(lot)
    expect(usable).to_contain_text(str(ALL - BAD))
