"""One private PostgreSQL cluster: made whole or not at all, started, found running, stopped."""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from portal.demo.servers.engines import Engine, find_engine, list_candidates, make_reachable
from portal.demo.servers.errors import ServerError
from portal.demo.servers.places import Place

SUPERUSER = "motcua_admin"
READY_WITHIN_S = 90
_SOCKET = ".s.PGSQL.5432"
_LOCALE = "C.UTF-8" if sys.platform == "linux" else "C"
_NO_SUCH_PROCESS = 2**22 + 1  # above the largest process number of Linux and macOS
# A test cluster may forget everything in a power cut, but nothing that was committed when it is killed.
_FORGETFUL = ("fsync=off", "full_page_writes=off")


@dataclass(frozen=True)
class Cluster:
    """`is_durable` False trades safety for speed; only for data that nobody will miss."""

    place: Place
    is_durable: bool = True

    @property
    def socket_dir(self) -> Path:
        return self.place.database_socket_dir

    def find_engine(self) -> Engine:
        """The programs for this cluster: its PG_VERSION picks them. Raises ServerError if none fits."""
        version_file = self.place.cluster_data / "PG_VERSION"
        major = int(version_file.read_text(encoding="ascii")) if version_file.exists() else None
        return make_reachable(find_engine(list_candidates(), major=major), self.place.account)

    def create(self) -> None:
        """Make the cluster beside its place and move it in; what an interrupted run left is thrown away."""
        data = self.place.cluster_data
        if data.exists():
            return
        draft = data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        options = ["-U", SUPERUSER, "-A", "trust", f"--locale={_LOCALE}", "-E", "UTF8"]
        if not self.is_durable:
            options.append("--no-sync")
        self._run("initdb", "-D", str(draft), *options)
        draft.rename(data)

    def build_command(self) -> list[str]:
        """The server in the foreground: one socket in a private folder, no network."""
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.socket_dir}",
            "unix_socket_permissions=0700",
            "max_connections=100",
            "shared_buffers=64MB",
            "log_timezone=UTC",
            "timezone=UTC",
            *(() if self.is_durable else _FORGETFUL),
        ]
        postgres = self.find_engine().program("postgres")
        return [postgres, "-D", str(self.place.cluster_data), *(f"--{option}" for option in options)]

    def is_listening(self) -> bool:
        """Whether a server answers on the socket; it may still be recovering."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket_dir / _SOCKET))
            except OSError:
                return False
            return True

    def wait_until_ready(self, within_s: float = READY_WITHIN_S) -> None:
        """Return once it answers queries. Raises ServerError with the server's last words."""
        end = time.monotonic() + within_s
        while True:
            try:
                psycopg2.connect(host=str(self.socket_dir), user=SUPERUSER, dbname="postgres").close()
            except psycopg2.OperationalError as error:
                if time.monotonic() > end:
                    raise ServerError(
                        f"PostgreSQL did not start: {error}\n{read_tail(self.log_file)}"
                    ) from error
                time.sleep(0.05)
            else:
                return

    @property
    def log_file(self) -> Path:
        return self.place.log_dir / "database.log"

    def start(self) -> None:
        """Start it in the background, to outlive us if we are killed, and wait until it is ready."""
        self.forget_stale_pids()
        with self.log_file.open("ab") as log:
            subprocess.Popen(
                self.build_command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **self.place.account.popen_options(),
            )
        self.wait_until_ready()

    def forget_stale_pids(self) -> None:
        """Clear what a crash left; only while the server does not run."""
        forget_stale_pid(self.place.cluster_data / "postmaster.pid", self.socket_dir / f"{_SOCKET}.lock")

    def stop(self) -> None:
        """End it cleanly, breaking open connections."""
        if self.is_listening():
            self._run("pg_ctl", "stop", "-D", str(self.place.cluster_data), "-m", "fast", "-w", "-s")

    def _run(self, name: str, *arguments: str) -> None:
        command = [self.find_engine().program(name), *arguments]
        ended = subprocess.run(
            command,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self.place.account.popen_options(),
        )
        if ended.returncode != 0:
            raise ServerError(f"{name} failed: {ended.stderr.strip() or ended.stdout.strip()}")


def forget_stale_pid(*pid_files: Path) -> None:
    """Make PostgreSQL look past a pid file whose number now belongs to some other program.

    After a crash and a reboot, or in a container, the number is soon in use again and PostgreSQL would
    refuse to start. Only the number is replaced: its own check of shared memory still protects the data.
    """
    for file in pid_files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            number = int(lines[0])
        except (FileNotFoundError, IndexError, ValueError):
            continue
        if _is_other_program(abs(number)):
            with file.open("r+", encoding="utf-8") as stream:  # in place: the owner stays the same
                stream.writelines([f"{_NO_SUCH_PROCESS}\n", *lines[1:]])
                stream.truncate()


def read_tail(log: Path, lines: int = 8) -> str:
    """The last lines of a log, for a person who must know why something did not start."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""


def _is_other_program(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    command = Path(f"/proc/{number}/cmdline")
    return command.exists() and b"postgres" not in command.read_bytes()
