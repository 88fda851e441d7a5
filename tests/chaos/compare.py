"""When all is quiet: what the senders were told against what the product keeps, and the gateway's books."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any
from urllib.request import urlopen

from tests.chaos.journal import pay, send
from tests.chaos.trial import Trial
from tests.stack import Stack

DELIVERED_WITHIN_S = 60
QUIET_WITHIN_S = 90
ASKED_WITHIN_S = 0.1
PAID_WITHIN_S = 15 * 60
LONGEST_WAIT_S = 30
DOSSIERS = """
    SELECT d.id::text, d.code, d.status, d.last_seq,
      (SELECT count(*) FROM dossiers_dossierevent e WHERE e.dossier_id = d.id),
      (SELECT count(*) FROM dossiers_attachment a WHERE a.dossier_id = d.id),
      (SELECT count(*) FROM dossiers_fee f WHERE f.dossier_id = d.id)
    FROM dossiers_dossier d WHERE d.created_at >= %s ORDER BY d.code"""
MONEY = """
    SELECT p.reference, p.status, p.outcome, p.amount, f.status, d.status,
      (SELECT count(*) FROM payments_receipt r WHERE r.payment_id = p.id),
      (SELECT coalesce(sum(l.amount), 0) FROM payments_ledgerentry l
        WHERE l.payment_id = p.id AND l.account = 'gateway_clearing')
    FROM payments_payment p JOIN dossiers_fee f ON f.id = p.fee_id JOIN dossiers_dossier d ON d.id = p.dossier_id
    WHERE d.created_at >= %s"""
UNDELIVERED = (
    "SELECT count(*) FROM notifications_delivery WHERE status IN ('pending', 'sending') AND hold = ''"
)
MAILED = """
    SELECT d.reference, d.status FROM notifications_delivery d JOIN notifications_message m ON m.id = d.message_id
    WHERE m.created_at >= %s AND d.channel = 'email'"""


def compare(trial: Trial, started_at: object) -> list[str]:
    """All disagreements in words; none: an empty list."""
    return [
        *compare_dossiers(trial, started_at),
        *(compare_money(trial, started_at) if trial.plan.pays else ()),
        *check_commands(trial.stack),
        *compare_notices(trial, started_at),
    ]


def compare_dossiers(trial: Trial, started_at: object) -> Iterator[str]:
    """Every ok is there once and whole; every unknown once or not at all, and once after it was sent again."""
    journal = trial.journal
    known = {entry.dossier["id"]: entry.dossier["code"] for entry in journal.select("ok")}
    unknown = journal.select("unknown")
    before = read_codes(trial.stack, started_at)
    yield from (f"refused: {entry.dossier}" for entry in journal.select("refused"))
    yield from (f"surprise, {count} times: {told}" for told, count in Counter(journal.surprises).items())
    yield from (f"acknowledged and lost: {code}" for id_, code in known.items() if before.get(id_) != code)
    if len(before) > len(known) + len(unknown):
        yield f"{len(before)} dossiers, but only {len(known)} known and {len(unknown)} unknown"
    until = time.monotonic() + LONGEST_WAIT_S + len(unknown)
    for entry in unknown:
        send(entry, until=until)
        if entry.result != "ok":
            yield f"sent again and refused: {entry.dossier}"
        elif trial.plan.pays:
            pay(entry, until=until)
    after = read_codes(trial.stack, started_at)
    if after != {entry.dossier.get("id"): entry.dossier.get("code") for entry in journal.entries}:
        yield f"{len(journal.entries)} sent, {len(after)} there"
    if len(set(after.values())) != len(after):
        yield "a code was given twice"
    yield from check_whole(trial, started_at)


def check_whole(trial: Trial, started_at: object) -> Iterator[str]:
    """None half-written: its history, files and fee are there; codes of one day have no gaps."""
    papers, days = len(trial.journal.kind.papers), dict[str, list[int]]()
    for _id, code, status, last_seq, events, files, fees in read(trial.stack, DOSSIERS, started_at):
        if (last_seq, files, fees) != (events, papers, 1):
            yield f"half-written: {code} {status}: {last_seq} {events} events, {files} files, {fees} fees"
        _agency, day, number = code.rsplit("-", 2)
        days.setdefault(day, []).append(int(number))
    for numbers in days.values():
        if sorted(numbers) != list(range(min(numbers), min(numbers) + len(numbers))):
            yield "codes have gaps"


def compare_money(trial: Trial, started_at: object) -> Iterator[str]:
    """What the gateway took is booked once to the đồng, and its dossier has gone on; nothing else has."""
    stack, within_s = trial.stack, QUIET_WITHIN_S if trial.plan.is_aided else PAID_WITHIN_S
    end = time.monotonic() + within_s
    if trial.plan.is_aided:
        end += len(trial.journal.entries) * ASKED_WITHIN_S
        ask_about_open_payments(stack)
    while True:
        rows, taken = list(read(stack, MONEY, started_at)), read_books(stack)
        faults = list(_compare_money(rows, taken))
        if not faults or time.monotonic() > end:
            break
        time.sleep(2)
    yield from faults
    yield from (
        f"not paid: {entry.dossier['code']}" for entry in trial.journal.entries if entry.payment != "paid"
    )


def _compare_money(rows: list[tuple[Any, ...]], taken: dict[str, int]) -> Iterator[str]:
    for reference, status, outcome, amount, fee, dossier, receipts, booked in rows:
        there = taken.get(reference)
        if there is None:
            if status == "paid":
                yield f"{reference}: paid here, not at the gateway"
            continue
        if status != "paid" or there != amount or booked != amount:
            yield f"{reference}: the gateway took {there}, here {status} {amount}, booked {booked}"
        if (outcome, receipts) not in {("settled", 1), ("surplus", 0)}:
            yield f"{reference}: {outcome} with {receipts} receipts"
        if fee != "settled" or dossier == "awaiting_payment":
            yield f"{reference}: paid, but the fee is {fee} and the dossier {dossier}"
    missing = taken.keys() - {row[0] for row in rows}
    yield from (f"{reference}: taken by the gateway, unknown here" for reference in missing)


def ask_about_open_payments(stack: Stack) -> None:
    """Nobody waits here for the next look at a payment whose message was lost."""
    run(stack, "UPDATE payments_payment SET next_ask_at = now() WHERE next_ask_at IS NOT NULL")


def read_books(stack: Stack) -> dict[str, int]:
    """What the gateway took, by reference, in đồng."""
    place = stack.read_setting("VNPAY_PAY_URL").partition("/paymentv2/")[0]
    with urlopen(f"{place}/books", timeout=LONGEST_WAIT_S) as answer:
        payments = json.load(answer)["payments"]
    return {each["reference"]: each["amount"] for each in payments if each["status"] == "00"}


def check_commands(stack: Stack) -> Iterator[str]:
    """What the product says of itself, once the restarted processes have finished what they were at."""
    told = stack.manage("verify_history", check=False)
    if "every chain holds" not in told.stdout:
        yield told.stdout + told.stderr
    end = time.monotonic() + QUIET_WITHIN_S
    while True:
        told = stack.manage("check_integrity", check=False)
        if told.returncode == 0:
            return
        if time.monotonic() > end:
            yield told.stdout + told.stderr
            return
        time.sleep(2)


def compare_notices(trial: Trial, started_at: object) -> Iterator[str]:
    """Each notice reached the mailbox, under one name each time: at most one repeat for each killed worker."""
    stack = trial.stack
    if trial.plan.is_aided:
        run(stack, "UPDATE notifications_delivery SET leased_until = now() WHERE status = 'sending'")
    end = time.monotonic() + DELIVERED_WITHIN_S
    while read_one(stack, UNDELIVERED) and time.monotonic() < end:
        time.sleep(0.2)
    deliveries = dict(read(stack, MAILED, started_at))
    per_dossier = 3 if trial.plan.pays else 1
    if len(deliveries) < per_dossier * len(trial.journal.entries):
        yield f"{len(deliveries)} notices for {len(trial.journal.entries)} dossiers"
    waiting = Counter(status for status in deliveries.values() if status != "delivered")
    if waiting:
        yield f"notices that did not leave: {dict(waiting)}"
    arrived = count_mails(stack)
    lost = [reference for reference in deliveries if not arrived[reference]]
    repeats = sum(max(0, arrived[reference] - 1) for reference in deliveries)
    if lost:
        yield f"{len(lost)} notices never arrived"
    killers = trial.frozen + sum(trial.killed[name] for name in ("worker", "backend", "database"))
    if repeats > killers:
        yield f"{repeats} repeats after {killers} kills of who sends"


def count_mails(stack: Stack) -> "Counter[str]":
    """How often each reference (the name in the Message-ID) arrived."""
    mails = [message_from_bytes(file.read_bytes()) for file in (stack.folder / "mailbox").glob("*.eml")]
    return Counter(mail["Message-ID"].strip("<>").partition("@")[0] for mail in mails)


def read_codes(stack: Stack, started_at: object) -> dict[str, str]:
    """Dossiers filed since, by id."""
    return {row[0]: row[1] for row in read(stack, DOSSIERS, started_at)}


def read(stack: Stack, query: str, started_at: object) -> list[Any]:
    with stack.connect() as cursor:
        cursor.execute(query, [started_at])
        return list(cursor.fetchall())


def read_one(stack: Stack, query: str) -> object:
    with stack.connect() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def run(stack: Stack, statement: str) -> None:
    with stack.connect() as cursor:
        cursor.execute(statement)
