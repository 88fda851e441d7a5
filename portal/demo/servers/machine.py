"""One installation on one machine: prepare, migrate, start, watch, stop."""

import os
import socket
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from portal.demo.servers import programs
from portal.demo.servers.banner import build_banner
from portal.demo.servers.broker import is_broker_listening, wait_for_broker
from portal.demo.servers.cluster import Cluster, read_tail
from portal.demo.servers.commands import make_ready
from portal.demo.servers.environment import build_vnpay_addresses, find_free_port, write_env
from portal.demo.servers.errors import ServerError
from portal.demo.servers.files import make_folder, try_exclusive
from portal.demo.servers.places import Place
from portal.demo.servers.private import DatabaseUse, prepare, read_need
from portal.demo.servers.roles import create_roles
from portal.demo.servers.supervision import Supervisor
from portal.env import Environment, read_environment
from portal.liveness import DEAF_AFTER_S, Silence
from portal.readiness import is_ready

READY_WITHIN_S = 120
LOOK_EVERY_S = 2


class Machine:
    """All processes of one DATA_DIR."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def run(self) -> None:
        """Until a signal. Raises ServerError with what to do; at every exit all that we started ends."""
        make_folder(self.data_dir, mode=0o755)
        make_folder(self.data_dir / "run", mode=0o700)
        lock = try_exclusive(self.data_dir / "run" / "server.lock")
        if lock is None:
            raise ServerError(f"a server already runs with DATA_DIR={self.data_dir}")
        with lock:
            place, environment = self._prepare()
            check_port(environment.text("BIND", "127.0.0.1"), environment.number("PORT", 8000))
            use = DatabaseUse(Cluster(place))
            supervisor = Supervisor(place, choose_programs(environment))
            try:
                self._start(place, environment, use, supervisor)
                self._watch(place, environment, supervisor)
            finally:
                supervisor.stop()
                use.end()

    def _prepare(self) -> tuple[Place, Environment]:
        need = read_need(read_environment())
        place = prepare(self.data_dir, need)
        environment = read_environment()
        if environment.flag("DEMO", default=False):
            renew_mail_port(self.data_dir, environment)
            renew_vnpay_port(self.data_dir, environment)
            renew_phone_port(self.data_dir, environment)
        return place, read_environment()

    def _start(
        self, place: Place, environment: Environment, use: DatabaseUse, supervisor: Supervisor
    ) -> None:
        started = time.monotonic()
        supervisor.start()
        if environment.flag("PRIVATE_DATABASE", default=False):
            use.register()
            use.cluster.wait_until_ready()
            create_roles(use.cluster.socket_dir)
        make_ready(place, environment)
        if environment.flag("PRIVATE_BROKER", default=False):
            wait_for_broker(place.run_socket_dir)
        supervisor.start_one(programs.WEB)  # people wait for this one
        wait_until_ready(environment, place, supervisor)
        supervisor.start_waiting()
        address = f"http://localhost:{environment.number('PORT', 8000)}"
        print(build_banner(address, with_people=environment.flag("DEMO", default=False)), flush=True)
        print(f"  Ready after {time.monotonic() - started:.1f} s", flush=True)

    def _watch(self, place: Place, environment: Environment, supervisor: Supervisor) -> None:
        """Supervisor restarts what ends; here we see to supervisor itself, and to a worker or a beat that froze."""
        silence = Silence(self.data_dir / "run" / "heartbeat")
        while True:
            time.sleep(LOOK_EVERY_S)
            if not supervisor.is_alive():
                print("supervisor ended; starting it again", file=sys.stderr, flush=True)
                supervisor.start()
                supervisor.start_waiting()
                silence.forgive()
            if not can_hear(place, environment):
                silence.forgive()
            elif silence.measure_s() > DEAF_AFTER_S:
                print("no heartbeat; starting worker and beat anew", file=sys.stderr, flush=True)
                supervisor.kill(programs.WORKER)
                supervisor.kill(programs.BEAT)
                silence.forgive()


def choose_programs(environment: Environment) -> list[programs.Program]:
    """What this installation runs: its own database and broker only where none is given."""
    chosen = [programs.WORKER, programs.BEAT, programs.WEB]
    if environment.flag("PRIVATE_DATABASE", default=False):
        chosen.append(programs.DATABASE)
    if environment.flag("PRIVATE_BROKER", default=False):
        chosen.append(programs.BROKER)
    if environment.flag("DEMO", default=False):
        chosen += [programs.MAILBOX, programs.VNPAY, programs.PHONES]
    return chosen


def check_port(address: str, port: int) -> None:
    """Raises ServerError if somebody else listens there."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise ServerError(
                f"cannot listen on {address}:{port} ({error.strerror}): set PORT to a free one"
            ) from error


def renew_mail_port(data_dir: Path, environment: Environment) -> None:
    """Choose another port for the demo mailbox if somebody else took it while we did not run."""
    port = urlsplit(environment.text("EMAIL_URL")).port
    if port is None or "EMAIL_URL" in os.environ:
        return
    try:
        check_port("127.0.0.1", port)
    except ServerError:
        write_env(data_dir, {"EMAIL_URL": f"smtp://127.0.0.1:{find_free_port()}"})


def renew_phone_port(data_dir: Path, environment: Environment) -> None:
    """The same for the simulated SMS providers and Zalo."""
    port = environment.number("DEMO_PHONE_PORT", 0)
    if not port or "DEMO_PHONE_PORT" in os.environ:
        return
    try:
        check_port("127.0.0.1", port)
    except ServerError:
        write_env(data_dir, {"DEMO_PHONE_PORT": str(find_free_port())})


def renew_vnpay_port(data_dir: Path, environment: Environment) -> None:
    """The same for the simulated gateway."""
    port = urlsplit(environment.text("VNPAY_PAY_URL")).port
    if port is None or "VNPAY_PAY_URL" in os.environ:
        return
    try:
        check_port("127.0.0.1", port)
    except ServerError:
        write_env(data_dir, build_vnpay_addresses(find_free_port()))


def can_hear(place: Place, environment: Environment) -> bool:
    """Whether the broker is there at all: without it silence is no fault of the worker."""
    return not environment.flag("PRIVATE_BROKER", default=False) or is_broker_listening(place.run_socket_dir)


def wait_until_ready(environment: Environment, place: Place, supervisor: Supervisor) -> None:
    """Return once the web server is ready. Raises ServerError with its last words."""
    host = environment.names("ALLOWED_HOSTS", ["localhost"])[0]
    end = time.monotonic() + READY_WITHIN_S
    while not is_ready(environment.number("PORT", 8000), host):
        if time.monotonic() > end or not supervisor.is_alive():
            raise ServerError(f"the web server is not ready:\n{read_tail(place.log_dir / 'web.log')}")
        time.sleep(0.1)
