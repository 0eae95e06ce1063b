"""The data folder: where it is, whether it is ours, its secrets and its locks.

zhiliu.json    says that the folder is ours
secrets.json   passwords of the roles and the Django secret key, mode 0600
postgresql/    the embedded server: data/, socket/, log
*.lock         who starts or stops the server, who uses it, who serves
"""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhiliu.config.launch.refusals import LaunchRefused, is_disk_full, one_line

ROOT_HOME: Final = Path("/var/lib/zhiliu")
"""What root runs lives here: outside any home, because the database user must reach it."""

_MARK: Final = {"zhiliu_data_folder": 1}
_SOCKET_PATH_BYTES: Final = 100  # the kernel's limit is 108 on Linux, 104 elsewhere
_IGNORED: Final = {"lost+found"}  # an empty file system of its own is an empty folder


def checkout() -> Path:
    """Return the checkout Zhiliu runs from, or the current folder for an installed package."""
    root = Path(__file__).resolve().parents[4]
    return root if (root / "pyproject.toml").exists() else Path.cwd()


def default_path() -> Path:
    """Return ZHILIU_DATA_DIR, else `var/` in the checkout, else (as root) a folder of its own."""
    chosen = os.environ.get("ZHILIU_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0:
        return ROOT_HOME / hashlib.sha256(os.fsencode(checkout())).hexdigest()[:12]
    return checkout() / "var"


@dataclass(frozen=True)
class DataFolder:
    """One installation's own files; made by `open_data_folder`."""

    path: Path

    @property
    def server_home(self) -> Path:
        """Return the embedded server's folder, which belongs to the database user."""
        return self.path / "postgresql"

    def socket_folder(self) -> Path:
        """Return a folder for the server's socket that its clients can name.

        Its path is short enough for the kernel and has no comma: libpq reads that as two servers.
        """
        folder = self.server_home / "socket"
        file = os.fsencode(folder / ".s.PGSQL.5432.lock")
        if len(file) <= _SOCKET_PATH_BYTES and b"," not in file:
            return folder
        name = f"zhiliu-{os.geteuid()}-{hashlib.sha256(os.fsencode(self.path)).hexdigest()[:8]}"
        return Path(tempfile.gettempdir()) / name

    def secret(self, name: str) -> str:
        """Return the secret of that name, made at random the first time."""
        with self.locked("secrets"):
            known = self._secrets()
            if name not in known:
                known[name] = secrets.token_urlsafe(32)
                self.write_private("secrets.json", json.dumps(known, indent=1) + "\n")
            return known[name]

    def has_secret(self, name: str) -> bool:
        """Say whether that secret was made before."""
        return name in self._secrets()

    def _secrets(self) -> dict[str, str]:
        try:
            return dict(json.loads((self.path / "secrets.json").read_text()))
        except FileNotFoundError:
            return {}
        except ValueError as problem:
            raise LaunchRefused(
                "broken_data_folder", folder=self.path, reason="secrets.json"
            ) from problem

    def write_private(self, name: str, text: str) -> None:
        """Write a file that only we may read, complete or not at all."""
        handle, temporary = tempfile.mkstemp(dir=self.path, prefix=f".{name}.")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.path / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    @contextmanager
    def locked(self, name: str, *, shared: bool = False, wait: bool = True) -> Iterator[int]:
        """Hold the folder's lock of that name and yield the open lock file.

        Raises BlockingIOError when it is taken and `wait` is false. The kernel frees it when we
        die, so no lock is ever stale.
        """
        handle = os.open(self.path / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(handle, how if wait else how | fcntl.LOCK_NB)
            yield handle
        finally:
            os.close(handle)


def open_data_folder(path: Path | None = None) -> DataFolder:
    """Return the data folder, made when it does not exist.

    Refuses a folder that is not ours, that belongs to another user, or that cannot be written.
    """
    folder = DataFolder(path or default_path())
    try:
        _make(folder)
    except OSError as problem:
        if is_disk_full(problem):
            raise LaunchRefused("disk_full", folder=folder.path) from problem
        reason = one_line(problem.strerror or problem)
        raise LaunchRefused("folder_not_writable", folder=folder.path, reason=reason) from problem
    return folder


def _make(folder: DataFolder) -> None:
    path = folder.path
    if os.geteuid() == 0 and ROOT_HOME in path.parents:
        ROOT_HOME.mkdir(mode=0o755, exist_ok=True)
    if not path.exists():
        path.mkdir(parents=True, mode=0o700)
        if os.geteuid() == 0:
            path.chmod(0o711)  # the database user passes through to postgresql/
    owner = path.stat().st_uid
    if owner != os.geteuid():
        raise LaunchRefused("foreign_owner", folder=path, owner=_user_name(owner))
    mark = path / "zhiliu.json"
    if mark.exists():
        _check_mark(path, mark)
        return
    # A first start that was killed leaves only its temporary files behind.
    held = {entry.name for entry in path.iterdir() if not entry.name.startswith(".zhiliu.json.")}
    if held - _IGNORED:
        raise LaunchRefused("foreign_data_folder", folder=path)
    folder.write_private("zhiliu.json", json.dumps(_MARK) + "\n")


def _check_mark(path: Path, mark: Path) -> None:
    try:
        known = json.loads(mark.read_text()) == _MARK
    except ValueError:
        known = False
    if not known:
        raise LaunchRefused("broken_data_folder", folder=path, reason="zhiliu.json")


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
