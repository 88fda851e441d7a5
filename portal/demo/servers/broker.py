"""The private Redis-compatible broker: a unix socket, an append-only file, nothing that cannot be lost."""

import socket
import time
from pathlib import Path

from portal.demo.servers.engines import find_broker_program
from portal.demo.servers.errors import ServerError
from portal.demo.servers.files import make_folder
from portal.demo.servers.places import Place

SOCKET_NAME = "broker.sock"


def build_broker_command(place: Place) -> list[str]:
    """The broker in the foreground; no network, its socket only for us."""
    folder = place.data_dir / "broker"
    make_folder(folder, mode=0o700)
    options = {
        "port": "0",
        "unixsocket": str(place.run_socket_dir / SOCKET_NAME),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "loglevel": "notice",
    }
    return [
        str(find_broker_program()),
        *(part for name, value in options.items() for part in (f"--{name}", value)),
    ]


def is_broker_listening(socket_dir: Path) -> bool:
    """Whether somebody answers on the broker's socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(socket_dir / SOCKET_NAME))
        except OSError:
            return False
        return True


def wait_for_broker(socket_dir: Path, within_s: float = 20) -> None:
    """Return once it answers; raises ServerError after `within_s` seconds."""
    end = time.monotonic() + within_s
    while not is_broker_listening(socket_dir):
        if time.monotonic() > end:
            raise ServerError("the broker did not start: see log/broker.log")
        time.sleep(0.05)
