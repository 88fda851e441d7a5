"""P12: how soon a notice leaves after the commit that causes it, and how fast a pile of them is worked off."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from email.parser import BytesHeaderParser
from pathlib import Path
from urllib.request import urlopen

from bench.figures import Reading, figure
from bench.noticing.noop import measure_noop
from bench.server import Server
from portal.env import BASE_DIR, parse_env

PACED, PILE = 300, 3000
WITHIN_S = 180
_noops: dict[str, float] = {}


@figure("P12", "notice from commit to gateway, p99", "s", at_most=10)
def measure_delay(server: Server) -> Reading:
    """One notice every 50 ms, each in a transaction of its own, to a telephone of its own."""
    _warm_up(server)
    committed = _record(server, "paced", "phone", PACED)
    arrived = _wait_for(server, committed)
    delays = sorted(arrived[reference] - at for reference, at in committed.items())
    print(f"median {delays[len(delays) // 2] * 1e3:.0f} ms  most {delays[-1] * 1e3:.0f} ms", flush=True)
    return Reading(delays[int(len(delays) * 0.99)], len(delays))


@figure("P12b", "draining notices to telephones over a bare Celery no-op, rate", "x", at_least=0.3)
def measure_drain(server: Server) -> Reading:
    """A pile that is due at one moment, from that moment to the last arrival; the gateway shares the machine."""
    _warm_up(server)
    committed = _record(server, "pile", "phone", PILE)
    return _compare(server, committed, _wait_for(server, committed))


@figure("P12c", "draining notices by e-mail over a bare Celery no-op, rate", "x", at_least=0.3)
def measure_mail(server: Server) -> Reading:
    """The same with the demo's mail server, which writes every mail to the disk before it answers."""
    _warm_up(server)
    committed = _record(server, "pile", "email", PILE)
    return _compare(server, committed, _wait_for_mails(server, committed))


def _compare(server: Server, committed: Mapping[str, float], arrived: Mapping[str, float]) -> Reading:
    if server.url not in _noops:
        _noops[server.url] = measure_noop(server)
    noop = _noops[server.url]
    last, due = max(arrived[reference] for reference in committed), min(committed.values())
    rate = len(committed) / (last - due)
    print(f"drain {rate:.0f}/s  no-op {noop:.0f}/s", flush=True)
    return Reading(rate / noop, len(committed))


def _warm_up(server: Server) -> None:
    """Both processes of the worker have their imports, their templates and their connections."""
    _wait_for(server, _record(server, "pile", "phone", 200))


def _record(server: Server, *arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.noticing.recording", *map(str, arguments)]
    environment = {**server.environment, "LOG_LEVEL": "WARNING"}
    ended = subprocess.run(
        command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    read: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return read


def _wait_for(server: Server, committed: Mapping[str, float]) -> dict[str, float]:
    """When each reference was first taken, by the gateway's own clock, which is this machine's."""
    path = server.data_dir / "env"
    port = parse_env(path.read_text(encoding="utf-8"), source=str(path))["DEMO_PHONE_PORT"]
    end = time.monotonic() + WITHIN_S
    while True:
        time.sleep(2)
        with urlopen(f"http://127.0.0.1:{port}/zalo/books", timeout=30) as answer:
            entries = json.load(answer)["entries"]
        arrived = {entry["reference"]: entry["at"] for entry in entries}
        if committed.keys() <= arrived.keys():
            return arrived
        if time.monotonic() > end:
            raise TimeoutError(f"{len(committed.keys() - arrived.keys())} notices did not arrive")


def _wait_for_mails(server: Server, committed: Mapping[str, float]) -> dict[str, float]:
    folder, end = server.data_dir / "mailbox", time.monotonic() + WITHIN_S
    since = min(committed.values()) - 1
    while len(files := _list_files(folder, since)) < len(committed):
        if time.monotonic() > end:
            raise TimeoutError(f"{len(committed) - len(files)} mails did not arrive")
        time.sleep(1)
    arrived = {_read_reference(file): file.stat().st_mtime for file in files}
    return {reference: arrived[reference] for reference in committed}


def _list_files(folder: Path, since: float) -> list[Path]:
    return [file for file in folder.glob("*.eml") if file.stat().st_mtime >= since]


def _read_reference(file: Path) -> str:
    with file.open("rb") as mail:
        return str(BytesHeaderParser().parse(mail)["Message-ID"]).strip("<>").partition("@")[0]
