"""The product under measurement: `script/server` with data of its own under var/bench, durable as for people."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from portal.demo.servers.environment import find_free_port
from portal.env import BASE_DIR

READY_WITHIN_S = 300


@dataclass(frozen=True)
class Server:
    """`url`: without a slash at its end; `environment`: with which manage.py acts on the same data.

    `pid`: of the process that runs all others.
    """

    url: str
    data_dir: Path
    environment: dict[str, str]
    pid: int

    def manage(self, *arguments: str) -> str:
        """Run manage.py and return what it printed. Raises CalledProcessError if it fails."""
        command = [sys.executable, "manage.py", *arguments]
        ended = subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return ended.stdout


@contextmanager
def run_server(data_dir: Path) -> Iterator[Server]:
    """Raises TimeoutError if it does not become ready; it ends with the block."""
    port = find_free_port()
    environment = {**os.environ, "DATA_DIR": str(data_dir), "PORT": str(port)}
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.demo.servers"],
            cwd=BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        server = Server(f"http://127.0.0.1:{port}", data_dir, environment, process.pid)
        wait_ready(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wait_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while not is_ready(server):
        if process.poll() is not None or time.monotonic() > end:
            raise TimeoutError(f"the server is not ready, see {server.data_dir}/server.log")
        time.sleep(0.2)


def is_ready(server: Server) -> bool:
    try:
        urlopen(f"{server.url}/readyz", timeout=5).close()
    except OSError:  # no answer, or another status than 200
        return False
    return True
