"""Who uses the private database: it starts with the first user and ends with the last.

Users are `script/server`, `manage.py` and the tests. Each holds a shared lock that the system frees
when its process dies, so a killed process never keeps the database running for nobody, nor stops it
under somebody else.
"""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.demo.servers.broker import SOCKET_NAME
from portal.demo.servers.cluster import Cluster
from portal.demo.servers.environment import write_env
from portal.demo.servers.errors import ServerError
from portal.demo.servers.files import exclusive
from portal.demo.servers.places import Place, prepare_place
from portal.demo.servers.roles import build_addresses, create_roles
from portal.env import Environment


@dataclass(frozen=True)
class Need:
    """Which private servers an installation needs: those that nobody gave an address for.

    `secrets`: whether to generate keys; outside demos and tests a person makes them, and keeps copies.
    """

    database: bool
    broker: bool
    secrets: bool
    is_durable: bool


def read_need(environment: Environment) -> Need:
    """Raises ServerError where the database would be private outside a demo or test."""
    is_test = environment.flag("TEST", default=False)
    database = not environment.text("DATABASE_URL") or environment.flag("PRIVATE_DATABASE", default=False)
    broker = not environment.text("REDIS_URL") or environment.flag("PRIVATE_BROKER", default=False)
    if database and not is_test and not environment.flag("DEMO", default=True):
        raise ServerError("DATABASE_URL is not set; a private database is for demos and tests only")
    is_demo = environment.flag("DEMO", default=database)
    return Need(database, broker, secrets=is_demo or is_test, is_durable=not is_test)


def prepare(data_dir: Path, need: Need) -> Place:
    """Make folders, cluster, keys and DATA_DIR/env; a run after an interruption completes them.

    Locks: one process at a time prepares a DATA_DIR. Raises ServerError.
    """
    place = prepare_place(data_dir)
    servers: dict[str, str] = {}
    if need.database:
        addresses = build_addresses(place.database_socket_dir)
        servers |= {"DEMO": "1", "PRIVATE_DATABASE": "1"}
        servers |= {"DATABASE_URL": addresses.app, "DATABASE_OWNER_URL": addresses.owner}
    if need.broker:
        servers |= {"PRIVATE_BROKER": "1", "REDIS_URL": f"unix://{place.run_socket_dir / SOCKET_NAME}"}
    with exclusive(place.run_dir / "prepare.lock"):
        if need.database:
            Cluster(place, need.is_durable).create()
        write_env(data_dir, servers, with_secrets=need.secrets)
    return place


class DatabaseUse:
    """This process's use of the private database, from `begin` to `end`."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._users: IO[str] | None = None
        self._process = os.getpid()

    def register(self) -> None:
        """Count as a user without starting anything: supervisor will."""
        self._users = (self.cluster.place.run_dir / "database.users").open("a")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def begin(self) -> None:
        """Count as a user; start the database if it does not run, and complete its roles."""
        with exclusive(self.cluster.place.run_dir / "database.lock"):
            self.register()
            if self.cluster.is_listening():
                self.cluster.wait_until_ready()
            else:
                self.cluster.start()
            create_roles(self.cluster.socket_dir)

    def end(self) -> None:
        """Stop the database if nobody else uses it. A repeat, or a call in a forked child, does nothing."""
        users, self._users = self._users, None
        if users is None or os.getpid() != self._process:
            return
        with users, exclusive(self.cluster.place.run_dir / "database.lock"):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.cluster.stop()


def use_private_database(data_dir: Path, environment: Environment) -> DatabaseUse:
    """Prepare what is needed, start the private database if it does not run, and count as its user."""
    need = read_need(environment)
    use = DatabaseUse(Cluster(prepare(data_dir, need), need.is_durable))
    use.begin()
    return use
