"""The supervisor keeps everything up, stops in good order, and leaves no process."""

import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from tests.launch.harness import (
    Installation,
    Started,
    assert_one_sentence,
    eventually,
    free_port,
    get,
)
from zhiliu.config.launch import signals, supervisor
from zhiliu.config.launch.listening import check_port
from zhiliu.config.launch.refusals import LaunchRefused
from zhiliu.config.launch.supervisor import ChildSpec, pause_seconds, supervise

pytestmark = pytest.mark.slow


class Serving:
    """An installation that serves."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.port = free_port()
        self.started = self.start()

    def start(self) -> Started:
        started = self.installation.start("serve", str(self.port))
        started.wait_for("Zhiliu is ready")
        return started

    def answers(self) -> bool:
        return get(self.port).startswith("zhiliu_app ")

    def slow_request(self) -> tuple[threading.Thread, list[str]]:
        answers: list[str] = []
        thread = threading.Thread(target=lambda: answers.append(get(self.port, "/slow")))
        thread.start()
        time.sleep(0.5)  # it is being answered now
        return thread, answers


@pytest.fixture
def serving(installation: Installation) -> Serving:
    return Serving(installation)


def test_ctrl_c_finishes_requests_and_leaves_no_process(serving: Serving) -> None:
    thread, answers = serving.slow_request()

    serving.started.signal(signal.SIGINT)

    assert serving.started.end() == 0
    thread.join(20)
    assert answers[0].startswith("zhiliu_app ")
    assert serving.started.said.endswith("Zhiliu has stopped.\n")
    assert "Traceback" not in serving.started.said
    assert serving.installation.processes() == []


def test_ctrl_c_twice_hurries_and_leaves_no_process(serving: Serving) -> None:
    worker = serving.installation.child("worker")
    worker.suspend()  # it would take its whole time to be killed

    serving.started.signal(signal.SIGINT)
    time.sleep(2)
    assert serving.started.process.poll() is None
    began = time.monotonic()
    serving.started.signal(signal.SIGINT)

    serving.started.end()
    assert time.monotonic() - began < 10
    assert "Traceback" not in serving.started.said
    assert serving.installation.processes() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_service_manager_or_closed_terminal_stops_it_too(
    serving: Serving, number: signal.Signals
) -> None:
    serving.started.process.send_signal(number)

    assert serving.started.end() == 0
    assert serving.installation.processes() == []


def test_after_a_kill_of_the_supervisor_it_starts_again_with_its_data(serving: Serving) -> None:
    database = serving.installation.database_process()
    children = [serving.installation.child(word) for word in ("granian", "worker")]
    serving.started.process.kill()
    serving.started.end()
    eventually(lambda: not any(child in serving.installation.processes() for child in children))

    again = serving.start()

    assert serving.answers()
    assert serving.installation.database_process() == database  # adopted
    again.signal(signal.SIGINT)
    assert again.end() == 0
    assert serving.installation.processes() == []


def test_after_a_kill_of_everything_it_starts_again(serving: Serving) -> None:
    serving.started.process.kill()
    for process in serving.installation.processes():
        with suppress(psutil.NoSuchProcess):
            process.kill()
    serving.started.end()

    again = serving.start()

    assert serving.answers()
    again.signal(signal.SIGINT)
    assert again.end() == 0


def test_a_killed_web_process_comes_back(serving: Serving) -> None:
    first = serving.installation.child("granian")
    first.kill()

    eventually(lambda: serving.answers() and serving.installation.child("granian") != first)

    with pytest.raises(OSError):
        get(serving.port, "/exit")  # one of granian's own workers
    eventually(serving.answers)
    serving.started.signal(signal.SIGINT)
    assert serving.started.end() == 0


def test_a_killed_worker_comes_back(serving: Serving) -> None:
    first = serving.installation.child("worker")
    first.kill()

    eventually(lambda: serving.installation.child("worker") != first)
    serving.started.signal(signal.SIGINT)
    assert serving.started.end() == 0


def test_a_killed_database_comes_back(serving: Serving) -> None:
    first = serving.installation.database_process()
    assert first is not None
    first.kill()

    eventually(lambda: serving.answers() and serving.installation.database_process() != first)
    serving.started.signal(signal.SIGINT)
    assert serving.started.end() == 0


def test_a_second_one_on_the_same_folder_is_refused(serving: Serving) -> None:
    code, said = serving.installation.run("serve", str(free_port()))

    assert code == 2
    assert_one_sentence(said, "already serves", str(serving.started.process.pid), "Ctrl-C")
    assert serving.answers()
    serving.started.signal(signal.SIGINT)
    assert serving.started.end() == 0


def test_a_busy_port_is_refused_before_anything_starts(
    serving: Serving, installation: Installation
) -> None:
    other = Installation(installation.folder.parent / "other")

    code, said = other.zhiliu("serve", "--port", str(serving.port))

    assert code == 2
    assert_one_sentence(said, f"Port {serving.port} on 127.0.0.1 is in use", "--port")
    assert not (other.folder / "postgresql").exists()
    serving.started.signal(signal.SIGINT)
    assert serving.started.end() == 0


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_refused(host: str) -> None:
    with pytest.raises(LaunchRefused) as refusal:
        check_port(host, free_port())

    assert refusal.value.code == "address_unusable"


def test_web_and_worker_alone_want_an_external_database(installation: Installation) -> None:
    for command in ("web", "worker"):
        code, said = installation.zhiliu(command)

        assert code == 2
        assert_one_sentence(said, f"`zhiliu {command}`", "set ZHILIU_DATABASE_URL")


def test_the_pause_between_starts_grows_to_half_a_minute() -> None:
    assert [pause_seconds(failures) for failures in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "pause_seconds", lambda _failures: 0.0)


def _supervise(child: ChildSpec, folder: Path, keep_database: Callable[[], None]) -> None:
    supervise(
        [child],
        folder=str(folder),
        keep_database=keep_database,
        is_up=lambda: False,
        announce=lambda: None,
    )


@pytest.mark.usefixtures("_quick")
def test_a_child_that_never_stays_up_is_given_up(tmp_path: Path) -> None:
    child = ChildSpec("web", [sys.executable, "-c", "raise SystemExit(7)"])

    with pytest.raises(LaunchRefused) as refusal:
        _supervise(child, tmp_path, lambda: None)

    assert refusal.value.data == {"child": "web", "exit_code": 7}


@pytest.mark.usefixtures("_quick")
def test_a_database_that_does_not_come_back_is_given_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    child = ChildSpec("worker", [sys.executable, "-c", "import time; time.sleep(60)"])
    began = time.monotonic()

    def full() -> None:
        raise LaunchRefused("disk_full", folder=tmp_path)

    with pytest.raises(LaunchRefused) as refusal:
        _supervise(child, tmp_path, full)

    assert refusal.value.code == "disk_full"
    assert capfd.readouterr().err.count("is full") == 4
    assert time.monotonic() - began < 20
    assert not signals.received()
