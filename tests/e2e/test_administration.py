"""Administration: users by template, roles, who may do what, tokens, audit, checks, quarantine."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.conftest import Start
from tests.e2e.journey import Journey
from tests.e2e.words import Language

RUN = uuid4().hex[:6]  # names of their own, also on a plant that was used before


def add_user(person: Journey, username: str, role: str) -> str:
    """Add a user by the template of a role, from the list; his first password."""
    person.open("/users")
    person.button("access:user.add").click()
    person.choose("access:user.template", role)
    person.field("access:user.username").fill(username)
    person.field("access:user.name").fill("Wang Wei")
    person.dialog().get_by_role("button", name=person.t("access:user.add"), exact=True).click()
    return person.page.locator(".access-secret").inner_text()


def role_name(language: Language, en: str, zh: str) -> str:
    return en if language == "en" else zh


def test_a_user_is_added_by_template_and_signs_in(start: Start, language: Language) -> None:
    admin = start("admin")
    username = f"new.{language.lower()}.{RUN}"
    admin.open("/users")
    admin.button("access:user.add").click()
    admin.examine("adding a user")
    password = add_user(admin, username, role_name(language, "Inspector", "检验员"))
    admin.examine("a first password")
    admin.button("access:user.open", name=username).click()

    expect(admin.page.get_by_role("heading", name=username, level=1)).to_be_visible()
    admin.examine("a user")
    newcomer = start("newcomer", is_signed_in=False)
    newcomer.field("app:sign_in.username").fill(username)
    newcomer.field("app:sign_in.password").fill(password)
    newcomer.field("app:sign_in.password").press("Enter")
    expect(newcomer.page.locator(".top-person")).to_contain_text("Wang Wei")
    inspection = newcomer.page.locator(".side").get_by_role("link")
    expect(inspection.get_by_text(newcomer.t("app:menu.inspections"), exact=True)).to_be_visible()


def test_a_form_outlives_the_session(start: Start, language: Language) -> None:
    admin = start("admin", is_signed_in=False)
    admin.sign_in()
    admin.page.wait_for_selector(".shell")
    admin.watch.expect(401)
    username = f"kept.{language.lower()}.{RUN}"
    admin.open("/users")
    admin.button("access:user.add").click()
    admin.field("access:user.username").fill(username)
    admin.field("access:user.name").fill("Typed before it ended")

    admin.lose_session()
    form = admin.dialog().filter(has=admin.field("access:user.username"))
    form.get_by_role("button", name=admin.t("access:user.add"), exact=True).click()
    admin.sees(admin.t("app:sign_in.again"))
    admin.examine("signing in again over a form")
    expect(admin.field("access:user.username")).to_have_value(username)
    again = admin.dialog().filter(has_text=admin.t("app:sign_in.again"))
    again.locator("input[type=password]").fill(admin.plant.passwords["admin"])
    again.get_by_role("button", name=admin.t("app:sign_in.go_on"), exact=True).click()

    admin.sees(admin.t("access:password.shown_once", name=username))
    admin.button("access:user.open", name=username).click()
    admin.sees("Typed before it ended")


def test_a_role_is_given_for_one_site_and_taken_away(start: Start, language: Language) -> None:
    admin = start("admin")
    username = f"scoped.{language.lower()}.{RUN}"
    add_user(admin, username, role_name(language, "Auditor", "审核员"))
    admin.button("access:user.open", name=username).click()

    admin.button("access:grant.give").click()
    admin.choose("access:role.one", role_name(language, "Warehouse", "仓库管理员"))
    admin.dialog().get_by_text(admin.t("access:scope.site"), exact=True).click()
    admin.choose("access:scope.site")
    admin.examine("giving a role")
    title = admin.t("access:grant.give_title", name=username)
    admin.dialog().get_by_role("button", name=title, exact=True).click()
    expect(admin.dialog()).to_have_count(0)
    grants = admin.page.get_by_role("table", name=admin.t("access:grant.roles"))
    given = grants.get_by_role("row").filter(has_text=admin.t("access:scope.site"))
    expect(given).to_have_count(1)

    given.get_by_role("button", name=admin.t("access:grant.revoke"), exact=True).click()
    admin.dialog().get_by_role("button", name=admin.t("ui:sign.confirm"), exact=True).click()
    expect(given).to_have_count(0)


def test_a_deactivated_user_is_out_at_once(start: Start, language: Language) -> None:
    admin = start("admin")
    username = f"leaving.{language.lower()}.{RUN}"
    password = add_user(admin, username, role_name(language, "Buyer", "采购员"))
    leaving = start("leaving", is_signed_in=False)
    leaving.field("app:sign_in.username").fill(username)
    leaving.field("app:sign_in.password").fill(password)
    leaving.field("app:sign_in.password").press("Enter")
    leaving.page.wait_for_selector(".shell")

    admin.button("access:user.open", name=username).click()
    admin.button("access:acts.deactivate.verb").click()
    admin.field("ui:sign.reason").fill("left the plant")
    admin.dialog().get_by_role("button", name=admin.t("ui:sign.confirm"), exact=True).click()
    expect(admin.button("access:acts.activate.verb")).to_be_visible()

    leaving.watch.expect(401)
    leaving.page.reload()
    expect(leaving.button("app:sign_in.title")).to_be_visible()
    leaving.field("app:sign_in.username").fill(username)
    leaving.field("app:sign_in.password").fill(password)
    leaving.field("app:sign_in.password").press("Enter")
    leaving.page.wait_for_selector("[role=alert]")
    assert leaving.page.locator(".shell").count() == 0


def test_nobody_helps_himself_and_is_told_why(start: Start, language: Language) -> None:
    admin = start("admin")
    admin.open("/users")
    admin.page.get_by_role("link", name="admin", exact=True).click()
    admin.settle()

    refused = admin.button("access:grant.give")

    expect(refused).to_have_attribute("aria-disabled", "true")
    why = str(refused.get_attribute("aria-description"))
    assert ("more rights" if language == "en" else "扩大自己的权限") in why
    refused.focus()
    admin.sees(why)
    alone = admin.button("access:acts.deactivate.verb")
    expect(alone).to_have_attribute("aria-disabled", "true")


def test_a_role_is_made_from_another_and_changed(start: Start, language: Language) -> None:
    admin = start("admin")
    code = f"made-{language.lower()}-{RUN}"
    admin.open("/roles")
    admin.button("access:role.add").click()
    admin.choose("access:role.template", role_name(language, "Inspector", "检验员"))
    chosen = admin.page.locator(".ant-modal [role=status]")
    expect(chosen).not_to_have_text(admin.t("access:rights.chosen", count=0))
    admin.field("access:role.code").fill(code)
    admin.field("access:role.name_zh").fill(f"夜班检验 {language} {RUN}")
    admin.field("access:role.name_en").fill(f"Night inspector {language} {RUN}")
    admin.examine("making a role")
    admin.dialog().get_by_role("button", name=admin.t("access:role.add"), exact=True).click()
    name = role_name(language, f"Night inspector {language} {RUN}", f"夜班检验 {language} {RUN}")
    expect(admin.page.get_by_role("heading", name=name, level=1)).to_be_visible()
    admin.examine("a role")

    admin.button("access:role.change").click()
    admin.page.get_by_role("checkbox", name=admin.t("history:operation.stock.ship")).check()
    save = admin.t("access:role.save", name=name)
    admin.dialog().get_by_role("button", name=save, exact=True).click()
    expect(admin.dialog()).to_have_count(0)
    admin.sees(admin.t("history:operation.stock.ship"))

    admin.open("/rights")
    admin.page.get_by_label(admin.t("access:rights.find")).fill("stock.ship")
    row = admin.page.get_by_role("row").filter(has_text=admin.t("history:operation.stock.ship"))
    heads = admin.page.locator(".rights-matrix thead th").all_inner_texts()
    column = next(i for i, head in enumerate(heads) if head.startswith(name))
    assert row.locator("th, td").nth(column).inner_text().strip()
    admin.examine("who may do what")


def test_a_token_is_shown_once_used_and_revoked(start: Start, language: Language) -> None:
    admin = start("admin")
    name = f"erp {language} {RUN}"
    admin.open("/users")
    admin.page.get_by_role("link", name="admin", exact=True).click()
    admin.button("access:token.issue").click()
    admin.field("access:token.name").fill(name)
    admin.page.get_by_role("checkbox", name=admin.t("history:operation.stock.read")).check()
    admin.examine("issuing a token")
    issue = admin.t("access:token.issue")
    admin.dialog().get_by_role("button", name=issue, exact=True).click()
    secret = admin.page.locator(".access-secret").inner_text()
    admin.examine("a new token")
    admin.button("access:token.kept").click()

    machine = admin.page.request  # it carries the cookies too; the token decides
    headers = {"Authorization": f"Bearer {secret}"}
    lots = f"{admin.plant.origin}/api/v1/lots?limit=1"
    assert machine.get(lots, headers=headers).status == 200
    admin.open("/tokens")
    admin.page.locator(".list-search input").fill(name)
    row = admin.page.locator(".ant-table-row", has_text=name)
    expect(row).to_have_count(1)
    assert secret not in admin.page.content()
    expect(row).not_to_contain_text(admin.t("access:token.unused"))
    admin.examine("tokens")

    row.get_by_role("button", name=admin.t("access:token.revoke"), exact=True).click()
    admin.dialog().get_by_role("button", name=admin.t("ui:sign.confirm"), exact=True).click()
    expect(row).to_contain_text(admin.t("states:TokenState.revoked"))
    admin.page.wait_for_timeout(2_500)  # other processes remember a right for two seconds
    admin.context.clear_cookies()
    assert machine.get(lots, headers=headers).status == 401


def test_the_audit_says_old_and_new_in_words(start: Start, language: Language) -> None:
    auditor = start("auditor")
    auditor.open("/audit")
    rows = auditor.page.locator(".ant-table-row")

    auditor.page.get_by_label(auditor.t("evidence:audit.number"), exact=True).fill("L-000504")
    auditor.page.keyboard.press("Enter")
    auditor.settle()
    numbers = rows.locator(".code").all_inner_texts()
    assert numbers and set(numbers) == {"L-000504"}
    released = rows.filter(has_text=auditor.t("states:LotStatus.released")).first
    released.get_by_role("button").click()

    changes = auditor.page.get_by_role("table", name=auditor.t("evidence:audit.changes"))
    status = changes.get_by_role("row").filter(has_text=auditor.t("history:field.status")).first
    expect(status).to_contain_text(auditor.t("states:LotStatus.awaiting_inspection"))
    expect(status).to_contain_text(auditor.t("states:LotStatus.released"))
    auditor.examine("an audit entry")
    auditor.button("evidence:audit.whole_act").click()
    expect(auditor.page).to_have_url(re.compile("command_id="))


def test_the_data_is_checked_when_somebody_asks(start: Start, language: Language) -> None:
    admin = start("admin")
    admin.watch.expect(409)  # one check at a time: the one of the other language may be at it
    admin.open("/checks")
    newest = admin.page.locator(".ant-table-row").first
    admin.button("evidence:check.ask").click()
    expect(newest).to_contain_text("管理员")
    newest.get_by_role("link").click()

    expect(admin.page.locator(".title-block .status")).to_have_text(
        admin.t("states:CheckRunState.finished"), timeout=60_000
    )
    table = admin.page.get_by_role("table", name=admin.t("evidence:check.invariants"))
    assert table.get_by_role("row").count() > 10
    admin.examine("a data check")


def test_rule_tables_are_read(start: Start, language: Language) -> None:
    auditor = start("auditor")
    auditor.open("/rules")
    auditor.page.locator(".ant-table-row a").first.click()
    auditor.settle()
    assert auditor.page.locator(".rule-table tbody tr").count() > 1
    auditor.examine("a rule table")


def test_the_quarantine_is_empty_and_events_open(start: Start, language: Language) -> None:
    auditor = start("auditor")
    auditor.open("/deliveries")
    auditor.sees(auditor.t("outbox:none_parked"))
    auditor.open("/events")
    auditor.page.locator(".ant-table-row button.link").first.click()
    expect(auditor.page.get_by_label(auditor.t("outbox:data"), exact=True)).to_be_visible()
    auditor.examine("an event")
