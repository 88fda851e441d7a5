"""The processes of one machine: what they are, in which order they start, and supervisor's configuration."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.env import BASE_DIR

SOCKET_NAME = "supervisor.sock"
GROUP = "portal"
EARLY, LATE = 10, 50  # supervisor starts lower numbers first and stops them last
CELERY = [sys.executable, "-m", "celery", "-A", "portal"]


@dataclass(frozen=True)
class Program:
    """`waits`: started only once the database is migrated, and ended before what it stands on."""

    name: str
    waits: bool
    stop_signal: str = "TERM"
    stop_within_s: int = 20


DATABASE = Program("database", waits=False, stop_signal="INT", stop_within_s=60)
BROKER = Program("broker", waits=False)
MAILBOX = Program("mailbox", waits=True)
VNPAY = Program("vnpay", waits=True, stop_within_s=5)
PHONES = Program("phones", waits=True, stop_within_s=5)
WORKER = Program("worker", waits=True, stop_within_s=60)
BEAT = Program("beat", waits=True)
WEB = Program("web", waits=True, stop_within_s=40)


def build_web_command() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi:application"]


def build_worker_command() -> list[str]:
    return [
        *CELERY,
        "worker",
        "--pool=prefork",
        "--concurrency=2",
        "-Ofair",
        "--without-gossip",
        "--without-mingle",
    ]


def build_beat_command(run_dir: Path) -> list[str]:
    return [*CELERY, "beat", f"--schedule={run_dir / 'beat'}", "--pidfile="]


def build_mailbox_command() -> list[str]:
    return [sys.executable, str(BASE_DIR / "manage.py"), "demo_mailbox"]


def build_phones_command() -> list[str]:
    """Without Django, too: two SMS providers and Zalo."""
    return [sys.executable, "-m", "portal.demo.simulators.phones"]


def build_vnpay_command() -> list[str]:
    """Without Django: the simulated gateway starts in a tenth of a second."""
    return [sys.executable, "-m", "portal.demo.simulators.vnpay"]


def build_configuration(
    programs: Sequence[Program], *, log_dir: Path, run_dir: Path, socket: Path, root: bool
) -> str:
    """The text of supervisord.conf for these programs."""
    sections = [
        _section(
            "supervisord",
            nodaemon="true",
            silent="true",
            logfile=log_dir / "supervisord.log",
            logfile_maxbytes="5MB",
            logfile_backups="2",
            pidfile=run_dir / "supervisord.pid",
            childlogdir=log_dir,
            directory=BASE_DIR,
            **({"user": "root"} if root else {}),
        ),
        _section("unix_http_server", file=socket, chmod="0700"),
        _section("supervisorctl", serverurl=f"unix://{socket}"),
        _section(
            "rpcinterface:supervisor",
            **{"supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"},
        ),
        *(_build_program(program, log_dir) for program in programs),
        _build_group(programs),
    ]
    return "\n".join(sections)


def _build_program(program: Program, log_dir: Path) -> str:
    command = [sys.executable, "-m", "portal.demo.servers.foreground", program.name]
    return _section(
        f"program:{program.name}",
        command=shlex.join(command),
        priority=LATE if program.waits else EARLY,
        autostart="false" if program.waits else "true",
        autorestart="true",
        startsecs="1",
        startretries="1000000",
        stopsignal=program.stop_signal,
        stopwaitsecs=program.stop_within_s,
        killasgroup="true",
        redirect_stderr="true",
        stdout_logfile=log_dir / f"{program.name}.log",
        stdout_logfile_maxbytes="10MB",
        stdout_logfile_backups="3",
    )


def _build_group(programs: Sequence[Program]) -> str:
    """One group for what waits: it starts together, and together it stops before the rest."""
    names = ",".join(program.name for program in programs if program.waits)
    return _section(f"group:{GROUP}", programs=names, priority=LATE)


def _section(title: str, **values: object) -> str:
    """One section; supervisor expands %, so a % in a path is doubled."""
    lines = [f"{name}={str(value).replace('%', '%%')}" for name, value in values.items()]
    return "\n".join([f"[{title}]", *lines, ""])
