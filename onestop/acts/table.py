"""Every act of the counter: its words, its form, and the service that carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers import commands as c
from dossiers.choices import ConsentManner, Medium, Outcome
from dossiers.services import acting
from onestop.acts import forms as f
from onestop.acts.asking import ProposeSupplementForm, RequestSupplementForm
from onestop.acts.deciding import ResolveForm
from onestop.acts.handing import AssessFeeForm, CorrectResultForm, ReturnPapersForm
from onestop.acts.uploads import DraftResultForm
from portal.accounts.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Values = Mapping[str, Any]
Run = Callable[[UUID, Values, Actor], object]


@dataclass(frozen=True)
class DeskAct:
    """`label`: the button; `question`: heading of its page; `done`: what is said afterwards.

    `is_ending`: it cannot be taken back. `is_direct`: one press on the dossier's page is enough.
    """

    label: "StrOrPromise"
    question: "StrOrPromise"
    done: "StrOrPromise"
    form: type[f.ActForm]
    run: Run
    key: str = ""
    is_ending: bool = False
    is_direct: bool = False

    @property
    def notice_kind(self) -> str:
        """Kind of the notice above its form (components/notice.html)."""
        return "warn" if self.is_ending else "info"


def _command(build: Callable[[Values], c.Command]) -> Run:
    def run(dossier_id: UUID, values: Values, actor: Actor) -> object:
        return acting.perform(dossier_id, build(values), actor=actor, version=values["version"])

    return run


def _reasoned(service: Callable[..., object]) -> Run:
    def run(dossier_id: UUID, values: Values, actor: Actor) -> object:
        return service(dossier_id, values["reason"], actor=actor, version=values["version"])

    return run


def _transfer(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.transfer(
        dossier_id, actor=actor, version=values["version"], step=values["step"], assignee_id=values["assignee"],
        note=values["note"],
    )  # fmt: skip


def _reschedule(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.reschedule(
        dossier_id, values["due_on"], values["reason"], actor=actor, version=values["version"]
    )


def _ask_confirmation(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.ask_confirmation(dossier_id, values["file_id"], actor=actor, version=values["version"])


def _consent(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.give_consent(
        dossier_id, values["party"], ConsentManner.PRESENT, actor=actor, version=values["version"]
    )


def _reissue(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.reissue_secret(dossier_id, actor=actor, version=values["version"])


def _propose_supplement(dossier_id: UUID, values: Values, actor: Actor) -> object:
    asked = c.RequestSupplement(values["items"], values["legal_basis"])
    return acting.propose_supplement(dossier_id, asked, actor=actor, version=values["version"])


def _approve_supplement(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.approve_supplement(dossier_id, actor=actor, version=values["version"])


def _assess_fee(dossier_id: UUID, values: Values, actor: Actor) -> object:
    return acting.assess_fee(
        dossier_id, values["fee"], values["amounts"], values["basis"], actor=actor, version=values["version"]
    )


def _return_papers(dossier_id: UUID, values: Values, actor: Actor) -> object:
    back = c.HandBack(values["papers"], values["results"], values["receiver"])
    return acting.return_papers(dossier_id, back, actor=actor, version=values["version"])


def _correct_result(dossier_id: UUID, values: Values, actor: Actor) -> object:
    made = c.Correction(
        values["result"], values["reason"], values["copies"], Medium(values["medium"]), values["file_id"],
        values["number"],
    )  # fmt: skip
    return acting.correct_result(dossier_id, made, actor=actor, version=values["version"])


def _return_result(values: Values) -> c.Command:
    return c.ReturnResult(values["identity_checked"], values["proxy"], values["authorisation"])


def _resolve(values: Values) -> c.Command:
    signed = c.Signature(values["signed_name"], values["signed_on"], values["signed_number"])
    return c.Resolve(Outcome(values["outcome"]), signed, values["reason"], values["results"])


ACTS: dict[str, DeskAct] = {
    "accept": DeskAct(
        _("Tiếp nhận"), _("Tiếp nhận hồ sơ này?"), _("Đã tiếp nhận hồ sơ."),
        f.PlainForm, _command(lambda values: c.Accept()), key="t", is_direct=True,
    ),
    "request_supplement": DeskAct(
        _("Yêu cầu bổ sung"), _("Yêu cầu bổ sung"), _("Đã gửi yêu cầu bổ sung."),
        RequestSupplementForm,
        _command(lambda values: c.RequestSupplement(values["items"], values["legal_basis"])), key="b",
    ),
    "approve_supplement": DeskAct(
        _("Đồng ý yêu cầu thêm"), _("Đồng ý cho yêu cầu bổ sung thêm?"), _("Đã đồng ý. Người thụ lý gửi yêu cầu."),
        f.PlainForm, _approve_supplement,
    ),
    "propose_supplement": DeskAct(
        _("Đề xuất yêu cầu thêm"), _("Đề xuất yêu cầu bổ sung thêm"), _("Đã gửi đề xuất đến trưởng bộ phận."),
        ProposeSupplementForm, _propose_supplement,
    ),
    "propose_decline": DeskAct(
        _("Đề xuất từ chối"), _("Đề xuất từ chối tiếp nhận?"), _("Đã gửi đề xuất đến trưởng bộ phận."),
        f.ReasonForm, _reasoned(acting.propose_decline), is_ending=True,
    ),
    "decline": DeskAct(
        _("Từ chối tiếp nhận"), _("Từ chối tiếp nhận hồ sơ này?"), _("Đã từ chối tiếp nhận."),
        f.DeclineForm, _reasoned(acting.decline), is_ending=True,
    ),
    "reject_proposal": DeskAct(
        _("Không duyệt đề xuất"), _("Không duyệt đề xuất này?"), _("Đã ghi: không duyệt. Hồ sơ giữ nguyên."),
        f.RejectForm, _reasoned(acting.reject_proposal),
    ),
    "redirect": DeskAct(
        _("Chuyển cơ quan khác"), _("Chuyển hồ sơ đến cơ quan khác"), _("Đã chuyển hồ sơ."),
        f.RedirectForm, _command(lambda values: c.Redirect(values["agency"], values["reason"])),
    ),
    "consent": DeskAct(
        _("Ghi chủ hồ sơ đồng ý"), _("Chủ hồ sơ có mặt và đồng ý"), _("Đã ghi nhận."), f.ConsentForm, _consent,
    ),
    "start": DeskAct(
        _("Bắt đầu giải quyết"), _("Giao người thụ lý"), _("Hồ sơ đang được giải quyết."),
        f.StartForm, _command(lambda values: c.Start(values["assignee"])), key="g",
    ),
    "transfer": DeskAct(
        _("Chuyển bước"), _("Chuyển bước"), _("Đã chuyển hồ sơ."), f.TransferForm, _transfer, key="c",
    ),
    "ask_confirmation": DeskAct(
        _("Mời dân xem bản nháp"), _("Mời người dân xem bản nháp kết quả"), _("Đã gửi bản nháp."),
        DraftResultForm, _ask_confirmation,
    ),
    "resolve": DeskAct(
        _("Ghi kết quả"), _("Kết quả giải quyết"), _("Đã ghi kết quả và báo cho người dân."),
        ResolveForm, _command(_resolve), key="q",
    ),
    "assess_fee": DeskAct(
        _("Ghi mức thu"), _("Ghi mức thu phí, lệ phí, thuế"), _("Đã ghi mức thu."), AssessFeeForm, _assess_fee,
    ),
    "request_payment": DeskAct(
        _("Yêu cầu nộp phí"), _("Yêu cầu nộp phí, lệ phí"), _("Đã gửi yêu cầu nộp phí."),
        f.RequestPaymentForm, _command(lambda values: c.RequestPayment(values["fee"])),
    ),
    "reschedule": DeskAct(
        _("Xin lỗi, hẹn lại ngày"), _("Xin lỗi và hẹn lại ngày trả"), _("Đã hẹn lại ngày trả."),
        f.RescheduleForm, _reschedule,
    ),
    "return_result": DeskAct(
        _("Trả kết quả"), _("Trả kết quả"), _("Đã trả kết quả."),
        f.ReturnForm, _command(_return_result), key="r",
    ),
    "return_papers": DeskAct(
        _("Trả lại giấy tờ"), _("Trả lại giấy tờ đang giữ"), _("Đã ghi việc trả lại giấy tờ."),
        ReturnPapersForm, _return_papers,
    ),
    "correct_result": DeskAct(
        _("Sửa kết quả đã trả"), _("Làm bản thay thế cho kết quả có sai sót"),
        _("Đã ghi bản thay thế và báo cho người dân."), CorrectResultForm, _correct_result,
    ),
    "withdraw": DeskAct(
        _("Rút hồ sơ"), _("Rút hồ sơ này?"), _("Đã rút hồ sơ."),
        f.WithdrawForm, _command(lambda values: c.Withdraw(values["reason"], values["on_paper"])),
        is_ending=True,
    ),
    "stop": DeskAct(
        _("Dừng giải quyết"), _("Dừng giải quyết hồ sơ này?"), _("Đã dừng giải quyết."),
        f.ReasonForm, _command(lambda values: c.Stop(values["reason"])), is_ending=True,
    ),
    "recall": DeskAct(
        _("Thu hồi kết quả"), _("Thu hồi kết quả"), _("Đã ghi nhận việc thu hồi."),
        f.RecallForm, _reasoned(acting.recall), is_ending=True,
    ),
    "reissue_secret": DeskAct(
        _("Cấp lại giấy tiếp nhận"), _("Cấp lại giấy với mã tra cứu mới?"), _("Đã đổi mã tra cứu. In lại giấy."),
        f.PlainForm, _reissue,
    ),
}  # fmt: skip
"""By the names of the state table and of the acts beside it, in the order officers see them."""
