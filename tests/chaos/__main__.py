"""`script/chaos`: file, pay and notify while everything is killed at random, then compare; loopback only.

Bounded in number and in time. Prints what was done and every disagreement, keeps both as JSON under var/chaos,
and exits 1 if there is one.
"""

import argparse
import json
import random
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench.server import run_server
from portal.env import data_dir
from tests.chaos.compare import compare, read_one
from tests.chaos.disturbances import AbsentBroker, Frozen, misbehaving_gateway
from tests.chaos.measures import count_signed_out, measure
from tests.chaos.people import sign_in_many
from tests.chaos.proxy import CuttingLine
from tests.chaos.trial import Plan, Trial
from tests.stack import Stack

PER_PERSON = 10
"""Filings of one citizen at most: a person's own limits are not what is tried here."""


def main(arguments: list[str]) -> int:
    asked = read_arguments(arguments)
    random.seed(asked.seed)
    folder = data_dir() / "chaos"
    shutil.rmtree(folder / "data", ignore_errors=True)
    with run_server(folder / "data") as server:
        stack = Stack(server.url, server.data_dir, server.pid, run="", worker="")
        report = run_trial(stack, asked)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    print(f"kept in {keep(folder, report)}")
    return 1 if report["faults"] else 0


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("script/chaos", description=__doc__)
    parser.add_argument("--filings", type=int, default=200, help="dossiers, each with a payment (200)")
    parser.add_argument("--kills", type=int, default=20, help="kill -9 spread over them (20)")
    parser.add_argument("--wipes", type=int, default=1, help="kills that take the broker's data as well (1)")
    parser.add_argument("--clients", type=int, default=8, help="senders at once (8)")
    parser.add_argument("--pause", type=float, default=0, help="seconds of a sender between two filings (0)")
    parser.add_argument("--cuts", type=float, default=0.02, help="share of answers that never arrive (0.02)")
    parser.add_argument("--broker-away", type=float, default=0, help="seconds without a broker (0)")
    parser.add_argument("--freezes", type=int, default=0, help="times that worker or beat is frozen (0)")
    parser.add_argument("--unaided", action="store_true", help="wait for what takes the product some minutes")
    parser.add_argument("--minutes", type=float, default=10, help="longest time (10)")
    parser.add_argument("--seed", type=int, default=1, help="of everything random (1)")
    return parser.parse_args(arguments)


def run_trial(stack: Stack, asked: argparse.Namespace) -> dict[str, object]:
    callers = sign_in_many(stack, asked.clients * max(1, -(-asked.filings // (asked.clients * PER_PERSON))))
    started_at, began = read_one(stack, "SELECT now()"), time.monotonic()
    place = urlsplit(stack.url)
    target = (place.hostname or "127.0.0.1", place.port or 80)
    plan = Plan(
        asked.filings,
        asked.kills,
        asked.wipes,
        is_aided=not asked.unaided,
        pause_s=asked.pause,
        runs_for_s=asked.minutes * 60,
    )
    trial = Trial(stack, plan)
    with (
        CuttingLine(target, share=asked.cuts, seed=asked.seed) as line,
        misbehaving_gateway(stack, asked.seed),
        AbsentBroker(stack, after_s=asked.broker_away / 2, for_s=asked.broker_away) as absence,
        Frozen(trial, asked.freezes) as frozen,
    ):
        for caller in callers:
            caller.address = line.address
        trial.run(callers, at_once=asked.clients)
        took = time.monotonic() - began
        line.share = 0.0
    for caller in callers:
        caller.address = place.netloc
    stack.wait_ready()
    faults = compare(trial, started_at)
    if signed_out := count_signed_out(callers):
        faults.append(f"{signed_out} of {len(callers)} were signed out")
    journal = trial.journal
    return {
        "filings": len(journal.entries),
        "acknowledged": len(journal.select("ok")),
        "answers_lost": journal.broken_off,
        "answers_cut": line.cuts,
        "killed": dict(trial.killed),
        "took_s": round(took, 1),
        "frozen_for_s": frozen.seconds,
        **measure(trial, started_at, absence),
        "faults": faults,
    }


def keep(folder: Path, report: dict[str, object]) -> Path:
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
