"""The outermost shell of every command: whatever happens ends in one sentence, no traceback.

`python -m zhiliu.config.launch.guard MODULE ARGUMENTS` runs a module inside it.
"""

import os
import runpy
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from zhiliu.config.launch import signals
from zhiliu.config.launch.children import EXIT_FAULT, EXIT_INTERRUPTED, EXIT_REFUSED, StepEnded
from zhiliu.config.launch.data_folder import default_path
from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full, one_line, told
from zhiliu.kernel.refusal import Refusal

EXIT_PIPE_CLOSED: Final = 141


def guarded(body: Callable[[], int]) -> int:
    """Run the body and return the exit code; a refusal or fault is printed to standard error."""
    signals.install()
    try:
        return body()
    except StepEnded as step:
        return step.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the interpreter flushes it at exit
        return EXIT_PIPE_CLOSED
    except Exception as problem:
        code, sentence = _explained(problem)
        print(sentence, file=sys.stderr)
        return code


def _explained(problem: Exception) -> tuple[int, str]:
    if isinstance(problem, LaunchRefused):
        return EXIT_REFUSED, str(problem)
    if isinstance(problem, Refusal):
        return EXIT_REFUSED, told(problem)
    import psycopg  # here: a command that needs no database shall not wait for its driver

    chain = list(_chain(problem))
    if any(is_disk_full(each) for each in chain):
        return EXIT_REFUSED, str(LaunchRefused("disk_full", folder=default_path()))
    reason = one_line(problem)
    if any(isinstance(each, psycopg.OperationalError) for each in chain):
        log = default_path() / "postgresql" / "log"
        return EXIT_REFUSED, str(LaunchRefused("server_lost", reason=reason, log=log))
    file = _record(problem)
    reason = f"{type(problem).__name__}: {reason}"
    return EXIT_FAULT, str(LaunchRefused("fault", reason=reason, file=file))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def _record(problem: Exception) -> Path:
    """Keep the traceback where support can ask for it."""
    for folder in (default_path(), Path(tempfile.gettempdir())):
        try:
            file = folder / "faults.log"
            with open(file, "a", opener=_for_owner_only) as log:
                traceback.print_exception(problem, file=log)
        except OSError:
            continue
        return file
    return Path(os.devnull)


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _run_module() -> int:
    module = sys.argv[1]
    del sys.argv[0]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(guarded(_run_module))
