"""Lifecycles: each verb is granted by a permission that exists and tested beside its context."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest

from tests.audits.building import CONTEXTS, texts_in
from zhiliu.config.contexts import BUILT_CONTEXTS
from zhiliu.kernel.lifecycle import Lifecycle
from zhiliu.platform.access.public import all_permissions
from zhiliu.platform.rules.rules import SIGNING_STRENGTH


def lifecycles(context: str) -> list[Lifecycle]:
    name = f"zhiliu.contexts.{context}.states"
    if find_spec(name) is None:
        return []
    module = import_module(name)
    declared = [v for v in vars(module).values() if isinstance(v, Lifecycle)]
    assert list(getattr(module, "LIFECYCLES", ())) == declared
    return declared


def test_the_contexts_have_lifecycles() -> None:
    assert sum(len(lifecycles(c)) for c in BUILT_CONTEXTS) > 5


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_every_verb_is_tested_with_the_rules_of_its_context(context: str) -> None:
    files = sorted((CONTEXTS / context / "tests").glob("test_rules*.py"))
    texts = {text for file in files for text in texts_in(file)}
    untested = [f"{c.kind}.{v}" for c in lifecycles(context) for v in c.verbs if v not in texts]

    assert untested == []


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_every_verb_is_granted_by_a_permission_that_exists(context: str) -> None:
    known = {p.operation for p in all_permissions()}
    unknown = [
        f"{c.kind}.{v}: {t.permission}"
        for c in lifecycles(context)
        for v, t in c.verbs.items()
        if t.permission not in known
    ]

    assert unknown == []


def test_the_table_of_signing_strength_decides_the_verbs_that_are_signed_and_no_others() -> None:
    """A verb that is spelt otherwise there would be signed by nobody: `sign` would refuse it."""
    examples = SIGNING_STRENGTH.built_in.content["examples"].values()
    cells = [row["verb"] for row in SIGNING_STRENGTH.built_in.rows]
    decided = {
        (example["kind"], verb)
        for example, cell in zip(examples, cells, strict=True)
        for verb in re.findall(r"'([^']+)'", cell)
    }
    signed = {
        (c.kind, verb)
        for context in BUILT_CONTEXTS
        for c in lifecycles(context)
        for verb, transition in c.verbs.items()
        if transition.is_signed
    }

    assert decided == signed and len(signed) > 10
