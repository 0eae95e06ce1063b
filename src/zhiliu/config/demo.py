"""`python -m zhiliu.config.demo`: the demo plant, its users and 500 lines of real history.

Runs on every start of `zhiliu demo` and adds only what is missing. Passwords are random per
installation and kept in the data folder, readable by its owner only.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

LINES = 500
PASSWORDS = "demo-users.json"


@dataclass(frozen=True)
class DemoUser:
    """A demo user: sign-in name, name of the role in both languages, what the role may do."""

    username: str
    name: str
    role_en: str
    role_zh: str
    operations: tuple[str, ...]


CONTEXTS = ("catalog", "partners", "purchasing", "receiving", "inspections", "stock")
READ = tuple(f"{context}.read" for context in CONTEXTS)
USERS = (
    DemoUser(
        "buyer",
        "陈采购",
        "Buyer",
        "采购员",
        (
            *READ,
            "purchasing.create_order",
            "purchasing.confirm_order",
            "purchasing.cancel_order",
            "purchasing.close_order",
            "purchasing.set_supplier_terms",
        ),
    ),
    DemoUser(
        "warehouse",
        "王仓管",
        "Warehouse",
        "仓库管理员",
        (
            *READ,
            "receiving.receive_goods",
            "receiving.refuse_at_gate",
            "receiving.return_goods",
            "stock.move_goods",
            "stock.move_container",
            "stock.issue",
            "stock.return_issue",
            "stock.ship",
            "stock.receive_customer_return",
            "stock.reserve",
            "stock.cancel_reservation",
            "stock.count_goods",
            "stock.book_found_goods",
            "stock.print_labels",
            "stock.split_lot",
            "stock.merge_lots",
        ),
    ),
    DemoUser(
        "inspector",
        "李检验",
        "Inspector",
        "检验员",
        (
            *READ,
            "inspections.record_result",
            "inspections.accept",
            "inspections.not_accept",
            "inspections.judge",
            "stock.take_sample",
            "stock.consume_sample",
            "stock.retain_sample",
            "stock.place_hold",
            "stock.print_labels",
        ),
    ),
    DemoUser(
        "quality",
        "赵质量",
        "Quality engineer",
        "质量工程师",
        (
            *READ,
            "evidence.read",
            "inspections.open_inspection",
            "inspections.cancel",
            "inspections.add_defect_code",
            "inspections.change_defect_code",
            "partners.place_supply_block",
            "partners.lift_supply_block",
            "stock.place_hold",
            "stock.lift_hold",
            "stock.split_lot",
            "stock.restrict_lot",
            "stock.change_expiry",
            "stock.scrap",
            "receiving.return_goods",
        ),
    ),
    DemoUser("auditor", "孙审核", "Auditor", "审核员", (*READ, "evidence.read", "outbox.read")),
)


def main() -> int:
    """Bring the demo plant up to date and print who may sign in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    django.setup()
    passwords, are_new = _passwords(Path(os.environ["ZHILIU_DATA_DIR"]) / PASSWORDS)
    _users(passwords, are_new)
    _history()
    _print_users(passwords)
    return 0


def _passwords(file: Path) -> tuple[dict[str, str], bool]:
    names = ("admin", *(u.username for u in USERS))
    if file.exists():
        known: dict[str, str] = json.loads(file.read_text("utf-8"))
        if set(known) == set(names):
            return known, False
    made = {name: secrets.token_urlsafe(9) for name in names}
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(json.dumps(made, indent=1), "utf-8")
    return made, True


def _once(
    operation: str, key: str, call: Callable[[Any, datetime], Any]
) -> tuple[dict[str, str], bool]:
    """One command of the system; its answer, and whether it had been done before."""
    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.kernel.clock import server_time
    from zhiliu.platform.commands.public import perform

    answer = perform(
        actor=SYSTEM,
        operation=operation,
        key=f"demo:{key}",
        content={},
        call=call,
        recorded_at=server_time(),
        reason="demo plant",
    )
    return json.loads(answer.text), answer.is_repeat


def _users(passwords: dict[str, str], are_new: bool) -> None:
    from zhiliu.platform.access import public as access
    from zhiliu.platform.access.operations import set_password

    def administrator(command: Any, at: datetime) -> dict[str, str]:
        user = access.bootstrap_administrator(
            username="admin",
            name="管理员",
            password=passwords["admin"],
            command=command,
            at=at,
        )
        return {"id": str(user.pk)}

    ids = {"admin": _once("access.bootstrap_administrator", "admin", administrator)}
    for user in USERS:

        def add(command: Any, at: datetime, user: DemoUser = user) -> dict[str, str]:
            made = access.add_user(
                username=user.username,
                name=user.name,
                password=passwords[user.username],
                command=command,
                at=at,
            )
            role = access.add_role(
                code=user.username,
                name_en=user.role_en,
                name_zh=user.role_zh,
                operations=list(user.operations),
                command=command,
                at=at,
            )
            access.grant_role(user_id=made.pk, role_id=role.pk, command=command, at=at)
            return {"id": str(made.pk)}

        ids[user.username] = _once("access.add_user", user.username, add)
    if not are_new:
        return
    for name, (answer, was_there) in ids.items():
        if was_there:  # the file with the passwords was lost: give everybody a new one

            def change(
                command: Any, at: datetime, name: str = name, answer: dict[str, str] = answer
            ) -> dict[str, str]:
                set_password(
                    user_id=UUID(answer["id"]), password=passwords[name], command=command, at=at
                )
                return {}

            _once("access.set_password", str(uuid4()), change)


def _history() -> None:
    from zhiliu.config.history import replay
    from zhiliu.contexts.connectors import public as connectors
    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.platform.commands.public import is_done

    if is_done(SYSTEM, "demo.history", f"demo:{LINES}"):
        return
    print("Loading the demo plant 正在载入演示工厂", file=sys.stderr)
    totals = replay(connectors.PACKAGED, LINES)
    kept = {name: totals[name] for name in ("received", "rejected", "in_stock")}
    _once("demo.history", str(LINES), lambda command, at: kept)


def _print_users(passwords: dict[str, str]) -> None:
    roles = {u.username: f"{u.role_en} {u.role_zh}" for u in USERS}
    print("\nDemo users 演示用户")
    for name, password in passwords.items():
        print(f"  {name:10} {password:14} {roles.get(name, 'Administrator 管理员')}")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
