"""Forms of what lies at the counter: papers given back, a faulty result made anew, an unknown fee written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.assessing import list_unknown
from dossiers.choices import END_STATUSES, Medium, Status
from onestop.acts.deciding import list_media
from onestop.acts.fields import MoneyField, build_reason
from onestop.acts.forms import CITIZEN_READS, ActForm
from onestop.acts.scene import Choices, Scene
from onestop.acts.uploads import UploadForm

PAPER, RESULT = "paper", "result"


class ReturnPapersForm(ActForm):
    """Everything that goes back is ticked: after an end without a result all of it, else what was borrowed."""

    back = forms.MultipleChoiceField(
        label=gettext_lazy("Trả lại những gì"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một giấy tờ để trả lại.")},
    )
    receiver = forms.CharField(
        label=gettext_lazy("Người nhận"),
        help_text=gettext_lazy("Để trống nếu là chủ hồ sơ."),
        required=False,
        max_length=200,
    )

    def prepare(self, scene: Scene) -> None:
        self.set_choices("back", list_lying(scene))

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        ended = scene.dossier.status in END_STATUSES - {Status.RETURNED}
        papers = [f"{PAPER}-{paper.id}" for paper in scene.casefile.held if ended or paper.is_borrowed]
        results = [f"{RESULT}-{item.id}" for item in scene.uncollected]
        return {**super().find_initial(scene), "back": papers + results}

    def pick(self, kind: str) -> tuple[int, ...]:
        """Ids of what was ticked of one kind."""
        ticked = (value.split("-") for value in self.cleaned_data["back"])
        return tuple(int(number) for name, number in ticked if name == kind)

    def clean(self) -> dict[str, Any]:
        if "back" not in self.cleaned_data:
            return self.cleaned_data
        return {**self.cleaned_data, "papers": self.pick(PAPER), "results": self.pick(RESULT)}


def list_lying(scene: Scene) -> Choices:
    """What lies at the counter for the owner."""
    papers = [(f"{PAPER}-{paper.id}", paper.words) for paper in scene.casefile.held]
    return papers + [(f"{RESULT}-{item.id}", item.words) for item in scene.uncollected]


class CorrectResultForm(UploadForm):
    """The faulty document, what is wrong with it, and what the new one is."""

    result = forms.TypedChoiceField(
        label=gettext_lazy("Kết quả có sai sót"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn kết quả có sai sót.")},
    )
    reason = build_reason(gettext_lazy("Sai chỗ nào, sửa thành gì"), CITIZEN_READS)
    number = forms.CharField(label=gettext_lazy("Số của bản thay thế"), required=False, max_length=64)
    copies = forms.IntegerField(
        label=gettext_lazy("Số bản"),
        min_value=1,
        max_value=99,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Ghi số bản, từ 1 đến 99."),
            "invalid": gettext_lazy("Số bản là số từ 1 đến 99."),
            "min_value": gettext_lazy("Số bản là số từ 1 đến 99."),
            "max_value": gettext_lazy("Số bản là số từ 1 đến 99."),
        },
    )
    medium = forms.ChoiceField(label=gettext_lazy("Trả bằng"))

    def prepare(self, scene: Scene) -> None:
        current = [item for item in scene.results if not item.is_replaced]
        self.set_choices("result", [(str(item.id), item.words) for item in current])
        media = {value: label for kind in scene.content.results for value, label in list_media(kind)}
        self.set_choices("medium", list(media.items()))
        self.add_picker("file", _("Tệp của bản thay thế"))

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        current = [item for item in scene.results if not item.is_replaced]
        only = current[0].id if len(current) == 1 else None
        return {**super().find_initial(scene), "result": only}

    def clean(self) -> dict[str, Any]:
        file_id = self.take_file("file")
        electronic = self.cleaned_data.get("medium") == Medium.ELECTRONIC
        if electronic and file_id is None and "file" not in self.errors:
            self.add_error("file", _("Kết quả điện tử phải kèm tệp."))
        return {**self.cleaned_data, "file_id": file_id}


class AssessFeeForm(ActForm):
    """One box for each line of the first fee whose amount is unknown."""

    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        help_text=gettext_lazy("Số, ngày của thông báo thuế, nghị quyết hoặc biểu phí. Người dân sẽ đọc."),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi căn cứ của mức thu.")},
    )

    def prepare(self, scene: Scene) -> None:
        self.fee = next(iter(scene.list_unknown_fees()), None)
        lines = list_unknown(self.fee) if self.fee else []
        self.names = [f"amount_{position}" for position, _line in enumerate(lines)]
        for name, line in zip(self.names, lines, strict=True):
            self.fields[name] = MoneyField(
                label=str(line.get("label") or _("Mức thu")),
                help_text=_("Bằng đồng. Được miễn hết thì ghi 0."),
                error_messages={"required": _("Ghi số đồng, ví dụ 150.000.")},
            )
        self.order_fields([*self.names, "basis"])

    def clean(self) -> dict[str, Any]:
        if self.fee is None:
            self.add_error(None, _("Mọi khoản của hồ sơ này đã có mức thu."))
            return self.cleaned_data
        amounts = [self.cleaned_data.get(name) for name in self.names]
        return {**self.cleaned_data, "fee": self.fee.pk, "amounts": amounts}
