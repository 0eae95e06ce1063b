"""Commands share one server; an external server is used or refused in one sentence."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.launch.harness import External, Installation, assert_one_sentence, eventually
from zhiliu.config.launch import database
from zhiliu.config.launch.refusals import LaunchRefused
from zhiliu.config.launch.roles import APP, DatabaseUrls, address
from zhiliu.config.launch.testing import create_database, throwaway_server


def _value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _name(use: str) -> str:
    """Return a database's name that no other process of this test run uses."""
    return f"launch_{use}_{os.getpid()}"


@pytest.fixture
def urls() -> Iterator[DatabaseUrls]:
    """Give a fresh database on the tests' server."""
    with throwaway_server() as maintenance:
        yield create_database(maintenance, _name("fresh"))


def test_the_owner_creates_and_the_application_role_may_not(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE EXTENSION btree_gist")
        owner.execute("CREATE TABLE lot (number text)")

    with psycopg.connect(urls.app) as app:
        for forbidden in ("CREATE TABLE x ()", "CREATE TEMP TABLE x ()", "SELECT * FROM lot"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(forbidden)
    strength = "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles"
    assert _value(urls.app, strength + " WHERE rolname = current_user") is False
    assert _value(urls.owner, "SELECT rolsuper FROM pg_roles WHERE rolname = user") is False


def test_a_database_is_utf8_and_keeps_utc(urls: DatabaseUrls) -> None:
    assert _value(urls.app, "SHOW server_encoding") == "UTF8"
    assert _value(urls.app, "SHOW timezone") == "UTC"
    assert _value(urls.app, "SELECT upper('äß质')") in ("Äß质", "ÄSS质")


def test_a_copy_holds_what_its_template_holds(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS number")

    copy = create_database(urls, _name("copy"), template=_name("fresh"))

    assert _value(copy.owner, "SELECT number FROM kept") == 7


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@db.plant:5433/zhiliu", "postgresql://u:p@db.plant:5433/new"),
        (
            "postgresql://u@/z?host=/run/pg&port=5433",
            "postgresql://u@/new?host=%2Frun%2Fpg&port=5433",
        ),
        ("host=db dbname=z user=u sslmode=require", "postgresql://u@db/new?sslmode=require"),
        ("postgresql://u:a%2Fb@[::1]/z", "postgresql://u:a%2Fb@/new?host=%3A%3A1"),
    ],
)
def test_an_address_changes_in_one_part_only(url: str, expected: str) -> None:
    assert address(url, dbname="new") == expected


@pytest.mark.slow
def test_the_last_command_that_uses_the_server_stops_it(installation: Installation) -> None:
    first = installation.start("use", "4")
    first.wait_for("in use")
    server = installation.database_process()

    second = installation.run("use", "0")

    assert second == (0, "in use\ndone\n")
    assert server is not None
    assert installation.database_process() == server
    assert first.end() == 0
    assert first.said == "in use\ndone\n"
    assert installation.processes() == []


@pytest.mark.slow
def test_a_killed_command_leaves_a_server_that_the_next_one_stops(
    installation: Installation,
) -> None:
    killed = installation.start("use", "60")
    killed.wait_for("in use")
    server = installation.database_process()
    killed.process.kill()
    killed.end()
    assert server is not None
    assert installation.database_process() == server

    code, _ = installation.run("use", "0")

    assert code == 0
    assert installation.processes() == []


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupted_command_stops_its_server(installation: Installation, times: int) -> None:
    started = installation.start("use", "60")
    started.wait_for("in use")

    for _ in range(times):
        started.signal(signal.SIGINT)

    assert started.end() == 130
    assert started.said == "in use\n"
    assert installation.processes() == []


@pytest.mark.slow
def test_an_interrupted_first_start_is_begun_anew(installation: Installation) -> None:
    started = installation.start("use", "0")
    eventually(lambda: (installation.folder / "postgresql" / "data.new" / "base").exists())

    started.signal(signal.SIGINT)

    assert started.end() == 130
    assert started.said == ""
    assert installation.processes() == []
    assert installation.run("use", "0") == (0, "in use\ndone\n")


@pytest.mark.slow
def test_lost_secrets_are_said(installation: Installation) -> None:
    installation.run("use", "0")
    (installation.folder / "secrets.json").unlink()

    code, said = installation.run("use", "0")

    assert code == 2
    assert_one_sentence(said, "is damaged (secrets.json)", "zhiliu restore FILE")


@pytest.mark.slow
def test_starting_over_leaves_nothing_of_the_old_plant(installation: Installation) -> None:
    installation.run("sql", "owner", "CREATE TABLE old ()")
    secrets = (installation.folder / "secrets.json").read_text()
    (installation.folder / "demo-users.txt").write_text("old")
    killed = installation.start("use", "60")
    killed.wait_for("in use")
    killed.process.kill()  # its server still runs

    assert installation.run("reset") == (0, "")

    assert installation.processes() == []
    assert not (installation.folder / "demo-users.txt").exists()
    assert not list(installation.folder.glob("postgresql*"))
    assert installation.run("sql", "owner", "SELECT to_regclass('old')") == (0, "None\n")
    assert (installation.folder / "secrets.json").read_text() != secrets


@pytest.mark.slow
def test_starting_over_waits_for_other_commands_and_spares_external_databases(
    installation: Installation,
) -> None:
    using = installation.start("use", "60")
    using.wait_for("in use")

    busy = installation.run("reset")
    external = installation.run("reset", ZHILIU_DATABASE_URL="postgresql://db.plant/z")

    assert_one_sentence(busy[1], "Another Zhiliu command uses", "start again")
    assert_one_sentence(external[1], "--reset clears the embedded database only")
    assert (busy[0], external[0]) == (2, 2)
    using.signal(signal.SIGINT)
    assert using.end() == 130


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en_US.UTF-8", "ZHILIU_DATABASE_URL names cannot be reached"), ("zh_CN.UTF-8", "无法连接")],
)
@pytest.mark.parametrize("url", ["postgresql://u:secret@127.0.0.1:1/z", "no address at all"])
def test_an_unreachable_database_is_said(
    installation: Installation, url: str, lang: str, words: str
) -> None:
    code, said = installation.run("use", "0", ZHILIU_DATABASE_URL=url, LANG=lang)

    assert code == 2
    assert_one_sentence(said, words, "ZHILIU_DATABASE_URL")
    assert "secret" not in said


PASSWORD = "SELECT rolpassword FROM pg_authid WHERE rolname = 'zhiliu_app'"


@pytest.mark.slow
def test_an_external_database_gets_its_application_role_once(
    installation: Installation, external: External
) -> None:
    settings = {"ZHILIU_DATABASE_URL": external.admin}

    first = installation.run("use", "0", **settings)
    password = _value(external.admin, PASSWORD)
    again = installation.run("use", "0", **settings)

    assert first == again == (0, "in use\ndone\n")
    kept = _value(external.admin, PASSWORD)
    assert kept == password
    assert not (installation.folder / "postgresql").exists()

    elsewhere = Installation(installation.folder.parent / "other")
    code, said = elsewhere.run("use", "0", **settings)
    assert code == 2
    assert_one_sentence(said, "zhiliu_app cannot be used", "set ZHILIU_APP_DATABASE_URL")


@pytest.mark.slow
def test_an_application_role_that_could_pass_the_rules_is_refused(
    installation: Installation, external: External
) -> None:
    settings = {"ZHILIU_DATABASE_URL": external.admin, "ZHILIU_APP_DATABASE_URL": external.admin}

    code, said = installation.run("use", "0", **settings)

    assert code == 2
    assert_one_sentence(said, "The role postgres", "superuser")


@pytest.mark.slow
def test_a_given_application_role_is_used(installation: Installation, external: External) -> None:
    with psycopg.connect(external.admin, autocommit=True) as admin:
        admin.execute("CREATE ROLE zhiliu_app LOGIN PASSWORD 'given'")
    app = address(external.admin, user=APP, password="given")
    settings = {"ZHILIU_DATABASE_URL": external.admin, "ZHILIU_APP_DATABASE_URL": app}

    assert installation.run("use", "0", **settings) == (0, "in use\ndone\n")


@pytest.mark.slow
def test_the_tests_run_on_a_server_named_from_outside(
    external: External, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(external.admin, autocommit=True) as admin:
        admin.execute("CREATE ROLE ci LOGIN CREATEDB CREATEROLE PASSWORD 'ci'")
    ci = address(external.admin, user="ci", password="ci")
    monkeypatch.setenv("ZHILIU_TEST_SERVER_URL", ci)

    with throwaway_server() as first, throwaway_server() as second:
        fresh = create_database(first, "launch_outside")

    assert first == second
    assert (
        _value(
            fresh.owner,
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
        )
        == "zhiliu_owner"
    )
    assert _value(fresh.app, "SELECT current_user") == "zhiliu_app"


def test_an_old_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, urls: DatabaseUrls
) -> None:
    monkeypatch.setenv("ZHILIU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ZHILIU_DATABASE_URL", urls.owner)
    monkeypatch.setattr(database, "_OLDEST_MAJOR", 99)

    with pytest.raises(LaunchRefused) as refusal, database.running_database():
        pass

    assert refusal.value.code == "database_too_old"


@pytest.mark.slow
def test_a_throw_away_server_dies_with_its_process(installation: Installation) -> None:
    started = installation.start("throwaway")
    started.wait_for("home")
    home = Path(started.said.split()[1])
    assert home.exists()

    started.process.kill()

    eventually(lambda: not home.exists())
    assert started.end() != 0
