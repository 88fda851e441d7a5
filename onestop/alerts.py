"""What must be known about a dossier before anything else: a notice each, the most pressing first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, RUNNING_STATUSES, ConfirmationAnswer, ConsentManner, Status
from dossiers.consents import OwnerConsent
from dossiers.notices import item_line
from dossiers.proposals import DECLINE, RECALL, SUPPLEMENT
from onestop.acts.notes import find_apology_day
from onestop.acts.scene import Scene
from onestop.asked import list_asked
from portal.core import clock
from portal.core.templatetags.formats import vn_date, vn_datetime, vn_deadline

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Alert:
    """For components/notice.html."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    kind: str = "info"


def list_alerts(scene: Scene) -> list[Alert]:
    """No query beyond what the page has read."""
    finders = (
        _redirected,
        _consents,
        _withdrawal,
        _proposal,
        _approval,
        _apology,
        _supplement,
        _expiry,
        _confirmation,
        _held,
    )
    return [alert for find in finders for alert in find(scene)]


def _redirected(scene: Scene) -> Iterator[Alert]:
    """Until it is received: another agency sent it here, and why."""
    dossier = scene.dossier
    if Status.SUBMITTED not in (dossier.status, dossier.resume_to) or not scene.find_text(
        "redirect", "agency"
    ):
        return
    left = scene.find_text("redirect", "from_agency") or _("Cơ quan khác")
    title = _("%(agency)s chuyển hồ sơ này đến") % {"agency": left}
    yield Alert(title, _("Lý do: %(reason)s") % {"reason": scene.find_reason("redirect")})


def _consents(scene: Scene) -> Iterator[Alert]:
    """Where every owner must agree: who has, and who has not, before the dossier is received."""
    dossier = scene.dossier
    if Status.SUBMITTED not in (dossier.status, dossier.resume_to) or not scene.consents:
        return
    items = tuple(_say_consent(owner) for owner in scene.consents)
    if all(owner.has_agreed for owner in scene.consents):
        yield Alert(_("Mọi chủ hồ sơ đã đồng ý"), items=items, kind="done")
        return
    text = _("Đủ mọi người mới tiếp nhận được. Người có mặt tại quầy thì ghi nhận ở mục Việc cần làm.")
    yield Alert(_("Chưa đủ chủ hồ sơ đồng ý"), text, items, "warn")


def _say_consent(owner: OwnerConsent) -> str:
    if not owner.has_agreed:
        return _("%(name)s: chưa đồng ý") % {"name": owner.name}
    said = {"name": owner.name, "how": ConsentManner(owner.how).label, "at": vn_datetime(owner.at)}
    return _("%(name)s: %(how)s, %(at)s") % said


def _withdrawal(scene: Scene) -> Iterator[Alert]:
    dossier = scene.dossier
    if dossier.withdrawal_requested_at is not None and dossier.ended_at is None:
        at = vn_datetime(dossier.withdrawal_requested_at)
        title = _("Người dân đề nghị rút hồ sơ lúc %(at)s") % {"at": at}
        yield Alert(title, scene.find_reason("request_withdrawal"), kind="warn")


def _proposal(scene: Scene) -> Iterator[Alert]:
    event = scene.proposing
    if scene.proposal is None or event is None:
        return
    titles = {
        DECLINE.key: _("%(name)s đề xuất từ chối lúc %(at)s"),
        RECALL.key: _("%(name)s đề xuất thu hồi kết quả lúc %(at)s"),
        SUPPLEMENT.key: _("%(name)s đề xuất yêu cầu bổ sung thêm lúc %(at)s"),
    }
    said = {"name": event.actor_name, "at": vn_datetime(event.at)}
    items = tuple(item_line(item, scene.content) for item in scene.proposed.get("items", ()))
    yield Alert(titles[scene.proposal.kind] % said, str(scene.proposed.get("reason", "")), items, "warn")


def _approval(scene: Scene) -> Iterator[Alert]:
    if scene.approved.items and scene.dossier.status in RUNNING_STATUSES:
        items = tuple(item_line(item, scene.content) for item in scene.approved.items)
        yield Alert(_("Trưởng bộ phận đã đồng ý cho yêu cầu bổ sung thêm"), items=items)


def _apology(scene: Scene) -> Iterator[Alert]:
    """One working day before the due day a delay must be announced (Decree 61/2018 Art. 19.9)."""
    dossier = scene.dossier
    if (
        dossier.status not in RUNNING_STATUSES
        or dossier.due_at is None
        or dossier.rescheduled_from is not None
    ):
        return
    deadline, today = find_apology_day(scene), clock.today()
    if deadline is None or today < deadline:
        return
    if today == deadline:
        text = _("Không kịp thì hôm nay phải xin lỗi và hẹn lại ngày trả (Mẫu 04).")
        yield Alert(_("Hẹn trả %(due)s") % {"due": vn_deadline(dossier.due_at)}, text, kind="warn")
    else:
        text = _("Đã quá ngày báo trước. Không kịp thì vẫn phải xin lỗi và hẹn lại ngay (Mẫu 04).")
        yield Alert(_("Hẹn trả %(due)s") % {"due": vn_deadline(dossier.due_at)}, text, kind="bad")


def _supplement(scene: Scene) -> Iterator[Alert]:
    asked = scene.supplement
    if asked is not None:
        said = {"at": vn_datetime(asked.asked_at), "name": asked.asked_by_name}
        yield Alert(_("Đã yêu cầu bổ sung lúc %(at)s, %(name)s") % said, items=tuple(list_asked(scene)))


def _expiry(scene: Scene) -> Iterator[Alert]:
    until = scene.dossier.answer_by
    if until is None or until - clock.now() > SOON:
        return
    title = _("Hết thời gian chờ vào %(day)s") % {"day": vn_date(until)}
    text = _("Sau ngày đó hồ sơ tự kết thúc.")
    if scene.dossier.warned_at is not None:
        text += " " + _("Đã nhắc người dân lúc %(at)s.") % {"at": vn_datetime(scene.dossier.warned_at)}
    yield Alert(title, text, kind="warn")


def _confirmation(scene: Scene) -> Iterator[Alert]:
    """A draft the citizen looks at, or what was answered while the decision is still to come."""
    if scene.dossier.status != Status.PROCESSING:
        return
    if scene.open_confirmation is not None:
        until = scene.find_moment("ask_confirmation", "until")
        title = _("Người dân đang xem bản nháp kết quả")
        yield Alert(title, _("Chờ đến %(until)s. Không trả lời thì coi là đồng ý.") % {"until": until})
        return
    answer = scene.find_text("answer_confirmation", "answer")
    if answer == ConfirmationAnswer.CORRECTION:
        text = scene.find_text("answer_confirmation", "text")
        yield Alert(_("Người dân đề nghị sửa bản nháp"), text, kind="warn")
    elif answer:
        yield Alert(str(ConfirmationAnswer(answer).label), kind="done")


def _held(scene: Scene) -> Iterator[Alert]:
    """What still lies here after the end."""
    lying = [paper.words for paper in scene.casefile.held] + [item.words for item in scene.uncollected]
    if scene.dossier.status == Status.RETURNED:
        borrowed = [paper.words for paper in scene.casefile.held if paper.is_borrowed]
        lying = borrowed + [item.words for item in scene.uncollected]
    if lying and scene.dossier.status in END_STATUSES:
        yield Alert(_("Còn giữ của người dân"), items=tuple(lying), kind="warn")
