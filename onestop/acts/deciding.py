"""The form of a decision: outcome, reason, what it yields, who signed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.choices import Medium, Outcome
from dossiers.commands import ResultDraft
from onestop.acts.fields import DayField, build_reason
from onestop.acts.forms import CITIZEN_READS
from onestop.acts.scene import Scene
from onestop.acts.uploads import UploadForm
from portal.accounts.choices import Role
from portal.core import clock
from procedures.choices import ResultMedium
from procedures.parts import ResultKind


@dataclass(frozen=True)
class ResultRow:
    """The controls of one kind of result."""

    title: str
    give: forms.BoundField
    copies: forms.BoundField
    medium: forms.BoundField
    file: forms.BoundField
    kept: forms.BoundField


class ResolveForm(UploadForm):
    body_template = "onestop/partials/resolve_fields.html"

    outcome = forms.ChoiceField(
        label=gettext_lazy("Quyết định"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn quyết định.")},
    )
    reason = build_reason(gettext_lazy("Lý do, khi không đồng ý hết"), CITIZEN_READS, required=False)
    signed_name = forms.CharField(
        label=gettext_lazy("Người ký"),
        max_length=200,
        error_messages={"required": gettext_lazy("Ghi tên người đã ký.")},
    )
    signed_number = forms.CharField(label=gettext_lazy("Số văn bản"), max_length=64, required=False)
    signed_on = DayField(
        label=gettext_lazy("Ngày ký"), error_messages={"required": gettext_lazy("Ghi ngày ký.")}
    )

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        signer = scene.actor.name if scene.actor.has_role(Role.APPROVER) else ""
        return {**super().find_initial(scene), "signed_name": signer, "signed_on": clock.today()}

    def prepare(self, scene: Scene) -> None:
        for position, kind in enumerate(scene.content.results):
            self._add_result(kind, is_first=position == 0)

    def _add_result(self, kind: ResultKind, *, is_first: bool) -> None:
        name = f"result_{kind.key}"
        self.fields[name] = forms.BooleanField(label=str(kind.name), required=False, initial=is_first)
        self.fields[f"{name}_copies"] = forms.IntegerField(
            label=_("Số bản"),
            required=False,
            initial=1,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )
        self.fields[f"{name}_medium"] = forms.ChoiceField(
            label=_("Trả bằng"), choices=list_media(kind), required=False
        )
        self.add_picker(f"{name}_file", _("Tệp kết quả"))

    @property
    def results(self) -> Iterator[ResultRow]:
        """One row per kind of result, for the template."""
        for kind in self.scene.content.results:
            name = f"result_{kind.key}"
            parts = (name, f"{name}_copies", f"{name}_medium", f"{name}_file", f"{name}_file_kept")
            yield ResultRow(str(kind.name), *(self[part] for part in parts))

    def clean(self) -> dict[str, Any]:
        refused = self.cleaned_data.get("outcome") == Outcome.REFUSED
        drafts = [] if refused else [d for kind in self.scene.content.results if (d := self._draft(kind))]
        return {**self.cleaned_data, "results": tuple(drafts)}

    def _draft(self, kind: ResultKind) -> ResultDraft | None:
        name, values = f"result_{kind.key}", self.cleaned_data
        file_id = self.take_file(f"{name}_file")
        if not values.get(name):
            return None
        medium = Medium(values.get(f"{name}_medium") or Medium.PAPER)
        if medium == Medium.ELECTRONIC and file_id is None and f"{name}_file" not in self.errors:
            self.add_error(f"{name}_file", _("Kết quả điện tử phải kèm tệp."))
        return ResultDraft(kind.key, values.get(f"{name}_copies") or 1, medium, file_id)


def list_media(kind: ResultKind) -> list[tuple[str, str]]:
    """Paper, electronic, or the choice between them."""
    if kind.medium == ResultMedium.BOTH:
        return [(str(medium.value), str(medium.label)) for medium in Medium]
    medium = Medium(kind.medium)
    return [(str(medium.value), str(medium.label))]
