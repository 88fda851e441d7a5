"""Guards of asking for what is missing (Decree 61/2018 Art. 11.2c, 17.2a)."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers.deadlines import add_working_days
from dossiers.guards.base import refuse
from dossiers.models import SupplementRequest
from dossiers.proposals import approved_supplement_items
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.core.clock import to_local


def items_given(work: Work, command: c.Command) -> None:
    items = cast("c.RequestSupplement", command).items
    if not items:
        raise refuse("items", _("Hãy chọn ít nhất một mục cần bổ sung."))
    known = {r.key for r in work.content.requirements_for(work.dossier.case_key)}
    fields = frozenset(work.content.form.by_key) if work.content.form else frozenset()
    for item in items:
        if not item.reason.strip():
            raise refuse("items", _("Mỗi mục cần bổ sung phải có lý do."))
        if bool(item.requirement) == bool(item.field):
            raise refuse("items", _("Mỗi mục chỉ nêu một giấy tờ hoặc một câu trả lời."))
        if (item.requirement and item.requirement not in known) or (item.field and item.field not in fields):
            raise refuse("items", _("Mục cần bổ sung không có trong thủ tục này."))


def round_left(work: Work, command: c.Command) -> None:
    """Rounds of the version (one by Decree 61/2018 Art. 11.2c), each within its window in working days."""
    done = count_rounds(work)
    if done and approved_supplement_items(work):
        return
    if done >= work.content.supplement.rounds:
        raise refuse(
            "items", _("Đã yêu cầu bổ sung đủ số lần cho phép. Không được yêu cầu thêm."), "no_round_left"
        )
    calendar = accounts.get_work_calendar(cast("int", work.dossier.agency_id))
    start = _window_start(work)
    last_day = add_working_days(to_local(start).date(), work.content.supplement.window_days, calendar)
    if to_local(work.now).date() > last_day:
        raise refuse(
            "items",
            _("Đã quá hạn yêu cầu bổ sung (%(days)d ngày làm việc).")
            % {"days": work.content.supplement.window_days},
            "window_closed",
        )


def items_allowed(work: Work, command: c.Command) -> None:
    """A later round names only what is still unmet, or items the head of the desk approved."""
    if not count_rounds(work):
        return
    before = SupplementRequest.objects.filter(dossier=work.dossier, round__gt=0).values_list(
        "items", flat=True
    )
    asked = {_item_key(item) for items in before for item in items}
    allowed = asked | approved_supplement_items(work)
    for item in cast("c.RequestSupplement", command).items:
        if (item.requirement or item.field) not in allowed:
            raise refuse(
                "items", _("Lần sau chỉ được yêu cầu lại mục chưa đạt. Mục mới cần trưởng bộ phận duyệt.")
            )


def count_rounds(work: Work) -> int:
    """How many times the citizen was asked after acceptance."""
    return SupplementRequest.objects.filter(dossier=work.dossier, round__gt=0).count()


def _window_start(work: Work) -> datetime:
    last = (
        SupplementRequest.objects.filter(dossier=work.dossier, round__gt=0, answered_at__isnull=False)
        .order_by("-round")
        .values_list("answered_at", flat=True)
        .first()
    )
    return last or work.dossier.received_at or work.now


def _item_key(item: Mapping[str, str]) -> str:
    return item.get("requirement") or item.get("field") or ""
