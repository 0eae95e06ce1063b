"""How django-allauth meets Zhiliu's users: accounts are made by administrators only.

What people do to their own sign-in is an audited operation like any other write. It needs no role:
allauth has asked who they are.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from zhiliu.kernel.actor import EVERYWHERE, Actor
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations import note_second_factors, record_sign_in, set_password
from zhiliu.platform.commands.public import perform

OWN_PASSWORD = "access.change_own_password"
OWN_FACTORS = "access.change_own_second_factors"
SIGN_IN = "access.sign_in"
AUTHENTICATORS = "/_allauth/browser/v1/account/authenticators/"


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; a new password and each sign-in are noted."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        perform_own(
            user,
            OWN_PASSWORD,
            lambda command, at: (
                set_password(user_id=user.pk, password=password, command=command, at=at).version
            ),
        )
        user.refresh_from_db()

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        methods, address = _methods(request, user), self.get_client_ip(request)
        perform_own(
            user,
            SIGN_IN,
            lambda command, at: str(
                record_sign_in(
                    user_id=user.pk, methods=methods, address=address, command=command, at=at
                ).pk
            ),
        )
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer


def perform_own(user: User, operation: str, call: Callable[..., Any]) -> None:
    """Perform what a person does to his own sign-in."""
    perform(
        actor=Actor(user.pk, user.name, {operation: (EVERYWHERE,)}),
        operation=operation,
        key=str(uuid4()),
        content={},
        call=call,
        recorded_at=server_time(),
    )


def _methods(request: HttpRequest, user: User) -> list[str]:
    """By which methods somebody signed in, in their order, once each."""
    found = []
    for record in get_authentication_records(request, user):
        method = {"socialaccount": "company", "mfa": record.get("type")}.get(
            record["method"], record["method"]
        )
        found.append(str(method))
    return list(dict.fromkeys(found))


@sync_only_middleware
def audit_second_factors(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Whatever changes a person's authenticators does it together with its audit entry."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        is_change = request.path.startswith(AUTHENTICATORS) and request.method != "GET"
        if not is_change or not isinstance(user, User):
            return get_response(request)
        with transaction.atomic():
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            else:
                perform_own(
                    user,
                    OWN_FACTORS,
                    lambda command, at: (
                        note_second_factors(user_id=user.pk, command=command, at=at).version
                    ),
                )
        return response

    return handle
