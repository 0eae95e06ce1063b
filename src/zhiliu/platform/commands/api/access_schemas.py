"""What goes over the wire for users, roles, grants and tokens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
)

from zhiliu.kernel.actor import Actor, Scope
from zhiliu.platform.access.identity import signing_methods
from zhiliu.platform.access.models import ApiToken, Role, RoleGrant, User
from zhiliu.platform.access.permissions import Permission
from zhiliu.platform.commands.http import Act, AllowedAction, Schema


def _typeable(password: SecretStr) -> SecretStr:
    text = password.get_secret_value()
    if any(c < " " for c in text):
        raise ValueError("control characters cannot be typed at sign-in")
    return password


Language = Literal["zh", "en"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[Line, Field(min_length=1, max_length=150)]
ShortName = Annotated[Line, Field(min_length=1, max_length=100)]
Email = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")]
Operations = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=1000)]
# a secret, so that neither a log line nor the digest of the idempotency key is made from it
Password = Annotated[SecretStr, Field(max_length=256), AfterValidator(_typeable)]


class UserIn(Act):
    """A new user; without a password he cannot sign in until one is set."""

    username: str = Field(min_length=1, max_length=60)
    name: Name
    email: Email = ""
    language: Language = "zh"
    password: Password | None = None
    is_machine: bool = False


class UserEdit(Act):
    """What shall change; what is left out stays."""

    name: Name | None = None
    email: Email | None = None
    language: Language | None = None
    is_active: bool | None = None


class PasswordIn(Act):
    """The new password."""

    password: Password


class SecondFactorOut(Schema):
    """An authenticator that a person has set up: `totp`, `webauthn` or `recovery_codes`."""

    type: str
    name: str
    added_at: datetime


class UserOut(Schema):
    """A user."""

    id: UUID
    version: int
    username: str
    name: str
    email: str
    language: str
    is_active: bool
    is_machine: bool
    second_factors: list[SecondFactorOut]

    @classmethod
    def of(cls, user: User) -> "UserOut":
        return cls.model_validate(user, from_attributes=True)


class RoleIn(Act):
    """A new role: a named bundle of operations."""

    code: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    name_en: ShortName
    name_zh: ShortName
    operations: Operations


class RoleEdit(Act):
    """What shall change; what is left out stays."""

    name_en: ShortName | None = None
    name_zh: ShortName | None = None
    operations: Operations | None = None


class RoleOut(Schema):
    """A role."""

    id: UUID
    version: int
    code: str
    name_en: str
    name_zh: str
    operations: list[str]

    @classmethod
    def of(cls, role: Role) -> "RoleOut":
        return cls.model_validate(role, from_attributes=True)


class RoleDetailOut(RoleOut):
    """A role with how many active users have it anywhere."""

    user_count: int

    @classmethod
    def of(cls, role: Role) -> "RoleDetailOut":
        count = role.user_count  # type: ignore[attr-defined]
        return cls(**RoleOut.of(role).model_dump(), user_count=count)


class RolePageOut(RoleDetailOut):
    """A role with what may be done with it."""

    allowed_actions: list[AllowedAction]


class PermissionOut(Schema):
    """An operation that a role may contain."""

    operation: str
    name_en: str
    name_zh: str

    @classmethod
    def of(cls, permission: Permission) -> "PermissionOut":
        return cls(operation=permission.operation, name_en=permission.en, name_zh=permission.zh)


class Where(Schema):
    """Where a right holds; all null means everywhere."""

    company_id: UUID | None = None
    site_id: UUID | None = None
    supplier_id: UUID | None = None
    customer_id: UUID | None = None


class ScopeOut(Where):
    """One scope of a right."""

    @classmethod
    def of(cls, scope: Scope) -> "ScopeOut":
        return cls.model_validate(scope, from_attributes=True)


class GrantIn(Act, Where):
    """A role for a user, everywhere or for one company, site, supplier or customer."""

    user_id: UUID
    role_id: UUID


class GrantOut(Where):
    """A role that a user has, or had until `revoked_at`."""

    id: UUID
    version: int
    user_id: UUID
    username: str
    user_name: str
    role_id: UUID
    role: str
    role_en: str
    role_zh: str
    revoked_at: datetime | None

    @classmethod
    def of(cls, grant: RoleGrant) -> Self:
        return cls(
            id=grant.pk,
            version=grant.version,
            user_id=grant.user_id,
            username=grant.user.username,
            user_name=grant.user.name,
            role_id=grant.role_id,
            role=grant.role.code,
            role_en=grant.role.name_en,
            role_zh=grant.role.name_zh,
            company_id=grant.company_id,
            site_id=grant.site_id,
            supplier_id=grant.supplier_id,
            customer_id=grant.customer_id,
            revoked_at=grant.revoked_at,
        )


class GrantDetailOut(GrantOut):
    """A grant with what may be done with it."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def of(cls, grant: RoleGrant) -> Self:
        actions = grant.actions  # type: ignore[attr-defined]
        return cls(**GrantOut.of(grant).model_dump(), allowed_actions=actions)


class UserDetailOut(UserOut):
    """A user with his roles, his last sign-in (null: none yet) and whether he has a second factor.

    `is_linked`: he has signed in through the company. A machine account never signs in.
    """

    last_sign_in_at: datetime | None
    has_second_factor: bool
    is_linked: bool
    roles: list[GrantOut]

    @classmethod
    def whole(cls, user: User, grants: list[RoleGrant]) -> "UserDetailOut":
        """The user, as `queries.list_users` finds him, with the grants that he has now."""
        return cls(
            **UserOut.of(user).model_dump(),
            last_sign_in_at=user.last_sign_in_at,  # type: ignore[attr-defined]
            has_second_factor=bool(user.second_factors),
            is_linked=user.is_linked,  # type: ignore[attr-defined]
            roles=[GrantOut.of(grant) for grant in grants],
        )

    @classmethod
    def of(cls, user: User) -> "UserDetailOut":
        return cls.whole(user, user.grants)  # type: ignore[attr-defined]


class UserPageOut(UserDetailOut):
    """A user with what may be done with him."""

    allowed_actions: list[AllowedAction]


class TokenIn(Act):
    """A token for yourself or for a machine account."""

    user_id: UUID
    name: ShortName
    operations: Operations
    expires_at: AwareDatetime | None = None


class TokenOut(Schema):
    """A token: what it may do, never its text. `used_at` is its last use, to five minutes."""

    id: UUID
    version: int
    user_id: UUID
    username: str
    name: str
    operations: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        return cls(
            id=token.pk,
            version=token.version,
            user_id=token.user_id,
            username=token.user.username,
            name=token.name,
            operations=token.operations,
            expires_at=token.expires_at,
            revoked_at=token.revoked_at,
            used_at=getattr(token, "used_at", None),
        )


class TokenDetailOut(TokenOut):
    """A token with what may be done with it."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        actions = token.actions  # type: ignore[attr-defined]
        return cls(**TokenOut.of(token).model_dump(), allowed_actions=actions)


class IssuedTokenOut(TokenOut):
    """A new token. `token` is its text, in the first answer only: a repeat of the request has
    null, because the text is stored nowhere."""

    token: str | None = None


class RightOut(Schema):
    """An operation that the caller may do, and where (any of the scopes)."""

    operation: str
    scopes: list[ScopeOut]


class Preferences(Schema):
    """How somebody likes his screens; what is left out is as the screen has it by itself."""

    model_config = ConfigDict(from_attributes=True, extra="forbid")

    theme: Literal["system", "light", "dark"] | None = None
    density: Literal["comfortable", "compact"] | None = None
    entry_mode: Literal["full", "deviation", "last_digits"] | None = None
    direction: Literal["by_unit", "by_characteristic"] | None = None


class SelfEdit(Act):
    """What somebody may choose for himself; what is left out stays."""

    language: Language | None = None
    preferences: Preferences | None = None

    def chosen(self) -> dict[str, str]:
        """The preferences that are stated."""
        return self.preferences.model_dump(exclude_none=True) if self.preferences else {}


class MyRoleOut(Where):
    """A role that the caller has, and where; `scope_name` names the site, company or partner."""

    code: str
    name_en: str
    name_zh: str
    scope_name: str | None


class SelfOut(Schema):
    """The caller's own account."""

    id: UUID
    version: int
    username: str
    name: str
    language: str
    preferences: Preferences

    @classmethod
    def of(cls, user: User) -> "SelfOut":
        return cls.model_validate(user, from_attributes=True)


class MeOut(SelfOut):
    """Who is calling: as a token, with what the token may do.

    `signing_methods` say with which secret he can sign again: `password`, `totp`, both or, as a
    token or with a passkey only, none.
    """

    operations: list[RightOut]
    signing_methods: list[str]
    second_factors: list[SecondFactorOut]
    roles: list[MyRoleOut]

    @classmethod
    def whole(
        cls, user: User, actor: Actor, grants: list[RoleGrant], names: Mapping[UUID, str]
    ) -> "MeOut":
        """Everything that a shell shows and decides by."""
        return cls(
            **dict(SelfOut.of(user)),
            operations=[
                RightOut(operation=o, scopes=[ScopeOut.of(s) for s in actor.rights[o]])
                for o in sorted(actor.rights)
            ],
            signing_methods=signing_methods(user.pk) if actor.has_session else [],
            second_factors=[SecondFactorOut.model_validate(f) for f in user.second_factors],
            roles=[_role(grant, names) for grant in grants],
        )


def _role(grant: RoleGrant, names: Mapping[UUID, str]) -> MyRoleOut:
    where = {name: getattr(grant, name) for name in Where.model_fields}
    limit = next((value for value in where.values() if value), None)
    return MyRoleOut(
        **where,
        code=grant.role.code,
        name_en=grant.role.name_en,
        name_zh=grant.role.name_zh,
        scope_name=names.get(limit) if limit else None,
    )
