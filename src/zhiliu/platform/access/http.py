"""Who is behind a request: an API token or a signed-in session."""

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from zhiliu.platform.access.errors import CsrfFailed, NotSignedIn
from zhiliu.platform.access.operations import note_token_use
from zhiliu.platform.access.queries import get_actor, get_actor_by_token, token_digest


class TokenAuth(HttpBearer):
    """`Authorization: Bearer <token>`: for machines."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        actor = get_actor_by_token(token)
        if actor is None:
            raise NotSignedIn()
        note_token_use(token)
        request.token_digest = token_digest(token)  # type: ignore[attr-defined]
        return actor


class SignedIn(SessionAuth):
    """The session cookie of a person, with Django's CSRF check on every write."""

    def __init__(self) -> None:
        super().__init__(csrf=True)

    def _get_key(self, request: HttpRequest) -> str | None:
        if not request.user.is_authenticated:
            return None  # nobody is told 401, not that his CSRF token is missing
        try:
            return super()._get_key(request)
        except HttpError:
            raise CsrfFailed() from None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        user = request.user
        return get_actor(user.pk) if user.is_authenticated else None


AUTH = [TokenAuth(), SignedIn()]
