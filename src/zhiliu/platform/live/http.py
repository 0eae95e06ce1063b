"""The answer that stays open."""

from collections.abc import AsyncGenerator

from django.http import StreamingHttpResponse


class LiveAnswer(StreamingHttpResponse):
    """An event stream: Django sends its headers, `config.bridge` follows `frames` after them.

    A server without the bridge sends the headers alone; the browser then comes again by itself.
    """

    def __init__(self, frames: AsyncGenerator[bytes, None]) -> None:
        super().__init__((), content_type="text/event-stream")
        self["X-Accel-Buffering"] = "no"  # nginx would keep it back until it is long enough
        self.frames = frames
