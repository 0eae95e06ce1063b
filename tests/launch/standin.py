"""Stand-ins for Zhiliu's own processes: what the launcher does must not depend on what they do.

`python standin.py serve PORT` serves `application` below and a worker that only waits.
`python standin.py worker` is that worker.
`python standin.py use SECONDS` uses the database for a while, as `zhiliu check` does.
`python standin.py sql ROLE STATEMENT` prints what the owner or the app is answered.
`python standin.py reset` starts over, as `zhiliu demo --reset` does before it loads.
`python standin.py throwaway` starts a throw-away server and waits.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from zhiliu.config.bridge import Bridge
from zhiliu.config.launch.data_folder import open_data_folder
from zhiliu.config.launch.database import running_database
from zhiliu.config.launch.guard import guarded
from zhiliu.config.launch.serving import only_server, serve_here, start_over, web_child
from zhiliu.config.launch.supervisor import ChildSpec
from zhiliu.config.launch.testing import throwaway_server


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer slowly under /slow, end the process under /exit, else say who answers."""
    if environ["PATH_INFO"] == "/slow":
        time.sleep(2)
    if environ["PATH_INFO"] == "/exit":
        os.kill(os.getpid(), signal.SIGKILL)
    start_response("200 OK", [("Content-Type", "text/plain")])
    with psycopg.connect(os.environ["ZHILIU_APP_URL"]) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    return [f"{row[0] if row else ''} {os.getppid()}".encode()]


application = Bridge(answer, body_limit=1024)


def _serve(port: int) -> int:
    folder = open_data_folder()
    with only_server(folder), running_database(folder):
        web = web_child("127.0.0.1", port, 1, application="standin:application")
        worker = ChildSpec("worker", [sys.executable, __file__, "worker"])
        serve_here(folder, "127.0.0.1", port, [web, worker])
    return 0


def _work() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        time.sleep(60)


def _use(seconds: float) -> int:
    with running_database() as urls, psycopg.connect(urls.app) as connection:
        print("in use", flush=True)
        time.sleep(seconds)
        connection.execute("SELECT 1")
    print("done", flush=True)
    return 0


def _reset() -> int:
    folder = open_data_folder()
    with only_server(folder):
        start_over(folder)
    return 0


def _sql(role: str, statement: str) -> int:
    with running_database() as urls, psycopg.connect(getattr(urls, role)) as connection:
        cursor = connection.execute(statement.encode())
        for row in cursor if cursor.description else ():
            print(*row)
    return 0


def _throw_away() -> int:
    with throwaway_server() as urls:
        print("home", Path(str(conninfo.conninfo_to_dict(urls.owner)["host"])).parent, flush=True)
        time.sleep(60)
    return 0


if __name__ == "__main__":
    bodies: dict[str, Callable[[], int]] = {
        "serve": lambda: _serve(int(sys.argv[2])),
        "use": lambda: _use(float(sys.argv[2])),
        "reset": _reset,
        "sql": lambda: _sql(sys.argv[2], sys.argv[3]),
        "throwaway": _throw_away,
    }
    sys.exit(_work() if sys.argv[1] == "worker" else guarded(bodies[sys.argv[1]]))
