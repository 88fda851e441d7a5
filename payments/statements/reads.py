"""Reads of bank statements. They belong to the agency that owns the account: its desk sees them, and nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, FeeStatus, Status
from dossiers.rights import visible_to
from payments.choices import LineStatus
from payments.gateways.vietqr.gateway import KEY
from payments.models import BankStatement, GatewayAccount, StatementLine, StatementMapping
from payments.statements.deciding import OpenFee
from payments.statements.memos import Found, find_codes, index_agencies
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core import clock
from portal.core.errors import NotFound
from portal.core.text import fold

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee

DESK = (Role.RECEPTION, Role.DESK_HEAD)
PAGE = 50
MOST_STATEMENTS = 20
MOST_SUGGESTED = 5
_LOOKED_AT = 300
VIEWS: tuple[str, ...] = (
    LineStatus.QUEUED,
    LineStatus.PARTIAL,
    LineStatus.SURPLUS,
    LineStatus.MATCHED,
    LineStatus.IGNORED,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A dossier whose open fee is exactly the amount. `owner` only for those who may see the dossier."""

    code: str
    procedure_name: str
    filed_on: date | None
    owner: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits on an account: how many lines, đồng together, and the oldest day."""

    count: int
    total: int
    oldest: date | None


def list_accounts(actor: Actor) -> list[GatewayAccount]:
    """Bank accounts of the agency in scope, active ones first; those switched off still have late money. One query."""
    rows = _visible(actor).defer("secrets").select_related("agency")
    return list(rows.order_by("-is_active", "-created_at"))


def access_account(actor: Actor, account_id: UUID | str) -> GatewayAccount:
    """Raises NotFound unless it is a bank account of the actor's agency."""
    account = _visible(actor).defer("secrets").select_related("agency").filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def access_statement(actor: Actor, statement_id: UUID) -> BankStatement:
    """A statement with account, agency and the people. Raises NotFound."""
    rows = BankStatement.objects.select_related(
        "account__agency", "uploaded_by__user", "imported_by__user"
    ).defer("account__secrets")
    found = rows.filter(pk=statement_id, account__in=_visible(actor).values("pk")).first()
    if found is None:
        raise NotFound
    return found


def access_line(actor: Actor, line_id: UUID) -> StatementLine:
    """A line with account, fee and dossier. Raises NotFound."""
    rows = StatementLine.objects.select_related(
        "account__agency", "statement", "fee__dossier", "decided_by__user"
    ).defer("account__secrets")
    found = rows.filter(pk=line_id, account__in=_visible(actor).values("pk")).first()
    if found is None:
        raise NotFound
    return found


def list_statements(actor: Actor) -> list[BankStatement]:
    """The newest files, with how many lines each brought. One query."""
    rows = BankStatement.objects.filter(account__in=_visible(actor).values("pk")).defer("content")
    rows = rows.annotate(brought=Count("lines")).select_related("uploaded_by__user", "imported_by__user")
    return list(rows.order_by("-uploaded_at")[:MOST_STATEMENTS])


def list_lines(actor: Actor, status: str, *, after: str = "") -> tuple[list[StatementLine], str]:
    """One page of the lines of a status, what waits longest first, else newest first; and the next page's key."""
    rows = StatementLine.objects.filter(account__in=_visible(actor).values("pk"), status=status)
    rows = rows.select_related("fee__dossier", "account", "decided_by__user").defer("account__secrets")
    is_waiting = status in (LineStatus.QUEUED, LineStatus.PARTIAL)
    if after:
        rows = rows.filter(pk__gt=after) if is_waiting else rows.filter(pk__lt=after)
    found = list(rows.order_by("pk" if is_waiting else "-pk")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def count_lines(actor: Actor) -> dict[str, Queue]:
    """By status. One query."""
    rows = StatementLine.objects.filter(account__in=_visible(actor).values("pk")).order_by()
    found = rows.values("status").annotate(count=Count("pk"), total=Sum("amount"), oldest=Min("booked_on"))
    return {row["status"]: Queue(row["count"], row["total"], row["oldest"]) for row in found}


def count_by_status(statement: BankStatement) -> dict[str, int]:
    """What became of the lines of one file. One query."""
    rows = StatementLine.objects.filter(statement=statement).order_by().values("status")
    return {row["status"]: row["count"] for row in rows.annotate(count=Count("pk"))}


def find_mapping(account: GatewayAccount) -> StatementMapping | None:
    return StatementMapping.objects.filter(account=account).first()


def list_open_fees(dossier: Dossier) -> list[OpenFee]:
    """Fees that wait for a known amount, as assessed, with what is held for each; none once the dossier ended.

    Two queries at most.
    """
    if dossier.status in END_STATUSES or dossier.status == Status.DRAFT:
        return []
    fees = dossier.fees.filter(status=FeeStatus.OPEN, amount__gt=0).order_by("assessed_at", "pk")
    held = sum_held(fee.pk for fee in fees)
    return [
        OpenFee(fee.pk, fee.amount or 0, held.get(fee.pk, 0), fee.requested_at is not None) for fee in fees
    ]


def sum_held(fee_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Đồng held for each fee until the rest comes. One query."""
    rows = StatementLine.objects.filter(fee__in=list(fee_ids), status=LineStatus.PARTIAL).order_by()
    return dict(rows.values("fee_id").annotate(held=Sum("kept")).values_list("fee_id", "held"))


def find_fee_for_surplus(dossier: Dossier) -> Fee | None:
    """Which fee money that nobody waits for is noted with: the one in force last, else the last one."""
    fees = list(dossier.fees.order_by("assessed_at", "pk"))
    in_force = [fee for fee in fees if fee.status != FeeStatus.VOID]
    return next(reversed(in_force or fees), None)


def served_by(account: GatewayAccount) -> QuerySet[Dossier]:
    """Dossiers whose fees may come to this account: of its agency and of those below."""
    return visible_to(Actor.system()).filter(agency__path__startswith=account.agency.path, code__isnull=False)


def find_dossiers(account: GatewayAccount, codes: Collection[str]) -> dict[str, UUID]:
    """Which of these codes exist within the account's reach. One query."""
    return _by_code(served_by(account).filter(code__in=codes)) if codes else {}


def find_begun(account: GatewayAccount, starts: Iterable[str]) -> dict[str, UUID]:
    """Codes that begin like this, three at most: more than one is no answer anyway."""
    begins = Q()
    for start in starts:
        begins |= Q(code__startswith=start)
    return _by_code(served_by(account).filter(begins)[:3]) if begins else {}


def _by_code(rows: QuerySet[Dossier]) -> dict[str, UUID]:
    return {code: key for code, key in rows.values_list("code", "pk") if code}


def find_typed(account: GatewayAccount, typed: str) -> tuple[str, UUID] | None:
    """The dossier whose code somebody typed, with or without its marks. Two queries."""
    found = read_memo(account, typed)
    exact = {typed.strip().upper()} if typed.isprintable() else set[str]()
    known = find_dossiers(account, found.whole | exact)
    return next(iter(known.items())) if len(known) == 1 else None


def read_memo(account: GatewayAccount, memo: str) -> Found:
    """The codes that a memo may mean. One query."""
    return find_codes(memo, index_codes(account), today=clock.today())


def index_codes(account: GatewayAccount) -> dict[str, tuple[str, ...]]:
    """Codes of the agencies that the account serves. One query."""
    return index_agencies(accounts.list_codes_under(account.agency))


def suggest_dossiers(actor: Actor, line: StatementLine) -> list[Suggestion]:
    """Dossiers that the reader may see and that owe exactly this; those whose owner the memo names come first."""
    rows = visible_to(actor).filter(
        agency__path__startswith=line.account.agency.path,
        fees__status=FeeStatus.OPEN,
        fees__amount=line.amount,
    )
    rows = rows.exclude(status__in=[*END_STATUSES, Status.DRAFT]).select_related("procedure").distinct()
    memo = " ".join(fold(line.memo).split())
    found = [_suggest(row, memo) for row in rows.order_by("-submitted_at")[:_LOOKED_AT]]
    return sorted(found, key=lambda row: not row.is_named)[:MOST_SUGGESTED]


def _suggest(dossier: Dossier, memo: str) -> Suggestion:
    owner = " ".join(fold(dossier.owner_name).split())
    filed = clock.to_local(dossier.submitted_at).date() if dossier.submitted_at else None
    return Suggestion(
        code=dossier.code or "",
        procedure_name=dossier.procedure.name,
        filed_on=filed,
        owner=dossier.owner_name,
        is_named=len(owner.split()) > 1 and owner in memo,
    )


def say_age(day: date) -> str:
    """How long money waits, in words."""
    days = (clock.today() - day).days
    return _("hôm nay") if days <= 0 else _("%(days)d ngày") % {"days": days}


def is_old(day: date) -> bool:
    """Longer than the three working days that payers are told."""
    return clock.today() - day > timedelta(days=5)


def _visible(actor: Actor) -> QuerySet[GatewayAccount]:
    rows = GatewayAccount.objects.filter(gateway=KEY)
    if not actor.has_role(*DESK) or actor.scope_agency_id is None:
        return rows.none()
    return rows.filter(agency_id=actor.scope_agency_id)
