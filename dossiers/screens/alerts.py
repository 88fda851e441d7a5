"""What the owner must know beside the five answers: an apology, a correction, papers that wait at the counter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, PaperState, Status
from dossiers.models import Dossier, DossierEvent, PaperItem, ResultItem
from portal.core.templatetags.formats import vn_deadline
from procedures.content import Content


@dataclass(frozen=True, slots=True)
class Alert:
    """For components/notice.html."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    kind: str = "info"


def list_alerts(
    dossier: Dossier,
    content: Content,
    events: Sequence[DossierEvent],
    papers: Sequence[PaperItem],
    results: Sequence[ResultItem],
) -> list[Alert]:
    """`papers`: what was laid on the desk; `results`: the documents in force."""
    return [*_apologise(dossier, events), *_correct(events, results), *_keep(dossier, content, papers)]


def _apologise(dossier: Dossier, events: Sequence[DossierEvent]) -> Iterator[Alert]:
    """Mẫu 04 in words, until the result is there."""
    if dossier.rescheduled_from is None or dossier.resolved_at is not None or dossier.ended_at is not None:
        return
    said = {"old": vn_deadline(dossier.rescheduled_from), "new": vn_deadline(dossier.promised_at)}
    reason, who = _find_reason(events, "reschedule"), _name_apologiser(dossier, events)
    yield Alert(
        _("Cơ quan xin lỗi bạn vì trả kết quả muộn"),
        _("Lý do: %(reason)s") % {"reason": reason} if reason else "",
        (
            _("Ngày hẹn cũ: %(old)s") % said,
            _("Ngày hẹn mới: %(new)s") % said,
            _("Người xin lỗi: %(who)s") % {"who": who},
        ),
        "warn",
    )


def _name_apologiser(dossier: Dossier, events: Sequence[DossierEvent]) -> str:
    """The officer who announced it, and the agency, as they stand in the history."""
    event = next((event for event in reversed(events) if event.kind == "reschedule"), None)
    names = (event.actor_name if event else "", dossier.agency.name if dossier.agency else "")
    return ", ".join(filter(None, names))


def _correct(events: Sequence[DossierEvent], results: Sequence[ResultItem]) -> Iterator[Alert]:
    corrected = [item for item in results if item.replaces_id is not None]
    if not corrected:
        return
    waiting = any(item.handed_over_at is None for item in corrected)
    where = _("Mời bạn mang bản cũ đến nơi nhận kết quả để đổi.") if waiting else ""
    yield Alert(
        _("Kết quả có sai sót, cơ quan xin lỗi và đã làm bản thay thế"),
        _find_reason(events, "correct_result"),
        (where,) if where else (),
        "warn" if waiting else "info",
    )


def _keep(dossier: Dossier, content: Content, papers: Sequence[PaperItem]) -> Iterator[Alert]:
    """Before the end what was borrowed; after an end without a result everything that still lies there."""
    held = [paper for paper in papers if paper.state == PaperState.HELD]
    ended = dossier.status in END_STATUSES
    if not ended or dossier.status == Status.RETURNED:
        held = [paper for paper in held if paper.is_borrowed]
    if held:
        title = (
            _("Giấy tờ của bạn còn ở quầy, mời đến nhận lại") if ended else _("Cơ quan đang mượn bản chính")
        )
        text = "" if ended else _("Bạn nhận lại cùng kết quả.")
        yield Alert(title, text, tuple(_name(paper, content) for paper in held), "warn" if ended else "info")


def _name(paper: PaperItem, content: Content) -> str:
    requirement = content.requirement(paper.requirement)
    return str(requirement.name) if requirement else paper.requirement


def _find_reason(events: Sequence[DossierEvent], kind: str) -> str:
    event = next((event for event in reversed(events) if event.kind == kind), None)
    return str((event.payload or {}).get("reason") or "") if event else ""
