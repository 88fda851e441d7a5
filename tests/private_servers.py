"""The private database of the tests: it runs while any test process lives."""

import atexit
import os

from portal.demo.servers.environment import write_env
from portal.demo.servers.files import make_folder
from portal.demo.servers.private import use_private_database
from portal.env import data_dir, read_environment


def prepare_servers() -> None:
    """Start what is needed; with DATABASE_URL from outside only keys and secrets are made."""
    folder = data_dir()
    if os.environ.get("DATABASE_URL"):
        make_folder(folder, mode=0o755)
        write_env(folder, {})
        return
    use = use_private_database(folder, read_environment())
    atexit.register(use.end)
