"""What supervisor starts: `python -m portal.demo.servers.foreground NAME` becomes that program.

The program ends when supervisor dies, however that dies, so a later start finds no orphan on its port.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

from portal.demo.servers import programs
from portal.demo.servers.accounts import Account, current_account
from portal.demo.servers.broker import build_broker_command, is_broker_listening
from portal.demo.servers.cluster import Cluster
from portal.demo.servers.places import Place, prepare_place
from portal.env import data_dir, read_environment

_PR_SET_PDEATHSIG = 1
_LOOK_AGAIN_S = 0.2


def main(name: str) -> None:
    place = prepare_place(data_dir())
    match name:
        case "database":
            run_database(place)
        case "broker":
            _wait_while(lambda: is_broker_listening(place.run_socket_dir))
            become(build_broker_command(place), signal.SIGTERM)
        case "web":
            become(programs.build_web_command(), signal.SIGTERM)
        case "worker":
            become(programs.build_worker_command(), signal.SIGTERM)
        case "beat":
            become(programs.build_beat_command(place.run_dir), signal.SIGTERM)
        case "mailbox":
            become(programs.build_mailbox_command(), signal.SIGTERM)
        case "phones":
            become(programs.build_phones_command(), signal.SIGTERM)
        case "vnpay":
            become(programs.build_vnpay_command(), signal.SIGTERM)
        case _:
            raise SystemExit(f"no program is called {name}")


def run_database(place: Place) -> None:
    """Become the server; while one that a command started still runs, wait for its end first."""
    environment = read_environment()
    cluster = Cluster(place, is_durable=not environment.flag("TEST", default=False))
    _wait_while(cluster.is_listening)
    cluster.forget_stale_pids()
    become(cluster.build_command(), signal.SIGINT, place.account)


def become(command: list[str], last_signal: signal.Signals, account: Account | None = None) -> None:
    """Change into `account` and into `command`; `last_signal` is what our parent's death sends."""
    parent = os.getppid()
    account = account or current_account()
    if account.is_other:
        os.chdir("/")
        os.setgroups([])
        os.setgid(account.gid)
        os.setuid(account.uid)
    if sys.platform == "linux":  # after the change of user, which would clear it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, last_signal)
        if os.getppid() != parent:
            raise SystemExit("supervisor is gone")
    os.execv(command[0], command)  # noqa: S606


def _wait_while(is_running: Callable[[], bool]) -> None:
    while is_running():
        time.sleep(_LOOK_AGAIN_S)


if __name__ == "__main__":
    main(sys.argv[1])
