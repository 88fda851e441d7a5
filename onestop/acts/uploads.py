"""Files of an act: kept at once, so that a form that comes back with an error still has them."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.services.files import store_upload
from onestop.acts.forms import ActForm
from portal.core.errors import RuleViolation

MAX_BYTES = 10 * 1024 * 1024


class PickerField(forms.FileField):
    """A file picker; an empty file is refused by its content check, with our words."""

    def __init__(self, **settings: Any) -> None:
        attributes = {"accept": "image/*,.heic,.pdf", "data-max-bytes": MAX_BYTES}
        super().__init__(
            required=False,
            allow_empty_file=True,
            widget=forms.FileInput(attrs=attributes),
            help_text=gettext_lazy("Tối đa 10 MB. Nhận PDF, JPG, PNG, HEIC."),
            **settings,
        )


class UploadForm(ActForm):
    """Adds pairs of a picker and the hidden id of what was sent before."""

    def add_picker(self, name: str, label: str) -> None:
        self.fields[name] = PickerField(label=label)
        self.fields[f"{name}_kept"] = forms.UUIDField(
            required=False,
            widget=forms.HiddenInput,
            error_messages={"invalid": _("Tệp đã giữ không còn dùng được. Hãy chọn lại tệp.")},
        )

    def take_file(self, name: str) -> UUID | None:
        """The id of the file sent now or before; what is refused is written beside the picker."""
        upload = self.cleaned_data.get(name)
        if not isinstance(upload, UploadedFile):
            return self.cleaned_data.get(f"{name}_kept")
        try:
            stored = store_upload(upload, actor=self.scene.actor)
        except RuleViolation as error:
            self.add_error(name, error.errors.get("file", [error.message]))
            return None
        kept = cast("QueryDict", self.data).copy()
        kept[f"{name}_kept"] = str(stored.pk)
        self.data = kept
        # The control was drawn up before the form was read: it has its own copy of the hint.
        self[name].help_text = _("Đã giữ tệp “%(name)s”. Chọn tệp khác nếu muốn thay.") % {
            "name": stored.name
        }
        return stored.pk


class DraftResultForm(UploadForm):
    """The draft that the citizen looks at."""

    def prepare(self, scene: Any) -> None:
        self.add_picker("draft", _("Bản nháp kết quả"))

    def clean(self) -> dict[str, Any]:
        found = self.take_file("draft")
        if found is None and "draft" not in self.errors:
            self.add_error("draft", _("Chọn tệp bản nháp."))
        return {**self.cleaned_data, "file_id": found}
