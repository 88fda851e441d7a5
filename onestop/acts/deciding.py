"""The form of a decision: outcome, reason, what it yields, who signed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
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

MOST_ROWS = 20
ADD = "add_result"


@dataclass(frozen=True)
class ResultRow:
    """The controls of one document."""

    give: forms.BoundField
    copies: forms.BoundField
    number: forms.BoundField
    medium: forms.BoundField
    file: forms.BoundField
    kept: forms.BoundField


@dataclass(frozen=True)
class ResultGroup:
    """The documents of one kind; `counter` is the hidden control that says how many rows there are."""

    kind: ResultKind
    counter: str
    rows: tuple[ResultRow, ...]

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS


class ResolveForm(UploadForm):
    """Several documents of each kind, each with its copies, number and file; a button adds a row."""

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
            for name in self._list_names(kind):
                self._add_result(kind, name, is_first=position == 0)

    def only_changes(self) -> bool:
        return ADD in self.data

    def keep_typed(self) -> None:
        """A row that was added is meant to be given, and the officer goes on there."""
        super().keep_typed()
        kind = next((kind for kind in self.scene.content.results if kind.key == self.data.get(ADD)), None)
        if kind is not None:
            name = list(self._list_names(kind))[-1]
            data = cast("QueryDict", self.data).copy()
            data.update({name: "on", f"{name}_copies": "1"})
            self.data = data
            self.fields[f"{name}_number"].widget.attrs["autofocus"] = True

    def _list_names(self, kind: ResultKind) -> Iterator[str]:
        """Names of the rows of a kind: the first plain, further ones numbered."""
        typed = self.data.get(f"rows_{kind.key}", "1") if self.is_bound else "1"
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_ROWS)) else 1
        count += self.is_bound and self.data.get(ADD) == kind.key
        for number in range(1, min(max(count, 1), MOST_ROWS) + 1):
            yield f"result_{kind.key}" if number == 1 else f"result_{kind.key}__{number}"

    def _add_result(self, kind: ResultKind, name: str, *, is_first: bool) -> None:
        self.fields[name] = forms.BooleanField(label=str(kind.name), required=False, initial=is_first)
        self.fields[f"{name}_number"] = forms.CharField(
            label=_("Số của kết quả"),
            required=False,
            max_length=64,
            error_messages={"max_length": _("Số của kết quả dài quá 64 chữ và số.")},
        )
        self.fields[f"{name}_copies"] = forms.IntegerField(
            label=_("Số bản"),
            required=False,
            initial=1,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": _("Số bản là số từ 1 đến 99.")},
        )
        self.fields[f"{name}_medium"] = forms.ChoiceField(
            label=_("Trả bằng"), choices=list_media(kind), required=False
        )
        self.add_picker(f"{name}_file", _("Tệp kết quả"))

    @property
    def groups(self) -> list[ResultGroup]:
        """The kinds of result with their rows, for the template."""
        return [
            ResultGroup(kind, f"rows_{kind.key}", tuple(self._row(name) for name in self._list_names(kind)))
            for kind in self.scene.content.results
        ]

    def _row(self, name: str) -> ResultRow:
        parts = ("", "_copies", "_number", "_medium", "_file", "_file_kept")
        return ResultRow(*(self[name + part] for part in parts))

    def clean(self) -> dict[str, Any]:
        names = [(kind, name) for kind in self.scene.content.results for name in self._list_names(kind)]
        drafts = [draft for kind, name in names if (draft := self._draft(kind, name))]
        refused = self.cleaned_data.get("outcome") == Outcome.REFUSED
        return {**self.cleaned_data, "results": () if refused else tuple(drafts)}

    def _draft(self, kind: ResultKind, name: str) -> ResultDraft | None:
        values = self.cleaned_data
        file_id = self.take_file(f"{name}_file")
        if not values.get(name):
            return None
        medium = Medium(values.get(f"{name}_medium") or Medium.PAPER)
        if medium == Medium.ELECTRONIC and file_id is None and f"{name}_file" not in self.errors:
            self.add_error(f"{name}_file", _("Kết quả điện tử phải kèm tệp."))
        copies, number = values.get(f"{name}_copies"), values.get(f"{name}_number") or ""
        return ResultDraft(kind.key, 1 if copies is None else copies, medium, file_id, number)


def list_media(kind: ResultKind) -> list[tuple[str, str]]:
    """Paper, electronic, or the choice between them."""
    if kind.medium == ResultMedium.BOTH:
        return [(str(medium.value), str(medium.label)) for medium in Medium]
    medium = Medium(kind.medium)
    return [(str(medium.value), str(medium.label))]
