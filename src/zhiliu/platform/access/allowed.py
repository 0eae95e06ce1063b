"""What may be done with users, roles, grants and tokens: each verb with what refuses it now."""

from collections.abc import Collection

from zhiliu.kernel.actor import EVERYWHERE, Actor
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import (
    AlreadyRevoked,
    LastAdministrator,
    MachineAccount,
    NoSecondFactor,
    NotFound,
    OwnSignIn,
    SelfGrant,
    TokenForAnother,
)
from zhiliu.platform.access.models import ApiToken, RoleGrant, User
from zhiliu.platform.access.permissions import permitted
from zhiliu.platform.access.queries import administrator_ids, scope_of

Refusals = dict[str, list[Refusal]]


def user_actions(actor: Actor, user: User, *, is_linked: bool) -> Refusals:
    """The verbs of a user; of deactivating and activating him the one that is left."""
    is_own = user.pk == actor.id
    is_alone = user.is_active and administrator_ids() == {user.pk}
    name = user.username

    def verb(operation: str, *against: tuple[bool, Refusal]) -> list[Refusal]:
        return [
            *permitted(actor, f"access.{operation}", EVERYWHERE),
            *(refusal for holds, refusal in against if holds),
        ]

    own_sign_in = (is_own, OwnSignIn())
    return {
        "change": verb("change_user"),
        ("deactivate" if user.is_active else "activate"): verb(
            "change_user", (is_alone, LastAdministrator())
        ),
        "set_password": verb("set_password", (user.is_machine, MachineAccount(username=name))),
        "end_sessions": verb("end_sessions"),
        "remove_second_factors": verb(
            "remove_second_factors",
            own_sign_in,
            (not user.second_factors, NoSecondFactor(username=name)),
        ),
        "unlink_identity": verb(
            "unlink_identity",
            own_sign_in,
            (not is_linked, NotFound(what="company identity", given=name)),
        ),
        "grant_role": [*_granting(actor), *([SelfGrant()] if is_own else [])],
        "issue_token": verb(
            "issue_token",
            (not (user.is_machine or is_own), TokenForAnother(username=name)),
        ),
    }


def role_actions(actor: Actor) -> Refusals:
    """The verbs of any role."""
    return {
        "change": permitted(actor, "access.change_role", EVERYWHERE),
        "grant_role": _granting(actor),
    }


def grant_actions(actor: Actor, grant: RoleGrant, administering: Collection[RoleGrant]) -> Refusals:
    """The verbs of a grant, which the actor may see.

    `administering` are the grants of `queries.administrating_grants`.
    """
    found = permitted(actor, "access.revoke_grant", scope_of(grant))
    if grant.revoked_at is not None:
        number = f"{grant.user.username}/{grant.role.code}"
        found = [*found, AlreadyRevoked(what="grant", given=number)]
    elif [one.pk for one in administering] == [grant.pk]:
        found = [*found, LastAdministrator()]
    return {"revoke": found}


def token_actions(actor: Actor, token: ApiToken) -> Refusals:
    """The verbs of a token."""
    found = permitted(actor, "access.revoke_token", EVERYWHERE)
    if token.revoked_at is not None:
        found = [*found, AlreadyRevoked(what="token", given=token.name)]
    return {"revoke": found}


def _granting(actor: Actor) -> list[Refusal]:
    """Nothing when the actor may grant roles anywhere; where, the grant itself decides."""
    if actor.scopes("access.grant_role"):
        return []
    return permitted(actor, "access.grant_role", EVERYWHERE)
