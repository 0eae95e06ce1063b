"""`zhiliu sampling`: the plan of a lot as one JSON object; needs no database and no Django."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from zhiliu.config.launch.children import EXIT_REFUSED
from zhiliu.config.launch.refusals import LaunchRefused, told
from zhiliu.contexts.inspections.rules.sampling import ARGUMENTS, plan_for
from zhiliu.kernel.refusal import Refusal

_NAMES = ", ".join(ARGUMENTS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name the arguments; their values are checked where the tables are, so in one place."""
    parser.add_argument("lines", nargs="?", choices=["-"], help="read a JSON object a line")
    for name, allowed in ARGUMENTS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="VALUE", help=", ".join(allowed))


def run(arguments: argparse.Namespace) -> int:
    """Answer the options, or each line of standard input, for which the options are defaults.

    Raises the refusal of the options. A refused line is answered by an object with `error`, told on
    standard error too, and makes the exit code 2; the others are answered all the same.
    """
    options = {name: getattr(arguments, name) for name in ARGUMENTS}
    given = {name: value for name, value in options.items() if value is not None}
    if arguments.lines is None:
        print(json.dumps(_answer(given)))
        return 0
    return _answer_lines(sys.stdin.buffer, given)


def _answer_lines(lines: Iterable[bytes], defaults: Mapping[str, Any]) -> int:
    exit_code = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answer({**defaults, **_read(line)})
        except (Refusal, LaunchRefused) as refused:
            sentence = told(refused) if isinstance(refused, Refusal) else str(refused)
            answer = {"error": sentence}
            print(f"{number}: {sentence}", file=sys.stderr)
            exit_code = EXIT_REFUSED
        print(json.dumps(answer), flush=True)  # whoever asks line by line waits for it
    return exit_code


def _read(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        text = line.strip().decode(errors="replace")
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        raise LaunchRefused("sampling_line", given=shown, names=_NAMES)
    return asked


def _answer(given: Mapping[str, Any]) -> dict[str, Any]:
    for name in given:
        if name not in ARGUMENTS:
            raise LaunchRefused("sampling_name", given=name, names=_NAMES)
    for name, allowed in ARGUMENTS.items():
        if name not in given:
            raise LaunchRefused("sampling_missing", name=name, allowed=", ".join(allowed))
    return plan_for(**{**given, "lot_size": _whole(given["lot_size"])})._asdict()


def _whole(value: Any) -> Any:
    """The whole number that a text or a number like 500.0 is; anything else as it is."""
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,1000}\s*", value, re.ASCII):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
