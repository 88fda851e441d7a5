"""The system account that PostgreSQL runs as: it refuses root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.demo.servers.errors import ServerError

OWN_ACCOUNT = "motcua"


@dataclass(frozen=True)
class Account:
    """`uid`, `gid`: numbers of the account; `is_other`: root must change into it."""

    uid: int
    gid: int
    is_other: bool

    def popen_options(self) -> dict[str, Any]:
        """Keyword arguments with which `subprocess` starts a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def can_enter(self, folder: Path) -> bool:
        """Whether the account itself gets into the folder, asked of the system rather than of mode bits."""
        asked = subprocess.run(["test", "-x", str(folder)], cwd="/", check=False, **self.popen_options())
        return asked.returncode == 0


def current_account() -> Account:
    return Account(os.geteuid(), os.getegid(), is_other=False)


def owner_of(path: Path) -> Account:
    """The account that owns an existing cluster; whoever made it runs it."""
    status = path.stat()
    if os.geteuid() not in {0, status.st_uid}:
        raise ServerError(f"{path} belongs to another user: run as that user, or choose another DATA_DIR")
    return Account(status.st_uid, status.st_gid, is_other=os.geteuid() == 0)


def choose_account() -> Account:
    """For a new cluster: ourselves; as root the user `postgres`, else `motcua`, made if need be."""
    if os.geteuid() != 0:
        return current_account()
    for name in ("postgres", OWN_ACCOUNT):
        if found := _find(name):
            return found
    if shutil.which("useradd") is None:
        raise ServerError(f"PostgreSQL refuses to run as root: make a system user named {OWN_ACCOUNT}")
    subprocess.run(["useradd", "-r", "-s", "/usr/sbin/nologin", OWN_ACCOUNT], check=True)
    made = _find(OWN_ACCOUNT)
    if made is None:
        raise ServerError(f"useradd did not make the user {OWN_ACCOUNT}")
    return made


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid, is_other=True)
