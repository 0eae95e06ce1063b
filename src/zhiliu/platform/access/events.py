"""The public facts of access."""

from dataclasses import dataclass

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class UserAdded(Event):
    """Somebody, or a machine account, can be given roles."""

    name: str
    is_machine: bool

    type = "access.user_added.v1"


@dataclass(frozen=True)
class UserChanged(Event):
    """Name, e-mail, language or activity of a user changed."""

    name: str
    is_active: bool

    type = "access.user_changed.v1"


@dataclass(frozen=True)
class PasswordSet(Event):
    """A user has a new password; the earlier sessions are over."""

    type = "access.password_set.v1"


@dataclass(frozen=True)
class SessionsEnded(Event):
    """All sessions of a user were ended by somebody."""

    type = "access.sessions_ended.v1"


@dataclass(frozen=True)
class RoleAdded(Event):
    """A role can be granted."""

    operations: list[str]

    type = "access.role_added.v1"


@dataclass(frozen=True)
class RoleChanged(Event):
    """Whoever has the role may now do these operations."""

    operations: list[str]

    type = "access.role_changed.v1"


@dataclass(frozen=True)
class RoleGranted(Event):
    """A user got a role, everywhere or for one company, site, supplier or customer."""

    user_id: str
    role: str

    type = "access.role_granted.v1"


@dataclass(frozen=True)
class GrantRevoked(Event):
    """A user lost a role."""

    user_id: str
    role: str

    type = "access.grant_revoked.v1"


@dataclass(frozen=True)
class TokenIssued(Event):
    """A machine can act for a user."""

    user_id: str
    operations: list[str]

    type = "access.token_issued.v1"


@dataclass(frozen=True)
class TokenRevoked(Event):
    """The token is not valid any more."""

    user_id: str

    type = "access.token_revoked.v1"


@dataclass(frozen=True)
class SignedIn(Event):
    """Somebody signed in, by these methods."""

    methods: list[str]

    type = "access.signed_in.v1"


@dataclass(frozen=True)
class IdentityLinked(Event):
    """A user signed in through the company for the first time; his account there is known now."""

    user_id: str
    issuer: str
    matched_by: str

    type = "access.identity_linked.v1"


@dataclass(frozen=True)
class IdentityUnlinked(Event):
    """A user's account at the company's sign-in does not lead to him any more."""

    user_id: str
    issuer: str

    type = "access.identity_unlinked.v1"


@dataclass(frozen=True)
class SecondFactorsChanged(Event):
    """A user set up or removed an authenticator; `types` are those that he has now."""

    types: list[str]

    type = "access.second_factors_changed.v1"


@dataclass(frozen=True)
class SecondFactorsRemoved(Event):
    """An administrator removed all authenticators of a user, whose sessions are over."""

    types: list[str]

    type = "access.second_factors_removed.v1"


@dataclass(frozen=True)
class ViewSaved(Event):
    """Somebody keeps how he wants to see a list."""

    list: str
    name: str
    is_shared: bool

    type = "access.view_saved.v1"


@dataclass(frozen=True)
class ViewChanged(Event):
    """A saved view shows something else, has another name, or is shared or no more."""

    list: str
    name: str
    is_shared: bool

    type = "access.view_changed.v1"


@dataclass(frozen=True)
class ViewDeleted(Event):
    """A saved view is gone."""

    list: str
    name: str

    type = "access.view_deleted.v1"
