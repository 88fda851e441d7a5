"""`script/test`: what can be checked without running anything, then all tests; says where the time went."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from portal.env import data_dir
from tests.browser import find_chromium
from tests.private_servers import wait_for_other_run

BIN = Path(sys.executable).parent
INSTALL_CHROMIUM = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
OWN_PACKAGES = [
    "portal",
    "procedures",
    "dossiers",
    "payments",
    "onestop",
    "reporting",
    "tests",
    "bench",
    "manage.py",
]
GATES = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy", *OWN_PACKAGES],
    "layers": ["lint-imports"],
    "djlint": ["djlint", "templates", "--lint", "--quiet"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
}


def main(arguments: list[str]) -> int:
    os.environ["TEST"] = "1"
    os.environ.setdefault("DATA_DIR", str(Path("var/test").absolute()))
    if not os.environ.get("DATABASE_URL"):
        wait_for_other_run(data_dir())
    if "--no-browser" in arguments:
        print("The tests that need a browser are left out.")
    else:
        ensure_chromium()
    if [argument for argument in arguments if argument != "--no-browser"]:
        print("Only pytest runs, as there are arguments; without any, everything is checked.", flush=True)
    elif failed := run_gates():
        print(f"script/test: failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    return subprocess.call(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--durations=15", *arguments]
    )


def run_gates() -> list[str]:
    """Run all of them, print what each took, and name those that failed."""
    failed, times = [], []
    for name, command in GATES.items():
        print(f"== {name}", flush=True)
        seconds, is_good = measure(lambda command=command: run_tool(command))  # type: ignore[misc]
        times.append((seconds, name))
        if not is_good:
            failed.append(name)
    print("== time before the tests")
    for seconds, name in sorted(times, reverse=True):
        print(f"{seconds:7.1f} s  {name}")
    sys.stdout.flush()
    return failed


def run_tool(command: list[str]) -> bool:
    return subprocess.call([str(BIN / command[0]), *command[1:]]) == 0


def measure(act: Callable[[], bool]) -> tuple[float, bool]:
    started = time.monotonic()
    result = act()
    return time.monotonic() - started, result


def ensure_chromium() -> None:
    """Debian's package, only where there is no Chromium. Ends the run with the command where we may not."""
    if find_chromium():
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"script/test needs Chromium: sudo {' '.join(INSTALL_CHROMIUM)}   (or use --no-browser)")
    print("Installing Chromium", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(INSTALL_CHROMIUM, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
