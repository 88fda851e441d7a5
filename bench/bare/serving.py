"""The bare view under the product's own server settings, on a port of its own."""

import atexit
import subprocess
import sys
import time
from urllib.request import urlopen

from bench.server import Server
from portal.demo.servers.environment import find_free_port
from portal.env import BASE_DIR

READY_WITHIN_S = 60


_started: dict[str, str] = {}


def serve_bare_view(server: Server) -> str:
    """Start it once, to end with this process; return its address. Raises TimeoutError."""
    if server.url not in _started:
        _started[server.url] = _start(server)
    return _started[server.url]


def _start(server: Server) -> str:
    port = find_free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:portal.gunicorn_conf",
        "bench.bare.wsgi:application",
    ]
    environment = {**server.environment, "PORT": str(port)}
    with (server.data_dir / "bare.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=log, stderr=log)
    atexit.register(_end, process)
    url = f"http://127.0.0.1:{port}/"
    end = time.monotonic() + READY_WITHIN_S
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > end:
            raise TimeoutError(f"the bare view is not ready, see {server.data_dir}/bare.log")
        time.sleep(0.1)
    return url


def _answers(url: str) -> bool:
    try:
        urlopen(url, timeout=5).close()
    except OSError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()
