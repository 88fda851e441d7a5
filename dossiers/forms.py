"""Shapes of the hand-made forms of the citizen's pages; e-forms come from procedures.formschema."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.choices import ConfirmationAnswer

REASON_LENGTH = 2000


class StartForm(forms.Form):
    """The case, where the procedure has cases, and the agency that receives."""

    case = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("Chọn trường hợp của bạn.")})
    agency = forms.ChoiceField(
        error_messages={
            "required": _("Chọn nơi nhận hồ sơ."),
            "invalid_choice": _("Chọn nơi nhận hồ sơ trong danh sách."),
        }
    )

    def __init__(
        self, *args: Any, cases: Sequence[tuple[str, str]], agencies: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        case, agency = self.fields["case"], self.fields["agency"]
        case.required = bool(cases)
        case.error_messages["required"] = _("Chọn trường hợp của bạn.")
        case.choices, agency.choices = list(cases), list(agencies)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a dossier is taken back."""

    reason = forms.CharField(
        max_length=REASON_LENGTH,
        error_messages={
            "required": _("Hãy cho biết vì sao bạn muốn rút hồ sơ."),
            "max_length": _("Lý do dài quá. Hãy viết ngắn lại, tối đa 2.000 chữ cái."),
        },
    )


class ConfirmationForm(forms.Form):
    """The answer to a draft result; a correction says what is wrong."""

    answer = forms.ChoiceField(
        choices=[
            (ConfirmationAnswer.CONFIRMED.value, ""),
            (ConfirmationAnswer.CORRECTION.value, ""),
        ],
        error_messages={"required": _("Chọn một câu trả lời."), "invalid_choice": _("Chọn một câu trả lời.")},
    )
    text = forms.CharField(
        max_length=REASON_LENGTH,
        required=False,
        error_messages={"max_length": _("Nội dung dài quá. Hãy viết ngắn lại, tối đa 2.000 chữ cái.")},
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") == ConfirmationAnswer.CORRECTION and not answers.get("text"):
            self.add_error("text", _("Hãy ghi chỗ cần sửa."))
        return answers


class TrackForm(forms.Form):
    """Code and secret, as printed; both as people type them."""

    code = forms.CharField(
        max_length=64,
        error_messages={
            "required": _("Nhập mã hồ sơ, ví dụ H42.36-261123-0014."),
            "max_length": _("Mã hồ sơ không dài như vậy. Hãy xem lại trên giấy tiếp nhận."),
        },
    )
    secret = forms.CharField(
        max_length=32,
        error_messages={
            "required": _("Nhập mã tra cứu gồm 8 chữ và số."),
            "max_length": _("Mã tra cứu chỉ gồm 8 chữ và số."),
        },
    )


def list_form_errors(form: forms.Form) -> list[dict[str, str]]:
    """Every message of a form with the id of its field, for the error summary."""
    return [
        {"text": str(message), "id": name if name in form.fields else ""}
        for name, messages in form.errors.items()
        for message in messages
    ]
