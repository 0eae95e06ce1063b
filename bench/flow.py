"""`make bench`: the main job through HTTP against a hand-written SQL floor, in one run.

(a) order (created confirmed), arrival, result, verdict: four commits, then the read of the usable
stock, through HTTP keep-alive as `zhiliu serve` runs it, one client, an ordinary role's token. The
result is counted, or 13 x 5 readings under a plan (ISO 2859-1, level II, AQL 1.0). (b) floor.py,
unmodified, doing the same, on the same server. All in turn for ROUNDS rounds; a printed ratio is
the median of the rounds' ratios. Apart: the readings flow with a verdict that is signed with the
password, whose hash costs what it is meant to cost. Then eight clients on two web workers. Times
are of this machine; only the ratios mean something elsewhere.
"""

import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

ROUNDS = int(os.environ.get("ROUNDS", "7"))
FLOWS = int(os.environ.get("N", "150"))
WARMUP = int(os.environ.get("WARMUP", "30"))
CLIENTS = 8
STEPS = ("order", "arrival", "result", "verdict", "usable")
HERE = Path(__file__).parent


CHARACTERISTICS, UNITS = 5, 13
KINDS = ("flow", "readings flow", "readings flow, verdict re-authenticated")


@dataclass
class Plant:
    """What a flow needs to know; `planned` are the materials with an inspection plan.

    `token`: of somebody's machine. `session`: the cookies and header of somebody signed in, who has
    the `password`.
    """

    token: str
    session: str
    password: str
    site: str
    place: str
    suppliers: list[str]
    materials: list[str]
    planned: list[str]


class Client:
    """One HTTP/1.1 keep-alive connection; `identity` are the header lines that say who asks.

    A bare socket, a request in one packet: the standard library's client would cost more than the
    server's own share of a request, and it is not what is measured.
    """

    def __init__(self, port: int, identity: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = self.socket.makefile("rb")
        self.head = f"Host: 127.0.0.1:{port}\r\n{identity}Content-Type: application/json\r\n"

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """One request; the parsed answer, or an error that ends the bench."""
        content = json.dumps(body).encode() if body is not None else b""
        head = f"{method} /api/v1{path} HTTP/1.1\r\n{self.head}Content-Length: {len(content)}\r\n"
        if method == "POST":
            head += f"Idempotency-Key: {uuid4()}\r\n"
        self.socket.sendall(head.encode() + b"\r\n" + content)
        status = int(self.received.readline().split()[1])
        length = 0
        while (line := self.received.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        answer = self.received.read(length)
        if status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {status} {answer[:500]!r}")
        return json.loads(answer)


def flow(client: Client, plant: Plant, kind: str, i: int, times: dict[str, list[float]]) -> None:
    """One receipt from order to usable stock."""
    materials = plant.materials if kind == "flow" else plant.planned
    clock = [time.perf_counter()]
    order = client.send(
        "POST",
        "/orders",
        {
            "site_id": plant.site,
            "supplier_id": plant.suppliers[i % len(plant.suppliers)],
            "confirm": True,
            "lines": [
                {
                    "material_id": materials[i % len(materials)],
                    "quantity": "100",
                    "price": "5",
                }
            ],
        },
    )
    clock.append(time.perf_counter())
    arrival = client.send(
        "POST",
        "/arrivals",
        {
            "order_id": order["id"],
            "place_id": plant.place,
            "lines": [
                {
                    "order_line_id": order["lines"][0]["id"],
                    "quantity": "100",
                    "supplier_lot": f"SL-{i}",
                }
            ],
        },
    )
    clock.append(time.perf_counter())
    (lot,) = (line["lot_id"] for line in arrival["lines"])
    (inspection,) = (
        c["id"] for c in arrival["consequences"] if c["kind"] == "inspections.inspection"
    )
    if kind == "flow":
        counted = {"inspected": str(UNITS), "nonconforming": "0"}
        client.send("POST", f"/inspections/{inspection}/result", counted)
    else:
        client.send("POST", f"/inspections/{inspection}/readings", {"readings": readings()})
    clock.append(time.perf_counter())
    signed = {"secret": plant.password} if kind == KINDS[2] else {}
    client.send("POST", f"/inspections/{inspection}/accept", signed)
    clock.append(time.perf_counter())
    usable = client.send("GET", f"/lots/{lot}/usable")
    clock.append(time.perf_counter())
    if usable["usable_quantity"] != "100":
        raise RuntimeError(f"not usable: {usable}")
    for step, (a, b) in zip(STEPS, pairwise(clock), strict=True):
        times[step].append((b - a) * 1e3)


def readings() -> list[dict[str, Any]]:
    """13 units x 5 characteristics, as the floor draws them: all within 9 and 11."""
    return [
        {"characteristic": f"C{c}", "unit_no": unit, "text": f"{random.gauss(10, 0.2):.3f}"}
        for c in range(1, CHARACTERISTICS + 1)
        for unit in range(1, UNITS + 1)
    ]


def run_flows(
    port: int, plant: Plant, kind: str, flows: int, start: int
) -> tuple[float, dict[str, Any]]:
    """Milliseconds a flow and the median of each step."""
    client = Client(port, plant.session if kind == KINDS[2] else plant.token)
    times: dict[str, list[float]] = {s: [] for s in STEPS}
    for i in range(WARMUP):
        flow(client, plant, kind, start + i, times)
    for t in times.values():
        t.clear()
    begin = time.perf_counter()
    for i in range(flows):
        flow(client, plant, kind, start + WARMUP + i, times)
    wall = (time.perf_counter() - begin) / flows * 1e3
    return wall, {s: round(statistics.median(t), 2) for s, t in times.items()}


def run_floor(dsn: str, *, counted: bool) -> dict[str, Any]:
    """The floor's own line, from its own process."""
    env = {**os.environ, "DSN": dsn, "N": str(FLOWS), "WARMUP": str(WARMUP)}
    env["COUNTED"] = "1" if counted else "0"
    out = subprocess.run(
        [sys.executable, str(HERE / "floor.py")], env=env, check=True, capture_output=True
    ).stdout
    found: dict[str, Any] = json.loads(out)
    return found


def run_clients(port: int, plant: Plant) -> float:
    """Flows a second of eight clients at once."""
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            run_flows(port, plant, KINDS[0], FLOWS // 2, n * 100_000)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n + 1,)) for n in range(CLIENTS)]
    begin = time.perf_counter()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if failures:
        raise failures[0]
    return CLIENTS * (FLOWS // 2 + WARMUP) / (time.perf_counter() - begin)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def main() -> int:
    """Run everything and print the lines."""
    home = "/var/lib" if os.geteuid() == 0 else tempfile.gettempdir()
    folder = tempfile.mkdtemp(prefix="zhiliu-bench-", dir=home)
    os.chmod(folder, 0o711)  # the database runs as a user of its own when we are root
    os.environ["ZHILIU_DATA_DIR"] = f"{folder}/data"
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhiliu.config.settings"
    try:
        return _measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure() -> int:
    from bench.plant import build
    from zhiliu.config.launch.database import running_database

    with running_database() as urls:
        subprocess.run([sys.executable, "-m", "zhiliu.config.migrate"], check=True)
        plant = build()
        port = free_port()
        zhiliu = Path(sys.executable).with_name("zhiliu")
        command = [str(zhiliu), "serve", "--port", str(port), "--web-workers", "2"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            rounds: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
            for n in range(ROUNDS):
                floors = {c: run_floor(urls.owner, counted=c)["ms_per_flow"] for c in (True, False)}
                for k, kind in enumerate(KINDS):
                    # the slow variant is measured over fewer flows
                    flows = FLOWS // 5 if k == 2 else FLOWS
                    wall, steps = run_flows(port, plant, kind, flows, (n * 10 + k) * 1_000)
                    rounds[kind].append((wall, floors[k == 0]))
                    print(f"round {n + 1} {kind}: {wall:.2f} ms {steps}; floor {floors[k == 0]} ms")
            for kind, measured in rounds.items():
                ratios = [wall / floor for wall, floor in measured]
                print(
                    f"{kind} {statistics.median(wall for wall, _ in measured):.2f} ms "
                    f"floor {statistics.median(floor for _, floor in measured):.2f} ms "
                    f"spread {min(ratios):.2f}-{max(ratios):.2f} "
                    f"ratio {statistics.median(ratios):.2f}"
                )
            print(f"clients {CLIENTS} workers 2 flows/s {run_clients(port, plant):.0f}")
        finally:
            server.terminate()
            server.wait(30)
    return 0


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
