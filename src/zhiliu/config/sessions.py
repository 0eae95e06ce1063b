"""Ends sessions that are over, and notes the use of the others."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.sessions import SEEN, SIGNED_IN, idle_seconds, is_over

NOTED_SECONDS = 60  # use is noted this often, so that reading does not write at every request


@sync_only_middleware
def session_limits(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """End a session that was idle for SESSION_IDLE_SECONDS or is older than SESSION_COOKIE_AGE."""

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _limit(request.session)
        response = get_response(request)
        session = request.session
        if session.modified and SESSION_KEY in session and SIGNED_IN not in session:
            session[SIGNED_IN] = session[SEEN] = server_time().timestamp()
        return response

    return handle


def _limit(session: SessionBase) -> None:
    if SESSION_KEY not in session:
        return
    now = server_time().timestamp()
    if is_over(session, now):
        session.flush()
    elif idle_seconds(session, now) > NOTED_SECONDS:
        session[SEEN] = now
