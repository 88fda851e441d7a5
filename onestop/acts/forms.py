"""Forms of acts on a dossier. Rules are the services'; a form only reads what was typed."""

from datetime import datetime, time
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.acts.fields import DayField, build_reason
from onestop.acts.scene import Choices, Scene
from portal.accounts.choices import Role
from portal.core.clock import VN_TZ

CITIZEN_READS = _("Người dân sẽ đọc câu này.")
CLOSE = time(17)


class ActForm(forms.Form):
    """`version` and `seq` say what the officer saw; an older one is a conflict that keeps what was typed."""

    body_template = "onestop/partials/act_fields.html"
    is_wide = False
    use_required_attribute = False

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seq = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, scene: Scene) -> None:
        self.scene = scene
        super().__init__(data, files, initial=self.find_initial(scene))
        self.prepare(scene)

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        return {"version": scene.dossier.version, "seq": scene.dossier.last_seq}

    def prepare(self, scene: Scene) -> None:
        """Fill the choices that depend on the dossier."""

    def only_changes(self) -> bool:
        """Did a button send the form that only changes it (adds a row)?"""
        return False

    def keep_typed(self) -> None:
        """Read what was typed, files included, and say nothing about what is still missing."""
        self.full_clean()
        self.errors.clear()

    def set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def list_typed(self) -> list[tuple[str, str]]:
        """What was typed, for the page that says somebody was first."""
        values = [(str(bound.label), _in_words(bound)) for bound in self.visible_fields()]
        return [(label, words) for label, words in values if words]


def _in_words(bound: forms.BoundField) -> str:
    """What a control holds as its reader sees it: the label of a choice, a tick as "Có"."""
    value = bound.data
    if isinstance(bound.field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in cast("Choices", bound.field.choices)}
        return labels.get(str(value), "") if value else ""
    if isinstance(bound.field, forms.BooleanField):
        return str(_("Có")) if value else ""
    return str(value) if value else ""


class PlainForm(ActForm):
    """Nothing to type."""


class ReasonForm(ActForm):
    reason = build_reason(_("Lý do"), CITIZEN_READS)


class DeclineForm(ReasonForm):
    """Starts from the reason reception proposed."""

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        return {**super().find_initial(scene), "reason": scene.proposed.get("reason", "")}


class RejectForm(ActForm):
    """The no to a proposal."""

    reason = build_reason(_("Vì sao không duyệt"), _("Người đề xuất đọc câu này, người dân không thấy."))


class RecallForm(ReasonForm):
    """The second approver starts from the reason of the first."""

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        return {**super().find_initial(scene), "reason": scene.proposed.get("reason", "")}


class WithdrawForm(ActForm):
    reason = build_reason(_("Lý do rút"))
    on_paper = forms.BooleanField(label=_("Có đơn rút hồ sơ bằng giấy"), required=False)

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        return {**super().find_initial(scene), "reason": scene.find_reason("request_withdrawal")}


class RedirectForm(ActForm):
    agency = forms.TypedChoiceField(
        label=_("Chuyển đến cơ quan"), coerce=int, error_messages={"required": _("Chọn cơ quan.")}
    )
    reason = build_reason(_("Lý do"), CITIZEN_READS)

    def prepare(self, scene: Scene) -> None:
        self.set_choices("agency", scene.list_agencies())


class StartForm(ActForm):
    """A case officer who begins keeps the dossier, unless another one is chosen."""

    assignee = forms.TypedChoiceField(label=_("Giao cho"), coerce=int, empty_value=None, required=False)

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        own = scene.actor.membership_id if scene.actor.has_role(Role.CASE_OFFICER) else None
        return {**super().find_initial(scene), "assignee": own}

    def prepare(self, scene: Scene) -> None:
        self.set_choices("assignee", scene.list_assignees(Role.CASE_OFFICER))


class TransferForm(ActForm):
    step = forms.ChoiceField(label=_("Chuyển đến bước"), error_messages={"required": _("Chọn bước.")})
    assignee = forms.TypedChoiceField(label=_("Giao cho"), coerce=int, empty_value=None, required=False)
    note = build_reason(_("Ghi chú bàn giao"), _("Người dân không thấy."), required=False)

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        return {**super().find_initial(scene), "step": scene.next_step}

    def prepare(self, scene: Scene) -> None:
        self.set_choices("step", scene.list_steps())
        self.set_choices("assignee", scene.list_assignees(Role.CASE_OFFICER, Role.APPROVER))


class RequestPaymentForm(ActForm):
    fee = forms.TypedChoiceField(label=_("Khoản phải nộp"), coerce=UUID, widget=forms.RadioSelect)

    def prepare(self, scene: Scene) -> None:
        self.set_choices("fee", scene.list_open_fees())


class RescheduleForm(ActForm):
    """Mẫu 04: the new day ends at the close of the office."""

    due_on = DayField(
        label=_("Ngày hẹn mới"), ahead=True, error_messages={"required": _("Ghi ngày hẹn mới.")}
    )
    reason = build_reason(_("Lý do chậm"), CITIZEN_READS)

    def clean_due_on(self) -> datetime:
        return datetime.combine(self.cleaned_data["due_on"], CLOSE, tzinfo=VN_TZ)


class ReturnForm(ActForm):
    identity_checked = forms.BooleanField(
        label=_("Đã kiểm tra giấy tờ của người nhận"),
        error_messages={"required": _("Kiểm tra giấy tờ của người nhận, rồi đánh dấu vào ô này.")},
    )
    proxy = forms.CharField(
        label=_("Người nhận thay"),
        help_text=_("Chỉ ghi khi không phải chủ hồ sơ."),
        required=False,
        max_length=200,
    )

    authorisation = forms.CharField(
        label=_("Giấy ủy quyền"),
        help_text=_("Số, ngày, nơi chứng thực. Chỉ ghi khi có người nhận thay."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("proxy", "").strip() and not typed.get("authorisation", "").strip():
            self.add_error(
                "authorisation", _("Người nhận thay phải có giấy ủy quyền. Ghi số, ngày của giấy.")
            )
        return typed


class ConsentForm(ActForm):
    party = forms.TypedChoiceField(label=_("Chủ hồ sơ có mặt"), coerce=UUID, widget=forms.RadioSelect)

    def prepare(self, scene: Scene) -> None:
        self.set_choices("party", scene.list_owners())
