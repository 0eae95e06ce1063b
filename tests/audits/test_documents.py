"""What the code declares, the documents say: events, refusals, permissions, settings, words."""

import re
import string
from dataclasses import fields

import pytest

from tests.audits.building import ROOT, SOURCE, python_files, texts_in
from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM
from zhiliu.config.documents import documents, own_events, own_refusals, snake
from zhiliu.kernel.event import Event
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import Permission, all_permissions

REFUSALS = own_refusals()
EVENTS = own_events()
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HOME = {name: name for name in (*BUILT_PLATFORM, *BUILT_CONTEXTS)}


def home(declared: type) -> str:
    """The app that declares a class: `stock`, or `launch` for what runs without Django."""
    return declared.__module__.split(".")[2]


def placeholders(template: str) -> set[str]:
    """What a sentence is filled with; `what_zh` is the Chinese word for `what`."""
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    return {name.removesuffix("_zh") for name in names}


@pytest.mark.parametrize("path", documents(), ids=str)
def test_generated_documents_are_up_to_date(path: object) -> None:
    wanted = documents()[path]  # type: ignore[index]

    assert (ROOT / str(path)).read_text(encoding="utf-8") == wanted, "run: make docs"


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: f"{r.code}-{r.__name__}")
def test_a_refusal_says_the_same_in_both_languages(refusal: type[Refusal]) -> None:
    own = {f.name.removesuffix("_zh") for f in fields(refusal)}

    assert placeholders(refusal.en) == placeholders(refusal.zh)
    assert placeholders(refusal.remedy_en) == placeholders(refusal.remedy_zh)
    assert placeholders(refusal.en) | placeholders(refusal.remedy_en) <= own
    for text in (refusal.zh, refusal.remedy_zh):
        assert CHINESE.search(text)
    for text in (refusal.en, refusal.remedy_en):
        assert text and not CHINESE.search(text)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: f"{r.code}-{r.__name__}")
def test_a_refusal_has_a_code_of_its_context_and_an_honest_status(refusal: type[Refusal]) -> None:
    assert re.fullmatch(rf"{home(refusal)}\.[a-z][a-z0-9_]*", refusal.code)
    assert 400 <= refusal.status < 500 or refusal.code in ("commands.busy", "commands.bug")
    assert refusal.status != 422  # the payload's shape, and nothing else
    assert refusal.__doc__


def test_a_code_means_one_thing() -> None:
    codes = [r.code for r in REFUSALS]

    assert [c for c in codes if codes.count(c) > 1] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.type)
def test_an_event_is_a_versioned_fact_of_its_context(event: type[Event]) -> None:
    assert re.fullmatch(rf"{home(event)}\.[a-z][a-z0-9_]*\.v[1-9][0-9]*", event.type)
    assert snake(event.__name__).removesuffix("_event").endswith(event.type.split(".")[1])
    assert event.__doc__ and not event.__doc__.startswith(f"{event.__name__}(")


def test_an_event_type_is_declared_once() -> None:
    types = [e.type for e in EVENTS]

    assert [t for t in types if types.count(t) > 1] == []


CODE = "\n".join(
    file.read_text(encoding="utf-8") for file in python_files(SOURCE) if "tests" not in file.parts
)


def uses(declared: type) -> int:
    """How often the code names a class, its declaration and one import left out."""
    return len(re.findall(rf"\b{declared.__name__}\b", CODE)) - 2


def is_made(declared: type) -> bool:
    """True when the code makes one, such as from the detail of a database constraint."""
    return re.search(rf"(?<!class )\b{declared.__name__}\(", CODE) is not None


def test_every_event_is_emitted_somewhere() -> None:
    """An event that nothing emits is a promise to subscribers that nobody keeps."""
    assert [e.type for e in EVENTS if uses(e) < 1] == []


def test_every_refusal_can_happen() -> None:
    never = [r for r in REFUSALS if uses(r) < (0 if home(r) == "launch" else 1)]

    assert [r.code for r in never if not is_made(r)] == []


@pytest.mark.parametrize("permission", all_permissions(), ids=lambda p: p.operation)
def test_a_permission_has_a_label_in_both_languages(permission: Permission) -> None:
    assert permission.operation.split(".")[0] in HOME | {"evidence": "commands"}
    assert permission.en and not CHINESE.search(permission.en)
    assert CHINESE.search(permission.zh)


def test_labels_of_permissions_differ() -> None:
    for labels in ([p.en for p in all_permissions()], [p.zh for p in all_permissions()]):
        assert [label for label in labels if labels.count(label) > 1] == []


def test_every_permission_is_asked_for_somewhere() -> None:
    asked = {
        text
        for file in python_files(SOURCE)
        if "tests" not in file.parts and file.stem not in ("permissions", "states")
        for text in texts_in(file)
    }
    asked |= {  # an app may name the operation once, beside its permissions
        text
        for file in SOURCE.glob("*/*/permissions.py")
        for text in re.findall(r'^[A-Z_]+ = "([a-z_.]+)"', file.read_text(encoding="utf-8"), re.M)
    }

    assert [p.operation for p in all_permissions() if p.operation not in asked] == []


def test_every_setting_is_documented() -> None:
    """What an installation may set is in the how-to; what processes tell each other is not."""
    between_processes = {
        "ZHILIU_APP_URL",
        "ZHILIU_OWNER_URL",
        "ZHILIU_POOL",
        "ZHILIU_ROLE",
        "ZHILIU_SUPERVISED",
        "ZHILIU_TEST_SERVER_URL",
        "ZHILIU_TEST_TEMPLATE",
    }
    used = {
        name
        for file in python_files(SOURCE)
        if "tests" not in file.parts
        for name in re.findall(r"\bZHILIU_[A-Z_]+\b", file.read_text(encoding="utf-8"))
    }
    documented = {
        name
        for page in (ROOT / "docs").rglob("*.md")
        for name in re.findall(r"\bZHILIU_[A-Z_]+\b", page.read_text(encoding="utf-8"))
    }

    of_tests = {
        name
        for file in python_files(ROOT / "tests")
        for name in re.findall(r"\bZHILIU_[A-Z_]+\b", file.read_text(encoding="utf-8"))
    }

    assert used - between_processes - documented == set()
    assert documented - used - of_tests == set()


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCE.rglob("*.md"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_decision_says_what_it_decides_and_what_holds_it() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    parts = ("Context", "Decision", "Consequences", "Alternatives", "Enforced by")

    numbers = [p.name[:4] for p in pages]
    assert len(set(numbers)) == len(numbers)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert [part for part in parts if f"\n## {part}" not in text] == [], page.name
