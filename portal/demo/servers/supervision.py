"""Running supervisor: start it, ask it to start or kill a program, end it."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from portal.demo.servers.errors import ServerError
from portal.demo.servers.files import write_whole
from portal.demo.servers.places import Place
from portal.demo.servers.programs import GROUP, SOCKET_NAME, Program, build_configuration

ANSWERS_WITHIN_S = 20
ENDS_WITHIN_S = 150


class Supervisor:
    """One supervisord of one DATA_DIR, our child."""

    def __init__(self, place: Place, programs: Sequence[Program]) -> None:
        self.place = place
        self.programs = programs
        self.socket = place.run_socket_dir / SOCKET_NAME
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it with the programs that wait for nothing. Raises ServerError if it does not answer."""
        configuration = build_configuration(
            self.programs,
            log_dir=self.place.log_dir,
            run_dir=self.place.run_dir,
            socket=self.socket,
            root=os.geteuid() == 0,
        )
        file = self.place.run_dir / "supervisord.conf"
        write_whole(file, configuration.encode())
        self.socket.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "portal.demo.servers.tied",
            "-m",
            "supervisor.supervisord",
            "-c",
            str(file),
        ]
        # a session of its own, so that Ctrl-C reaches us alone and we end it in order
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        self._wait_for_answer()

    def start_one(self, program: Program) -> None:
        """Start one of the programs that waited, ahead of the others."""
        self._ask("startProcess", self._find_name(program), False)  # noqa: FBT003  # XML-RPC knows no names

    def start_waiting(self) -> None:
        """Start the programs that waited for the database and do not run yet."""
        self._ask("startProcessGroup", GROUP, False)  # noqa: FBT003  # XML-RPC knows no names

    def kill(self, program: Program) -> None:
        """Kill one program; supervisor starts it again."""
        self._ask("signalProcess", self._find_name(program), "KILL")

    def _find_name(self, program: Program) -> str:
        return f"{GROUP}:{program.name}" if program.waits else program.name

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End all programs in reverse order, the database last."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _wait_for_answer(self) -> None:
        end = time.monotonic() + ANSWERS_WITHIN_S
        while True:
            try:
                self._ask("getState")
            except OSError as error:
                if not self.is_alive() or time.monotonic() > end:
                    raise ServerError(f"supervisor did not start, see {self.place.log_dir}") from error
                time.sleep(0.05)
            else:
                return

    def _ask(self, method: str, *arguments: Any) -> Any:
        transport = SupervisorTransport(None, None, serverurl=f"unix://{self.socket}")
        with ServerProxy("http://127.0.0.1", transport=transport) as server:
            try:
                return getattr(server.supervisor, method)(*arguments)
            except Fault as fault:
                if "ALREADY_STARTED" in fault.faultString or "NOT_RUNNING" in fault.faultString:
                    return None
                raise ServerError(f"supervisor: {fault.faultString}") from fault
