"""What an officer should know before an act, in a sentence or two."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from dossiers.estimates import estimate_due
from onestop.acts.scene import Scene
from portal.core.templatetags.formats import vn_datetime, vn_deadline


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
    lines = [_("Ghi lý do vào ô của từng mục cần sửa. Ô để trống nghĩa là mục đó đạt.")]
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
    lines = [_("Hồ sơ kết thúc, người dân nhận Phiếu từ chối (Mẫu 03).")]
    proposal = scene.decline_proposal
    if proposal is not None:
        said = {"name": proposal.proposed_by.get_full_name(), "at": vn_datetime(proposal.proposed_at)}
        lines.insert(0, _("%(name)s đề xuất lúc %(at)s.") % said)
    return lines


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
    if scene.recall_proposal is None:
        return [_("Việc này cần hai người. Bạn đề xuất, một người ký khác thực hiện.")]
    return [_("Đã có người đề xuất thu hồi. Nếu bạn là người thứ hai, kết quả được thu hồi ngay.")]


def _return_result(scene: Scene) -> list[str]:
    papers = [paper for paper in scene.casefile.papers if paper.on_desk]
    lines = [_("Kiểm tra giấy tờ của người nhận. Mất giấy hẹn vẫn trả được.")]
    borrowed = [f"{paper.requirement.name} ({paper.on_desk})" for paper in papers]
    if borrowed:
        lines.append(_("Giấy tờ tại quầy: %(papers)s.") % {"papers": "; ".join(borrowed)})
    return lines


def _reissue(scene: Scene) -> list[str]:
    return [_("Mã tra cứu trên giấy cũ không dùng được nữa. Hãy xem giấy tờ của người xin cấp lại.")]


_NOTES: dict[str, Callable[[Scene], list[str]]] = {
    "accept": _accept,
    "request_supplement": _request_supplement,
    "propose_decline": _propose_decline,
    "decline": _decline,
    "withdraw": _withdraw,
    "stop": _stop,
    "recall": _recall,
    "return_result": _return_result,
    "reissue_secret": _reissue,
}
