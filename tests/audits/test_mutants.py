"""What `make mutants` takes away is still there; it runs for long, so nobody would notice soon."""

import pytest

from tests.mutants.mutations import MIGRATE, MUTATIONS, Mutation
from tests.mutants.run import GRANTED, ROOT


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_a_mutation_can_be_made(mutation: Mutation) -> None:
    edits = [*mutation.edits, *([(MIGRATE, GRANTED, "")] if mutation.sql else [])]

    assert edits
    for file, text, instead in edits:
        assert (ROOT / file).read_text("utf-8").count(text) == 1, (file, text)
        assert text != instead
    for test in mutation.tests:
        assert (ROOT / test.partition("::")[0]).exists()
