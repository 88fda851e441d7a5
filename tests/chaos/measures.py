"""How long things took in a run: seconds as the product itself wrote them down."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.chaos.compare import read
from tests.chaos.disturbances import AbsentBroker
from tests.chaos.journal import Entry
from tests.chaos.trial import Trial
from tests.live import Caller

DELIVERED = """
    SELECT extract(epoch FROM d.delivered_at)::float, extract(epoch FROM m.created_at)::float
    FROM notifications_delivery d JOIN notifications_message m ON m.id = d.message_id
    WHERE m.created_at >= %s AND d.channel = 'email' AND d.status = 'delivered'"""
SETTLED = """
    SELECT extract(epoch FROM r.issued_at)::float, extract(epoch FROM p.created_at)::float
    FROM payments_payment p JOIN payments_receipt r ON r.payment_id = p.id WHERE p.created_at >= %s"""
OK = 200


def measure(trial: Trial, started_at: object, absence: AbsentBroker) -> dict[str, Any]:
    delivered, settled = read(trial.stack, DELIVERED, started_at), read(trial.stack, SETTLED, started_at)
    report: dict[str, Any] = {
        "notice_s": spread([left - made for left, made in delivered]),
        "notice_after_last_kill_s": spread(since(trial.last_kill_at, delivered)),
        "paid_to_booked_s": spread([booked - made for booked, made in settled]),
        "booked_after_last_kill_s": spread(since(trial.last_kill_at, settled)),
    }
    if absence.since:
        made_away = [left for left, made in delivered if absence.is_away(made)]
        report["without_broker"] = {
            "notices": len(made_away),
            "drained_after_s": round(max(made_away, default=absence.until) - absence.until, 1),
            **measure_filings(trial.journal.entries, absence),
        }
    return report


def since(killed_at: float, done: Iterable[tuple[float, float]]) -> list[float]:
    """How long what (until, from) shows as ended after the last kill took from there on; nobody killed: nothing."""
    return [until - max(begun, killed_at) for until, begun in done if until > killed_at] if killed_at else []


def measure_filings(entries: Sequence[Entry], absence: AbsentBroker) -> dict[str, Any]:
    """How long a filing took while the broker was away, and else."""
    away = [entry.took_s for entry in entries if absence.is_away(entry.sent_at)]
    here = [entry.took_s for entry in entries if not absence.is_away(entry.sent_at)]
    return {"filings": len(away), "filing_s": spread(away), "filing_with_broker_s": spread(here)}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile and the longest; nothing measured: empty."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    found = {name: round(ordered[int(len(ordered) * share)], 3) for name, share in shares.items()}
    return {**found, "max": round(ordered[-1], 3)}


def count_signed_out(callers: Sequence[Caller]) -> int:
    """Whose session no longer opens what needs one."""
    return sum(caller.call("GET", "/api/v1/me").status != OK for caller in callers)
