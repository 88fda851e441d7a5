"""The books of one agency and period: what each account held before, what moved, what it holds; in đồng."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from payments.choices import Account, BookingKind
from payments.days import day_bounds
from payments.models import LedgerEntry
from portal.core.clock import to_local

if TYPE_CHECKING:
    from portal.accounts.actor import Actor

PAGE = 100
OWED = frozenset({Account.REVENUE_PHI, Account.REVENUE_LE_PHI, Account.REFUND})
"""Accounts that grow by credits; they are shown with the sign people expect."""
HEADS = ("Thời gian", "Bút toán", "Lý do", "Tài khoản", "Tăng/giảm", "Mã hồ sơ", "Người ghi", "Ghi chú")


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Việt Nam, both included."""

    since: date
    until: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        return day_bounds(self.since)[0], day_bounds(self.until)[1]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account over a period: before, more, less, after; whole đồng, in the sign people expect."""

    account: Account
    before: int
    more: int
    less: int

    @property
    def after(self) -> int:
        return self.before + self.more - self.less

    @property
    def label(self) -> str:
        return str(self.account.label)


def this_month(today: date) -> Period:
    return Period(today.replace(day=1), today)


def sum_accounts(actor: Actor, period: Period) -> list[AccountRow]:
    """Every account of the agency in scope, in the order of the chart of accounts. One query."""
    start, end = period.bounds
    inside = Q(at__gte=start, at__lt=end)
    rows = (
        _of(actor)
        .filter(at__lt=end)
        .order_by()
        .values("account")
        .annotate(
            before=Coalesce(Sum("amount", filter=Q(at__lt=start)), 0),
            debit=Coalesce(Sum("amount", filter=inside & Q(amount__gt=0)), 0),
            credit=Coalesce(Sum("amount", filter=inside & Q(amount__lt=0)), 0),
        )
    )
    found: dict[str, Mapping[str, Any]] = {row["account"]: row for row in rows}
    none = {"before": 0, "debit": 0, "credit": 0}
    return [_build_row(account, found.get(account, none)) for account in Account]


def _build_row(account: Account, row: Mapping[str, Any]) -> AccountRow:
    if account in OWED:
        return AccountRow(account, -row["before"], -row["credit"], row["debit"])
    return AccountRow(account, row["before"], row["debit"], -row["credit"])


def list_entries(
    actor: Actor, period: Period, account: str = "", *, before: int = 0
) -> tuple[list[LedgerEntry], int]:
    """One page of what was booked, newest first, and where the next page begins (0: nowhere). One query."""
    rows = _in_period(actor, period, account)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def list_lines(actor: Actor, period: Period, account: str = "") -> Iterator[list[str | int]]:
    """Everything that was booked, oldest first, as lines of a sheet; read in pieces."""
    for entry in _in_period(actor, period, account).order_by("pk").iterator(chunk_size=500):
        yield [
            f"{to_local(entry.at):%d/%m/%Y %H:%M}",
            str(entry.transaction),
            str(BookingKind(entry.kind).label),
            str(Account(entry.account).label),
            signed(entry),
            entry.dossier.code or "" if entry.dossier else "",
            entry.membership.user.full_name if entry.membership else _("Hệ thống"),
            entry.note,
        ]


def signed(entry: LedgerEntry) -> int:
    """More or less on its account, as people expect it."""
    return -entry.amount if entry.account in OWED else entry.amount


def _in_period(actor: Actor, period: Period, account: str) -> QuerySet[LedgerEntry]:
    start, end = period.bounds
    rows = _of(actor).filter(at__gte=start, at__lt=end).select_related("dossier", "membership__user")
    return rows.filter(account=account) if account in Account.values else rows


def _of(actor: Actor) -> QuerySet[LedgerEntry]:
    if actor.scope_agency_id is None:
        return LedgerEntry.objects.none()
    return LedgerEntry.objects.filter(agency_id=actor.scope_agency_id)
