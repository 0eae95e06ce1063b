"""The real `zhiliu serve`: an act is heard by whoever may see it, until he may not any more."""

import http.client
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.launch.harness import eventually
from tests.live.listener import Listener, Plant
from zhiliu.platform.live.rules import STREAMS_A_PERSON

pytestmark = pytest.mark.slow

LET_GO_SECONDS = 5.0


def heard(listener: Listener) -> list[tuple[str, str]]:
    return [(told["event"], told["id"]) for told in listener.signals]


def test_an_act_is_heard_by_those_who_may_see_its_record_and_by_nobody_else(plant: Plant) -> None:
    names = ("site", "supplier", "other site", "other right")
    listeners = {name: plant.listen(plant.made["tokens"][name]) for name in names}

    lot = plant.hold()

    for name in ("site", "supplier"):
        listeners[name].wait(lambda x: x.signals)
        assert heard(listeners[name]) == [("stock.hold_placed.v1", lot)]
        (told,) = listeners[name].signals
        assert set(told) == {"event", "kind", "id", "version"}
        assert (told["kind"], type(told["version"])) == ("stock.lot", int)
    time.sleep(1)  # what was for others would have come long ago
    assert heard(listeners["other site"]) == heard(listeners["other right"]) == []
    for listener in listeners.values():
        listener.close()


def test_who_comes_again_is_told_what_he_missed_and_nothing_twice(plant: Plant) -> None:
    token = plant.made["tokens"]["site"]
    first = plant.listen(token)
    lot = plant.hold()
    first.wait(lambda x: x.signals)
    time.sleep(0.2)
    first.close()

    plant.hold()
    plant.hold()
    again = plant.listen(token, first.position)
    again.wait(lambda x: len(x.signals) == 2)
    plant.hold()
    again.wait(lambda x: len(x.signals) == 3)

    assert heard(again) == [("stock.hold_placed.v1", lot)] * 3
    assert again.resets == 0
    again.close()


def test_from_a_position_of_another_history_everything_is_fetched_anew(plant: Plant) -> None:
    listener = plant.listen(plant.made["tokens"]["site"], "1.1.1-5:5:")

    listener.wait(lambda x: x.resets == 1)

    assert listener.signals == []
    listener.close()


def deactivate(plant: Plant, person: dict[str, str]) -> None:
    path = f"/api/v1/users/{person['user']}"
    version = plant.act(path, None, "GET")["version"]
    plant.act(path, {"is_active": False}, "PATCH", **{"If-Match": f'"{version}"'})


def end_sessions(plant: Plant, person: dict[str, str]) -> None:
    plant.act(f"/api/v1/users/{person['user']}/end-sessions", {})


def revoke(plant: Plant, person: dict[str, str]) -> None:
    plant.act(f"/api/v1/role-grants/{person['grant']}/revoke", {})


def sign_out(plant: Plant, person: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", plant.port, timeout=20)
    address, cookie = "/_allauth/browser/v1/auth/session", f"sessionid={person['cookie']}"
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    proof = str(answer.headers["Set-Cookie"]).split("csrftoken=")[1].split(";")[0]
    headers = {"Cookie": f"{cookie}; csrftoken={proof}", "X-CSRFToken": proof}
    connection.request("DELETE", address, headers=headers)
    assert connection.getresponse().status == 401  # that is how allauth says goodbye


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("revoked", revoke),
        ("deactivated", deactivate),
        ("ended", end_sessions),
        ("signed out", sign_out),
    ],
)
def test_a_stream_ends_within_seconds_of_what_let_its_person_in(
    plant: Plant, name: str, end: Callable[[Plant, dict[str, str]], Any]
) -> None:
    listener = plant.listen_signed_in(name)
    time.sleep(2.5)  # it was looked at again, and goes on
    assert listener.ended_at is None

    end(plant, plant.made["people"][name])
    began = time.monotonic()

    listener.wait(lambda x: x.ended_at)
    assert (listener.ended_at or 0) - began < LET_GO_SECONDS
    assert listener.resets == 1
    plant.hold()
    assert listener.signals == []


def test_a_stream_ends_with_its_token(plant: Plant) -> None:
    token = plant.made["tokens"]["ended token"]
    listener = plant.listen(token)

    plant.act(f"/api/v1/api-tokens/{plant.made['token_id']}/revoke", {})
    began = time.monotonic()

    listener.wait(lambda x: x.ended_at)
    assert (listener.ended_at or 0) - began < LET_GO_SECONDS
    eventually(lambda: plant.listen(token).answer.status == 401)


def test_one_person_has_so_many_and_a_closed_one_makes_room(plant: Plant) -> None:
    token = plant.made["tokens"]["other site"]
    streams = [plant.listen(token) for _ in range(STREAMS_A_PERSON)]

    refused = plant.listen(token)
    assert refused.answer.status == 429
    assert refused.answer.headers["Content-Type"] == "application/problem+json"
    assert b"live.too_many_streams" in refused.answer.read()

    streams.pop().close()
    eventually(lambda: plant.listen(token).answer.status == 200)
    for stream in streams:
        stream.close()


def test_forty_people_hear_it_at_once_and_the_process_stops_without_waiting(plant: Plant) -> None:
    streams = [plant.listen(token) for token in plant.made["many"]]

    began = time.monotonic()
    lot = plant.hold()
    for stream in streams:
        stream.wait(lambda x: x.signals)
    told_after = time.monotonic() - began
    print(f"forty streams heard the act after {told_after:.3f} s")
    assert [heard(stream) for stream in streams] == [[("stock.hold_placed.v1", lot)]] * 40
    assert told_after < 5  # alone on a machine it takes a fiftieth of that

    began = time.monotonic()
    plant.serving.signal(signal.SIGINT)
    for stream in streams:
        stream.wait(lambda x: x.ended_at)
        assert (stream.ended_at or 0) - began < 3
        assert stream.resets == 0  # they come again and resume
