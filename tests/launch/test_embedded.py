"""The embedded server starts on whatever the last run left, and refuses what is not usable."""

import os
import resource
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.launch.harness import Installation, assert_one_sentence
from zhiliu.config.launch.binaries import server_user
from zhiliu.config.launch.embedded import EmbeddedServer
from zhiliu.config.launch.refusals import LaunchRefused

pytestmark = pytest.mark.slow


@pytest.fixture
def server(installation: Installation) -> Iterator[EmbeddedServer]:
    """Give a server that is created but does not run."""
    home = installation.folder / "postgresql"
    home.parent.mkdir(mode=0o711)
    server = EmbeddedServer(home, home / "socket", password="secret")
    server.create()
    yield server
    server.stop(hurry=True)


def _answer(server: EmbeddedServer) -> tuple[object, ...] | None:
    with psycopg.connect(server.admin_url()) as connection:
        return connection.execute("SELECT current_setting('listen_addresses')").fetchone()


def test_it_listens_on_its_socket_only_and_wants_the_password(server: EmbeddedServer) -> None:
    server.ensure_running()

    assert _answer(server) == ("",)
    wrong = server.url("postgres", "guess", "postgres")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_it_is_adopted_when_it_runs_already(server: EmbeddedServer) -> None:
    server.ensure_running()
    first = server.process()

    server.ensure_running()

    assert first is not None
    assert server.process() == first


def test_it_starts_again_when_its_socket_was_swept_away(server: EmbeddedServer) -> None:
    server.ensure_running()
    for file in server.socket.iterdir():
        file.unlink()

    server.ensure_running()

    assert _answer(server) == ("",)


def test_it_recovers_what_was_committed_before_it_was_killed(server: EmbeddedServer) -> None:
    server.ensure_running()
    with psycopg.connect(server.admin_url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    killed = server.process()
    assert killed is not None
    killed.kill()
    killed.wait(10)

    server.ensure_running()

    with psycopg.connect(server.admin_url()) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_reused_process_number_is_no_running_server(server: EmbeddedServer) -> None:
    stranger = subprocess.Popen(["sleep", "60"], user=server_user())
    try:
        pid_file = server.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n{server.socket}\n\n\n")

        server.ensure_running()

        assert _answer(server) == ("",)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("text", ["", "no number\n"])
def test_a_garbled_pid_file_is_no_running_server(server: EmbeddedServer, text: str) -> None:
    (server.data / "postmaster.pid").write_text(text)

    server.ensure_running()

    assert _answer(server) == ("",)


def test_a_stop_leaves_no_process_even_when_the_server_hangs(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.ensure_running()
    process = server.process()
    assert process is not None
    monkeypatch.setattr("zhiliu.config.launch.embedded._STOP_SECONDS", 1)
    process.suspend()

    server.stop()

    assert server.process() is None


def test_another_major_version_is_refused(server: EmbeddedServer) -> None:
    (server.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(LaunchRefused) as refusal:
        server.create()

    assert refusal.value.code == "other_major"
    assert (refusal.value.data["found"], refusal.value.data["ours"]) == (17, 18)


def test_a_cluster_without_its_version_is_refused(server: EmbeddedServer) -> None:
    (server.data / "PG_VERSION").unlink()

    with pytest.raises(LaunchRefused) as refusal:
        server.create()

    assert refusal.value.code == "broken_data_folder"


def test_a_damaged_cluster_is_refused_with_the_servers_own_words(server: EmbeddedServer) -> None:
    control = server.data / "global" / "pg_control"
    control.write_bytes(b"\0" * control.stat().st_size)

    with pytest.raises(LaunchRefused) as refusal:
        server.ensure_running()

    assert refusal.value.code == "server_failed"
    assert "FATAL" in str(refusal.value.data["reason"]) or "PANIC" in str(refusal.value.data)
    assert server.process() is None


def test_a_creation_that_was_killed_is_begun_anew(installation: Installation) -> None:
    home = installation.folder / "postgresql"
    (home / "data.new" / "base").mkdir(parents=True)
    installation.folder.chmod(0o711)
    server = EmbeddedServer(home, home / "socket", password="secret")

    server.create()

    assert (server.data / "PG_VERSION").exists()
    assert not (home / "data.new").exists()


def test_any_folder_name_will_do(installation: Installation) -> None:
    folder = installation.folder.parent / "my 'own' data, 数据"

    said = installation.run("use", "0", ZHILIU_DATA_DIR=str(folder))

    assert said == (0, "in use\ndone\n")


def test_nobodys_permissions_change(installation: Installation) -> None:
    private = installation.folder.parent / "home"
    private.mkdir(mode=0o700)
    above = {path: stat.S_IMODE(path.stat().st_mode) for path in [private, *private.parents]}

    code, said = installation.run("use", "0", ZHILIU_DATA_DIR=str(private / "data"))

    assert {path: stat.S_IMODE(path.stat().st_mode) for path in above} == above
    if os.geteuid() == 0:  # the database user cannot enter, and that is said
        assert code == 2
        assert_one_sentence(said, f"may not enter {private}", "set ZHILIU_DATA_DIR")
    else:
        assert (code, said) == (0, "in use\ndone\n")


@pytest.fixture
def full_disk(installation: Installation) -> Iterator[Path]:
    """Give a place where 10 MB are too much: a tiny file system, else a limit on file size."""
    place = installation.folder.parent / "tiny"
    place.mkdir(mode=0o711)
    mount = ["mount", "-t", "tmpfs", "-o", "size=10m,mode=0711", "tiny", str(place)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000_000, before[1]))
    yield place
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_leaves_nothing_half(
    installation: Installation, full_disk: Path
) -> None:
    folder = full_disk / "data"

    code, said = installation.run("use", "0", ZHILIU_DATA_DIR=str(folder))

    assert code == 2
    assert_one_sentence(said, f"disk of {folder}", "is full", "free some space")
    assert [entry.name for entry in (folder / "postgresql").iterdir()] == []
