"""Who is behind a request: an API token or a signed-in session."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from zhiliu.platform.access.errors import NotSignedIn
from zhiliu.platform.access.queries import get_actor, get_actor_by_token


class TokenAuth(HttpBearer):
    """`Authorization: Bearer <token>`: for machines."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        actor = get_actor_by_token(token)
        if actor is None:
            raise NotSignedIn()
        return actor


class SignedIn(SessionAuth):
    """The session cookie of a person, with Django's CSRF check on every write."""

    def __init__(self) -> None:
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        user = request.user
        return get_actor(user.pk) if user.is_authenticated else None


AUTH = [TokenAuth(), SignedIn()]
