"""Users, roles and what they may do where."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils.crypto import salted_hmac

from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class UserAccounts(BaseUserManager["User"]):
    """Finds users by sign-in name; users are made by `access.operations.add_user`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AuditedModel, AbstractBaseUser):
    """A person who may sign in, or a machine account that acts by tokens; its id is never reused.

    A session is bound to the password and to `session_series`: when either changes, all earlier
    sessions of the user are over. `second_factors` repeats, for the audit, which authenticators he
    has set up: type, name and added_at of each.
    """

    kind = "access.user"
    secret = frozenset({"password"})

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="zh")
    preferences = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    is_machine = models.BooleanField(default=False)
    session_series = models.PositiveIntegerField(default=0)
    second_factors = models.JSONField(default=list)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    last_login = None  # a session row says it; an unaudited column would be written past us

    objects: Any = UserAccounts()

    class Meta:
        constraints = [
            # sign-in ignores case, so two names may not differ in case only
            models.UniqueConstraint(Lower("username"), name="access_username_any_case"),
            models.CheckConstraint(
                condition=models.Q(language__in=("zh", "en")), name="access_user_language"
            ),
        ]

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """True when it is the password. Django's own would save a re-hash past the operations."""
        return check_password(raw_password, self.password)

    def get_session_auth_hash(self) -> str:
        """What a session is bound to."""
        secret = f"{self.session_series}:{self.password}"
        return salted_hmac("access.session", secret, algorithm="sha256").hexdigest()


class Role(AuditedModel):
    """A named bundle of operations, such as inspector or warehouse."""

    kind = "access.role"

    code = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    operations = models.JSONField(default=list)


class RoleGrant(AuditedModel):
    """A role given to a user, for everything or for one company, site, supplier or customer."""

    kind = "access.role_grant"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    company_id = models.UUIDField(null=True)
    site_id = models.UUIDField(null=True)
    supplier_id = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "company_id", "site_id", "supplier_id", "customer_id"],
                condition=models.Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="access_grant_once",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    models.Func(
                        "company_id",
                        "site_id",
                        "supplier_id",
                        "customer_id",
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="access_grant_one_scope",
            ),
        ]


class ApiToken(AuditedModel):
    """A machine's key: only its SHA-256 is stored. It may do what its user may and it lists."""

    kind = "access.api_token"
    secret = frozenset({"digest"})

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    operations = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class TokenUse(models.Model):
    """When a token was last used, to a few minutes: bookkeeping, no business record."""

    token = models.OneToOneField(
        ApiToken, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    used_at = models.DateTimeField()


class SignIn(AppendOnlyModel):
    """Somebody signed in: when (`recorded_at`), by which methods, from which address.

    `methods` in their order: `password`, `company` (OIDC), `totp`, `recovery_codes`, `webauthn`.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False, related_name="+")
    methods = models.JSONField()
    address = models.GenericIPAddressField()

    class Meta:
        indexes = [models.Index(fields=["user", "-recorded_at"], name="access_sign_in_user")]


class CompanyIdentity(AuditedModel):
    """A user's account at the company's sign-in (OIDC): its subject at its issuer.

    `matched_by` is the claim that linked it at the first sign-in; from then on the subject alone
    decides, which the issuer never gives to anybody else (OpenID Connect Core 1.0 section 2).
    """

    kind = "access.company_identity"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    matched_by = models.CharField(max_length=20)
    unlinked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                condition=models.Q(unlinked_at__isnull=True),
                name="access_identity_once",
            ),
            models.UniqueConstraint(
                fields=["issuer", "user"],
                condition=models.Q(unlinked_at__isnull=True),
                name="access_identity_one_each",
            ),
        ]


class SavedView(AuditedModel):
    """How somebody wants to see one list: its filters, sorting and columns under a name.

    Only its owner changes it; `is_shared` lets everybody use it. `removed_at` ends it: an audited
    row is never deleted.
    """

    kind = "access.saved_view"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    list = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    query = models.JSONField()
    is_shared = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list", "name"],
                condition=models.Q(removed_at__isnull=True),
                name="access_saved_view_name",
            )
        ]
        indexes = [
            models.Index(
                fields=["list"],
                name="access_saved_view_shared",
                condition=models.Q(is_shared=True, removed_at__isnull=True),
            )
        ]
