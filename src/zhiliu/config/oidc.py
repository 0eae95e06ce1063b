"""What the environment says about the company's sign-in; no Django, so that settings may ask it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from zhiliu.config.launch.refusals import LaunchRefused

PROVIDER_ID = "company"
MATCHES = ("email", "username")
_NAMES = ("ZHILIU_OIDC_ISSUER", "ZHILIU_OIDC_CLIENT_ID", "ZHILIU_OIDC_CLIENT_SECRET")
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class CompanySignIn:
    """An OpenID Connect provider; `match` is the claim that finds a person the first time."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    match: str

    @property
    def origin(self) -> str:
        """Where the browser is sent, as a Content-Security-Policy names it."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def as_app(self) -> dict[str, Any]:
        """The provider in the words of django-allauth's settings."""
        return {
            "provider_id": PROVIDER_ID,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.issuer, "match": self.match},
        }


def company_sign_in(environment: Mapping[str, str]) -> CompanySignIn | None:
    """The provider, or None without ZHILIU_OIDC_ISSUER, ..._CLIENT_ID and ..._CLIENT_SECRET.

    Refuses with `oidc_incomplete` when only some of them are set, `oidc_issuer` for an address
    that others could read along, and `oidc_match`.
    """
    issuer, client_id, client_secret = (environment.get(name, "") for name in _NAMES)
    if not (issuer or client_id or client_secret):
        return None
    missing = [name for name in _NAMES if not environment.get(name)]
    if missing:
        raise LaunchRefused("oidc_incomplete", missing=", ".join(missing))
    parts = urlsplit(issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not (is_safe and parts.netloc):
        raise LaunchRefused("oidc_issuer", issuer=issuer)
    match = environment.get("ZHILIU_OIDC_MATCH") or MATCHES[0]
    if match not in MATCHES:
        raise LaunchRefused("oidc_match", match=match)
    name = environment.get("ZHILIU_OIDC_NAME") or "Company sign-in"
    return CompanySignIn(issuer.rstrip("/"), client_id, client_secret, name, match)
