"""I14: each way in which a signed record and its signature may part, planted by SQL."""

# ruff: noqa: S608 - the assignments are written here

from uuid import UUID, uuid4

import pytest

from zhiliu.platform.signatures.models import Signature


@pytest.fixture
def signed(planting):
    """The signature of an accepted inspection, and how `zhiliu check` names it."""
    signature = Signature.objects.get(subject_id=planting.history.judged.pk)
    return signature, {(signature.subject_number, str(signature.pk))}


def named_by_i14(planting):
    """(number, id) of what I14 names; what else a change of the record breaks is told elsewhere."""
    return {(row.number, row.id) for row in planting.outcome("I14").rows}


def change(execute, signature, assignment, *values):
    execute(f"update signatures_signature set {assignment} where id = %s", [*values, signature.pk])


def rehashed(execute, signature):
    """Make the hash fit what the text now says: a forger would."""
    change(
        execute,
        signature,
        "sha256 = encode(sha256(convert_to(canonical, 'UTF8')), 'hex')",
    )


def test_a_signed_text_that_was_changed(planting, signed):
    signature, named = signed
    with planting.open() as execute:
        change(
            execute, signature, 'canonical = replace(canonical, \'"because":"\', \'"because":"x\')'
        )

        assert named_by_i14(planting) == named


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject_number", "INS-X"),
        ("subject_version", 2),
        ("meaning", "review"),
        ("signer_id", str(UUID(int=1))),
        ("signer_name", "somebody else"),
    ],
)
def test_a_column_that_says_something_else_than_the_signed_text(planting, signed, column, value):
    signature, named = signed
    with planting.open() as execute:
        change(execute, signature, f"{column} = %s", value)

        assert {row for _, row in named_by_i14(planting)} == {row for _, row in named}


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("strength = %s", "two_person"),
        ("rule = %s", "signatures.signing_strength@1#inspection-override"),
        ("rule = %s", "signatures.signing_strength@7#inspection-release"),
    ],
)
def test_a_strength_that_its_rule_does_not_say(planting, signed, assignment, value):
    signature, named = signed
    with planting.open() as execute:
        change(execute, signature, assignment, value)

        assert named_by_i14(planting) == named


def test_a_strong_signature_of_somebody_who_proved_nothing(planting, signed):
    signature, named = signed
    with planting.open() as execute:
        change(execute, signature, "strength = 're_authenticated', meaning = 'approve'")
        change(execute, signature, "rule = 'signatures.signing_strength@1#inspection-override'")
        change(
            execute,
            signature,
            'canonical = replace(canonical, \'"meaning":"release"\', \'"meaning":"approve"\')',
        )
        rehashed(execute, signature)

        assert named_by_i14(planting) == named

        change(execute, signature, "method = 'password'")

        assert named_by_i14(planting) == set()


@pytest.mark.parametrize("earlier", ["nobody", "the same person"])
def test_a_signature_of_two_people_by_one(planting, signed, earlier):
    signature, _ = signed
    with planting.open() as execute:
        if earlier == "the same person":
            execute(
                "insert into signatures_signature select (jsonb_populate_record(s, %s::jsonb)).*"
                " from signatures_signature s where id = %s",
                ['{"id": "00000000-0000-7000-8000-000000000000"}', signature.pk],
            )
        change(execute, signature, "strength = 'two_person', method = 'password'")

        assert (str(signature.pk), "alone") in {
            (row.id, "alone") for row in planting.look()["I14"].rows if "alone" in row.en
        }


def test_a_signature_on_a_version_that_its_act_did_not_make(planting, signed):
    signature, named = signed
    with planting.open() as execute:
        change(execute, signature, "command_id = %s", uuid4())

        assert named_by_i14(planting) == named


def test_a_forged_text_with_a_fitting_hash(planting, signed):
    """More nonconforming units were found than the forged text says."""
    signature, named = signed
    with planting.open() as execute:
        change(
            execute,
            signature,
            'canonical = replace(canonical, \'"nonconforming":"4"\', \'"nonconforming":"0"\')',
        )
        rehashed(execute, signature)

        assert named_by_i14(planting) == named


@pytest.mark.parametrize(
    "assignment",
    [
        "nonconforming = 0",
        "inspected = 21",
        "state = 'judged'",
        "decided_at = decided_at + interval '1 microsecond'",
        "decided_by = '00000000-0000-7000-8000-000000000001'",
        "supplier_id = null",
    ],
)
def test_a_record_that_was_changed_after_it_was_signed(planting, signed, assignment):
    signature, named = signed
    with planting.open() as execute:
        execute(
            f"update inspections_inspection set {assignment} where id = %s",
            [signature.subject_id],
        )

        assert named_by_i14(planting) == named


def test_an_audit_entry_that_was_changed_after_it_was_signed(planting, signed):
    signature, named = signed
    with planting.open() as execute:
        execute(
            "update evidence_auditentry set changes = jsonb_set(changes, '{decided_at,1}', '\"x\"')"
            " where record_id = %s and record_version = %s",
            [signature.subject_id, signature.subject_version],
        )

        assert named_by_i14(planting) == named
