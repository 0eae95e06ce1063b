"""Who is calling, and what may they do?"""

import hashlib
import time
from collections import defaultdict
from uuid import UUID

from django.utils import timezone

from zhiliu.kernel.actor import Actor, Scope
from zhiliu.platform.access.models import ApiToken, RoleGrant, User

REMEMBERED_SECONDS = 2.0  # a revoked right stops at the latest after this time

_remembered: dict[str, tuple[float, Actor | None]] = {}


def token_digest(token: str) -> str:
    """The SHA-256 of a token as it is stored; the token itself has 256 random bits, so no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def forget_actors() -> None:
    """Drop what this process remembers; called whenever a user, role, grant or token changes."""
    _remembered.clear()


def get_actor(user_id: UUID) -> Actor | None:
    """The actor behind a signed-in user; None when the account is not active."""
    return _recall(f"user:{user_id}", lambda: _load_actor(user_id, None))


def get_actor_by_token(token: str) -> Actor | None:
    """The actor behind an API token; None when it is unknown, revoked or expired."""
    digest = token_digest(token)
    return _recall(f"token:{digest}", lambda: _load_token(digest))


def _recall(key: str, load):  # type: ignore[no-untyped-def]
    now = time.monotonic()
    known = _remembered.get(key)
    if known is None or known[0] < now:
        known = (now + REMEMBERED_SECONDS, load())
        if len(_remembered) > 10_000:
            _remembered.clear()
        _remembered[key] = known
    return known[1]


def _load_token(digest: str) -> Actor | None:
    token = ApiToken.objects.filter(digest=digest, revoked_at__isnull=True).first()
    if token is None or (token.expires_at is not None and token.expires_at <= timezone.now()):
        return None
    return _load_actor(token.user_id, frozenset(token.operations))


def _load_actor(user_id: UUID, only: frozenset[str] | None) -> Actor | None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    rights: dict[str, list[Scope]] = defaultdict(list)
    grants = RoleGrant.objects.filter(user_id=user_id, revoked_at__isnull=True)
    for grant in grants.select_related("role"):
        scope = Scope(grant.company_id, grant.site_id, grant.supplier_id, grant.customer_id)
        for operation in grant.role.operations:
            if only is None or operation in only:
                rights[operation].append(scope)
    return Actor(user.pk, user.name, {o: tuple(s) for o, s in rights.items()})
