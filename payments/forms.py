"""The cashier's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.choices import LONGEST_NAME


class CashForm(forms.Form):
    """Who lays the money down, and the version of the dossier that the cashier saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    payer_name = forms.CharField(
        label=_("Người nộp tiền"),
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": _("Tên người nộp dài quá 400 chữ.")},
    )
