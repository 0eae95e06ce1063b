"""What a request came in with, looked at again while its answer stays open."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.models import User
from zhiliu.platform.access.queries import actor_with, rights_of, tokens_in_force
from zhiliu.platform.access.sessions import is_over


@dataclass(frozen=True)
class Credential:
    """A session by its key, or a token by its digest."""

    session_key: str = ""
    digest: str = ""


def credential_of(request: HttpRequest) -> Credential:
    """What a request that was let in came with."""
    digest = getattr(request, "token_digest", "")
    return Credential(digest=digest) if digest else Credential(request.session.session_key or "")


def actors_behind(credentials: Collection[Credential]) -> dict[Credential, Actor]:
    """The actors behind sessions and tokens that still hold, with their rights of now.

    Four queries at most, however many are asked for, and nothing of it is remembered.
    """
    owners = _of_tokens([c.digest for c in credentials if c.digest])
    sessions = _of_sessions([c.session_key for c in credentials if c.session_key])
    ids = {user_id for user_id, _ in (*owners.values(), *sessions.values())}
    users = {user.pk: user for user in User.objects.filter(pk__in=ids, is_active=True)}
    rights = rights_of(users)
    found = {}
    for credential in credentials:
        if credential.digest:
            user_id, only = owners.get(credential.digest, (None, None))
            user = users.get(user_id)
        else:
            user_id, proof = sessions.get(credential.session_key, (None, ""))
            user, only = users.get(user_id), None
            if user and not constant_time_compare(proof, user.get_session_auth_hash()):
                user = None
        if user is not None:
            found[credential] = actor_with(user, rights[user.pk], only)
    return found


def _of_tokens(digests: Collection[str]) -> dict[str, tuple[UUID, frozenset[str]]]:
    if not digests:
        return {}
    tokens = tokens_in_force(server_time()).filter(digest__in=digests)
    return {token.digest: (token.user_id, frozenset(token.operations)) for token in tokens}


def _of_sessions(keys: Collection[str]) -> dict[str, tuple[UUID, str]]:
    """Of sessions that are not over: the user, and what the session is bound to of him."""
    if not keys:
        return {}
    now, store, found = server_time(), SessionStore(), {}
    for row in Session.objects.filter(session_key__in=keys, expire_date__gt=now):
        session = store.decode(row.session_data)
        if SESSION_KEY in session and not is_over(session, now.timestamp()):
            bound = session.get(HASH_SESSION_KEY, "")
            found[row.session_key] = (UUID(session[SESSION_KEY]), bound)
    return found
