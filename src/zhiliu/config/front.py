"""The plain front page at `/`, its few static files, and what is said about a bad CSRF token."""

import hashlib
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiliu.platform.access.errors import CsrfFailed
from zhiliu.platform.commands.errors import BadRequest
from zhiliu.platform.commands.http import problem

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Read once at start-up: only what is in this table can be served, whatever path is asked for.
FILES = {
    file.name: file.read_bytes()
    for file in sorted((Path(__file__).parent / "static").iterdir())
    if file.suffix in TYPES
}
DIGEST = hashlib.sha256(b"".join(FILES.values())).hexdigest()[:12]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The page; it asks by itself whether somebody is signed in."""
    return render(request, "front.html", {"assets": f"/static/{DIGEST}"})


@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """A static file; its address changes with its content, so browsers may keep it for ever."""
    if digest != DIGEST or name not in FILES:
        raise Http404
    response = HttpResponse(FILES[name], content_type=TYPES[Path(name).suffix])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """The sign-in endpoints that Zhiliu does not offer: sign-up, e-mail, telephone, reset."""
    return problem(request, BadRequest(method=request.method or "", path=request.path))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a write without the CSRF token, in the one shape of refusals."""
    return problem(request, CsrfFailed())
