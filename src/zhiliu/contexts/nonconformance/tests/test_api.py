"""Every endpoint of nonconformance for four kinds of caller; filters; languages; repeats."""

from uuid import uuid4

import pytest
from tests.support import NOBODY, caller, person

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.nonconformance import operations
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report
from zhiliu.contexts.nonconformance.operations import Units
from zhiliu.contexts.nonconformance.tests.floor import LATER, again, fresh
from zhiliu.kernel.actor import Scope

READ = "nonconformance.read"


@pytest.fixture
def ground(floor):
    """A report with goods open, a scrap decided, and a concession in force."""
    lot, report = floor.rejected(100)
    scrap = floor.dispose(lot, "scrap", 10)
    as_is = floor.dispose(lot, "use_as_is", 20)
    concession = floor.concede(as_is)
    free = floor.released(50)
    return {
        "lot": lot,
        "report": report,
        "scrap": scrap,
        "concession": concession,
        "free": free,
        "floor": floor,
    }


def acts(g):
    """Each write: method, address, body, permission, extra headers."""
    report, scrap = f"/nonconformance-reports/{g['report'].pk}", f"/dispositions/{g['scrap'].pk}"
    parts = {"parts": [{"lot_id": str(g["free"].pk), "quantity": "5"}], "reason": "dented"}
    at = {"If-Match": f'"{again(g["report"]).version}"'}
    return {
        "open_report": ("POST", "/nonconformance-reports", parts, {}),
        "report_escape": ("POST", "/escapes", parts, {}),
        "change_report": ("PATCH", report, {"containment": "held"}, at),
        "dispose": (
            "POST",
            f"{report}/dispositions",
            {"lot_id": str(g["lot"].pk), "kind": "scrap", "quantity": "1", "reason": "bent"},
            {},
        ),
        "carry_out_disposition": (
            "POST",
            f"{scrap}/carry-out",
            {"is_rendered_unusable": True},
            {},
        ),
        "cancel_disposition": ("POST", f"{scrap}/cancel", {"reason": "mistaken"}, {}),
    }


@pytest.mark.parametrize(
    "name",
    [
        "open_report",
        "report_escape",
        "change_report",
        "dispose",
        "carry_out_disposition",
        "cancel_disposition",
    ],
)
def test_four_kinds_of_caller_write(ground, name):
    method, address, body, headers = acts(ground)[name]
    operation = f"nonconformance.{name}"
    before = [t.objects.count() for t in (Report, Disposition)], again(ground["scrap"]).version
    strange = caller(operation, scope=Scope(site_id=uuid4()))

    assert NOBODY.send(method, address, body, **headers).status_code == 401
    assert caller(READ).send(method, address, body, **headers).status_code == 403
    assert strange.send(method, address, body, **headers).status_code == 404
    now = [t.objects.count() for t in (Report, Disposition)], again(ground["scrap"]).version
    assert now == before
    site = caller(operation, scope=Scope(site_id=ground["floor"].plant.site.pk))
    answer = site.send(method, address, body, **headers)

    assert answer.status_code in (200, 201), answer.content.decode()


def test_four_kinds_of_caller_close_and_reopen(floor):
    lot, report = floor.rejected(10)
    floor.retest(lot)
    address = f"/nonconformance-reports/{report.pk}"
    for verb, state in (("close", "closed"), ("reopen", "disposed")):
        operation = f"nonconformance.{verb}_report"
        body = {"reason": "cause was missing"}
        strange = caller(operation, scope=Scope(company_id=uuid4()))
        assert NOBODY.send("POST", f"{address}/{verb}", body).status_code == 401
        assert caller(READ).send("POST", f"{address}/{verb}", body).status_code == 403
        assert strange.send("POST", f"{address}/{verb}", body).status_code == 404
        answer = caller(operation).send("POST", f"{address}/{verb}", body)
        assert answer.json()["state"] == state


def test_four_kinds_of_caller_concede(floor):
    lot, _ = floor.rejected(10)
    address = f"/dispositions/{floor.dispose(lot, 'use_as_is').pk}/concession"
    operation = "nonconformance.approve_concession"
    body = {"until": LATER.isoformat(), "quantity": "4", "reason": "agreed"}

    assert NOBODY.send("POST", address, body).status_code == 401
    assert caller(READ).send("POST", address, body).status_code == 403
    strange = caller(operation, scope=Scope(supplier_id=uuid4()))
    assert strange.send("POST", address, body).status_code == 404
    assert not Concession.objects.exists()
    signer = person(operation)
    assert signer.send("POST", address, body).json()["code"] == "signatures.secret_needed"
    assert not Concession.objects.exists()
    answer = signer.send("POST", address, {**body, "secret": signer.password}).json()

    assert (answer["quantity"], answer["state"], answer["kind"]) == ("4", "in_force", "use_as_is")
    assert fresh(lot).status == "restricted"


def test_four_kinds_of_caller_read(ground):
    addresses = {
        "/nonconformance-reports": ground["report"],
        "/dispositions": ground["scrap"],
        "/concessions": ground["concession"],
    }
    strange = caller(READ, scope=Scope(supplier_id=uuid4()))
    reader = caller(READ, scope=Scope(site_id=ground["floor"].plant.site.pk))
    for address, row in addresses.items():
        for path in (address, f"{address}/{row.pk}"):
            assert NOBODY.send("GET", path).status_code == 401
            assert caller("stock.read").send("GET", path).status_code == 403
        assert strange.get(address)["items"] == []
        assert strange.send("GET", f"{address}/{row.pk}").status_code == 404
        assert row.number in {x["number"] for x in reader.get(address)["items"]}
        assert reader.get(f"{address}/{row.pk}")["number"] == row.number


def test_an_edit_names_the_version_that_was_read(ground):
    address = f"/nonconformance-reports/{ground['report'].pk}"
    editor = caller("nonconformance.change_report")

    assert editor.send("PATCH", address, {"containment": "x"}).status_code == 428
    refused = editor.send("PATCH", address, {"containment": "x"}, **{"If-Match": '"77"'})
    assert refused.status_code == 412
    assert again(ground["report"]).containment == ""


def test_the_detail_says_what_is_refused_why_and_what_to_do(ground):
    board = caller(READ, "nonconformance.dispose", "nonconformance.close_report", language="zh-CN")

    shown = board.get(f"/nonconformance-reports/{ground['report'].pk}")

    actions = {a["verb"]: a for a in shown["allowed_actions"]}
    assert {verb: a["refusal"] for verb, a in actions.items()} == {
        "dispose": None,
        "close": "nonconformance.still_open",
        "reopen": "access.not_permitted",
        "change": "access.not_permitted",
        "print": "access.not_permitted",
    }
    assert [actions[v]["strength"] for v in ("dispose", "close", "reopen")] == [
        "recorded",
        "recorded",
        None,
    ]
    assert "请先处置" in actions["close"]["remedy"]
    detail = board.get(f"/dispositions/{ground['scrap'].pk}")
    assert {a["verb"]: a["refusal"] for a in detail["allowed_actions"]} == {
        "carry_out": "access.not_permitted",
        "cancel": "access.not_permitted",
        "approve_concession": "access.not_permitted",
        "return_goods": "access.not_permitted",
    }
    every = caller().get(f"/dispositions/{ground['scrap'].pk}")["allowed_actions"]
    assert {a["verb"]: (a["refusal"], a["strength"]) for a in every} == {
        "carry_out": (None, "recorded"),
        "cancel": (None, None),
        "approve_concession": ("nonconformance.no_concession_needed", "re_authenticated"),
        "return_goods": ("nonconformance.nothing_to_return", None),
    }
    (scrap, _) = shown["dispositions"]
    assert scrap["allowed_actions"] == detail["allowed_actions"]
    (_, as_is) = caller().get(f"/nonconformance-reports/{ground['report'].pk}")["dispositions"]
    assert {a["verb"]: a["refusal"] for a in as_is["allowed_actions"]}["return_goods"] == (
        "nonconformance.not_in_state"
    )


def test_the_detail_says_how_its_goods_may_be_disposed_of(floor):
    _, report = floor.rejected(100)
    critical = floor.by(
        floor.board,
        operations.open_report,
        reason="may hurt somebody",
        parts=[Units(floor.released(10).pk)],
        description="sharp edge",
        severity_class=SeverityClass.CRITICAL,
    )
    reader = caller(READ)

    def refused(of):
        kinds = reader.get(f"/nonconformance-reports/{of.pk}")["disposition_kinds"]
        return {k["verb"]: k["refusal"] for k in kinds if not k["is_allowed"]}

    assert refused(report) == {}
    assert refused(critical) == dict.fromkeys(
        ("use_as_is", "repair", "regrade"), "nonconformance.kind_not_allowed"
    )


def test_a_report_in_the_list_says_which_goods_how_much_and_what_is_open(ground):
    (row,) = caller(READ).get("/nonconformance-reports")["items"]

    lot = ground["lot"].number
    assert row["lot_numbers"] == [lot, f"{lot}.1", f"{lot}.2"]
    assert (row["lot_count"], row["quantity"], row["open"]) == (3, "100", "70")
    assert row["material_name"] == ground["floor"].material.name
    assert row["supplier_name"]


def test_the_detail_says_what_left_for_good(ground):
    floor, report = ground["floor"], ground["report"]
    floor.carry_out(ground["scrap"])

    shown = caller(READ).get(f"/nonconformance-reports/{report.pk}")

    assert shown["gone"] == [{"kind": "scrap", "quantity": "10"}]


def test_several_parts_are_disposed_of_in_one_act_or_none(ground):
    report, lot = ground["report"], str(ground["lot"].pk)
    address = f"/nonconformance-reports/{report.pk}/split"
    parts = [
        {"lot_id": lot, "quantity": "30", "kind": "return_to_vendor", "reason": "too long"},
        {"lot_id": lot, "kind": "sort"},
    ]
    board = caller("nonconformance.dispose")
    strange = caller("nonconformance.dispose", scope=Scope(site_id=uuid4()))
    body = {"reason": "board of Monday", "parts": parts}
    greedy = {**body, "parts": [parts[0], {**parts[0], "quantity": "41"}]}

    assert NOBODY.send("POST", address, body).status_code == 401
    assert caller(READ).send("POST", address, body).status_code == 403
    assert strange.send("POST", address, body).status_code == 404
    assert board.send("POST", address, greedy).json()["code"] == "nonconformance.nothing_left"
    assert board.send("POST", address, {"parts": parts}).json()["code"] == (
        "nonconformance.reason_missing"
    )
    assert Disposition.objects.count() == 2
    answer = board.send("POST", address, body).json()["items"]

    assert [(x["kind"], x["quantity"], x["reason"]) for x in answer] == [
        ("return_to_vendor", "30", "too long"),
        ("sort", "40", "board of Monday"),
    ]
    assert answer[1]["inspection"]
    assert again(report).state == "disposed"


def test_dispositions_are_found_by_what_they_wait_for(ground):
    floor, lot = ground["floor"], ground["lot"]
    for kind in ("return_to_vendor", "sort", "use_as_is", "rework"):
        floor.dispose(lot, kind, 10)
    repair = floor.dispose(lot, "repair", 10)
    floor.concede(repair)
    reader = caller(READ)

    def waiting(what):
        return [x["kind"] for x in reader.get(f"/dispositions?waits_for={what}")["items"]]

    assert waiting("carrying_out") == ["scrap", "rework", "repair"]
    assert waiting("concession") == ["use_as_is"]
    assert waiting("return") == ["return_to_vendor"]
    assert waiting("verdict") == ["sort"]


def test_filters_find_by_state_board_material_supplier_age_and_lot(ground):
    reader, report = caller(READ), ground["report"]

    def found(query):
        return [x["number"] for x in reader.get(f"/nonconformance-reports?{query}")["items"]]

    number = report.number
    assert found("state=open") == [number] and found("state=closed") == []
    assert found("review_board=review_board") == [number] and found("review_board=MRB-9") == []
    assert found(f"material_id={report.material_id}") == [number]
    assert found(f"supplier_id={report.supplier_id}&severity_class=major") == [number]
    assert found(f"supplier_id={uuid4()}") == []
    assert found("closed_from=2020-01-01T00:00:00Z") == []
    assert found("opened_before=2020-01-01T00:00:00Z") == []
    assert found("opened_from=2020-01-01T00:00:00Z&sort=-opened_at") == [number]
    assert found(f"lot_id={ground['lot'].pk}") == [number]
    assert found(f"lot_id={ground['free'].pk}") == []
    assert reader.send("GET", "/nonconformance-reports?state=nonsense").status_code == 422
    kinds = {x["kind"] for x in reader.get("/dispositions?state=decided")["items"]}
    assert kinds == {"scrap"}
    (row,) = reader.get("/concessions?state=in_force")["items"]
    assert row["remaining"] == "20"


def test_the_same_key_disposes_once(ground):
    _, address, body, _ = acts(ground)["dispose"]
    board = caller("nonconformance.dispose")

    first = board.send("POST", address, body, key="k")
    again_ = board.send("POST", address, body, key="k")

    assert (first.status_code, again_.content) == (201, first.content)
    assert again_.headers["Idempotency-Replayed"] == "true"
    assert Disposition.objects.count() == 3


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "burn"},
        {"kind": "scrap", "quantity": "0"},
        {"kind": "scrap", "quantity": "NaN"},
        {"quantity": "1"},
    ],
)
def test_a_malformed_disposition_is_422_and_changes_nothing(ground, body):
    address = f"/nonconformance-reports/{ground['report'].pk}/dispositions"
    sent = {"lot_id": str(ground["lot"].pk), "reason": "x", **body}

    assert caller().send("POST", address, sent).status_code == 422
    assert Disposition.objects.count() == 2
