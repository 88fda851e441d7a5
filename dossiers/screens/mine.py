"""The list of a citizen's dossiers, a row each: what, where it stands, and the date that matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, Status
from dossiers.models import Dossier
from dossiers.screens.sentences import TAG_KINDS, is_late
from portal.core.templatetags.formats import vn_date, vn_day
from procedures.english import name_of


@dataclass(frozen=True, slots=True)
class MineRow:
    """`kind` as in components/tag.html; `words` is the date that matters, in words."""

    title: str
    href: str
    code: str
    agency: str
    state: str
    kind: str
    words: str
    owner: str = ""
    is_draft: bool = False
    discard_href: str = ""


def build_mine_rows(dossiers: Iterable[Dossier], now: datetime) -> list[MineRow]:
    return [_draft_row(row) if row.status == Status.DRAFT else _row(row, now) for row in dossiers]


def _draft_row(dossier: Dossier) -> MineRow:
    return MineRow(
        title=name_of(dossier.procedure),
        href=reverse("dossiers:filing", args=[dossier.pk]),
        code="",
        agency=dossier.agency.name if dossier.agency else "",
        state=str(Status.DRAFT.label),
        kind="",
        words=_("Bắt đầu ngày %(day)s, chưa nộp") % {"day": vn_day(dossier.created_at)},
        is_draft=True,
        discard_href=reverse("dossiers:discard", args=[dossier.pk]),
    )


def _row(dossier: Dossier, now: datetime) -> MineRow:
    late = is_late(dossier, now)
    return MineRow(
        title=name_of(dossier.procedure),
        href=reverse("dossiers:detail", args=[dossier.pk]),
        code=dossier.code or "",
        agency=dossier.agency.name if dossier.agency else "",
        state=_("Quá hạn") if late else str(Status(dossier.status).label),
        kind="late" if late else TAG_KINDS.get(dossier.status, ""),
        words=_words(dossier),
        owner=dossier.owner_name,
    )


def _words(dossier: Dossier) -> str:
    """No query: the list asks nothing per row."""
    if dossier.status in END_STATUSES:
        return _("Kết thúc ngày %(day)s") % {"day": vn_day(dossier.ended_at)}
    moments = (
        (dossier.resolved_at, _("Có kết quả từ %(day)s")),
        (dossier.answer_by, _("Bạn cần làm trước %(day)s")),
        (dossier.due_at, _("Hẹn trả %(day)s")),
        (dossier.check_by, _("Kiểm tra chậm nhất %(day)s")),
    )
    for moment, sentence in moments:
        if moment is not None:
            return sentence % {"day": vn_date(moment)}
    if dossier.due_frozen_at is not None:
        return _("Thời hạn đang tạm dừng, mời bạn mở xem")
    return _("Nộp ngày %(day)s") % {"day": vn_day(dossier.submitted_at)}
