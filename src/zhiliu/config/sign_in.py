"""How django-allauth meets Zhiliu's users: accounts are made by administrators only."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from zhiliu.kernel.actor import EVERYWHERE, Actor
from zhiliu.kernel.clock import server_time
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations import set_password
from zhiliu.platform.commands.public import perform

OWN_PASSWORD = "access.change_own_password"  # needs no role: the current password was asked


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; a person's own new password is an audited operation like any other write."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        perform(
            actor=Actor(user.pk, user.name, {OWN_PASSWORD: (EVERYWHERE,)}),
            operation=OWN_PASSWORD,
            key=str(uuid4()),
            content={},
            call=lambda command, at: (
                set_password(user_id=user.pk, password=password, command=command, at=at).version
            ),
            recorded_at=server_time(),
        )
        user.refresh_from_db()
