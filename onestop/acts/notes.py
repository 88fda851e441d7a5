"""What an officer should know before an act, in a sentence or two."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from dossiers.deadlines import CalendarUnknown, apologise_by
from dossiers.estimates import estimate_due
from dossiers.notices import item_line
from onestop.acts.scene import Scene
from portal.accounts import selectors as accounts
from portal.core import clock
from portal.core.templatetags.formats import vn_date, vn_datetime, vn_deadline


def list_notes(name: str, scene: Scene) -> list[str]:
    """Sentences for the page of an act; none for most."""
    write = _NOTES.get(name)
    return write(scene) if write else []


def _accept(scene: Scene) -> list[str]:
    due = estimate_due(scene.dossier)
    lines = [_("Ngày hẹn trả được chốt và giấy hẹn (Mẫu 01) được lập.")]
    if due is not None:
        lines.append(_("Hẹn trả khoảng: %(due)s.") % {"due": vn_deadline(due)})
    return lines


def _request_supplement(scene: Scene) -> list[str]:
    lines = [_("Ghi lý do cho từng mục cần sửa. Mục không ghi gì nghĩa là đạt.")]
    if scene.dossier.received_at is not None:
        policy = scene.content.supplement
        lines.append(
            _("Chỉ được yêu cầu %(rounds)d lần, trong %(days)d ngày làm việc.")
            % {"rounds": policy.rounds, "days": policy.window_days}
        )
    return lines


def _propose_decline(scene: Scene) -> list[str]:
    return [_("Trưởng bộ phận Một cửa đọc đề xuất rồi quyết định. Hồ sơ chưa đổi trạng thái.")]


def _decline(scene: Scene) -> list[str]:
    return [*_who_proposed(scene), _("Hồ sơ kết thúc, người dân nhận Phiếu từ chối (Mẫu 03).")]


def _who_proposed(scene: Scene) -> list[str]:
    event = scene.proposing if scene.proposal is not None else None
    if event is None:
        return []
    return [_("%(name)s đề xuất lúc %(at)s.") % {"name": event.actor_name, "at": vn_datetime(event.at)}]


def _propose_supplement(scene: Scene) -> list[str]:
    return [
        _("Chỉ được yêu cầu %(rounds)d lần. Yêu cầu thêm phải có căn cứ và trưởng bộ phận đồng ý.")
        % {"rounds": scene.content.supplement.rounds},
        _("Ghi lý do vào ô của từng mục. Trưởng bộ phận và người dân đọc các câu này."),
    ]


def _approve_supplement(scene: Scene) -> list[str]:
    items = [item_line(item, scene.content) for item in scene.proposed.get("items", ())]
    basis = _("Căn cứ: %(basis)s.") % {"basis": scene.proposed.get("legal_basis", "")}
    return [*_who_proposed(scene), *items, basis]


def _reject(scene: Scene) -> list[str]:
    said = [str(scene.proposed["reason"])] if scene.proposed.get("reason") else []
    items = [item_line(item, scene.content) for item in scene.proposed.get("items", ())]
    return [*_who_proposed(scene), *said, *items]


def _start(scene: Scene) -> list[str]:
    return [_("Người được giao thấy hồ sơ này trong mục “Tôi đang giữ”.")]


def _redirect(scene: Scene) -> list[str]:
    return [
        _("Mã hồ sơ và hạn kiểm tra giữ nguyên. Người dân được báo, không phải nộp lại."),
        _("Sau khi chuyển, cơ quan của bạn không thấy hồ sơ này nữa."),
    ]


def _request_payment(scene: Scene) -> list[str]:
    return [_("Hồ sơ chờ người dân nộp tiền trong 30 ngày. Nộp xong thì tự tiếp tục.")]


def _ask_confirmation(scene: Scene) -> list[str]:
    return [
        _("Người dân xem bản nháp trên trang hồ sơ và được báo ngay."),
        _("Thời hạn tạm dừng. Sau 8 giờ làm việc không trả lời thì coi là đồng ý."),
    ]


def _reschedule(scene: Scene) -> list[str]:
    lines = [_("Chỉ hẹn lại được một lần. Người dân nhận lời xin lỗi, lý do và ngày mới (Mẫu 04).")]
    deadline = find_apology_day(scene)
    if deadline is not None:
        late = clock.today() > deadline
        words = (
            _("Phải báo trước khi hết %(day)s; nay đã muộn, vẫn phải xin lỗi.")
            if late
            else _("Phải báo chậm nhất %(day)s.")
        )
        lines.append(words % {"day": vn_date(deadline)})
    return lines


def find_apology_day(scene: Scene) -> date | None:
    """The last day on which a delay may be announced in time; None where there is no due day or no calendar."""
    dossier = scene.dossier
    if dossier.due_at is None or dossier.agency_id is None:
        return None
    try:
        return apologise_by(dossier.due_at, accounts.get_work_calendar(dossier.agency_id))
    except CalendarUnknown:
        return None


def _assess_fee(scene: Scene) -> list[str]:
    return [_("Ghi đúng số tiền trên thông báo. Sau đó mới yêu cầu nộp hoặc thu được.")]


def _return_papers(scene: Scene) -> list[str]:
    return [_("Kiểm tra giấy tờ của người nhận trước khi trả. Việc trả được ghi vào lịch sử hồ sơ.")]


def _correct_result(scene: Scene) -> list[str]:
    return [
        _("Quyết định giữ nguyên. Bản cũ được đánh dấu đã thay thế, người dân được báo và xin lỗi."),
        _("Bản giấy thay thế chờ tại quầy, trả bằng nút “Trả lại giấy tờ”."),
    ]


def _withdraw(scene: Scene) -> list[str]:
    asked = scene.dossier.withdrawal_requested_at
    if asked is not None:
        lines = [_("Người dân đề nghị rút lúc %(at)s.") % {"at": vn_datetime(asked)}]
    else:
        lines = [_("Chỉ rút khi người dân có đơn bằng giấy hoặc đã đề nghị qua mạng.")]
    return [*lines, _("Hồ sơ dừng lại và không mở lại được. Giấy tờ được trả lại.")]


def _stop(scene: Scene) -> list[str]:
    return [_("Hồ sơ kết thúc và không mở lại được. Người dân nhận thông báo có lý do này.")]


def _recall(scene: Scene) -> list[str]:
    if scene.proposal is None:
        return [_("Việc này cần hai người. Bạn đề xuất, một người ký khác thực hiện.")]
    return [*_who_proposed(scene), _("Bạn là người thứ hai: kết quả được thu hồi ngay, người dân được báo.")]


def _return_result(scene: Scene) -> list[str]:
    lines = [_("Kiểm tra giấy tờ của người nhận. Mất giấy hẹn vẫn trả được.")]
    results = [item.words for item in scene.results if not item.is_replaced]
    lines += [_("Trao: %(result)s.") % {"result": words} for words in results]
    borrowed = [paper.words for paper in scene.casefile.held if paper.is_borrowed]
    return lines + [_("Trả lại bản mượn: %(paper)s.") % {"paper": words} for words in borrowed]


def _reissue(scene: Scene) -> list[str]:
    return [_("Mã tra cứu trên giấy cũ không dùng được nữa. Hãy xem giấy tờ của người xin cấp lại.")]


_NOTES: dict[str, Callable[[Scene], list[str]]] = {
    "accept": _accept,
    "request_supplement": _request_supplement,
    "start": _start,
    "redirect": _redirect,
    "request_payment": _request_payment,
    "ask_confirmation": _ask_confirmation,
    "reschedule": _reschedule,
    "assess_fee": _assess_fee,
    "return_papers": _return_papers,
    "correct_result": _correct_result,
    "propose_supplement": _propose_supplement,
    "approve_supplement": _approve_supplement,
    "reject_proposal": _reject,
    "propose_decline": _propose_decline,
    "decline": _decline,
    "withdraw": _withdraw,
    "stop": _stop,
    "recall": _recall,
    "return_result": _return_result,
    "reissue_secret": _reissue,
}
