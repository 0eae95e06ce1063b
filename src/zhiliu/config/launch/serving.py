"""`zhiliu demo`, `serve`, `web`, `worker` and `migrate`: what is started, in which order."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from zhiliu.config.bridge import THREADS
from zhiliu.config.launch import signals
from zhiliu.config.launch.children import run_step
from zhiliu.config.launch.data_folder import DataFolder, open_data_folder
from zhiliu.config.launch.database import (
    EXTERNAL,
    EXTERNAL_APP,
    application_url,
    embedded_server,
    running_database,
)
from zhiliu.config.launch.listening import answers, check_port
from zhiliu.config.launch.refusals import LaunchRefused, language
from zhiliu.config.launch.supervisor import ChildSpec, supervise
from zhiliu.platform.live.rules import STREAMS_A_PROCESS

APPLICATION: Final = "zhiliu.config.asgi:application"
REQUESTS_AT_ONCE: Final = 212  # of one web process, beside its streams
_WORKER_CONNECTIONS: Final = 4
_KEPT_BY_RESET: Final = {"zhiliu.json"}


def migrate() -> int:
    """Bring the database to this version: migrations and grants, as the owner."""
    with running_database() as _:
        _migrate(open_data_folder())
    return 0


def serve(host: str, port: int, web_workers: int) -> int:
    """Serve until asked to stop."""
    folder = open_data_folder()
    with only_server(folder):
        check_port(host, port)
        with running_database(folder):
            _migrate(folder)
            serve_here(folder, host, port, default_children(host, port, web_workers))
    return 0


def demo(host: str, port: int, web_workers: int, *, with_serving: bool, reset: bool) -> int:
    """Load the demo plant, unless it is there, and serve it."""
    folder = open_data_folder()
    with only_server(folder):
        if with_serving:
            check_port(host, port)
        if reset:
            start_over(folder)
        with running_database(folder):
            _migrate(folder)
            run_step("zhiliu demo", "zhiliu.config.demo", str(folder.path))
            if with_serving:
                serve_here(folder, host, port, default_children(host, port, web_workers))
    return 0


def _migrate(folder: DataFolder) -> None:
    run_step("zhiliu migrate", "zhiliu.config.migrate", str(folder.path))


def web(host: str, port: int, web_workers: int) -> int:
    """Become the web process alone, against an external database."""
    _become("web", web_child(host, port, web_workers), host, port)
    return 0


def worker() -> int:
    """Become the worker process alone, against an external database."""
    _become("worker", worker_child())
    return 0


def _become(name: str, child: ChildSpec, host: str = "", port: int | None = None) -> None:
    if not (os.environ.get(EXTERNAL) or os.environ.get(EXTERNAL_APP)):
        raise LaunchRefused("external_only", command=name)
    if port is not None:
        check_port(host, port)
    environment = {**os.environ, **child.environment, "ZHILIU_APP_URL": application_url()}
    if "ZHILIU_SECRET_KEY" not in environment:
        folder = open_data_folder()
        environment["ZHILIU_SECRET_KEY"] = folder.secret("secret_key")
    os.execve(child.command[0], list(child.command), environment)


def default_children(host: str, port: int, web_workers: int) -> list[ChildSpec]:
    """Return what `serve` keeps running, in the order in which it stops."""
    return [web_child(host, port, web_workers), worker_child()]


def web_child(
    host: str, port: int, web_workers: int, *, application: str = APPLICATION
) -> ChildSpec:
    """Return the web process. Granian's workers survive a stop without the kill timeout.

    Granian serves so many at once and lets all others wait: open streams leave room for requests.
    """
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--workers", str(web_workers)]
    command += ["--backpressure", str(STREAMS_A_PROCESS + REQUESTS_AT_ONCE)]
    command += ["--workers-kill-timeout", "5", "--respawn-failed-workers"]
    command += ["--log-level", "error", application]
    return ChildSpec("web", command, {"ZHILIU_POOL": str(THREADS)})


def worker_child() -> ChildSpec:
    """Return the worker process: dispatcher, jobs and schedules."""
    command = [sys.executable, "-m", "zhiliu.config.worker"]
    return ChildSpec("worker", command, {"ZHILIU_POOL": str(_WORKER_CONNECTIONS)})


@contextmanager
def only_server(folder: DataFolder) -> Iterator[None]:
    """Be the one that serves, resets or restores this folder; refuses with `already_serving`."""
    lock = folder.locked("serve", wait=False)
    try:
        handle = lock.__enter__()
    except BlockingIOError:
        pid = (folder.path / "serve.lock").read_text().strip() or "?"
        raise LaunchRefused("already_serving", folder=folder.path, pid=pid) from None
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        lock.__exit__(None, None, None)


def start_over(folder: DataFolder) -> None:
    """Remove all data of the embedded database and the folder's secrets.

    Refuses with `reset_external` and `folder_in_use`. The caller is the `only_server`.
    """
    if os.environ.get(EXTERNAL):
        raise LaunchRefused("reset_external")
    try:
        with folder.locked("users", wait=False):
            embedded_server(folder).stop(hurry=True)
            discarded = folder.path / "postgresql.discarded"
            shutil.rmtree(discarded, ignore_errors=True)
            if folder.server_home.exists():
                folder.server_home.rename(discarded)  # at once: half a cluster is a damaged one
            for entry in folder.path.iterdir():
                if entry.name in _KEPT_BY_RESET or entry.suffix == ".lock":
                    continue
                if entry.is_dir():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
    except BlockingIOError:
        raise LaunchRefused("folder_in_use", folder=folder.path) from None


def serve_here(folder: DataFolder, host: str, port: int, children: Sequence[ChildSpec]) -> None:
    """Supervise the children beside the running database until asked to stop."""
    check_port(host, port)

    def keep_database() -> None:
        if server is not None and server.process() is None:
            with folder.locked("server"):
                server.ensure_running()

    server = None if os.environ.get(EXTERNAL) else embedded_server(folder)
    supervise(
        children,
        folder=str(folder.path),
        keep_database=keep_database,
        is_up=lambda: answers(host, port),
        announce=lambda: print(_ready(host, port), flush=True),
    )
    if not signals.hurried():
        print("质流已停止。" if language() == "zh" else "Zhiliu has stopped.", flush=True)


def _ready(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    address = f"http://{shown}:{port}/"
    if language() == "zh":
        return f"质流已就绪：{address}（API 说明：{address}api/v1/openapi.json）。按 Ctrl-C 停止。"
    return f"Zhiliu is ready: {address} (API: {address}api/v1/openapi.json). Ctrl-C stops it."
