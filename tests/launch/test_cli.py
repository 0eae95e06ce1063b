"""The console script's arguments."""

import sys

import pytest

from zhiliu.config import cli


def _refused(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["zhiliu", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        ["serve", "--web-workers", "0"],
        ["import", "elsewhere"],
        ["check", "--surprise"],
        ["replay", "adventureworks", "--lines", "0"],
        ["replay", "adventureworks", "--lines", "some"],
        ["replay", "adventureworks", "--surprise"],
    ],
)
def test_what_it_does_not_know_is_refused_with_the_usage(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _refused(monkeypatch, *arguments) == 2
    assert "usage: zhiliu" in capsys.readouterr().err
