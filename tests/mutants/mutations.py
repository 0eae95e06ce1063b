"""What `make mutants` takes away, and the tests that must notice."""

from collections.abc import Sequence
from dataclasses import dataclass

STOCK = "src/zhiliu/contexts/stock/operations"
INSPECTIONS = "src/zhiliu/contexts/inspections/operations"
NONCONFORMANCE = "src/zhiliu/contexts/nonconformance/operations"
MIGRATE = "src/zhiliu/config/migrate.py"
LOCKS, LAST_LINE = "tests/races/test_locks.py", "tests/races/test_last_line.py"
DECISIONS = "tests/races/test_decisions.py"
HOT, HISTORIES = "tests/races/test_hot_lots.py", "tests/properties/test_ledger_histories.py"


@dataclass(frozen=True)
class Mutation:
    """What is taken away: (file, text, instead) in the source, SQL in the database; and the tests
    that must notice."""

    name: str
    tests: Sequence[str]
    edits: Sequence[tuple[str, str, str]] = ()
    sql: str = ""


def constraint(table: str, name: str) -> str:
    """SQL that drops a constraint or unique index."""
    return f"alter table {table} drop constraint {name}"


MUTATIONS = (
    Mutation(
        "using a lot takes no FOR SHARE",
        [f"{LOCKS}", HOT],
        [(f"{STOCK}/locks.py", 'else "share"', 'else "key share"')],
    ),
    Mutation(
        "changing a lot takes no FOR NO KEY UPDATE",
        [f"{LOCKS}"],
        [(f"{STOCK}/locks.py", '"no key update" if exclusive', '"key share" if exclusive')],
    ),
    Mutation(
        "balances are read without their lock",
        [LOCKS, HOT],
        [(f"{STOCK}/locks.py", "b.owner_id for no key update of b", "b.owner_id")],
    ),
    Mutation(
        "a bound is read without its lock",
        [LOCKS],
        [
            (
                f"{STOCK}/locks.py",
                "LotBound.objects.filter(pk=lot_id).select_for_update(no_key=True).first()",
                "LotBound.objects.filter(pk=lot_id).first()",
            )
        ],
    ),
    Mutation(
        "no bound lock and no CHECK stock_bound_not_exceeded",
        [HOT],
        [
            (
                f"{STOCK}/locks.py",
                "LotBound.objects.filter(pk=lot_id).select_for_update(no_key=True).first()",
                "LotBound.objects.filter(pk=lot_id).first()",
            )
        ],
        sql=constraint("stock_lotbound", "stock_bound_not_exceeded"),
    ),
    Mutation(
        "no CHECK stock_bound_not_exceeded",
        [LAST_LINE],
        sql=constraint("stock_lotbound", "stock_bound_not_exceeded"),
    ),
    Mutation(
        "no CHECK stock_balance_not_negative",
        [LAST_LINE],
        sql=constraint("stock_balance", "stock_balance_not_negative"),
    ),
    Mutation(
        "no CHECK stock_balance_reserved_on_hand",
        [LAST_LINE],
        sql=constraint("stock_balance", "stock_balance_reserved_on_hand"),
    ),
    Mutation(
        "no unique key stock_balance_key",
        [LAST_LINE],
        sql=constraint("stock_balance", "stock_balance_key"),
    ),
    Mutation(
        "no unique key stock_move_line",
        [LAST_LINE],
        sql=constraint("stock_move", "stock_move_line"),
    ),
    Mutation(
        "no unique key commands_done_key",
        [f"{HOT}::test_one_idempotency_key_fifty_times_is_one_deed"],
        sql=constraint("commands_donecommand", "commands_done_key"),
    ),
    Mutation(
        "no trigger of closed periods",
        [LOCKS, HOT],
        sql="drop trigger stock_move_refused on stock_move",
    ),
    Mutation(
        "a closing does not wait for postings",
        [LOCKS],
        [
            (
                f"{STOCK}/places.py",
                'cursor.execute("select stock_wait_for_postings()")',
                'cursor.execute("select 1")',
            )
        ],
    ),
    Mutation(
        "issue and ship do not ask the gate",
        [LOCKS, HISTORIES],
        [
            (
                f"{STOCK}/use.py",
                "    check_use(lot, use, command=command, at=at, reference=reference)\n",
                "",
            )
        ],
    ),
    Mutation(
        "an expired or held lot passes the gate",
        [LOCKS],
        [("src/zhiliu/contexts/stock/rules.py", "    if facts.holds:\n", "    if False:\n")],
    ),
    Mutation(
        "a change of a lot appends no LotVersion",
        [HISTORIES],
        [
            (
                f"{STOCK}/births.py",
                "    append_version(lot, voucher, command=command, at=since, holds=holds)\n",
                "",
            )
        ],
    ),
    Mutation(
        "a change leaves no audit entry",
        [HISTORIES],
        [
            (
                "src/zhiliu/platform/evidence/operations.py",
                "(row, was, changes)\n    _record_entry(row, changes, command)\n",
                "(row, was, changes)\n",
            )
        ],
    ),
    Mutation(
        "audited rows may change without a new version",
        [LAST_LINE],
        sql="drop trigger stock_lot_evidence_version_rises_row on stock_lot",
    ),
    Mutation(
        "the application may rewrite moves",
        [LAST_LINE],
        [
            (
                MIGRATE,
                'run(cursor, "revoke update, delete on {table} from {role}", table)',
                "pass",
            )
        ],
    ),
    Mutation(
        "a posting is told to nobody",
        [HISTORIES],
        [
            (
                f"{STOCK}/use.py",
                "at,\n    )\n    record_moved(move, lot, command, at, quantity)\n    return move",
                "at,\n    )\n    return move",
            )
        ],
    ),
    Mutation(
        "a hold breaks no reservation",
        [LOCKS],
        [
            (
                f"{STOCK}/placing.py",
                "broken = break_reservations(lot, reservations.get(lot.pk, []), command, at)",
                "broken: list[str] = []",
            )
        ],
    ),
    Mutation(
        "a part of a held lot is born without its holds",
        [LOCKS],
        [
            (
                f"{STOCK}/split.py",
                "    carry_holds(lot, child, command=command, at=at)\n",
                "",
            )
        ],
    ),
    Mutation(
        "a split writes no genealogy",
        [HISTORIES],
        [
            (
                f"{STOCK}/split.py",
                "    record_edge(lot, child, EdgeKind.SPLIT, quantity, command, at)\n",
                "",
            )
        ],
    ),
    Mutation(
        "goods that leave are still open for inspection",
        [HISTORIES, "src/zhiliu/contexts/inspections/tests/test_at_once.py"],
        [
            (
                "src/zhiliu/contexts/inspections/reactions.py",
                "if event.move_kind in _CHANGES_ON_HAND:",
                "if False:",
            )
        ],
    ),
    Mutation(
        "a strong verb is signed without the secret",
        ["src/zhiliu/platform/signatures", "src/zhiliu/contexts/inspections/tests/test_signing.py"],
        [
            (
                "src/zhiliu/platform/signatures/operations.py",
                "    if asked.strength is not Strength.RECORDED and command.proof is None:\n",
                "    if False:\n",
            )
        ],
    ),
    Mutation(
        "one person signs for two",
        ["src/zhiliu/platform/signatures"],
        [
            (
                "src/zhiliu/platform/signatures/operations.py",
                "    if command.actor.id in signers:\n",
                "    if False:\n",
            )
        ],
    ),
    Mutation(
        "secrets may be guessed",
        ["src/zhiliu/platform/access/tests/test_identity.py"],
        [
            (
                "src/zhiliu/platform/access/identity.py",
                "    if _counted(counter) > ATTEMPTS:\n",
                "    if False:\n",
            )
        ],
    ),
    Mutation(
        "cells of rule tables are not compiled",
        ["src/zhiliu/platform/rules"],
        [("src/zhiliu/platform/rules/table.py", "            self._compile()\n", "")],
    ),
    Mutation(
        "rule tables are not exercised",
        ["src/zhiliu/platform/rules"],
        [("src/zhiliu/platform/rules/table.py", "            self._exercise()\n", "")],
    ),
    Mutation(
        "readings are recorded without a lock",
        ["src/zhiliu/contexts/inspections/tests/test_sampling_at_once.py"],
        [
            (
                f"{INSPECTIONS}/sampled.py",
                "from inspections_inspection i where i.id = $1::uuid for no key update of i",
                "from inspections_inspection i where i.id = $1::uuid",
            )
        ],
    ),
    Mutation(
        "who asked for an urgent release may approve it",
        ["tests/stories/test_urgent_release.py"],
        [
            (
                "src/zhiliu/contexts/inspections/rules/urgent.py",
                "    if facts.requested_by == actor.id:",
                "    if False:",
            ),
            (
                "src/zhiliu/platform/signatures/operations.py",
                "    if command.actor.id in signers:\n",
                "    if False:\n",
            ),
        ],
    ),
    Mutation(
        "what was used urgently leaves its inspection",
        ["tests/stories/test_urgent_release.py"],
        [
            (
                f"{INSPECTIONS}/following.py",
                "    left = (row.on_hand or ZERO) + (row.used or ZERO)\n",
                "    left = row.on_hand or ZERO\n",
            )
        ],
    ),
    Mutation(
        "goods that were not accepted leave without a disposition",
        ["src/zhiliu/contexts/nonconformance/tests/test_reactions.py"],
        [
            (
                f"{STOCK}/dispositions.py",
                "        raise NotDisposed(lot=lot.number)\n",
                "        pass\n",
            )
        ],
    ),
    Mutation(
        "two dispose of the same goods without a lock",
        [DECISIONS],
        [
            (
                f"{NONCONFORMANCE}/dispositions.py",
                "lock_lots(sorted({w.units.lot_id for w in parts}), command, exclusive=True)",
                "lock_lots(sorted({w.units.lot_id for w in parts}), command, exclusive=False)",
            ),
            (
                f"{NONCONFORMANCE}/dispositions.py",
                '.select_for_update(of=("self",), no_key=True).first()',
                ".first()",
            ),
            (
                f"{NONCONFORMANCE}/locks.py",
                "Report.objects.select_for_update(no_key=True).filter(pk=report_id)",
                "Report.objects.filter(pk=report_id)",
            ),
        ],
    ),
    Mutation(
        "an urgent release is decided again",
        [DECISIONS],
        [
            (
                "src/zhiliu/contexts/inspections/rules/urgent.py",
                "    if not URGENT_RELEASE.allows(verb, facts.state):\n",
                "    if False:\n",
            )
        ],
    ),
    Mutation(
        "what a concession still allows is read without its lock",
        [DECISIONS],
        [
            (
                f"{STOCK}/locks.py",
                "LotBound.objects.filter(pk=lot_id).select_for_update(no_key=True).first()",
                "LotBound.objects.filter(pk=lot_id).first()",
            )
        ],
        sql=constraint("stock_lotbound", "stock_bound_not_exceeded"),
    ),
    Mutation(
        "late postings may use what was not there then",
        [HISTORIES, "tests/stories/test_late_posting.py"],
        [(f"{STOCK}/gate.py", "    if lowest < quantity:\n", "    if False:\n")],
    ),
)
