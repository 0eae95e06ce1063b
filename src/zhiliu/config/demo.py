"""`python -m zhiliu.config.demo`: the demo plant, its users, 500 lines of real history, open work.

Runs on every start of `zhiliu demo` and adds only what is missing. Passwords are random per
installation and kept in the data folder, readable by its owner only. All it does is done by the
system, with the reason "demo plant"; the history by the actor `import`.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import django

if TYPE_CHECKING:  # these reach models, which need the set-up first
    from zhiliu.config.demo_goods import Once
    from zhiliu.kernel.command import Command

LINES = 500
PASSWORDS = "demo-users.json"
KEY = "demo:"


@dataclass(frozen=True)
class DemoUser:
    """A demo user: sign-in name, name of the role in both languages, what the role may do."""

    username: str
    name: str
    role_en: str
    role_zh: str
    operations: tuple[str, ...]


READABLE = (
    "attachments",
    "signatures",
    "rules",
    "catalog",
    "partners",
    "equipment",
    "purchasing",
    "receiving",
    "inspections",
    "stock",
    "nonconformance",
)
READ = tuple(f"{context}.read" for context in READABLE)
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
            "attachments.attach",
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
            "attachments.attach",
            "receiving.refuse_at_gate",
            "receiving.return_goods",
            "receiving.print_return_note",
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
            "attachments.attach",
            "inspections.record_result",
            "inspections.record_readings",
            "inspections.post_sample",
            "inspections.print_report",
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
            "attachments.attach",
            "attachments.withdraw",
            "evidence.read",
            "evidence.check",
            "rules.try",
            "inspections.print_report",
            "inspections.open_inspection",
            "inspections.cancel",
            "inspections.approve_urgent_release",
            "inspections.refuse_urgent_release",
            "inspections.declare_steady",
            "inspections.resume_sampling",
            "inspections.add_quality_code",
            "inspections.change_quality_code",
            "inspections.add_plan",
            "inspections.add_plan_version",
            "inspections.change_plan_version",
            "inspections.approve_plan_version",
            "inspections.end_plan_version",
            "catalog.add_specification",
            "catalog.change_specification",
            "catalog.approve_specification",
            "catalog.end_specification",
            "partners.place_supply_block",
            "partners.lift_supply_block",
            "stock.place_hold",
            "stock.lift_hold",
            "stock.split_lot",
            "stock.restrict_lot",
            "stock.change_expiry",
            "stock.scrap",
            "receiving.return_goods",
            "nonconformance.open_report",
            "nonconformance.report_escape",
            "nonconformance.change_report",
            "nonconformance.dispose",
            "nonconformance.carry_out_disposition",
            "nonconformance.cancel_disposition",
            "nonconformance.approve_concession",
            "nonconformance.close_report",
            "nonconformance.reopen_report",
            "nonconformance.print_report",
            "nonconformance.print_concession",
            "equipment.add_gauge_type",
            "equipment.change_gauge_type",
            "equipment.take_out_of_service",
        ),
    ),
    DemoUser(
        "production",
        "周生产",
        "Production lead",
        "生产主管",
        (*READ, "inspections.request_urgent_release"),
    ),
    DemoUser(
        "metrologist",
        "吴计量",
        "Metrologist",
        "计量员",
        (
            *READ,
            "equipment.register_gauge",
            "equipment.change_gauge",
            "equipment.record_calibration",
            "equipment.take_out_of_service",
            "equipment.put_in_service",
            "equipment.retire_gauge",
        ),
    ),
    DemoUser("auditor", "孙审核", "Auditor", "审核员", (*READ, "evidence.read", "outbox.read")),
)


def main() -> int:
    """Bring the demo plant up to date and print who may sign in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    django.setup()
    once = _performer()
    file = Path(os.environ["ZHILIU_DATA_DIR"]) / PASSWORDS
    passwords, ids = _users(file, once)
    _history(once)

    from zhiliu.config.demo_findings import book_findings
    from zhiliu.config.demo_gauges import book_demo_gauges
    from zhiliu.config.demo_goods import book_demo_goods, book_planned_goods
    from zhiliu.config.demo_plans import book_demo_plans

    book_demo_gauges(once)
    book_demo_goods(once, ids["quality"])
    book_demo_plans(once, ids["quality"])
    book_planned_goods(once)
    book_findings(once, ids["quality"])
    _print_users(passwords)
    return 0


def _performer() -> "Once":
    """What performs one command of the system, once for its key."""
    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.kernel.clock import server_time
    from zhiliu.platform.commands.public import DoneBefore, perform

    before = DoneBefore(SYSTEM, KEY)

    def once(operation: str, key: str, call: Callable[["Command", datetime], Any]) -> Any:
        answer = before.answer(operation, KEY + key, {}) or perform(
            actor=SYSTEM,
            operation=operation,
            key=KEY + key,
            content={},
            call=call,
            recorded_at=server_time(),
            reason="demo plant",
        )
        return json.loads(answer.text)

    return once


def _users(file: Path, once: "Once") -> tuple[dict[str, str], dict[str, UUID]]:
    """The passwords and ids by name; users that were there get new passwords if these are lost."""
    names = ("admin", *(u.username for u in USERS))
    known: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    passwords = {n: known.get(n) or _password() for n in names}
    made: set[str] = set()
    ids = {"admin": _administrator(passwords["admin"], made, once)}
    for user in USERS:
        ids[user.username] = _user(user, passwords[user.username], made, once)
    for name in ids.keys() - known.keys() - made:
        _give_password(ids[name], passwords[name], once)
    if passwords != known:
        _keep(file, passwords)
    return passwords, ids


def _password() -> str:
    """A random password that no rule refuses: never digits only, never like a user's name."""
    return f"zl-{secrets.token_hex(6)}"


def _administrator(password: str, made: set[str], once: "Once") -> UUID:
    from zhiliu.platform.access import public as access

    def add(command: "Command", at: datetime) -> dict[str, UUID]:
        user = access.bootstrap_administrator(
            username="admin", name="管理员", password=password, command=command, at=at
        )
        made.add("admin")
        return {"id": user.pk}

    return UUID(once("access.bootstrap_administrator", "admin", add)["id"])


def _user(user: DemoUser, password: str, made: set[str], once: "Once") -> UUID:
    from zhiliu.platform.access import public as access

    def add(command: "Command", at: datetime) -> dict[str, UUID]:
        row = access.add_user(
            username=user.username, name=user.name, password=password, command=command, at=at
        )
        role = access.add_role(
            code=user.username,
            name_en=user.role_en,
            name_zh=user.role_zh,
            operations=list(user.operations),
            command=command,
            at=at,
        )
        access.grant_role(user_id=row.pk, role_id=role.pk, command=command, at=at)
        made.add(user.username)
        return {"id": row.pk}

    return UUID(once("access.add_user", user.username, add)["id"])


def _give_password(user_id: UUID, password: str, once: "Once") -> None:
    from zhiliu.platform.access.operations import set_password

    def change(command: "Command", at: datetime) -> dict[str, str]:
        set_password(user_id=user_id, password=password, command=command, at=at)
        return {}

    once("access.set_password", str(uuid4()), change)


def _keep(file: Path, passwords: dict[str, str]) -> None:
    """Write the passwords for the owner only, all of them or none."""
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.chmod(0o600)
    new.write_text(json.dumps(passwords, indent=1), "utf-8")
    new.replace(file)


def _history(once: "Once") -> None:
    """The first lines of the history, unless they are there."""
    from zhiliu.config.history import replay
    from zhiliu.contexts.connectors import public as connectors
    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.platform.commands.public import is_done

    if is_done(SYSTEM, "demo.history", f"{KEY}{LINES}"):
        return
    print("Loading the demo plant 正在载入演示工厂", file=sys.stderr)
    totals = replay(connectors.PACKAGED, LINES)
    kept = {name: totals[name] for name in ("received", "rejected", "in_stock")}
    once("demo.history", str(LINES), lambda command, at: kept)


def _print_users(passwords: dict[str, str]) -> None:
    roles = {u.username: f"{u.role_en} {u.role_zh}" for u in USERS}
    print("\nDemo users 演示用户")
    for name, password in passwords.items():
        print(f"  {name:10} {password:14} {roles.get(name, 'Administrator 管理员')}")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
