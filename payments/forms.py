"""The cashier's form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.choices import LONGEST_NAME, LONGEST_NUMBER


class CashForm(forms.Form):
    """Who lays the money down, and the version of the dossier that the cashier saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    payer_name = forms.CharField(
        label=_("Người nộp tiền"),
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": _("Tên người nộp dài quá 400 chữ.")},
    )


class TreasuryForm(forms.Form):
    """The treasury's receipt, and the version of the dossier that the officer saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    treasury_number = forms.CharField(
        label=_("Số chứng từ của kho bạc"),
        max_length=LONGEST_NUMBER,
        error_messages={
            "required": _("Ghi số chứng từ của kho bạc."),
            "max_length": _("Số chứng từ dài quá 64 chữ và số."),
        },
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        """Its own ids: it stands beside the cashier's form."""
        super().__init__(data, auto_id="treasury_%s", initial=initial)
