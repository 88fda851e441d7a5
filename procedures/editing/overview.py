"""The overview of one procedure: published facts, the draft, its sections, who changed what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.core.templatetags.formats import vn_datetime, vn_day
from procedures.choices import ServiceLevel, Source
from procedures.editing.marks import Mark, build_marks, judge
from procedures.editing.reads import Desk, Moves, find_moves, list_revisions
from procedures.editing.shell import find_href
from procedures.models import DraftRevision


@dataclass(frozen=True)
class Overview:
    """`facts`: of what is published; `draft_facts`: of the draft. Rows for components/summary.html."""

    facts: tuple[dict[str, str], ...]
    draft_facts: tuple[dict[str, str], ...]
    returned: str
    marks: tuple[Mark, ...]
    moves: Moves
    revisions: tuple[DraftRevision, ...]
    public_href: str

    @property
    def stops(self) -> int:
        return sum(mark.stops for mark in self.marks)


def build_overview(desk: Desk, actor: Actor) -> Overview:
    """Four queries at most."""
    findings = judge(desk.read_document())
    is_public = desk.procedure is not None and desk.procedure.current_id is not None
    return Overview(
        facts=tuple(_rows(_list_facts(desk))),
        draft_facts=tuple(_rows(_list_draft_facts(desk, actor))),
        returned=desk.draft.return_reason if desk.draft and desk.draft.returned_at else "",
        marks=tuple(build_marks(desk.code, findings)),
        moves=find_moves(desk.draft),
        revisions=tuple(list_revisions(desk.code)),
        public_href=find_href("procedures:detail", desk.code) if is_public else "",
    )


def name_of(person: object) -> str:
    """The full name of an account, or that the software did it."""
    return getattr(person, "full_name", "") or _("phần mềm")


def _rows(pairs: list[tuple[str, Any]]) -> list[dict[str, str]]:
    return [{"label": label, "value": str(value)} for label, value in pairs if value]


def _list_facts(desk: Desk) -> list[tuple[str, Any]]:
    procedure = desk.procedure
    if procedure is None or procedure.current is None:
        return []
    version = procedure.current
    level = ServiceLevel(version.level)
    return [
        (_("Bản"), _("Bản %(number)d, từ %(day)s") % {
            "number": version.number, "day": vn_day(version.effective_from),
        }),
        (_("Nguồn"), Source(version.source).label),
        (_("Lĩnh vực"), procedure.field),
        (_("Mức độ"), _("%(number)d, %(name)s") % {"number": level.value, "name": level.label.lower()}),
        (_("Thời hạn"), procedure.limit_text),
        (_("Phí, lệ phí"), procedure.fee_text),
        (_("Công bố lúc"), vn_datetime(version.published_at)),
        (_("Thay đổi lần này"), version.note),
        (_("Bãi bỏ từ"), vn_day(procedure.closed_on) if procedure.closed_on else ""),
        (_("Thay bằng"), procedure.successor.name if procedure.successor else ""),
    ]  # fmt: skip


def _list_draft_facts(desk: Desk, actor: Actor) -> list[tuple[str, Any]]:
    draft = desk.draft
    if draft is None:
        return []
    who = _("bạn") if draft.author_id == actor.user_id else name_of(draft.author)
    rows: list[tuple[str, Any]] = [
        (_("Sửa lần cuối"), _("%(at)s, %(who)s") % {"at": vn_datetime(draft.changed_at), "who": who})
    ]
    if draft.proposed_at:
        rows += [
            (
                _("Đã trình"),
                _("%(at)s, %(who)s")
                % {"at": vn_datetime(draft.proposed_at), "who": name_of(draft.proposed_by)},
            ),
            (_("Đề nghị áp dụng từ"), vn_day(draft.effective_from)),
        ]
    if draft.returned_at:
        words = _("%(at)s, %(who)s") % {
            "at": vn_datetime(draft.returned_at),
            "who": name_of(draft.returned_by),
        }
        rows.append((_("Bị trả lại"), words))
    return rows


def _say_who(at: datetime | None, person: object) -> str:
    return _("%(at)s, %(who)s") % {"at": vn_datetime(at), "who": name_of(person)}
