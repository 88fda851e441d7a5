"""Forms of a person's own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import Language
from portal.accounts.models import User


class ContactForm(forms.Form):
    """Name (until verified), phone, postal address, language."""

    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("Địa chỉ nhận kết quả"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-line1"}),
    )
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=Language.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        address = user.address or {}
        kwargs["initial"] = {
            "full_name": user.full_name,
            "phone": user.phone or "",
            "address": address.get("line", ""),
            "language": user.language,
        }
        super().__init__(*args, **kwargs)
        if user.is_verified:
            del self.fields["full_name"]


def list_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every message of a form, with the id of its field where it belongs to one."""
    return [
        {"text": str(message), "id": form[name].id_for_label if name in form.fields else ""}
        for name, messages in form.errors.items()
        for message in messages
    ]
