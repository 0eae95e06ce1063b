"""Every word that a refusal is filled with exists in Chinese."""

import ast
from collections.abc import Iterator
from pathlib import Path

from zhiliu.contexts.stock import errors, states

SOURCES = Path(states.__file__).parent
WORD_FIELDS = {"what", "lot_status", "use", "bound", "state", "verb", "needed", "act"}


def words_used() -> Iterator[str]:
    """The literal words in every refusal that stock raises."""
    for file in SOURCES.rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    value = keyword.value
                    if keyword.arg in WORD_FIELDS and isinstance(value, ast.Constant):
                        yield str(value.value)


def test_every_word_and_every_state_is_translated() -> None:
    enums = (states.LotStatus, states.Use, states.HoldState, states.PeriodState)
    named = {str(member) for enum in (*enums, states.ReservationState) for member in enum}

    used = set(words_used())

    assert {"lot", "a laboratory", "adjust a count"} <= used
    assert (used | named) - errors.WORDS.keys() == set()


def test_a_chinese_sentence_has_no_english_words_in_it() -> None:
    refusals = (
        errors.NotFound("place", "A-9"),
        errors.AlreadyExists("period", "2026-01-01/2026-02-01"),
        errors.LotNotUsable("L-1", "awaiting_inspection", "issue"),
        errors.OutsideBounds("L-1", "order", "WO-1", "2 named", "指定的 2 个"),
        errors.NotInState("hold", "H-1", "lifted", "lift"),
        errors.WrongPlace("A-1", "a laboratory"),
        errors.ReasonMissing("place a hold"),
    )

    assert [refusal.sentence("zh") for refusal in refusals] == [
        "找不到库位 A-9。",
        "期间 2026-01-01/2026-02-01 已存在。",
        "批次 L-1 的状态为待检，不允许发料。",
        "批次 L-1 为限制使用：订单限制为 指定的 2 个，不能用于 WO-1。",
        "冻结 H-1 的状态为已解除，不能解除。",
        "库位 A-1 不适用：需要实验室。",
        "冻结必须填写原因，并以您的名义记录。",
    ]
