"""`script/bench [P1 P5 …]`: measure all figures, or those named; print a table and keep the JSON."""

import json
import pkgutil
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import bench
from bench.figures import FIGURES, Figure, Reading
from bench.server import run_server
from portal.env import data_dir

NOT_MEASURING = {"__main__", "figures", "server"}


def main(names: list[str]) -> int:
    chosen = choose(names)
    folder = data_dir() / "bench"
    records = []
    if chosen:
        with run_server(folder / "data") as server:
            for each in chosen:
                reading = each.measure(server)
                records.append(each.build_record(reading))
                print(build_line(each, reading), flush=True)
    print(f"{len(records)} measured, kept in {keep(folder, records)}")
    return 0


def choose(names: list[str]) -> list[Figure]:
    """In the order of their numbers. Ends with the known names where one is unknown."""
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name not in NOT_MEASURING:
            import_module(f"bench.{module.name}")
    if unknown := sorted(set(names) - set(FIGURES)):
        sys.exit(
            f"script/bench: unknown {', '.join(unknown)}; there are: {', '.join(sorted(FIGURES)) or 'none'}"
        )
    return [FIGURES[name] for name in sorted(names or FIGURES, key=lambda name: (len(name), name))]


def build_line(figure: Figure, reading: Reading) -> str:
    bound = f">= {figure.at_least:g}" if figure.at_least is not None else ""
    bound += f"<= {figure.at_most:g}" if figure.at_most is not None else ""
    verdict = "" if figure.is_reached(reading.value) else "  MISSED"
    value = f"{reading.value:.3g} {figure.unit}"
    return f"{figure.id:<6}{value:>16}  {bound:<10} n={reading.n:<9} {figure.what}{verdict}"


def keep(folder: Path, records: list[dict[str, object]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
