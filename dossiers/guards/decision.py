"""Guards of deciding, ending and returning."""

from typing import cast

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers import proposals
from dossiers.choices import Medium, Outcome, PaperState
from dossiers.guards.base import refuse
from dossiers.models import Decision, DossierParty, PaperItem, ResultItem, Step
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.core.clock import to_local
from portal.core.errors import Forbidden

MOST_COPIES = 99
LONGEST_NUMBER = 64


def same_day_procedure(work: Work, command: c.Command) -> None:
    if not work.content.same_day:
        raise refuse(
            "outcome", _("Chỉ thủ tục trả kết quả trong ngày mới được giải quyết ngay khi tiếp nhận.")
        )


def desk_is_authorised(work: Work, command: c.Command) -> None:
    if not work.content.authorised_desk:
        raise Forbidden("desk_not_authorised", _("Quầy này không được giao giải quyết thủ tục tại chỗ."))


def at_approval_step(work: Work, command: c.Command) -> None:
    step = Step.objects.filter(dossier=work.dossier, ended_at=None).first()
    if step is None or step.kind != "approve" or step.agency_id != work.actor.agency_id:
        raise refuse(
            "step", _("Hồ sơ chưa đến bước ký duyệt. Hãy chuyển hồ sơ đến bước này trước."), "wrong_step"
        )


def not_own_dossier(work: Work, command: object) -> None:
    """An approver never decides on an own dossier."""
    if work.actor.user_id is None:
        return
    mine = work.actor.user_id == work.dossier.filed_by_id
    index = accounts.get_user(work.actor.user_id).national_id_index
    party = (
        index is not None
        and DossierParty.objects.filter(dossier=work.dossier, party__identity_index=index).exists()
    )
    if mine or party:
        raise Forbidden("own_dossier", _("Bạn có tên trong hồ sơ này nên không được tự quyết định."))


def no_open_confirmation(work: Work, command: c.Command) -> None:
    if work.dossier.confirmations.filter(answer=None).exists():
        raise refuse("confirmation", _("Đang chờ người dân xem bản nháp kết quả."), "confirmation_open")


def decision_complete(work: Work, command: c.Command) -> None:
    decision = cast("c.Resolve", command)
    if decision.outcome != Outcome.GRANTED and not decision.reason.strip():
        raise refuse("reason", _("Hãy ghi lý do không đồng ý. Người dân sẽ đọc câu này."))
    if not decision.signed.name.strip():
        raise refuse("signed", _("Hãy ghi tên người đã ký."))
    if decision.signed.on > to_local(work.now).date():
        raise refuse("signed", _("Ngày ký không được sau hôm nay."))
    if decision.outcome != Outcome.REFUSED and not decision.results:
        raise refuse("results", _("Hãy chọn ít nhất một kết quả."))
    check_results(work, decision.results)


def check_results(work: Work, results: tuple[c.ResultDraft, ...]) -> None:
    """Every document is of a kind of the procedure, in a sensible number of copies, an electronic one with its file."""
    kinds = {kind.key for kind in work.content.results}
    for result in results:
        if result.kind not in kinds:
            raise refuse("results", _("Loại kết quả này không có trong thủ tục."))
        if not 1 <= result.copies <= MOST_COPIES:
            raise refuse("results", _("Số bản phải từ 1 đến 99."))
        if result.medium == Medium.ELECTRONIC and result.file_id is None:
            raise refuse("results", _("Kết quả điện tử phải kèm tệp."))
        if len(result.number) > LONGEST_NUMBER:
            raise refuse("results", _("Số của kết quả dài quá 64 chữ và số."))


def answer_time_passed(work: Work, command: c.Command) -> None:
    if work.dossier.answer_by is None or work.now <= work.dossier.answer_by:
        raise refuse("status", _("Chưa hết thời gian chờ."), "still_waiting")


def withdrawal_requested(work: Work, command: c.Command) -> None:
    if work.dossier.withdrawal_requested_at is None and not cast("c.Withdraw", command).on_paper:
        raise refuse("reason", _("Chưa có đề nghị rút hồ sơ của người dân."), "no_withdrawal_request")


def no_decision(work: Work, command: c.Command) -> None:
    if Decision.objects.filter(dossier=work.dossier, recalled_at=None).exists():
        raise refuse("status", _("Hồ sơ đã có quyết định nên không rút được nữa."), "decided")


def recall_approved(work: Work, command: c.Command) -> None:
    since = work.dossier.resolved_at or work.now
    if not proposals.is_approved(work, proposals.RECALL, since):
        raise refuse("proposal", _("Thu hồi kết quả cần một người thứ hai duyệt."), "proposal_missing")


def identity_checked(work: Work, command: c.Command) -> None:
    if not cast("c.ReturnResult", command).identity_checked:
        raise refuse("identity_checked", _("Hãy kiểm tra giấy tờ của người nhận rồi đánh dấu vào ô này."))


def nothing_on_paper(work: Work, command: c.Command) -> None:
    on_paper = ResultItem.objects.filter(
        decision__dossier=work.dossier, decision__recalled_at=None, medium=Medium.PAPER
    ).exists()
    held = PaperItem.objects.filter(dossier=work.dossier, state=PaperState.HELD, is_borrowed=True).exists()
    if on_paper or held:
        raise refuse("status", _("Còn bản giấy phải trả tận tay."), "paper_left")
