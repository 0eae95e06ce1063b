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


def test_the_table_of_signing_strength_names_verbs_that_exist() -> None:
    """A verb that is spelt otherwise there would be signed by nobody: `sign` would refuse it."""
    kinds = {c.kind: set(c.verbs) for context in BUILT_CONTEXTS for c in lifecycles(context)}
    examples = SIGNING_STRENGTH.built_in.content["examples"].values()
    cells = [row["verb"] for row in SIGNING_STRENGTH.built_in.rows]
    named = [(e["kind"], re.findall(r"'([^']+)'", c)) for e, c in zip(examples, cells, strict=True)]
    born = {("inspections.urgent_release", "request")}  # signed at birth, before any step
    unknown = {
        (kind, verb)
        for kind, verbs in named
        for verb in verbs
        if kind.split(".")[0] in BUILT_CONTEXTS and verb not in kinds.get(kind, ())
    }

    assert unknown == born
