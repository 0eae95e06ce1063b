"""Every refusal is one sentence in two languages, and nothing else reaches the screen."""

import errno
import string
import sys

import psycopg
import pytest

from zhiliu.config.launch import refusals, signals
from zhiliu.config.launch.children import EXIT_FAULT, EXIT_INTERRUPTED
from zhiliu.config.launch.guard import guarded
from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full, language, one_line
from zhiliu.platform.commands.errors import KeyMissing


def _fields(template: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


@pytest.mark.parametrize("code", sorted(refusals._SENTENCES))
def test_both_languages_say_the_same(code: str) -> None:
    english, chinese = refusals._SENTENCES[code]

    assert _fields(english) == _fields(chinese)
    assert english.endswith(".") and english.isascii()
    assert chinese.endswith("。") and any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "ZHILIU_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "ZHILIU_LANG": "en"}, "en"),
    ],
)
def test_the_language_follows_the_environment(
    settings: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ZHILIU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert language() == expected


def test_the_telling_line_is_found() -> None:
    said = "starting\n2026 FATAL:  could not map memory.\nstopped waiting\n"

    assert one_line(said) == "2026 FATAL:  could not map memory"
    assert one_line("") == "str"


def test_a_full_disk_is_known_by_number_and_by_text() -> None:
    assert is_disk_full(OSError(errno.ENOSPC, "x"))
    assert is_disk_full("could not write: No space left on device")
    assert not is_disk_full(OSError(errno.EACCES, "x"))


@pytest.fixture
def _no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "install", lambda: None)


@pytest.mark.usefixtures("_no_signals")
@pytest.mark.parametrize(
    ("problem", "code", "words"),
    [
        (LaunchRefused("file_exists", file="a.backup"), 2, "a.backup exists already"),
        (KeyMissing(), 2, "Send a fresh UUID as Idempotency-Key"),
        (psycopg.errors.DiskFull("No space left on device"), 2, "is full"),
        (psycopg.OperationalError("server closed the connection"), 2, "stopped answering"),
        (KeyboardInterrupt(), EXIT_INTERRUPTED, ""),
        (ZeroDivisionError("division by zero"), EXIT_FAULT, "ZeroDivisionError: division by zero"),
    ],
)
def test_whatever_happens_is_one_sentence(
    problem: BaseException,
    code: int,
    words: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("ZHILIU_DATA_DIR", str(folder))
    monkeypatch.setenv("ZHILIU_LANG", "en")

    def body() -> int:
        raise problem

    assert guarded(body) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == (1 if words else 0)
    assert (folder / "faults.log").exists() == (code == EXIT_FAULT)


@pytest.mark.usefixtures("_no_signals")
def test_a_closed_pipe_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def body() -> int:
        raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", sys.stdout)
    assert guarded(body) == 141
