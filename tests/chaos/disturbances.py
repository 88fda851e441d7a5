"""What goes wrong around the product while it is used: a gateway that misbehaves, a broker that is away."""

import json
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen
from xmlrpc.client import Fault, ServerProxy

import psycopg2
from supervisor.xmlrpc import SupervisorTransport

from portal.demo.servers.programs import SOCKET_NAME
from tests.chaos.processes import Process, kill
from tests.chaos.trial import Trial
from tests.stack import Stack

EVERY_S = 3.0
WITHIN_S = 10
REPLACED_WITHIN_S = 180
PATIENT: dict[str, Any] = {"ipn_retries": 3, "ipn_retry_s": 2.0, "hang_s": 4.0}
GATEWAY_FAULTS: tuple[dict[str, Any], ...] = (
    {},
    {"ipn_times": 10},
    {"ipn_when": "after", "ipn_after_s": 0.2},
    {"ipn_when": "never"},
    {"ipn_when": "queued"},
    {"ipn_signature": "wrong"},
    {"ipn_signature": "missing"},
    {"ipn_signature": "lower"},
    {"ipn_amount": "wrong"},
    {"ipn_reference": "unknown"},
    {"ipn_when": "never", "api": "error"},
    {"ipn_when": "never", "api": "hangs"},
    {"api": "garbage"},
    {"api": "forged"},
)
"""Switches of the simulator, one after another in random order; none: it behaves."""
RELEASED = 0.1
"""Share of the switches at which the queued messages leave, in any order: half a minute late on average."""
LIES: tuple[dict[str, str], ...] = (
    {"vnp_ResponseCode": "24", "vnp_TransactionStatus": "02"},
    {"vnp_Amount": "15000"},
    {"vnp_Amount": "150000000"},
    {"vnp_TmnCode": "MOTCUA02"},
    {"vnp_TxnRef": "0" * 32},
)
"""What is said, truly signed, of an attempt that is paid: that it failed, of other amounts, of somebody else."""
PAID = """
    SELECT a.merchant, p.reference FROM payments_payment p JOIN payments_gatewayaccount a ON a.id = p.account_id
    WHERE p.status = 'paid' ORDER BY p.id DESC LIMIT 1"""


@contextmanager
def misbehaving_gateway(stack: Stack, seed: int) -> Iterator[None]:
    """Another fault and a lie every few seconds; at the end the gateway is well again, and knows what it took."""
    done = threading.Event()

    def disturb() -> None:
        dice = random.Random(seed)
        while not done.wait(EVERY_S):
            switch_gateway(stack, {})
            if dice.random() < RELEASED:
                release(stack)
            switch_gateway(stack, {**PATIENT, **dice.choice(GATEWAY_FAULTS)})
            lie(stack, dice.choice(LIES))

    thread = threading.Thread(target=disturb, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(WITHIN_S)
        switch_gateway(stack, {})
        release(stack)


def switch_gateway(stack: Stack, faults: dict[str, Any]) -> None:
    tell_gateway(stack, "/control", faults)


def release(stack: Stack) -> None:
    tell_gateway(stack, "/control/release", {"order": "shuffled"})


def lie(stack: Stack, changes: dict[str, str]) -> None:
    """About the newest paid attempt; the books show whether anybody believed it."""
    try:
        with stack.connect() as cursor:
            cursor.execute(PAID)
            found = cursor.fetchone()
    except psycopg2.Error:
        return  # it was just killed
    if found:
        tell_gateway(
            stack, "/control/send", {"merchant": found[0], "reference": found[1], "changes": changes}
        )


def tell_gateway(stack: Stack, path: str, order: dict[str, Any]) -> None:
    place = stack.read_setting("VNPAY_PAY_URL").partition("/paymentv2/")[0]
    try:
        urlopen(Request(f"{place}{path}", json.dumps(order).encode()), timeout=WITHIN_S).close()
    except (OSError, HTTPException):
        return  # it is being restarted: the next one comes in a few seconds


class AbsentBroker:
    """The broker is stopped for a while; `since` and `until` are epoch seconds, 0 before."""

    def __init__(self, stack: Stack, *, after_s: float, for_s: float) -> None:
        self._stack, self._after_s, self._for_s = stack, after_s, for_s
        self.since = self.until = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "AbsentBroker":
        if self._for_s:
            self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._for_s:
            self._thread.join()

    def is_away(self, moment: float) -> bool:
        return self.since <= moment and (not self.until or moment < self.until) if self.since else False

    def _run(self) -> None:
        time.sleep(self._after_s)
        ask_supervisor(self._stack, "stopProcess", "broker")
        self.since = time.time()
        time.sleep(self._for_s)
        ask_supervisor(self._stack, "startProcess", "broker")
        self.until = time.time()


class Frozen:
    """Worker and beat are frozen in turn, evenly over the run; `seconds`: how long until another was there.

    One that the killer met is not counted: nobody had to notice it.
    """

    def __init__(self, trial: Trial, times: int) -> None:
        self._trial, self._times = trial, times
        self.seconds: dict[str, list[float]] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Frozen":
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        for number in range(self._times):
            due = self._trial.plan.filings * number // self._times
            while self._trial.journal.finished < due and not self._done.is_set():
                time.sleep(0.1)
            self._freeze(("worker", "beat")[number % 2])

    def _freeze(self, program: str) -> None:
        killed, frozen, began = self._trial.killed[program], self._find(program), time.monotonic()
        kill(frozen, signal.SIGSTOP)
        self._trial.frozen += bool(frozen)
        while {process.pid for process in self._find(program)} & {process.pid for process in frozen}:
            if time.monotonic() - began > REPLACED_WITHIN_S:
                self._trial.journal.surprises.append(f"{program} was frozen and not replaced")
                return
            time.sleep(0.1)
        if frozen and self._trial.killed[program] == killed:
            self.seconds.setdefault(program, []).append(round(time.monotonic() - began, 1))

    def _find(self, program: str) -> list[Process]:
        return [*self._trial.find((program, 0)), *self._trial.find((program, 1))]


def ask_supervisor(stack: Stack, method: str, *arguments: Any) -> None:
    """What supervisor itself starts and stops stays so; a kill would be undone at once."""
    sockets = [stack.folder / "run" / SOCKET_NAME, *stack.folder.glob(f"**/{SOCKET_NAME}")]
    socket = next(path for path in sockets if path.exists())
    transport = SupervisorTransport(None, None, serverurl=f"unix://{socket}")
    with ServerProxy("http://127.0.0.1", transport=transport) as server:
        try:
            getattr(server.supervisor, method)(*arguments)
        except Fault as fault:
            if "ALREADY_STARTED" not in fault.faultString and "NOT_RUNNING" not in fault.faultString:
                raise
