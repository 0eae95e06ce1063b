"""The front end at every address that is no other's, and what is said about a bad CSRF token."""

import gzip
import secrets
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhiliu.config.middleware import CONTENT_SECURITY_POLICY
from zhiliu.platform.access.errors import CsrfFailed
from zhiliu.platform.commands.errors import BadRequest
from zhiliu.platform.commands.http import problem

BUILT: Final = Path(settings.BASE_DIR).parents[1] / "web" / "dist"
NOT_BUILT: Final = "The front end is not built yet: run `make setup`.\n"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
_NONCE: Final = "%CSP_NONCE%"
_SIGNED_IN: Final = "%SIGNED_IN%"


class _File(NamedTuple):
    content: bytes
    compressed: bytes
    media_type: str


def _read(folder: Path) -> dict[str, _File]:
    return {
        file.name: _File(content, gzip.compress(content, mtime=0), TYPES[file.suffix])
        for file in sorted(folder.glob("*"))
        if file.suffix in TYPES
        for content in (file.read_bytes(),)
    }


# Read once at start-up: only what is in this table can be served, whatever path is asked for.
FILES: Final = _read(BUILT / "assets")
INDEX: Final = (BUILT / "index.html").read_text() if (BUILT / "index.html").exists() else ""


@require_safe
def front(request: HttpRequest, path: str = "") -> HttpResponse:
    """The page of the front end, whichever of its addresses was asked for.

    Its styles carry a nonce of their own in each answer; scripts come from files only. It says
    whether somebody is signed in, so that nobody's page need not ask and be refused.
    """
    if not INDEX:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    nonce = secrets.token_urlsafe(16)
    signed_in = "yes" if request.user.is_authenticated else "no"
    response = HttpResponse(INDEX.replace(_NONCE, nonce).replace(_SIGNED_IN, signed_in))
    response["Content-Security-Policy"] = (
        f"{CONTENT_SECURITY_POLICY}; style-src 'self' 'nonce-{nonce}'; "
        "script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:"
    )
    return response


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A built file; its name changes with its content, so browsers may keep it for ever."""
    file = FILES.get(name)
    if file is None:
        raise Http404
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(file.compressed, content_type=file.media_type)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(file.content, content_type=file.media_type)
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """The sign-in endpoints that Zhiliu does not offer: sign-up, e-mail, telephone, reset."""
    return problem(request, BadRequest(method=request.method or "", path=request.path))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a write without the CSRF token, in the one shape of refusals."""
    return problem(request, CsrfFailed())
