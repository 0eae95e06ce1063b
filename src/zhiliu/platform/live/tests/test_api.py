"""The endpoint: who may open a stream, and what its answer says before the first frame."""

import gc

import pytest
from tests.support import NOBODY, caller, person

from zhiliu.platform.live import streams
from zhiliu.platform.live.rules import STREAMS_A_PERSON

pytestmark = pytest.mark.django_db


def test_whoever_is_signed_in_may_listen_and_nobody_else():
    for who in (caller("tests.other"), person("stock.read")):
        answer = who.send("GET", "/live")

        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/event-stream"
        assert (answer["Cache-Control"], answer["X-Accel-Buffering"]) == ("no-store", "no")
        assert "Content-Length" not in answer.headers
    assert NOBODY.send("GET", "/live").status_code == 401


@pytest.mark.parametrize(("language", "word"), [("en", "Close a browser"), ("zh", "请关闭")])
def test_too_many_streams_are_refused_with_the_way_out(language, word):
    who = caller("stock.read", language=language)

    kept = [who.send("GET", "/live") for _ in range(STREAMS_A_PERSON)]
    refused = who.send("GET", "/live")

    assert [a.status_code for a in kept] == [200] * STREAMS_A_PERSON
    assert (refused.status_code, refused.json()["code"]) == (429, "live.too_many_streams")
    assert refused["Content-Type"] == "application/problem+json"
    assert word in refused.json()["remedy"]
    del kept  # answers that were never sent
    gc.collect()
    assert who.send("GET", "/live").status_code == 200


def test_a_full_process_says_so(monkeypatch):
    monkeypatch.setattr(streams, "STREAMS_A_PROCESS", 0)

    refused = caller("stock.read").send("GET", "/live")

    assert (refused.status_code, refused.json()["code"]) == (429, "live.streams_full")
