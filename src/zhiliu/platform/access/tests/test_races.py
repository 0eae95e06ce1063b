"""Two administrators at the same moment."""

from tests.support import run
from tests.support_committing import at_once, committing

from zhiliu.platform.access.errors import AlreadyExists, LastAdministrator
from zhiliu.platform.access.models import RoleGrant, User
from zhiliu.platform.access.operations import (
    add_user,
    bootstrap_administrator,
    grant_role,
    revoke_grant,
)
from zhiliu.platform.access.queries import administrator_ids


def test_two_administrators_cannot_remove_each_other_at_once(django_db_blocker):
    def prepare(command, at):
        first = bootstrap_administrator(
            username="first", name="x", password="four words apart", command=command, at=at
        )
        second = add_user(username="second", name="x", command=command, at=at)
        role = RoleGrant.objects.get(user=first).role
        grant_role(user_id=second.pk, role_id=role.pk, command=command, at=at)

    for _ in range(5):
        with committing(django_db_blocker):
            run(prepare)
            grants = list(RoleGrant.objects.order_by("pk"))

            answers = at_once(
                lambda n, grants=grants: run(
                    lambda command, at: revoke_grant(grant_id=grants[n].pk, command=command, at=at)
                ),
                2,
            )

            assert len(administrator_ids()) == 1
        assert sorted(type(a) for a in answers if isinstance(a, Exception)) == [LastAdministrator]


def test_one_sign_in_name_is_given_once(django_db_blocker):
    names = ["wang", "Wang", "WANG", "wang"]
    with committing(django_db_blocker):
        answers = at_once(
            lambda n: run(
                lambda command, at: add_user(username=names[n], name="x", command=command, at=at)
            ),
            4,
        )
        users = User.objects.count()

    refused = [a for a in answers if isinstance(a, Exception)]
    assert users == 1
    assert [type(a) for a in refused] == [AlreadyExists] * 3
    assert all(a.data()["given"].lower() == "wang" for a in refused if isinstance(a, AlreadyExists))
