"""The private database of the tests: it runs while any test process lives."""

import atexit
import os
import sys
import time
from pathlib import Path
from typing import IO

from portal.demo.servers.environment import write_env
from portal.demo.servers.files import make_folder, try_exclusive
from portal.demo.servers.private import use_private_database
from portal.env import data_dir, read_environment

LOCKED = "MOTCUA_TESTS_LOCKED"  # in the environment of a run and of every process it starts
LOOK_AGAIN_S = 5
_held: list[IO[str]] = []


def prepare_servers() -> bool:
    """Start what is needed, and say whether the database is ours.

    With DATABASE_URL from outside only keys and secrets are made.
    """
    folder = data_dir()
    if os.environ.get("DATABASE_URL"):
        make_folder(folder, mode=0o755)
        write_env(folder, {})
        return False
    wait_for_other_run(folder)
    use = use_private_database(folder, read_environment())
    atexit.register(use.end)
    return True


def wait_for_other_run(folder: Path) -> None:
    """Two runs on one cluster would drop each other's databases; the second waits for the first to end."""
    if LOCKED in os.environ:
        return
    make_folder(folder, mode=0o755)
    lock = try_exclusive(folder / "tests.lock")
    while lock is None:
        sys.stderr.write("Another run of the tests uses this DATA_DIR; waiting for its end.\n")
        time.sleep(LOOK_AGAIN_S)
        lock = try_exclusive(folder / "tests.lock")
    _held.append(lock)
    os.environ[LOCKED] = str(os.getpid())
