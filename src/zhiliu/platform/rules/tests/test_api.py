"""Rule tables over HTTP: read, versions, trial."""

from uuid import uuid4

import pytest
from tests.support import NOBODY, caller

from zhiliu.kernel.actor import Scope
from zhiliu.platform.rules.models import RuleVersion
from zhiliu.platform.rules.public import all_tables

pytestmark = pytest.mark.django_db

CODE = "signatures.signing_strength"
FACTS = {"kind": "inspections.inspection", "verb": "accept", "is_override": False}


def refused(who, method, path, body=None):
    answer = who.send(method, path, body)
    return answer.status_code, answer.json()["code"]


def test_the_tables_are_listed_by_what_decides_now():
    who = caller("rules.read")

    found = who.get("/rules?limit=200")["items"]

    assert [(t["code"], t["version"]) for t in found] == [(t.code, 1) for t in all_tables()]
    assert who.get("/rules?search=SIGNING")["items"][0]["code"] == CODE


def test_a_table_is_read_with_columns_rows_and_examples():
    shown = caller("rules.read").get(f"/rules/{CODE}")

    assert [(c["name"], c["type"]) for c in shown["inputs"]] == [
        ("kind", "text"),
        ("verb", "text"),
        ("is_override", "yes or no"),
    ]
    assert shown["outputs"][0]["type"] == "recorded | re_authenticated | two_person"
    row = next(r for r in shown["rows"] if r["id"] == "inspection-refuse")
    assert row["cells"] == {
        "kind": "'inspections.inspection'",
        "verb": "'not_accept'",
        "is_override": "",
        "strength": "'recorded'",
        "meaning": "'refuse'",
    }
    assert row["example"]["verb"] == "not_accept"
    assert shown["sha256"] == RuleVersion.objects.get(code=CODE).sha256


def test_the_versions_of_a_table_are_listed():
    versions = caller("rules.read").get(f"/rules/{CODE}/versions")["items"]

    assert [(v["version"], v["state"]) for v in versions] == [(1, "enforced")]


def test_a_trial_says_what_would_be_decided_and_why():
    tried = caller("rules.try").post(f"/rules/{CODE}/try", inputs=FACTS)

    assert tried == {
        "outputs": {"strength": "recorded", "meaning": "release"},
        "rule": f"{CODE}@1#inspection-release",
    }
    assert caller("rules.try").post(f"/rules/{CODE}/try", inputs=FACTS, version=1) == tried


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"verb": "paint"}, "no row fits"),
        ({"is_override": "no"}, "is_override is 'no', but must be yes or no"),
        ({"weight": "5"}, "it has no input weight"),
        ({"kind": None}, "kind is None, but must be text"),
        ({"kind": ["a"]}, "kind is ['a'], but must be text"),
    ],
)
def test_a_trial_without_an_answer_is_refused_in_both_languages(changed, why):
    body = {"inputs": {**FACTS, **changed}}

    answer = caller("rules.try").send("POST", f"/rules/{CODE}/try", body)
    chinese = caller("rules.try", language="zh").send("POST", f"/rules/{CODE}/try", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "rules.undecided")
    assert why in answer.json()["detail"]
    assert "没有结论" in chinese.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/rules/tests.unknown", "/rules/tests.unknown/versions", f"/rules/{CODE}?version=7"]
)
def test_what_does_not_exist_is_not_found(path):
    assert refused(caller("rules.read"), "GET", path) == (404, "rules.not_found")


def test_a_trial_of_what_does_not_exist_is_not_found():
    who = caller("rules.try")
    unknown = refused(who, "POST", "/rules/tests.unknown/try", {"inputs": {}})
    later = refused(who, "POST", f"/rules/{CODE}/try", {"inputs": FACTS, "version": 7})

    assert unknown == later == (404, "rules.not_found")


@pytest.mark.parametrize("path", ["/rules", f"/rules/{CODE}", f"/rules/{CODE}/versions"])
def test_rules_are_read_with_the_right_for_everything_only(path):
    at_a_site = caller("rules.read", scope=Scope(site_id=uuid4()))

    assert refused(NOBODY, "GET", path) == (401, "access.not_signed_in")
    assert refused(caller("rules.try"), "GET", path) == (403, "access.not_permitted")
    assert refused(at_a_site, "GET", path) == (403, "access.not_permitted")


def test_rules_are_tried_with_the_right_for_everything_only():
    at_a_site = caller("rules.try", scope=Scope(site_id=uuid4()))
    path, body = f"/rules/{CODE}/try", {"inputs": FACTS}

    assert refused(NOBODY, "POST", path, body) == (401, "access.not_signed_in")
    assert refused(caller("rules.read"), "POST", path, body) == (403, "access.not_permitted")
    assert refused(at_a_site, "POST", path, body) == (403, "access.not_permitted")
