"""One run: senders file and pay while somebody kills; both end together."""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from tests.chaos.journal import CERTIFICATE, Journal, pay
from tests.chaos.processes import Process, kill, list_processes
from tests.live import Caller
from tests.stack import Stack

Target = tuple[str, int]
"""A program, and which of its processes: 0 the one that supervisor started, 1 its children."""
KILLS: tuple[Target, ...] = (
    *[("web", 0)] * 2,
    *[("web", 1)] * 2,
    *[("worker", 0)] * 2,
    *[("worker", 1)] * 2,
    *[("beat", 0)],
    *[("broker", 0)] * 2,
    *[("backend", 1)] * 2,
    *[("database", 0)],
)
MOST_TRIES = 20


class Gateway(Protocol):
    """The simulated gateway's switches."""

    def switch(self, **faults: object) -> None: ...


@dataclass(frozen=True)
class Plan:
    """`filings`, each paid when `pays`; `kills` spread over them, `wipes` of them take the broker's data too.

    `is_aided`: what the product does only after some minutes (asking about a payment, taking over what a dead
    worker held) is made due at once. Unaided, the comparison waits for it. `pause_s`: of a sender after each filing.
    """

    filings: int = 50
    kills: int = len(KILLS)
    wipes: int = 1
    pays: bool = True
    is_aided: bool = True
    pause_s: float = 0.0
    runs_for_s: float = 240


@dataclass
class Trial:
    """The product, what its senders know, and what was done to it; `last_kill_at` is epoch seconds,
    `frozen` how often worker or beat was frozen."""

    stack: Stack
    plan: Plan
    journal: Journal = field(default_factory=lambda: Journal(CERTIFICATE))
    killed: Counter[str] = field(default_factory=Counter)
    ends_at: float = 0.0
    last_kill_at: float = 0.0
    frozen: int = 0

    def run(self, callers: Sequence[Caller], *, at_once: int | None = None) -> None:
        """Each caller files a share, `at_once` of them together; the killer strikes as they get on."""
        self.ends_at = time.monotonic() + self.plan.runs_for_s
        count = len(callers)
        shares = [self.plan.filings // count + (place < self.plan.filings % count) for place in range(count)]
        with ThreadPoolExecutor(at_once or count) as pool:
            senders = [
                pool.submit(self._send_share, caller, share)
                for caller, share in zip(callers, shares, strict=True)
            ]
            if self.plan.kills:
                self._kill_in_mid_answer()
                self._kill_at_random(senders)
            for sender in senders:
                sender.result()

    def _send_share(self, caller: Caller, share: int) -> None:
        for _ in range(share):
            entry = self.journal.file(caller, until=self.ends_at)
            if self.plan.pays and entry.result == "ok":
                pay(entry, until=self.ends_at)
            time.sleep(self.plan.pause_s)

    def _kill_in_mid_answer(self) -> None:
        """Kill the web processes while a filing is being answered, until its sender noticed."""
        for _ in range(MOST_TRIES):
            if self.journal.broken_off:
                return
            if self.wait(lambda: self.journal.under_way > 0):
                time.sleep(random.uniform(0.005, 0.04))  # seconds; a filing takes some tens of milliseconds
                self.kill(("web", 1))
                self.wait(lambda: self.journal.broken_off > 0, within_s=0.2)

    def _kill_at_random(self, senders: Sequence["Future[None]"]) -> None:
        """Spread over the filings still to come; whoever is being restarted is killed later."""
        left, begun = list(draw(self.plan.kills)), self.journal.finished
        wipes = set(random.sample(range(self.plan.kills), min(self.plan.wipes, self.plan.kills)))
        for number in range(self.plan.kills):
            due = begun + (self.plan.filings - begun) * number // self.plan.kills
            self.wait(partial(self._is_time, senders, due))
            if number in wipes:
                self.wipe_broker()
                left.pop()
                continue
            left.remove(self._kill_one_of(left))

    def _kill_one_of(self, targets: Sequence[Target]) -> Target:
        """The first that is there; what is just being restarted has its turn later."""
        while True:
            for target in targets:
                if self.kill(target):
                    return target
            assert time.monotonic() < self.ends_at, f"none of {set(targets)} came back"
            time.sleep(0.01)

    def _is_time(self, senders: Sequence["Future[None]"], due: int) -> bool:
        return self.journal.finished >= due or all(sender.done() for sender in senders)

    def kill(self, target: Target) -> bool:
        """Was anybody there?"""
        was_there = bool(kill(self.find(target)))
        if was_there:
            self.killed[target[0]] += 1
            self.last_kill_at = time.time()
        return was_there

    def wipe_broker(self) -> None:
        """The broker dies and loses all that it had written down."""
        self.kill(("broker", 0))
        shutil.rmtree(self.stack.folder / "broker", ignore_errors=True)
        (self.stack.folder / "broker").mkdir(mode=0o700, exist_ok=True)
        self.killed["broker wiped"] += 1

    def find(self, target: Target) -> list[Process]:
        """All children, or the one parent; of backends a single one, as its death restarts the others."""
        found = [p for p in list_processes(self.stack.pid) if (p.program, p.place) == target]
        return found[:1] if target[0] == "backend" else found

    def wait(self, condition: Callable[[], bool], within_s: float | None = None) -> bool:
        end = min(self.ends_at, time.monotonic() + (within_s or self.plan.runs_for_s))
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(0.002)
        return True


def draw(count: int) -> list[Target]:
    """So many kills, every kind about as often as in KILLS, in random order."""
    rounds = [random.sample(KILLS, len(KILLS)) for _ in range(-(-count // len(KILLS)))]
    return [target for each in rounds for target in each][:count]
