"""The endpoint of the live stream."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Query, Router

from zhiliu.platform.access.public import credential_of
from zhiliu.platform.commands.http import actor_of, answers
from zhiliu.platform.live.http import LiveAnswer
from zhiliu.platform.live.streams import streams
from zhiliu.platform.outbox.public import get_position

router = Router(tags=["live"])

EXAMPLE = """retry: 2000
id: 6b05a7f0c2d1e345.1.16530-1200:1200:

id: 6b05a7f0c2d1e345.1.16530-1200:1200:
event: signal
data: {"event": "stock.lot_released.v1", "kind": "stock.lot", "id": "0193…", "version": 4}

"""
EVENT_STREAM = {
    "responses": {
        200: {
            "description": "The stream; it stays open.",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": EXAMPLE}},
        }
    }
}
Position = Annotated[str, Query("", description="As the header Last-Event-ID.")]
LastEventId = Annotated[
    str,
    Header(
        "",
        alias="Last-Event-ID",
        description="The last `id` that was heard: what happened since is told first.",
    ),
]


@router.get("/live", response=answers(None), operation_id="follow_live", openapi_extra=EVENT_STREAM)
def follow_live(request: HttpRequest, last_event_id: Position, resumed: LastEventId) -> Any:
    """Server-sent events: a signal for each event about a record that the caller may see.

    `event: signal` carries `event`, `kind`, `id` and `version`: ids only, so ask for the record
    again. `event: reset`: something was missed that is not told again, so ask for everything again.
    A lone `id` says where the stream stands. The stream ends when the session or token ends or the
    caller's rights change; come again with the last `id`. A parameter of the address does what the
    header does, for readers that cannot set one.
    """
    since = resumed or last_event_id or get_position()
    stream = streams.admit(actor_of(request), credential_of(request), since)
    return LiveAnswer(streams.follow(stream))
