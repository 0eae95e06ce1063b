"""The outermost layer: a trace id in, one shape of refusal and security headers out."""

import json
import logging
import os
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.bodies import half_characters
from zhiliu.platform.commands.errors import BadRequest, Bug, NoSuchMethod, NotReadable
from zhiliu.platform.commands.http import invalid, problem

logger = logging.getLogger(__name__)

_HTTPS = os.environ.get("ZHILIU_HTTPS") == "1"

# Browsers hold the redirect after a form against form-action too: to the company's sign-in.
_COMPANY = settings.COMPANY_SIGN_IN
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    f"form-action 'self'{f' {_COMPANY.origin}' if _COMPANY else ''}"
)


@sync_only_middleware
def edge(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Give every request a trace id and every answer its security headers."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.trace_id = uuid4().hex  # type: ignore[attr-defined]
        response = _in_our_words(request, get_response(request))
        headers = response.headers
        headers["Trace-Id"] = request.trace_id  # type: ignore[attr-defined]
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers.setdefault("Cache-Control", "no-store")
        if not response.streaming:  # else the answer goes out in chunks
            headers["Content-Length"] = str(len(response.content))
        if _HTTPS:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response

    return handle


@sync_only_middleware
def whole_text(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Refuse what allauth would take for text; the API's own parser does the same."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/_allauth/") and (errors := _errors_in(request.body)):
            return invalid(request, errors)
        return get_response(request)

    return handle


def _errors_in(body: bytes) -> list[dict[str, Any]]:
    try:
        return half_characters(body, json.loads(body)) if body else []
    except ValueError:
        return []  # no JSON: allauth says so itself


def _in_our_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What Django itself refuses under /api/ (address, method, size, a bug) as problem+json."""
    status = response.status_code
    if (
        status < 400
        or not request.path.startswith("/api/")
        or response.headers.get("Content-Type") == "application/problem+json"
    ):
        return response
    method, path = request.method or "", request.path
    refusal: Refusal
    if status == 404:
        refusal = BadRequest(method=method, path=path)
    elif status == 405:
        refusal = NoSuchMethod(method=method, path=path)
    elif status < 500:
        refusal = NotReadable()
    else:
        logger.error("%s %s failed, trace id %s", method, path, request.trace_id)  # type: ignore[attr-defined]
        refusal = Bug()
    answer = problem(request, refusal)
    if "Allow" in response.headers:
        answer["Allow"] = response.headers["Allow"]
    return answer
