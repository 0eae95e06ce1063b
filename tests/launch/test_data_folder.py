"""The data folder is ours alone, keeps its secrets, and is refused in a sentence otherwise."""

import os
import stat
from pathlib import Path

import pytest

from zhiliu.config.launch.data_folder import ROOT_HOME, checkout, default_path, open_data_folder
from zhiliu.config.launch.refusals import LaunchRefused


def test_a_new_folder_is_made_and_opened_again(tmp_path: Path) -> None:
    first = open_data_folder(tmp_path / "deep" / "data")
    secret = first.secret("owner")

    again = open_data_folder(tmp_path / "deep" / "data")

    assert again.secret("owner") == secret
    assert again.secret("app") != secret
    assert len(secret) >= 43  # 256 bits


def test_secrets_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "data")

    folder.secret("owner")

    assert stat.S_IMODE((folder.path / "secrets.json").stat().st_mode) == 0o600


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(LaunchRefused) as refusal:
        open_data_folder(tmp_path)

    assert refusal.value.code == "foreign_data_folder"
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_file_system_of_its_own_is_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()

    assert open_data_folder(tmp_path).path == tmp_path


def test_a_first_start_that_was_killed_leaves_no_foreign_folder(tmp_path: Path) -> None:
    (tmp_path / ".zhiliu.json.k3x").write_text("")

    assert open_data_folder(tmp_path).path == tmp_path


@pytest.mark.parametrize("text", ["", "{", "[]", '{"zhiliu_data_folder": 2}'])
def test_a_damaged_mark_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "zhiliu.json").write_text(text)

    with pytest.raises(LaunchRefused) as refusal:
        open_data_folder(tmp_path)

    assert refusal.value.code == "broken_data_folder"


def test_damaged_secrets_are_refused(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "data")
    (folder.path / "secrets.json").write_text("{")

    with pytest.raises(LaunchRefused) as refusal:
        folder.secret("owner")

    assert refusal.value.code == "broken_data_folder"


def test_a_folder_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_data_folder(tmp_path / "data")
    someone_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: someone_else)

    with pytest.raises(LaunchRefused) as refusal:
        open_data_folder(tmp_path / "data")

    assert refusal.value.code == "foreign_owner"


def test_a_place_where_no_folder_can_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(LaunchRefused) as refusal:
        open_data_folder(tmp_path / "file" / "data")

    assert refusal.value.code == "folder_not_writable"


def test_the_folder_is_var_in_the_checkout_but_never_below_a_home_for_root(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ZHILIU_DATA_DIR", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    as_user = default_path()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    as_root = default_path()
    monkeypatch.setenv("ZHILIU_DATA_DIR", "/srv/plant")

    assert as_user == checkout() / "var"
    assert (checkout() / "pyproject.toml").exists()
    assert as_root.parent == ROOT_HOME
    assert default_path() == Path("/srv/plant")


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    near = open_data_folder(tmp_path / "d")
    far = open_data_folder(tmp_path / ("d" * 100))

    for folder in (near, far):
        assert len(os.fsencode(folder.socket_folder() / ".s.PGSQL.5432.lock")) < 104
    assert far.socket_folder() != near.socket_folder()


def test_a_lock_is_exclusive_shared_and_freed(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "data")

    with (
        folder.locked("users", shared=True),
        folder.locked("users", shared=True),
        pytest.raises(BlockingIOError),
        folder.locked("users", wait=False),
    ):
        pass

    with folder.locked("users", wait=False):
        assert (folder.path / "users.lock").exists()
