"""The `stack` fixture: the whole product as people run it, live, once per test run.

It is `script/server` itself with data of its own: private servers that forget on a power cut, gunicorn,
worker, beat and mailbox as the application's database role, and the demo's people and catalogue. One worker
of pytest-xdist runs all tests that use it, one after another; it ends with the run.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg2
import pytest

from portal.demo.servers.cluster import SUPERUSER, read_tail
from portal.demo.servers.environment import find_free_port
from portal.demo.servers.files import exclusive, write_whole
from portal.env import BASE_DIR, SECRETS, VARIABLES, data_dir, parse_env

READY_WITHIN_S = 240
ENDS_WITHIN_S = 60
RUN = "MOTCUA_TEST_RUN"


@dataclass(frozen=True)
class Stack:
    """`url`: without a slash at its end; `pid`: of the process that runs all others.

    `run`: of the tests that started it, and `worker`: which one of theirs.
    """

    url: str
    folder: Path
    pid: int
    run: str
    worker: str

    @property
    def environment(self) -> dict[str, str]:
        """Of a process that belongs to this installation and to no other."""
        return build_environment(self.folder, urlsplit(self.url).port or 0)

    def read_setting(self, name: str) -> str:
        path = self.folder / "env"
        return parse_env(path.read_text(encoding="utf-8"), source=str(path))[name]

    @contextmanager
    def connect(self, role: str = "owner") -> Iterator[Any]:
        """A cursor in the product's database, each statement committed; `role`: owner, app or superuser."""
        url = self.read_setting("DATABASE_URL" if role == "app" else "DATABASE_OWNER_URL")
        user = {"user": SUPERUSER} if role == "superuser" else {}
        with closing(psycopg2.connect(url, **user)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run manage.py beside the processes. Raises CalledProcessError if it fails."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, check=check
        )

    def list_mail(self, to: str) -> list[EmailMessage]:
        """Mail that the mailbox got for one address, oldest first."""
        files = sorted((self.folder / "mailbox").glob("*.eml"))
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [mail for mail in mails if to in str(mail["To"])]

    def wait_ready(self, within_s: float = READY_WITHIN_S) -> None:
        """Return once /readyz answers 200. Raises TimeoutError with the last lines of the log."""
        end = time.monotonic() + within_s
        while not self._is_ready():
            if time.monotonic() > end or not is_running(self.pid):
                raise TimeoutError(f"the stack is not ready:\n{read_tail(self.folder / 'stack.log', 30)}")
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@pytest.fixture(scope="session")
def stack() -> Stack:
    """The live processes. A test that kills one of them waits with `wait_ready` before it ends."""
    folder = stack_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with exclusive(folder.with_name("stack.lock")):
        running = read_note()
        if running is None or running.run != os.environ[RUN]:
            running = start_stack(folder, running)
        assert running.worker == get_worker(), "two workers share the stack: its tests have lost their group"
        running.wait_ready()
    return running


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the workers names the run, so that no run trusts what an older one left."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = str(os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that started the workers, or the only one, ends the stack; workers leave it alone."""
    if hasattr(config, "workerinput"):
        return
    running = read_note()
    if running is not None and running.run == os.environ[RUN]:
        end_stack(running)


def get_worker() -> str:
    """Which worker of pytest-xdist this is; empty without one."""
    return os.environ.get("PYTEST_XDIST_WORKER", "")


def stack_folder() -> Path:
    return data_dir() / "stack"


def start_stack(folder: Path, leftover: Stack | None) -> Stack:
    """A new one on fresh data; `leftover` of a run that was killed ends first."""
    if leftover is not None:
        end_stack(leftover)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    port = find_free_port()
    with (folder / "stack.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.demo.servers"],
            cwd=BASE_DIR,
            env=build_environment(folder, port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    while process.poll() is None and not Path(f"/proc/{process.pid}/cmdline").read_bytes():
        time.sleep(0.01)  # just after exec a process has no command line yet; `is_running` reads it
    started = Stack(f"http://127.0.0.1:{port}", folder, process.pid, os.environ[RUN], get_worker())
    note = {"url": started.url, "pid": started.pid, "run": started.run, "worker": started.worker}
    write_whole(note_file(), json.dumps(note).encode())
    return started


def end_stack(running: Stack) -> None:
    note_file().unlink(missing_ok=True)
    os.kill(running.pid, signal.SIGTERM)
    end = time.monotonic() + ENDS_WITHIN_S
    while is_running(running.pid) and time.monotonic() < end:
        time.sleep(0.1)


def note_file() -> Path:
    return stack_folder().with_name("stack.json")


def read_note() -> Stack | None:
    """The stack that runs now, if one does."""
    if not note_file().exists():
        return None
    note = json.loads(note_file().read_text(encoding="utf-8"))
    running = Stack(note["url"], stack_folder(), note["pid"], note["run"], note.get("worker", ""))
    return running if is_running(running.pid) else None


def is_running(pid: int) -> bool:
    """Whether the process exists and is ours; one that ended and awaits its parent does not count."""
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        ended = 0
    command = Path(f"/proc/{pid}/cmdline")
    return ended == 0 and command.exists() and b"portal.demo.servers" in command.read_bytes()


def build_environment(folder: Path, port: int) -> dict[str, str]:
    """Ours without any setting of the product, so that the stack is the demo and nothing else."""
    foreign = {*VARIABLES, *(f"{name}_FILE" for name in SECRETS), "DATABASE_ROLE", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "DATA_DIR": str(folder), "PORT": str(port), "TEST": "1"}
