"""The grid of readings: paste, input method, ways to enter, questions, and how fast it answers."""

import re
import statistics
from io import BytesIO

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.conftest import Start, Theme
from tests.e2e.journey import Journey
from tests.e2e.words import Language

MODES = {"full": 0, "last": 1, "deviation": 2, "gauge": 3}
QUICK_MILLISECONDS = 100

_COPY = """async ([html, text]) => {
  const as = (type, content) => new Blob([content], { type });
  await navigator.clipboard.write([new ClipboardItem({
    'text/html': as('text/html', html), 'text/plain': as('text/plain', text) })]);
}"""

# From the moment Enter was struck until the cell it left shows its result.
_MEASURE = """() => {
  window.took = [];
  let struck = null;
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter') struck = event.timeStamp;
  }, true);
  new MutationObserver((changes) => {
    const isJudged = changes.flatMap((one) => [one.target, ...one.addedNodes])
      .some((node) => /^(?:in|near|out)$/.test(node.dataset?.look ?? ''));
    if (struck === null || !isJudged) return;
    window.took.push(performance.now() - struck);
    struck = null;
  }).observe(document.querySelector('.rd-grid'), {
    subtree: true, childList: true, attributeFilter: ['data-look'] });
}"""


def desk(start: Start, language: Language, **context: object) -> Journey:
    """An inspector before an empty grid of 13 x 5, who enters whole values."""
    lot = steps.arrived(start, 20)
    theme: Theme = "dark" if language == "zh-CN" else "light"
    inspector = start("inspector", theme=theme, **context)
    steps.begin(inspector, lot)
    expect(steps.cell(inspector, 1, 1).locator("input")).to_be_focused()
    return inspector


def enter(inspector: Journey, typed: str) -> None:
    inspector.page.keyboard.type(typed)
    inspector.page.keyboard.press("Enter")


def is_at(inspector: Journey, column: int, unit: int) -> None:
    expect(steps.cell(inspector, column, unit).locator("input")).to_be_focused()


def mode(inspector: Journey, name: str) -> Locator:
    choice = inspector.page.get_by_role("group", name=inspector.t("inspections:tools.entry"))
    return choice.get_by_role("button").nth(MODES[name])


def go_to(inspector: Journey, column: int, unit: int) -> None:
    steps.cell(inspector, column, unit).click()
    is_at(inspector, column, unit)


def looks(inspector: Journey, column: int, unit: int, look: str, text: str) -> None:
    found = steps.cell(inspector, column, unit)
    expect(found).to_have_attribute("data-look", look)
    expect(found).to_contain_text(text)


def block_of_excel() -> tuple[str, str]:
    """A block as it is in a workbook, in the two forms in which Excel copies it."""
    book = Workbook()
    sheet = book.active
    for unit in range(steps.PIECES):
        sheet.append([float(value) for value in steps.GOOD])
        for number_format, one in zip(("0.000", *["0.00"] * 4), sheet[unit + 1], strict=True):
            one.number_format = number_format
    sheet["E4"] = 4.05
    kept = BytesIO()
    book.save(kept)
    read = load_workbook(BytesIO(kept.getvalue())).active
    rows = [
        [f"{one.value:.{len(one.number_format) - 2}f}" for one in row] for row in read.iter_rows()
    ]
    text = "".join("\t".join(row) + "\r\n" for row in rows)
    cells = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    return f"<html><body><table>{cells}</table></body></html>", text


def test_a_block_out_of_excel_is_pasted_looked_at_and_kept(
    start: Start, language: Language
) -> None:
    inspector = desk(start, language, permissions=["clipboard-read", "clipboard-write"])
    inspector.page.evaluate(_COPY, list(block_of_excel()))
    all_of_them = steps.PIECES * steps.COLUMNS

    inspector.page.keyboard.press("Control+v")

    inspector.sees(inspector.t("inspections:held.pasted", count=all_of_them))
    looks(inspector, 5, 4, "out", "4.05")
    inspector.examine("a pasted block")
    inspector.page.keyboard.press("Control+z")
    expect(steps.cell(inspector, 5, 4)).to_have_attribute("data-look", "todo")

    inspector.page.keyboard.press("Control+v")
    inspector.sees(inspector.t("inspections:held.pasted", count=all_of_them))
    inspector.page.keyboard.press("Enter")
    inspector.sees(inspector.t("inspections:live.rejected"))
    expect(inspector.page.locator(".rd-saved")).to_have_attribute("data-state", "saved")
    inspector.page.reload()
    inspector.settle()
    looks(inspector, 5, 4, "out", "4.05")
    looks(inspector, 1, steps.PIECES, "in", steps.GOOD[0])


def test_a_chinese_input_method_composes_in_peace(start: Start, language: Language) -> None:
    inspector = desk(start, language)
    mode(inspector, "last").click()
    digits = re.findall(r"\d+", mode(inspector, "last").inner_text())[0]
    devtools = inspector.context.new_cdp_session(inspector.page)
    typed = "9" * int(digits)

    caret = {"selectionStart": len(typed), "selectionEnd": len(typed)}
    devtools.send("Input.imeSetComposition", {"text": typed, **caret})
    for key in ("Enter", "Digit1", "ArrowDown"):
        pressed = {"key": "Process", "code": key, "windowsVirtualKeyCode": 229}
        devtools.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **pressed})
        devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
    is_at(inspector, 1, 1)
    expect(steps.cell(inspector, 1, 1)).to_have_attribute("data-look", "todo")

    devtools.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    mode(inspector, "full").click()
    full_width = steps.GOOD[0].translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    devtools.send("Input.insertText", {"text": full_width})
    is_at(inspector, 1, 1)
    inspector.page.keyboard.press("Enter")

    is_at(inspector, 2, 1)
    looks(inspector, 1, 1, "in", steps.GOOD[0])


def test_fill_down_and_undo(start: Start, language: Language) -> None:
    inspector = desk(start, language)
    keys = inspector.page.keyboard
    go_to(inspector, 5, 1)
    enter(inspector, "4.01")
    go_to(inspector, 5, 2)

    keys.press("Control+d")
    looks(inspector, 5, 2, "in", "4.01")
    keys.press("Control+z")
    expect(steps.cell(inspector, 5, 2)).to_have_attribute("data-look", "todo")
    is_at(inspector, 5, 2)

    # from a chosen block: its top all the way down
    go_to(inspector, 5, 1)
    for _ in range(4):
        keys.press("Shift+ArrowDown")
    keys.press("Control+d")
    for unit in range(2, 5):
        looks(inspector, 5, unit, "in", "4.01")
    expect(steps.cell(inspector, 5, 5).locator("input")).to_have_value("4.01")


def test_last_digits_go_on_by_themselves(start: Start, language: Language) -> None:
    inspector = desk(start, language)
    last = mode(inspector, "last")
    last.click()
    for column, value in enumerate(steps.GOOD, start=1):
        is_at(inspector, column, 1)
        count = int(re.findall(r"\d+", last.inner_text())[0])
        inspector.page.keyboard.type(value.replace(".", "")[-count:])
    is_at(inspector, 1, 2)
    for column, value in enumerate(steps.GOOD, start=1):
        looks(inspector, column, 1, "in", value)
    mode(inspector, "full").click()


def test_a_deviation_is_the_value_it_means(start: Start, language: Language) -> None:
    inspector = desk(start, language)
    mode(inspector, "deviation").click()
    go_to(inspector, 3, 1)
    enter(inspector, "-3")
    looks(inspector, 3, 1, "in", "44.97")
    go_to(inspector, 3, 2)
    enter(inspector, "12")
    looks(inspector, 3, 2, "out", "45.12")
    mode(inspector, "full").click()


def test_a_wild_value_is_asked_about_once_and_a_near_one_is_amber(
    start: Start, language: Language
) -> None:
    inspector = desk(start, language)
    go_to(inspector, 3, 1)
    enter(inspector, "45.09")
    looks(inspector, 3, 1, "near", "45.09")

    go_to(inspector, 3, 2)
    enter(inspector, "145.02")
    said = inspector.page.locator(".rd-said")
    expect(said).to_contain_text(inspector.t("inspections:grid.said.slip.now"))
    is_at(inspector, 3, 2)
    inspector.examine("a likely slip")
    inspector.page.keyboard.press("Enter")
    expect(said).to_have_count(0)
    looks(inspector, 3, 2, "out", "145.02")
    expect(inspector.page.locator(".rd-saved")).to_have_attribute("data-state", "saved")


def test_a_result_is_there_within_a_tenth_of_a_second(start: Start, language: Language) -> None:
    inspector = desk(start, language)
    inspector.page.evaluate(_MEASURE)
    for unit in range(1, 5):
        for column, value in enumerate(steps.GOOD, start=1):
            is_at(inspector, column, unit)
            enter(inspector, value)
    looks(inspector, steps.COLUMNS, 4, "in", steps.GOOD[-1])

    took = inspector.page.evaluate("() => window.took")
    assert len(took) == 4 * steps.COLUMNS
    assert statistics.median(took) <= QUICK_MILLISECONDS, took
