"""The form of a contract with a gateway: its fields are those that the gateway names."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from payments.gateways.base import ContractField, Gateway
from payments.gateways.contracts import judge_contract

LONGEST = 200
SECRET, AGAIN = "_password", "_password_again"
"""Ends of the names of secret inputs: what is so named is parked nowhere when a session ends."""


class ContractForm(forms.Form):
    """What is typed about a contract. `is_new`: secrets must be given, and what names the merchant is open."""

    row_version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, gateway: Gateway, *arguments: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.gateway, self.is_new = gateway, is_new
        if is_new:
            self.fields["agency"] = forms.IntegerField(
                label=_("Cơ quan"),
                error_messages=dict.fromkeys(("required", "invalid"), _("Hãy chọn cơ quan.")),
            )
        for asked in gateway.fields:
            for name, label in _name_inputs(asked):
                too_long = {"max_length": _("Mục này dài quá 200 chữ.")}
                self.fields[name] = forms.CharField(
                    label=label, max_length=LONGEST, required=False, error_messages=too_long
                )

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong at once; secrets are typed twice, alike."""
        cleaned = super().clean() or {}
        judged = judge_contract(self.gateway, self.details, self.secrets, keeps_secrets=not self.is_new)
        self.add_refusals({name: texts for name, texts in judged.errors.items() if name not in self.errors})
        for asked in self.gateway.fields:
            first, second = self._typed(asked.name + SECRET), self._typed(asked.name + AGAIN)
            if asked.is_secret and first != second:
                self.add_error(asked.name + AGAIN, _now("Hai lần gõ khác nhau. Hãy gõ lại cả hai ô."))
        return cleaned

    @property
    def details(self) -> dict[str, str]:
        """What may be shown, as typed."""
        return {f.name: self._typed(f.name) for f in self.gateway.fields if not f.is_secret}

    @property
    def secrets(self) -> dict[str, str]:
        """What is never shown again, as typed."""
        return {f.name: self._typed(f.name + SECRET) for f in self.gateway.fields if f.is_secret}

    def add_refusals(self, errors: Mapping[str, list[str]]) -> None:
        """What the service found wrong, beside the inputs that it is about."""
        for name, texts in errors.items():
            where = name if name in self.fields else name + SECRET
            for text in texts:
                self.add_error(where if where in self.fields else None, text)

    def list_inputs(self) -> Iterator[dict[str, Any]]:
        """Variables of components/field.html, in order; secrets come back empty."""
        for asked in self.gateway.fields:
            for name, label in _name_inputs(asked):
                bound = self[name]
                is_repeat = name.endswith(AGAIN)
                yield {
                    "id": bound.id_for_label,
                    "name": name,
                    "label": label,
                    "type": "password" if asked.is_secret else "text",
                    "value": "" if asked.is_secret else bound.value(),
                    "hint": "" if is_repeat else self._hint(asked),
                    "error": " ".join(map(str, bound.errors)),
                    "readonly": asked.names_merchant and not self.is_new,
                    "autocomplete": "new-password" if asked.is_secret else "off",
                }

    def list_errors(self) -> list[dict[str, str]]:
        """For the error summary."""
        return [
            {"text": str(text), "id": self[name].id_for_label if name in self.fields else ""}
            for name, texts in self.errors.items()
            for text in texts
        ]

    def list_typed(self) -> list[tuple[str, str]]:
        """What a refused save shows again, without secrets."""
        return [(str(f.label), self.details[f.name]) for f in self.gateway.fields if not f.is_secret]

    def _typed(self, name: str) -> str:
        """Empty for what was refused before, too."""
        return str(self.cleaned_data.get(name) or "")

    def _hint(self, asked: ContractField) -> str:
        if asked.is_secret and not self.is_new:
            return _now("Để trống thì giữ chuỗi đang dùng.")
        if asked.names_merchant and not self.is_new:
            return _now("Không đổi được. Muốn đổi thì tắt hợp đồng này và thêm hợp đồng mới.")
        return str(asked.hint)


def _name_inputs(asked: ContractField) -> list[tuple[str, str]]:
    """Names and labels of the inputs of one field: two for a secret."""
    if not asked.is_secret:
        return [(asked.name, str(asked.label))]
    again = _now("Gõ lại: %(label)s") % {"label": asked.label}
    return [(asked.name + SECRET, str(asked.label)), (asked.name + AGAIN, again)]
