"""Forms about refunds, differences and settlement files."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.choices import RefundWay


class DongField(forms.CharField):
    """Whole đồng as people type them: 15000, 15.000, "15 000 đ"."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        plain = re.sub(r"[\s.,]|đ$|vnd$", "", str(text).strip().lower())
        if not plain:
            return None
        if not re.fullmatch(r"[0-9]{1,13}", plain):
            raise forms.ValidationError(_("Số tiền chỉ gồm chữ số, ví dụ 15.000."))
        return int(plain)


_REASON = {
    "required": _("Hãy ghi lý do."),
    "max_length": _("Lý do dài quá 400 chữ."),
}


class ProposeForm(forms.Form):
    """How much, why and how money should go back; `seen` is what the officer saw of it."""

    amount = DongField(label=_("Số tiền hoàn trả"), error_messages={"required": _("Hãy ghi số tiền.")})
    reason = forms.CharField(label=_("Lý do"), max_length=400, error_messages=_REASON)
    way = forms.ChoiceField(
        label=_("Cách trả"),
        choices=RefundWay.choices,
        error_messages={
            "required": _("Hãy chọn cách trả."),
            "invalid_choice": _("Hãy chọn một cách trả có trong danh sách."),
        },
    )
    seen = forms.CharField(required=False, max_length=40)


class RejectForm(forms.Form):
    """Why not."""

    reason = forms.CharField(max_length=400, error_messages=_REASON)
    seen = forms.CharField(max_length=40)


class SeenForm(forms.Form):
    """A yes to exactly what was seen; `number` of a bank transfer, `way` of a turn."""

    seen = forms.CharField(max_length=40)
    number = forms.CharField(required=False, max_length=200)
    way = forms.CharField(required=False, max_length=20)


class RemarkForm(forms.Form):
    """How a difference was cleared up."""

    remark = forms.CharField(
        max_length=400,
        error_messages={
            "required": _("Hãy ghi đã xử lý thế nào."),
            "max_length": _("Ghi chú dài quá 400 chữ."),
        },
    )


class SettlementForm(forms.Form):
    """A gateway's file of one day."""

    account = forms.UUIDField(
        error_messages={
            "required": _("Hãy chọn cổng thanh toán."),
            "invalid": _("Hãy chọn một cổng có trong danh sách."),
        }
    )
    day = forms.DateField(
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": _("Hãy ghi ngày đối soát."),
            "invalid": _("Ngày không đúng. Hãy ghi như 23/11/2026."),
        },
    )
    file = forms.FileField(
        error_messages={
            "required": _("Hãy chọn tệp đối soát."),
            "empty": _("Tệp này trống."),
            "missing": _("Hãy chọn tệp đối soát."),
            "invalid": _("Hãy chọn tệp đối soát."),
        }
    )
