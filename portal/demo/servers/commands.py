"""The runs of manage.py that make a database and the static files ready for the code."""

import subprocess
import sys
from pathlib import Path

from portal.demo.servers.files import write_whole
from portal.demo.servers.fingerprint import fingerprint_code
from portal.demo.servers.places import Place
from portal.env import BASE_DIR, Environment


def make_ready(place: Place, environment: Environment) -> None:
    """Migrate, seed a demo and collect static files; nothing where the last start did it for this same code.

    Only a private database is trusted to be as we left it: the note lies beside its files.
    Raises CalledProcessError if one of them fails.
    """
    is_private = environment.flag("PRIVATE_DATABASE", default=False)
    note = place.cluster_dir / "ready-for"
    code = fingerprint_code()
    if is_private and is_noted(note, code) and (place.data_dir / "static" / "staticfiles.json").exists():
        return
    if not is_private:
        finish(run_python("-m", "portal.production"))
    static = begin("collectstatic", "--noinput", "--verbosity=0")
    try:
        finish(begin("migrate", "--noinput"))
        if environment.flag("DEMO", default=False):
            finish(begin("seed_demo"))
        finish(static)
    finally:
        end(static)
    if is_private:
        write_whole(note, code.encode())


def is_noted(note: Path, code: str) -> bool:
    return note.exists() and note.read_text(encoding="ascii") == code


def begin(*arguments: str) -> subprocess.Popen[bytes]:
    return run_python(str(BASE_DIR / "manage.py"), *arguments)


def run_python(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *arguments])


def finish(process: subprocess.Popen[bytes]) -> None:
    """Wait for it; at a signal in between it ends with us. Raises CalledProcessError if it failed."""
    try:
        if process.wait() != 0:
            raise subprocess.CalledProcessError(process.returncode, process.args)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        process.wait()
