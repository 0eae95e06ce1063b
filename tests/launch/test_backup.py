"""A backup restores to the same data and rights; anything else is refused and changes nothing."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.harness import External, Installation, assert_one_sentence
from zhiliu.config.launch.binaries import programs
from zhiliu.config.launch.testing import temporary_folder

pytestmark = pytest.mark.slow

ADD = "INSERT INTO django_session VALUES ('{}', 'data', '2026-01-02T03:04:05Z')"
FILE = (
    "INSERT INTO attachments_content (sha256, size, bytes) SELECT encode(sha256(b), 'hex'), "
    "length(b), b FROM (SELECT decode(repeat('00ff0a', 300000), 'hex')) AS made (b)"
)
WHOLE = "SELECT count(*) FROM attachments_content WHERE sha256 = encode(sha256(bytes), 'hex')"
KEYS = "SELECT session_key FROM django_session ORDER BY 1"


@pytest.fixture(scope="module")
def source() -> Iterator[Installation]:
    """Give a migrated installation with one row, and its backup beside it."""
    with temporary_folder() as parent:
        source = Installation(parent / "data")
        assert source.zhiliu("migrate") == (0, "")
        assert source.run("sql", "app", ADD.format("first")) == (0, "")
        assert source.run("sql", "app", FILE) == (0, "")
        assert source.zhiliu("backup", str(parent / "plant.backup")) == (0, "")
        yield source


@pytest.fixture(scope="module")
def backup(source: Installation) -> Path:
    return source.folder.parent / "plant.backup"


def test_a_backup_is_for_its_owner_only_and_never_over_a_file(
    source: Installation, backup: Path
) -> None:
    before = backup.read_bytes()

    code, said = source.zhiliu("backup", str(backup))

    assert code == 2
    assert_one_sentence(said, "exists already")
    assert backup.read_bytes() == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [entry.name for entry in backup.parent.iterdir() if "backup" in entry.name] == [
        "plant.backup"
    ]


def test_a_backup_into_no_folder_is_refused(source: Installation) -> None:
    code, said = source.zhiliu("backup", str(source.folder / "none" / "a.backup"))

    assert code == 2
    assert_one_sentence(said, "cannot be opened", "name another file")


def test_a_restore_brings_data_and_rights(installation: Installation, backup: Path) -> None:
    assert installation.zhiliu("restore", str(backup)) == (0, "")

    assert installation.run("sql", "app", KEYS) == (0, "first\n")
    assert installation.run("sql", "app", WHOLE) == (0, "1\n")
    assert installation.run("sql", "app", ADD.format("second")) == (0, "")
    code, said = installation.run("sql", "app", "DELETE FROM attachments_content")
    assert code != 0
    assert "permission denied" in said
    code, said = installation.run("sql", "app", "DELETE FROM django_migrations")
    assert code != 0
    assert "permission denied" in said
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert installation.run("sql", "owner", owners) == (0, "zhiliu_owner\n")


def test_data_is_replaced_only_by_force(
    installation: Installation, backup: Path, tmp_path: Path
) -> None:
    installation.zhiliu("restore", str(backup))
    installation.run("sql", "app", ADD.format("second"))

    code, said = installation.zhiliu("restore", str(backup))

    assert code == 2
    assert_one_sentence(said, "holds data already", "--force")
    assert installation.run("sql", "app", KEYS) == (0, "first\nsecond\n")
    assert installation.zhiliu("restore", "--force", str(backup)) == (0, "")
    assert installation.run("sql", "app", KEYS) == (0, "first\n")


def test_a_damaged_backup_changes_nothing(
    installation: Installation, backup: Path, tmp_path: Path
) -> None:
    installation.zhiliu("restore", str(backup))
    whole = backup.read_bytes()
    damaged = tmp_path / "damaged.backup"

    for length in (10, len(whole) // 2, len(whole) - 100):
        damaged.write_bytes(whole[:length])
        code, said = installation.zhiliu("restore", "--force", str(damaged))

        assert code == 2
        assert_one_sentence(said)
    assert installation.run("sql", "app", KEYS) == (0, "first\n")


def test_other_files_are_refused(installation: Installation, tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear plant,")

    assert_one_sentence(installation.zhiliu("restore", str(text))[1], "is no backup of Zhiliu")
    missing = installation.zhiliu("restore", str(tmp_path / "none"))
    assert_one_sentence(missing[1], "cannot be opened (No such file or directory)")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            "UPDATE django_migrations SET app = 'shop' WHERE app <> 'auth'",
            "tables are not Zhiliu's",
        ),
        ("DELETE FROM django_migrations WHERE app <> 'auth'", "its tables are not"),
        (
            "UPDATE django_migrations SET name = '9999_later' "
            "WHERE app = 'stock' AND name LIKE '0001%'",
            "newer Zhiliu (it knows stock.9999_later)",
        ),
    ],
)
def test_a_backup_of_another_or_newer_program_is_refused(
    source: Installation, installation: Installation, tmp_path: Path, change: str, words: str
) -> None:
    installation.zhiliu("restore", str(source.folder.parent / "plant.backup"))
    installation.run("sql", "owner", change)
    foreign = tmp_path / "foreign.backup"
    assert installation.zhiliu("backup", str(foreign)) == (0, "")

    code, said = source.zhiliu("restore", "--force", str(foreign))

    assert code == 2
    assert_one_sentence(said, words)
    assert source.run("sql", "app", KEYS) == (0, "first\n")


def test_an_external_database_wants_the_client_programs_on_the_path(
    installation: Installation, external: External, tmp_path: Path
) -> None:
    settings = {"ZHILIU_DATABASE_URL": external.admin}
    file = tmp_path / "external.backup"

    code, said = installation.zhiliu("backup", str(file), PATH=str(tmp_path), **settings)

    assert code == 2
    assert_one_sentence(said, "pg_dump 18 or newer is not on the PATH", "postgresql-client")
    done = installation.zhiliu("backup", str(file), PATH=str(programs()), **settings)
    assert done == (0, "")
    assert file.read_bytes().startswith(b"PGDMP")
