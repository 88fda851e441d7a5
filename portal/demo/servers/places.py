"""Where the private servers of one DATA_DIR live."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.demo.servers.accounts import Account, choose_account, current_account, owner_of
from portal.demo.servers.engines import STATE_ROOT
from portal.demo.servers.errors import ServerError
from portal.demo.servers.files import make_folder, write_whole

LONGEST_FOLDER = 80  # bytes of a socket's folder; the system refuses paths beyond 107 (Linux) or 103 (macOS)
NOTE = "cluster-is-in"


@dataclass(frozen=True)
class Place:
    """`data_dir`: of the installation; `cluster_dir`: PostgreSQL's, 0700, owned by `account`."""

    data_dir: Path
    cluster_dir: Path
    account: Account

    @property
    def cluster_data(self) -> Path:
        return self.cluster_dir / "data"

    @property
    def run_dir(self) -> Path:
        return self.data_dir / "run"

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"

    @property
    def database_socket_dir(self) -> Path:
        return choose_short(self.cluster_dir / "run", self.data_dir, "database")

    @property
    def run_socket_dir(self) -> Path:
        """Folder of our own sockets: the broker's and supervisor's."""
        return choose_short(self.run_dir, self.data_dir, "run")


def prepare_place(data_dir: Path) -> Place:
    """Make what is missing under DATA_DIR and say where the cluster is. A repeat changes nothing."""
    make_folder(data_dir, mode=0o755)  # the database's account must pass through; the secrets inside are 0600
    for name in ("run", "log"):
        make_folder(data_dir / name, mode=0o700)
    place = _find_cluster(data_dir)
    make_private(place.database_socket_dir, place.account)
    make_private(place.run_socket_dir, current_account())
    return place


def choose_short(wanted: Path, data_dir: Path, purpose: str) -> Path:
    """`wanted`, unless sockets in it would have too long a path; then a folder in /tmp of our own name."""
    if len(os.fsencode(wanted)) <= LONGEST_FOLDER:
        return wanted
    return Path("/tmp") / f"motcua-{_fingerprint(data_dir)}-{purpose}"  # noqa: S108  # ownership is checked


def make_private(folder: Path, account: Account) -> None:
    """Make a folder 0700 of `account`, whole or not at all; refuse one that somebody else laid there."""
    if not os.path.lexists(folder):
        make_folder(folder.parent, mode=0o755)
        draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))  # 0700
        if account.is_other:
            os.chown(draft, account.uid, account.gid)
        draft.rename(folder)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
        raise ServerError(
            f"{folder} must be a folder of its own user with mode 0700: look who made it, then remove it"
        )


def _find_cluster(data_dir: Path) -> Place:
    note = data_dir / NOTE
    here = data_dir / "postgres"
    chosen = Path(note.read_text(encoding="utf-8").strip()) if note.exists() else here
    if chosen.exists():
        return Place(data_dir, chosen, owner_of(chosen))
    account = choose_account()
    if account.is_other and not account.can_enter(data_dir):
        make_folder(STATE_ROOT, mode=0o755)
        chosen = STATE_ROOT / _fingerprint(data_dir)
        write_whole(note, f"{chosen}\n".encode())
    make_private(chosen, account)
    return Place(data_dir, chosen, account)


def _fingerprint(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
