"""A step is one of Zhiliu's modules run to its end; it explains itself, or we say how it ended."""

import time
from pathlib import Path

import pytest

from zhiliu.config.launch.children import (
    EXIT_FAULT,
    EXIT_REFUSED,
    Step,
    StepEnded,
    run_step,
    run_together,
)
from zhiliu.config.launch.refusals import LaunchRefused


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder whose modules a step can run."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("ZHILIU_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ZHILIU_LANG", "en")
    return tmp_path


def _run(modules: Path, body: str) -> None:
    (modules / "step_under_test.py").write_text(body)
    run_step("zhiliu step", "step_under_test", str(modules), "argument")


def test_a_step_gets_its_arguments(modules: Path) -> None:
    _run(modules, "import sys, pathlib; pathlib.Path(__file__ + '.seen').write_text(sys.argv[1])")

    assert (modules / "step_under_test.py.seen").read_text() == "argument"


@pytest.mark.parametrize("code", [1, 3])
def test_a_step_that_only_ends_is_explained(modules: Path, code: int) -> None:
    with pytest.raises(LaunchRefused) as refusal:
        _run(modules, f"raise SystemExit({code})")

    assert refusal.value.data == {"step": "zhiliu step", "exit_code": code}


def test_a_refusal_inside_a_step_is_said_once(
    modules: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StepEnded) as ended:
        _run(modules, "raise OSError(28, 'No space left on device')")

    assert ended.value.exit_code == EXIT_REFUSED
    assert capfd.readouterr().err.count("is full") == 1


def test_a_fault_inside_a_step_is_said_once_and_kept(
    modules: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StepEnded) as ended:
        _run(modules, "1 / 0")

    assert ended.value.exit_code == EXIT_FAULT
    said = capfd.readouterr().err
    assert "Traceback" not in said and "ZeroDivisionError" in said
    assert "1 / 0" in (modules / "faults.log").read_text()


def test_a_killed_step_is_explained(modules: Path) -> None:
    with pytest.raises(LaunchRefused) as refusal:
        _run(modules, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")

    assert refusal.value.data["exit_code"] == -9


def test_steps_run_side_by_side_each_in_its_own_environment(modules: Path) -> None:
    """Each waits for a file that only the other one writes."""
    (modules / "step_under_test.py").write_text(
        "import os, pathlib, sys, time\n"
        "folder = pathlib.Path(__file__).parent\n"
        "(folder / sys.argv[1]).write_text(os.environ['OTHER'])\n"
        "while not (folder / os.environ['OTHER']).exists(): time.sleep(0.01)\n"
    )
    steps = [
        Step("zhiliu step", "step_under_test", (one,), {"OTHER": other})
        for one, other in (("a", "b"), ("b", "a"))
    ]

    run_together(steps, str(modules))

    assert ((modules / "a").read_text(), (modules / "b").read_text()) == ("b", "a")


def test_when_one_step_fails_the_others_end(modules: Path) -> None:
    (modules / "step_under_test.py").write_text(
        "import sys, time\ntime.sleep(60) if sys.argv[1] == 'long' else sys.exit(3)\n"
    )
    began = time.monotonic()

    with pytest.raises(LaunchRefused) as refusal:
        run_together(
            [
                Step("the long one", "step_under_test", ("long",)),
                Step("the failing one", "step_under_test", ("short",)),
            ],
            str(modules),
        )

    assert refusal.value.data == {"step": "the failing one", "exit_code": 3}
    assert time.monotonic() - began < 30
