"""The rows of the work list as officers read them: what, whose, who holds it, how long is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, Status
from portal.core import clock
from portal.core.clock import to_local
from procedures.choices import StepKind

if TYPE_CHECKING:
    from dossiers.models import Dossier, Step

VIEW_LABELS = {
    "mine": gettext_lazy("Tôi đang giữ"),
    "new": gettext_lazy("Mới nộp"),
    "late": gettext_lazy("Quá hạn"),
    "working": gettext_lazy("Đang giải quyết"),
    "waiting": gettext_lazy("Chờ người dân"),
    "results": gettext_lazy("Chờ trả kết quả"),
    "open": gettext_lazy("Đang mở"),
    "all": gettext_lazy("Tất cả"),
}
STATUS_KINDS = {
    Status.SUBMITTED: "info",
    Status.AWAITING_SUPPLEMENT: "warn",
    Status.AWAITING_PAYMENT: "warn",
    Status.RESOLVED: "done",
    Status.RETURNED: "done",
}
HOUR_S = 3600
MOST_DRAWN = 4096


@dataclass(frozen=True)
class Mark:
    """A tag: words, kind (components/tag.html) and icon. Without a kind it is plain text."""

    text: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """One dossier of the list in words. `due`: what somebody waits for; `left`: how long still."""

    code: str
    owner: str
    href: str
    procedure: str
    step: str
    holder: str
    since: str
    due: str
    left: Mark
    status: Mark

    @property
    def html(self) -> SafeString:
        """The row as drawn: the same words are drawn once in each language, for whoever looks."""
        return _draw_row(self, get_language())


@lru_cache(maxsize=MOST_DRAWN)
def _draw_row(row: Row, language: str | None) -> SafeString:
    return render_to_string("onestop/partials/row.html", {"row": row})


def build_rows(dossiers: Sequence["Dossier"], steps: Mapping[UUID, "Step"]) -> list[Row]:
    """Rows of one page. `steps`: the open step of each dossier that has one."""
    moment = clock.now()
    return [_row(dossier, steps.get(dossier.pk), moment) for dossier in dossiers]


def _row(dossier: "Dossier", step: "Step | None", moment: datetime) -> Row:
    procedure = dossier.procedure
    since = dossier.received_at or dossier.submitted_at
    return Row(
        code=dossier.code or "",
        owner=dossier.owner_name,
        href=reverse("onestop:dossier", args=[dossier.pk]),
        procedure=procedure.everyday_name or procedure.name,
        step=str(StepKind(step.kind).label) if step else "",
        holder=get_holder(step),
        since=f"{to_local(since):%d/%m %H:%M}" if since else "",
        due=describe_due(dossier, moment),
        left=build_left(dossier, moment),
        status=build_status(dossier),
    )


def get_holder(step: "Step | None") -> str:
    """Who holds the open step, if anybody does."""
    names = [a.membership.user.full_name for a in step.assignments.all() if a.until is None] if step else []
    return names[0] if names else ""


def build_status(dossier: "Dossier") -> Mark:
    status = Status(dossier.status)
    return Mark(str(status.label), STATUS_KINDS.get(status, ""))


def next_moment(dossier: "Dossier") -> datetime | None:
    """What the agency owes next: the check of a new dossier, or its result."""
    if dossier.status == Status.SUBMITTED:
        return dossier.check_by
    return dossier.due_at if dossier.status in (Status.ACCEPTED, Status.PROCESSING) else None


def describe_due(dossier: "Dossier", moment: datetime) -> str:
    """The promised day in short: "Hôm nay 17:00", "24/11", with the year where it is another one."""
    if dossier.is_awaiting:
        return _("Tạm dừng") if dossier.received_at else ""
    due = dossier.due_at if dossier.received_at else dossier.check_by
    if due is None:
        return ""
    local, today = to_local(due), to_local(moment)
    if local.date() == today.date():
        return _("Hôm nay %(time)s") % {"time": f"{local:%H:%M}"}
    return f"{local:%d/%m}" if local.year == today.year else f"{local:%d/%m/%Y}"


def build_left(dossier: "Dossier", moment: datetime) -> Mark:
    """How long is left: late in red with an icon, today in amber, else plain words."""
    if dossier.is_awaiting:
        return Mark(_("Chờ người dân"))
    if dossier.status == Status.RESOLVED:
        return _done(dossier)
    due = next_moment(dossier)
    if due is None or dossier.status in END_STATUSES:
        return Mark("")
    if due < moment:
        return Mark(_("Quá hạn %(time)s") % {"time": describe_span(due, moment)}, "late")
    if to_local(due).date() == to_local(moment).date():
        return Mark(_("Còn %(time)s") % {"time": describe_span(moment, due)}, "warn", "clock")
    return Mark(_("Còn %(time)s") % {"time": describe_span(moment, due)})


def _done(dossier: "Dossier") -> Mark:
    late = (
        dossier.due_at is not None
        and dossier.resolved_at is not None
        and dossier.resolved_at > dossier.due_at
    )
    return Mark(_("Xong trễ hạn")) if late else Mark(_("Xong đúng hạn"))


def describe_span(start: datetime, end: datetime) -> str:
    """Days by the calendar in Việt Nam; within one day hours, at least one."""
    days = (to_local(end).date() - to_local(start).date()).days
    if days > 0:
        return ngettext("%(days)d ngày", "%(days)d ngày", days) % {"days": days}
    hours = max(1, round((end - start).total_seconds() / HOUR_S))
    return ngettext("%(hours)d giờ", "%(hours)d giờ", hours) % {"hours": hours}
