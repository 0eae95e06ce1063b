"""Who is calling, and what may they do?"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery

from zhiliu.kernel.actor import EVERYWHERE, IMPORT, IMPORT_BOARD, SYSTEM, Actor, Scope
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.errors import NotFound
from zhiliu.platform.access.models import (
    ApiToken,
    CompanyIdentity,
    Role,
    RoleGrant,
    SavedView,
    SignIn,
    TokenUse,
    User,
)
from zhiliu.platform.access.permissions import GRANTS, OWN, ROLES, TOKENS, USERS

Row = TypeVar("Row", bound=Model)

OF_SYSTEM = (SYSTEM, IMPORT, IMPORT_BOARD)
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


def _recall(key: str, load: Callable[[], Actor | None]) -> Actor | None:
    now = time.monotonic()
    known = _remembered.get(key)
    if known is None or known[0] < now:
        known = (now + REMEMBERED_SECONDS, load())
        if len(_remembered) > 10_000:
            _remembered.clear()
        _remembered[key] = known
    return known[1]


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those who acted, users and the system's own actors, by id, in one query."""
    asked = set(user_ids)
    found = dict(User.objects.filter(pk__in=asked).values_list("pk", "name"))
    return {actor.id: actor.name for actor in OF_SYSTEM if actor.id in asked} | found


def list_people(user_ids: Collection[UUID]) -> list[tuple[UUID, str, bool]]:
    """Id, name and whether he still acts, of each that exists, by id, in one query.

    For everybody who is signed in: whoever sees a record sees by name who acted on it. Those who
    left keep their names.
    """
    asked = set(user_ids)
    rows = User.objects.filter(pk__in=asked).order_by("pk")
    own = [(actor.id, actor.name, True) for actor in OF_SYSTEM if actor.id in asked]
    return own + list(rows.values_list("pk", "name", "is_active"))


def granted_rights(user_id: UUID) -> dict[str, tuple[Scope, ...]]:
    """What a user's roles allow, operation by operation, and where."""
    return rights_of([user_id])[user_id]


def rights_of(user_ids: Collection[UUID]) -> dict[UUID, dict[str, tuple[Scope, ...]]]:
    """What the roles of users allow and each account for itself, in one query; equal rights are
    equal values."""
    rights: dict[UUID, dict[str, list[Scope]]] = {
        i: defaultdict(list, {own: [EVERYWHERE] for own in OWN}) for i in user_ids
    }
    grants = RoleGrant.objects.filter(user_id__in=user_ids, revoked_at__isnull=True)
    for grant in grants.select_related("role").order_by("pk"):
        for operation in grant.role.operations:
            rights[grant.user_id][operation].append(scope_of(grant))
    return {i: {o: tuple(scopes) for o, scopes in own.items()} for i, own in rights.items()}


def scope_of(grant: RoleGrant) -> Scope:
    """Where a grant holds."""
    return Scope(grant.company_id, grant.site_id, grant.supplier_id, grant.customer_id)


def administrator_ids() -> set[UUID]:
    """The active people who may grant roles everywhere."""
    return set(administrating_grants().values_list("user_id", flat=True))


def administrating_grants() -> QuerySet[RoleGrant]:
    """The grants by which active people may grant roles everywhere."""
    return RoleGrant.objects.filter(
        revoked_at=None,
        company_id=None,
        site_id=None,
        supplier_id=None,
        customer_id=None,
        user__is_active=True,
        user__is_machine=False,
        role__operations__contains=["access.grant_role"],
    )


def list_users(actor: Actor) -> QuerySet[User]:
    """Users with `last_sign_in_at` and `is_linked`, for whoever may read them everywhere."""
    last = SignIn.objects.filter(user_id=OuterRef("pk")).order_by("-recorded_at")
    linked = CompanyIdentity.objects.filter(user_id=OuterRef("pk"), unlinked_at=None)
    users: QuerySet[User] = User.objects.filter(USERS.filter(actor))
    return users.annotate(
        last_sign_in_at=Subquery(last.values("recorded_at")[:1]), is_linked=Exists(linked)
    )


def roles_of(user_ids: Iterable[UUID]) -> dict[UUID, list[RoleGrant]]:
    """The grants that users have now, with their roles, by user, in one query."""
    found: dict[UUID, list[RoleGrant]] = defaultdict(list)
    grants = RoleGrant.objects.filter(user_id__in=list(user_ids), revoked_at=None)
    for grant in grants.select_related("role", "user").order_by("role__code", "pk"):
        found[grant.user_id].append(grant)
    return found


def find_by_identity(issuer: str, subject: str) -> User | None:
    """The person to whom a company account leads, active or not; None for an unknown one."""
    row = CompanyIdentity.objects.filter(issuer=issuer, subject=subject, unlinked_at=None).first()
    return row.user if row else None


def match_people(**lookup: str) -> list[User]:
    """The active people, not machines, who match; for the first sign-in through the company."""
    rows = User.objects.filter(is_active=True, is_machine=False, **lookup)
    return list(rows.order_by("pk")[:2])


def is_linked(user_id: UUID, issuer: str) -> bool:
    """True when a person has an account at this issuer already."""
    rows = CompanyIdentity.objects.filter(user_id=user_id, issuer=issuer, unlinked_at=None)
    return rows.exists()


def user_counts(role_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many active users have each of the roles anywhere now, in one query."""
    grants = RoleGrant.objects.filter(
        role_id__in=list(role_ids), revoked_at=None, user__is_active=True
    )
    counted = grants.order_by().values_list("role_id").annotate(n=Count("user_id", distinct=True))
    return dict(counted)


def list_roles(actor: Actor) -> QuerySet[Role]:
    """Roles, for whoever may read them everywhere."""
    return Role.objects.filter(ROLES.filter(actor))


def list_role_grants(actor: Actor) -> QuerySet[RoleGrant]:
    """Grants inside the actor's scopes, with their users and roles."""
    return RoleGrant.objects.filter(GRANTS.filter(actor)).select_related("user", "role")


def list_api_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Tokens with `used_at`, for whoever may read them everywhere, with their users."""
    used = TokenUse.objects.filter(token_id=OuterRef("pk"))
    rows = ApiToken.objects.filter(TOKENS.filter(actor)).select_related("user")
    return rows.annotate(used_at=Subquery(used.values("used_at")[:1]))


def list_saved_views(actor: Actor) -> QuerySet[SavedView]:
    """The actor's own views and those that others share, with their owners."""
    usable = Q(user_id=actor.id) | Q(is_shared=True)
    return SavedView.objects.filter(usable, removed_at=None).select_related("user")


def list_own_grants(actor: Actor) -> list[RoleGrant]:
    """The roles that the actor has, and where."""
    rows = RoleGrant.objects.filter(user_id=actor.id, revoked_at=None)
    return list(rows.select_related("role").order_by("id"))


def get_one(rows: QuerySet[Row], row_id: UUID, what: str) -> Row:
    """One of the rows that the actor may see; raises NotFound."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound(what=what, given=str(row_id))
    return row


def _load_token(digest: str) -> Actor | None:
    token = tokens_in_force(server_time()).filter(digest=digest).first()
    return _load_actor(token.user_id, frozenset(token.operations)) if token else None


def _load_actor(user_id: UUID, only: frozenset[str] | None) -> Actor | None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    return actor_with(user, granted_rights(user_id), only)


def tokens_in_force(at: datetime) -> QuerySet[ApiToken]:
    """Tokens that are neither revoked nor expired."""
    lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    return ApiToken.objects.filter(lasting, revoked_at__isnull=True)


def actor_with(
    user: User, rights: Mapping[str, tuple[Scope, ...]], only: frozenset[str] | None
) -> Actor:
    """The actor that a user is by a session or, with `only`, by a token that lists these."""
    if only is not None:
        rights = {operation: s for operation, s in rights.items() if operation in only}
    return Actor(user.pk, user.name, rights, has_session=only is None)
