"""What about the agency's money waits for somebody at the desk: shown above the work list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, QuerySet, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.proposals import list_proposed_waivers
from payments.choices import LineStatus
from payments.models import CashSession, Difference, Refund, StatementLine
from payments.refunds.rules import WAITING
from payments.statements.reads import DESK, is_old
from payments.till.reads import list_visible
from portal.accounts.choices import Role
from portal.core import clock

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from portal.accounts.actor import Actor

SEEN_BY = (Role.RECEPTION, Role.DESK_HEAD, Role.APPROVER, Role.LEADER)
WAIVERS_DECIDED_BY = (Role.DESK_HEAD, Role.APPROVER, Role.LEADER)
REFUNDS, DIFFERENCES, LINES, DRAWERS = "refunds", "differences", "lines", "drawers"
PAGES = {
    REFUNDS: "payments:refunds",
    DIFFERENCES: "payments:differences",
    LINES: "payments:statement_lines",
    DRAWERS: "payments:till",
}
LABELS = {
    REFUNDS: gettext_lazy("Hoàn trả"),
    DIFFERENCES: gettext_lazy("Chênh lệch tiền"),
    LINES: gettext_lazy("Tiền vào chưa rõ của ai"),
    DRAWERS: gettext_lazy("Quỹ hôm trước chưa kiểm đếm"),
}
MOST_WAIVERS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work that waits, how much of it (0: it is one), where it is done, and whether it has grown old."""

    label: str
    href: str
    count: int = 0
    is_late: bool = False


def list_waiting(actor: Actor) -> list[Waiting]:
    """For officers at their own agency. One query, two for who decides on waivers, none for everybody else."""
    if not actor.has_role(*SEEN_BY) or actor.is_read_only:
        return []
    return [*_list_counted(actor), *_list_waivers(actor)]


def _list_counted(actor: Actor) -> Iterator[Waiting]:
    agency = actor.scope_agency_id or 0
    refunds = Refund.objects.filter(agency_id=agency, status__in=WAITING)
    differences = Difference.objects.filter(agency_id=agency, ended_at=None)
    parts = [
        _count(REFUNDS, refunds, TruncDate("created_at")),
        _count(DIFFERENCES, differences, F("day")),
    ]
    if actor.has_role(*DESK):
        lines = StatementLine.objects.filter(account__agency_id=agency, status=LineStatus.QUEUED)
        parts.append(_count(LINES, lines, F("booked_on")))
        parts.append(_count(DRAWERS, _list_left_open(actor), TruncDate("opened_at")))
    found = parts[0].union(*parts[1:], all=True)
    counted = {kind: (count, oldest) for kind, count, oldest in found if count}
    for kind in (kind for kind in PAGES if kind in counted):
        count, oldest = counted[kind]
        is_late = kind == DRAWERS or is_old(oldest)
        yield Waiting(str(LABELS[kind]), reverse(PAGES[kind]), count, is_late)


def _list_left_open(actor: Actor) -> QuerySet[CashSession]:
    left = list_visible(actor).select_related(None).filter(closed_at=None)
    return left.alias(opened_on=TruncDate("opened_at")).filter(opened_on__lt=clock.today())


def _count(kind: str, rows: QuerySet[Any], day: Combinable) -> QuerySet[Any]:
    """One row at most: the kind, how many there are, and since which day."""
    alone: QuerySet[Any] = rows.order_by().values(what=Value(kind))
    counted: QuerySet[Any] = alone.annotate(count=Count("pk"), oldest=Min(day))
    return counted.values_list("what", "count", "oldest")


def _list_waivers(actor: Actor) -> Iterator[Waiting]:
    if not actor.has_role(*WAIVERS_DECIDED_BY):
        return
    for fee_id, code in list_proposed_waivers(actor, limit=MOST_WAIVERS):
        label = _("Miễn phí, lệ phí của %(code)s") % {"code": code}
        yield Waiting(label, reverse("payments:waive", args=[fee_id]))
