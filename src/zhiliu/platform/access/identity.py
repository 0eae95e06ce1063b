"""Proving one's identity again, for signatures that ask for more than being signed in."""

import logging
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.cache import cache

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Proof
from zhiliu.platform.access.errors import (
    NothingToSignWith,
    SessionNeeded,
    TooManySecrets,
    WrongSecret,
)
from zhiliu.platform.access.models import User

ATTEMPTS: Final = 5
WINDOW_SECONDS: Final = 300

log = logging.getLogger(__name__)


def prove_identity(actor: Actor, secret: str) -> Proof:
    """The proof that `secret` is the actor's password, or the code his authenticator shows now.

    A code counts once. Wrong secrets are counted for each person in the memory of this process:
    after ATTEMPTS within WINDOW_SECONDS also the right one is refused until they have passed.
    Raises SessionNeeded (a token proves no person), NothingToSignWith, TooManySecrets, WrongSecret.
    """
    if not actor.has_session:
        raise SessionNeeded()
    if not signing_methods(actor.id):
        raise NothingToSignWith()
    counter = f"access.wrong_secrets:{actor.id}"
    if _counted(counter) > ATTEMPTS:
        raise TooManySecrets(minutes=WINDOW_SECONDS // 60)
    method = _method(actor, secret)
    if method is None:
        log.warning("a wrong secret was given to sign as user %s", actor.id)
        raise WrongSecret()
    cache.delete(counter)
    return Proof(method, server_time())


def signing_methods(user_id: UUID) -> list[str]:
    """With what a person can prove his identity again: `password`, `totp`, both or neither.

    A passkey cannot do it in one request, so whoever has nothing else must first get one of these.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    found = ["password"] if user is not None and user.has_usable_password() else []
    has_totp = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists()
    return [*found, "totp"] if has_totp else found


def _method(actor: Actor, secret: str) -> str | None:
    if secret.isascii() and secret.isdigit() and len(secret) == 6:  # no password is digits only
        totp = Authenticator.objects.filter(user_id=actor.id, type=Authenticator.Type.TOTP).first()
        return "totp" if totp is not None and totp.wrap().validate_code(secret) else None
    user = User.objects.filter(pk=actor.id, is_active=True).first()
    return "password" if user is not None and user.check_password(secret) else None


def _counted(key: str) -> int:
    """Count one more attempt, before it is looked at, so that many at once are counted too."""
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two
        return 1
