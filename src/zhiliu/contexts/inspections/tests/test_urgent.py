"""Urgent release: four kinds of caller, and what cannot be asked for or approved."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.support import NOBODY, caller, person

from zhiliu.contexts.inspections import queries
from zhiliu.contexts.inspections.models import UrgentRelease
from zhiliu.contexts.inspections.tests.conftest import inspection_of, totals_of
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.clock import server_time
from zhiliu.platform.signatures.models import Signature

pytestmark = pytest.mark.django_db
ASK, APPROVE, REFUSE = (
    f"inspections.{verb}_urgent_release" for verb in ("request", "approve", "refuse")
)


@pytest.fixture
def lot(dock):
    (lot,) = dock.arrive(100)
    return lot


def body(lot, who, **more):
    return {
        "lot_id": str(lot.pk),
        "quantity": "40",
        "reference": {"kind": "production.work_order", "id": str(uuid4()), "number": "WO-1"},
        "reason": "line 3 stands still",
        "secret": who.password,
        **more,
    }


@pytest.fixture
def asked(lot):
    who = person(ASK)
    return who.post("/urgent-releases", **body(lot, who))


def test_an_urgent_release_says_who_may_decide_it(lot, asked, plant):
    path = f"/urgent-releases/{asked['id']}"
    here = Scope(site_id=plant.site)
    asker = UrgentRelease.objects.get().requested_by

    def actions(who):
        return {a["verb"]: (a["refusal"], a["strength"]) for a in who.get(path)["allowed_actions"]}

    assert actions(caller(scope=here)) == {
        "approve": (None, "two_person"),
        "refuse": (None, "recorded"),
    }
    assert actions(caller("inspections.read", REFUSE)) == {
        "approve": ("access.not_permitted", "two_person"),
        "refuse": (None, "recorded"),
    }
    assert caller(scope=Scope(supplier_id=plant.supplier)).send("GET", path).status_code == 404
    mine = queries.urgent_actions(
        Actor(asker, "李", {APPROVE: (Scope(),)}), UrgentRelease.objects.get()
    )
    assert [r.code for r in mine["approve"]] == ["signatures.same_person"]
    refuser = person(REFUSE)
    refuser.post(f"{path}/refuse", reason="not needed")
    assert {r for r, _ in actions(caller()).values()} == {"inspections.urgent_release_decided"}


def test_an_inspection_says_whether_its_goods_may_be_asked_for(lot, plant):
    path = f"/inspections/{inspection_of(lot).pk}"

    def refusal(who):
        actions = {a["verb"]: a["refusal"] for a in who.get(path)["allowed_actions"]}
        return actions["request_urgent_release"]

    assert refusal(caller()) is None
    assert refusal(caller("inspections.read", ASK, scope=Scope(supplier_id=plant.supplier))) == (
        "access.not_permitted"
    )
    caller().post(f"{path}/cancel", reason="x")
    assert refusal(caller()) == "inspections.already_decided"


def test_four_kinds_of_caller_ask(lot, plant):
    here = Scope(site_id=plant.site)
    assert NOBODY.send("POST", "/urgent-releases", body(lot, NOBODY, secret="x")).status_code == 401
    for who, status in (
        (person("inspections.read"), 403),
        (person(ASK, scope=Scope(site_id=uuid4())), 404),
        (person(ASK, scope=Scope(supplier_id=plant.supplier)), 404),
    ):
        assert who.send("POST", "/urgent-releases", body(lot, who)).status_code == status
    machine = caller(ASK)
    refused = machine.send("POST", "/urgent-releases", body(lot, machine, secret="x"))
    assert (refused.status_code, refused.json()["code"]) == (403, "access.session_needed")
    assert not UrgentRelease.objects.exists() and not Signature.objects.exists()

    who = person(ASK, scope=here)
    answer = who.post("/urgent-releases", **body(lot, who))

    assert (answer["state"], answer["quantity"], answer["lot"]) == ("requested", "40", lot.number)
    (signature,) = Signature.objects.all()
    assert signature.signer_id == who.user_id
    assert str(who.password) not in signature.canonical


@pytest.mark.parametrize(("verb", "operation"), [("approve", APPROVE), ("refuse", REFUSE)])
def test_four_kinds_of_caller_decide(lot, asked, plant, verb, operation):
    address = f"/urgent-releases/{asked['id']}/{verb}"

    def send(who):
        said = {"reason": "looked at it", "secret": who.password}
        return who.send("POST", address, said if verb == "approve" else {"reason": "no"})

    assert NOBODY.send("POST", address, {"reason": "no"}).status_code == 401
    assert send(person("inspections.read")).status_code == 403
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=plant.supplier)):
        refused = send(person(operation, scope=scope))
        assert (refused.status_code, refused.json()["code"]) == (404, "inspections.not_found")
    assert UrgentRelease.objects.get().version == 1
    answer = send(person(operation, scope=Scope(site_id=plant.site)))

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["state"] == {"approve": "approved", "refuse": "refused"}[verb]
    status = Lot.objects.get(pk=lot.pk).status
    assert status == {"approve": "restricted", "refuse": "awaiting_inspection"}[verb]


def test_four_kinds_of_caller_read(lot, asked, plant):
    one = f"/urgent-releases/{asked['id']}"
    for address in ("/urgent-releases", one):
        assert NOBODY.send("GET", address).status_code == 401
        assert caller(ASK).send("GET", address).status_code == 403
    for scope in (Scope(site_id=uuid4()), Scope(supplier_id=plant.supplier)):
        stranger = caller("inspections.read", scope=scope)
        assert stranger.get("/urgent-releases")["items"] == []
        assert stranger.send("GET", one).status_code == 404

    reader = caller("inspections.read", scope=Scope(site_id=plant.site))
    (row,) = reader.get("/urgent-releases?state=requested")["items"]

    assert row["id"] == asked["id"] and reader.get(one)["lot_id"] == str(lot.pk)
    assert reader.get("/urgent-releases?state=ended")["items"] == []
    who = caller("inspections.read", "signatures.read", scope=Scope(site_id=plant.site))
    of_record = f"record_kind=inspections.urgent_release&record_id={asked['id']}"
    (signed,) = who.get(f"/signatures?{of_record}")["items"]
    assert (signed["verb"], signed["strength"]) == ("request", "re_authenticated")


def test_an_approval_after_its_time_or_after_the_verdict_is_refused(lot, dock):
    who, chief = person(ASK), person(APPROVE)
    asked = who.post(
        "/urgent-releases", **body(lot, who, until=str(server_time() + timedelta(hours=2)))
    )
    admin = caller()
    inspection = asked["inspection_id"]
    admin.post(f"/inspections/{inspection}/result", inspected="20", nonconforming="0")
    admin.post(f"/inspections/{inspection}/accept")

    late = chief.send("POST", f"/urgent-releases/{asked['id']}/approve", {"secret": chief.password})

    assert late.json()["code"] == "inspections.urgent_release_decided"
    ended = UrgentRelease.objects.get()
    assert (ended.state, ended.outcome, ended.drawn) == ("ended", "accepted", 0)


def test_what_was_split_off_since_cannot_be_approved(lot, plant):
    who, chief = person(ASK), person(APPROVE)
    asked = who.post("/urgent-releases", **body(lot, who, quantity="80"))
    path = f"/urgent-releases/{asked['id']}"
    part = {"place_id": plant.places["ARRIVAL"], "owner_id": plant.own, "quantity": "60"}
    split = caller().post(f"/lots/{lot.pk}/split", **part)

    refused = chief.send("POST", f"{path}/approve", {"secret": chief.password}).json()

    assert refused["code"] == "inspections.too_little_left"
    assert "80" in refused["detail"] and "40 are still under inspection" in refused["detail"]
    assert "asked for anew" in refused["remedy"]
    assert UrgentRelease.objects.get().state == "requested"
    assert Lot.objects.get(pk=lot.pk).status == "awaiting_inspection"
    actions = {a["verb"]: a["refusal"] for a in caller().get(path)["allowed_actions"]}
    assert actions == {"approve": "inspections.too_little_left", "refuse": None}

    caller().post(f"{path}/refuse", reason="split")
    let_go(Lot.objects.get(pk=split["id"]), "60")
    assert Lot.objects.get(pk=split["id"]).status == "restricted"


@pytest.mark.parametrize("quantity", ["0", "-1", "100.5", "0.1234567", "x", "1e400"])
def test_a_quantity_that_cannot_be_asked_for_is_refused(lot, quantity):
    who = person(ASK)

    answer = who.send("POST", "/urgent-releases", body(lot, who, quantity=quantity))

    assert answer.status_code in (409, 422), answer.content.decode()
    assert not UrgentRelease.objects.exists()


def let_go(lot, quantity):
    """Two people let so much of a lot go; the body that issues it, but for its quantity."""
    who, chief = person(ASK), person(APPROVE)
    asked = who.post("/urgent-releases", **body(lot, who, quantity=quantity))
    chief.post(f"/urgent-releases/{asked['id']}/approve", secret=chief.password)
    return {"kind": "production.work_order", "id": asked["reference_id"], "number": "WO-1"}


def issue(plant, lot_id, quantity, order):
    here = {"place_id": plant.places["ARRIVAL"], "owner_id": plant.own}
    caller().post(f"/lots/{lot_id}/issue", **here, quantity=quantity, reference=order)


def ended(lot, inspected):
    admin, inspection = caller(), inspection_of(lot).pk
    admin.post(f"/inspections/{inspection}/result", inspected=inspected, nonconforming="0")
    admin.post(f"/inspections/{inspection}/accept")
    return UrgentRelease.objects.get()


def test_what_was_used_of_a_part_was_used_too(lot, plant):
    order = let_go(lot, "80")
    part = {"place_id": plant.places["ARRIVAL"], "owner_id": plant.own, "quantity": "60"}
    split = caller().post(f"/lots/{lot.pk}/split", **part)
    issue(plant, split["id"], "10", order)
    issue(plant, lot.pk, "7", order)

    assert ended(lot, "83").drawn == 17


def test_what_was_used_before_a_narrowing_stays_under_the_inspection(lot, plant):
    order = let_go(lot, "80")
    issue(plant, lot.pk, "30", order)
    narrower: dict[str, Any] = {"quantity": "20", "reference_ids": [order["id"]]}
    caller().post(f"/lots/{lot.pk}/restrict", **narrower, reason="less will do")
    issue(plant, lot.pk, "5", order)

    assert ended(lot, "65").drawn == 35
    assert totals_of(lot) == {"presented": 100, "accepted": 100}
