"""The outermost layer: a trace id in, security headers out."""

import os
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

_HTTPS = os.environ.get("ZHILIU_HTTPS") == "1"

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)


@sync_only_middleware
def edge(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Give every request a trace id and every answer its security headers."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.trace_id = uuid4().hex  # type: ignore[attr-defined]
        response = get_response(request)
        headers = response.headers
        headers["Trace-Id"] = request.trace_id  # type: ignore[attr-defined]
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        headers.setdefault("Cache-Control", "no-store")
        if _HTTPS:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response

    return handle
