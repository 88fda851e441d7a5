"""The form that finds the dossiers of somebody without the receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onestop.intake.person import read_card
from portal.core import clock
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import parse_partial_day, show_day

LONGEST_CARD = 400


class FindForm(forms.Form):
    """A number, or the owner's name with the birth date; never a name alone."""

    use_required_attribute = False

    number = forms.CharField(
        label=gettext_lazy("Số giấy tờ tùy thân"),
        help_text=gettext_lazy("Quét mã QR trên thẻ căn cước, hoặc gõ số."),
        required=False,
        max_length=LONGEST_CARD,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    name = forms.CharField(
        label=gettext_lazy("Họ tên chủ hồ sơ"),
        help_text=gettext_lazy("Khi không có số giấy tờ. Ghi đủ họ, chữ đệm và tên."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth = forms.CharField(
        label=gettext_lazy("Ngày sinh"),
        help_text=gettext_lazy("Ví dụ 15/8/1990, hoặc chỉ năm sinh."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_number(self) -> str:
        text = self.cleaned_data["number"]
        card = read_card(text)
        return card.number if card else "".join(text.split())

    def clean_birth(self) -> str:
        text = self.cleaned_data["birth"].strip()
        if not text:
            return ""
        try:
            return parse_partial_day(text, clock.today())
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not self.errors and not typed.get("number"):
            if not typed.get("name"):
                self.add_error("number", _("Ghi số giấy tờ, hoặc họ tên cùng ngày sinh."))
            elif not typed.get("birth"):
                self.add_error("birth", _("Ghi ngày sinh hoặc năm sinh để không nhầm người cùng tên."))
        return typed

    @property
    def looked_for(self) -> str:
        """What was looked for, in words."""
        typed = self.cleaned_data
        return typed["number"] or f"{typed['name']}, {show_day(typed['birth'])}"
