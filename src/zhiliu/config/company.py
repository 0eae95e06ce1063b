"""Signing in through the company: OpenID Connect by django-allauth, with what it leaves open.

No account is ever made. Whoever comes back from the provider is known by issuer and subject; the
first time he is found among the active people by his verified e-mail address or his user name,
whichever the installation says (docs/decisions/0016-company-sign-in.md).
"""

import logging
from secrets import token_urlsafe
from typing import Any

import jwt
from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from requests import RequestException

from zhiliu.config.oidc import PROVIDER_ID
from zhiliu.config.sign_in import perform_own
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations import link_identity
from zhiliu.platform.access.queries import find_by_identity, is_linked, match_people

log = logging.getLogger(__name__)

SKEW_SECONDS = 30  # between the provider's clock and ours
# No algorithm with a shared secret: the provider's public key would then be one.
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LINK = "access.link_own_identity"  # needs no role: the provider has said who it is


class SignedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Trusts an ID token for its signature, not for the connection that it came by."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider sent no ID token")
        issuer = self.openid_config["issuer"].rstrip("/")
        if issuer != app.settings["server_url"]:
            raise OAuth2Error(f"the provider calls itself {issuer}")
        return super().complete_login(request, app, token, **kwargs)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """The claims, by OpenID Connect Core 1.0 section 3.1.3.7; the nonce is looked at later."""
        with get_adapter().get_requests_session() as session:
            found = session.get(self.openid_config["jwks_uri"])
            found.raise_for_status()
        try:
            kid = jwt.get_unverified_header(id_token).get("kid")
            keys = [k for k in jwt.PyJWKSet.from_dict(found.json()).keys if kid in (None, k.key_id)]
            if len(keys) != 1:
                raise OAuth2Error(f"{len(keys)} keys could have signed the ID token")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                keys[0].key,
                algorithms=SIGNED_BY,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=SKEW_SECONDS,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as problem:
            raise OAuth2Error(f"the ID token is not valid: {problem}") from problem
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the ID token was made for another client")
        return claims


class CompanyProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Sends a nonce along, so that an ID token belongs to the browser that asked for it."""

    oauth2_adapter_class = SignedTokens
    supports_token_authentication = False

    def redirect(
        self, request: HttpRequest, process: str, next_url: str = "/", data: Any = None, **kw: Any
    ) -> HttpResponse:
        nonce = token_urlsafe(24)
        params = {**self.get_auth_params(), "nonce": nonce}
        try:
            answer: HttpResponse = super().redirect(
                request, process, next_url, data, auth_params=params, nonce=nonce, **kw
            )
        except (RequestException, OAuth2Error, LookupError, ValueError) as problem:
            log.warning("the company's sign-in cannot be reached: %s", problem)
            told = {"error": "unreachable", "error_process": process}
            return HttpResponseRedirect(add_query_params(next_url, told))
        return answer


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the browser back to."""
    if provider_id != PROVIDER_ID or not CompanyAccounts(request).list_apps(request):
        raise Http404
    view = OAuth2CallbackView.adapter_view(SignedTokens(request, provider_id))
    answer: HttpResponse = view(request)
    return answer


class CompanyAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Finds the person behind an ID token; makes and changes no account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Set the person; raises ValidationError, whose code the page is told as `error`."""
        if sociallogin.state.get("process") != "login":
            raise _refused("not_offered", "it was not asked to sign in")
        token = sociallogin.account.extra_data["id_token"]
        if not token.get("nonce") or token["nonce"] != sociallogin.state.get("nonce"):
            raise _refused("invalid_token", "the nonce is not the one of this browser")
        # OpenID Connect Core 1.0 section 5.3.2: else the answer is about somebody else
        info = sociallogin.account.extra_data.get("userinfo", token)
        if info.get("sub") != token["sub"]:
            raise _refused("invalid_token", "userinfo is about another subject")
        match = sociallogin.provider.app.settings["match"]
        sociallogin.user = _person(token["iss"], token["sub"], {**token, **info}, match)


def _person(issuer: str, subject: str, claims: dict[str, Any], match: str) -> User:
    known = find_by_identity(issuer, subject)
    if known is not None:
        if not known.is_active:
            raise _refused("no_account", f"{known.username} is not active")
        return known
    user = _matched(claims, match)
    if is_linked(user.pk, issuer):
        raise _refused("already_linked", f"{user.username} has another account at {issuer}")
    perform_own(
        user,
        LINK,
        lambda command, at: (
            link_identity(
                user_id=user.pk,
                issuer=issuer,
                subject_id=subject,
                matched_by=match,
                command=command,
                at=at,
            ).version
        ),
    )
    return user


def _matched(claims: dict[str, Any], match: str) -> User:
    if match == "email":
        if claims.get("email_verified") is not True:
            raise _refused("email_not_verified", "the provider has not verified the address")
        wanted, lookup = claims.get("email"), "email__iexact"
    else:
        wanted, lookup = claims.get("preferred_username"), "username__iexact"
    people = match_people(**{lookup: wanted}) if isinstance(wanted, str) and wanted else []
    if len(people) != 1:
        found = "several people" if people else "nobody"
        raise _refused("no_account", f"{found} active with the {match} {wanted}")
    return people[0]


def _refused(code: str, why: str) -> ValidationError:
    log.warning("a sign-in through the company was refused: %s", why)
    return ValidationError(why, code=code)
