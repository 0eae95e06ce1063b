"""`zhiliu sampling` as a process: one JSON object, or a line for a line; needs no database."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from zhiliu.contexts.inspections.tests.test_rules_sampling import CASES, VARIANT_OF

EXAMPLE = ("--lot-size", "500", "--level", "II", "--aql", "1.0", "--severity", "normal")
LOOKUPS = [case for case in CASES if case["kind"] == "attribute_plan_lookup"]
PLAN = {
    "code_letter": "H",
    "plan_letter": "H",
    "sample_size": 50,
    "accept": 1,
    "reject": 2,
    "full_inspection": False,
    "units_to_inspect": 50,
}


def ask(
    *arguments: str, lines: str | bytes = "", language: str = "en"
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "zhiliu.config.cli", "sampling", *arguments],
        input=lines if isinstance(lines, bytes) else lines.encode(),
        capture_output=True,
        timeout=60,
        env={**os.environ, "ZHILIU_LANG": language, "ZHILIU_DATABASE_URL": "postgres://nowhere"},
    )


def answers(done: subprocess.CompletedProcess[bytes]) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_options_are_answered_with_one_object() -> None:
    done = ask(*EXAMPLE, "--variant", "iso")

    assert (done.returncode, done.stderr) == (0, b"")
    assert answers(done) == [PLAN]


def test_every_published_plan_is_answered_a_line_each() -> None:
    asked = []
    for number, case in enumerate(LOOKUPS):
        params = case["params"]
        asked.append(
            {
                "lot_size": params["lot_size"],
                "level": params["inspection_level"],
                "aql": float(params["aql"]) if number % 2 else params["aql"],
                "severity": params["severity"],
                "variant": VARIANT_OF[params["standard"]],
            }
        )

    done = ask("-", lines="\n".join(map(json.dumps, asked)))

    assert done.returncode == 0
    assert answers(done) == [
        {
            "code_letter": case["code_letter"],
            "plan_letter": case["plan_letter"],
            "sample_size": case["sample_size"],
            "accept": case["ac"],
            "reject": case["re"],
            "full_inspection": case["full_inspection"],
            "units_to_inspect": case.get("units_to_inspect", case["sample_size"]),
        }
        for case in (each["expected"] for each in LOOKUPS)
    ]


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--lot-size", "0", "1, 2, 3"),
        ("--lot-size", "-5", "1, 2, 3"),
        ("--lot-size", "many", "1, 2, 3"),
        ("--level", "IV", "S-1, S-2, S-3, S-4, I, II, III"),
        ("--aql", "0.5", "0.010, 0.015, 0.025"),
        ("--severity", "strict", "normal, tightened, reduced"),
        ("--variant", "din", "iso, mil"),
    ],
)
def test_a_bad_option_is_refused_with_the_allowed_values(
    option: str, value: str, allowed: str
) -> None:
    done = ask(*EXAMPLE, "--variant", "iso", option, value)

    assert (done.returncode, done.stdout) == (2, b"")
    (sentence,) = done.stderr.decode().splitlines()
    assert value in sentence
    assert allowed in sentence


def test_a_missing_option_is_asked_for_in_the_user_s_language() -> None:
    done = ask(*EXAMPLE, language="zh")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "抽样方案需要 variant；请给出其中之一：iso, mil。\n"


def test_a_refused_line_stops_no_other_line() -> None:
    lines = [
        b'{"lot_size": 500, "aql": 1}',
        b'{"lot_size": -1, "aql": 1}',
        b"[500, 1]",
        b"\xff",
        b"",
        b'{"lot_size": 500, "aql": 1, "colour": "red"}',
        b"[" * 100_000,
        b'{"lot_size": 500.0, "aql": "1.00"}',
    ]
    options = ("--level", "II", "--severity", "normal", "--variant", "iso")

    done = ask("-", *options, lines=b"\n".join(lines))

    assert done.returncode == 2
    first, *refused, last = answers(done)
    assert first == last == PLAN
    told = [line.split(": ", 1) for line in done.stderr.decode().splitlines()]
    assert [number for number, _ in told] == ["2", "3", "4", "6", "7"]
    assert [each["error"] for each in refused] == [sentence for _, sentence in told]
    assert [len(sentence) < 200 for _, sentence in told] == [True] * 5


def test_a_huge_lot_has_the_last_letter() -> None:
    (plan,) = answers(ask(*EXAMPLE, "--variant", "mil", "--lot-size", "9" * 30))

    assert (plan["code_letter"], plan["sample_size"]) == ("Q", 1250)


def test_neither_django_nor_a_database_driver_is_loaded() -> None:
    script = (
        "import sys; from zhiliu.config import cli; code = cli.main(); "
        "print(code, sorted({'django', 'psycopg'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "sampling", *EXAMPLE, "--variant", "iso"],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.stdout.splitlines()[1] == "0 []"
