"""Controls shared by the forms of acts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.assessing import MOST
from portal.core import clock
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import parse_day, show_day

LONGEST = 2000
LONGEST_AMOUNT = 13


class DayField(forms.Field):
    """A day typed freely: 1/2/26, 01-02-2026."""

    def __init__(self, *, ahead: bool = False, **settings: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **settings)
        self.ahead = ahead

    def prepare_value(self, value: Any) -> Any:
        return show_day(value.isoformat()) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(parse_day(text, clock.today(), ahead=self.ahead))
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class MoneyField(forms.Field):
    """Whole đồng typed freely: 150000, 150.000, 150 000 đ."""

    def __init__(self, **settings: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, **settings)

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "").lower().replace("đ", "").split()).replace(".", "").replace(",", "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or int(text[:14]) > MOST or len(text) > LONGEST_AMOUNT:
            raise forms.ValidationError(_("Ghi số đồng, ví dụ 150.000."))
        return int(text)


def build_reason(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A box for a reason that somebody else will read."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do."), "max_length": _("Lý do dài quá 2.000 chữ cái.")},
    )
