"""Concessions end when their time is over."""

from datetime import timedelta

from zhiliu.contexts.nonconformance import jobs
from zhiliu.contexts.nonconformance.tests.floor import again, events_of, fresh
from zhiliu.kernel.clock import server_time


def test_a_concession_ends_when_its_time_is_over_and_only_once(floor):
    lot, _ = floor.rejected(100)
    until = server_time() + timedelta(days=2)
    concession = floor.concede(floor.dispose(lot, "use_as_is"), until=until)

    jobs.end_expired_concessions(until - timedelta(seconds=1))
    assert again(concession).state == "in_force"
    for hours in (0, 1):
        jobs.end_expired_concessions(until + timedelta(hours=hours))

    ended = again(concession)
    assert (ended.state, ended.end_cause, ended.ended_at) == ("ended", "expired", until)
    assert events_of(concession)[-1] == "concession_ended"
    assert fresh(lot).status == "restricted"
