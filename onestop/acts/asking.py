"""The form of a supplement request: a reason beside each paper and answer that must be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.commands import SupplementItem
from onestop.acts.forms import ActForm
from onestop.acts.scene import Scene
from onestop.casefile import Answer, AnswerPage, PaperView

LONGEST = 500
PAPER, ANSWER = "paper_", "answer_"


@dataclass(frozen=True)
class Asked:
    """Something that may be asked for, and the box for why."""

    box: forms.BoundField
    paper: PaperView | None = None
    answer: Answer | None = None


class RequestSupplementForm(ActForm):
    """A box left empty asks for nothing."""

    body_template = "onestop/partials/supplement_fields.html"
    is_wide = True

    legal_basis = forms.CharField(
        label=gettext_lazy("Căn cứ pháp lý"),
        help_text=gettext_lazy("Nếu có. Người dân sẽ đọc."),
        required=False,
        max_length=400,
    )

    def prepare(self, scene: Scene) -> None:
        for paper in list_askable(scene):
            self.fields[PAPER + paper.requirement.key] = _box(str(paper.requirement.name))
        for page in scene.casefile.pages:
            for row in _single(page):
                self.fields[ANSWER + row.path.split(".")[0]] = _box(row.label)

    @property
    def papers(self) -> Iterator[Asked]:
        for paper in list_askable(self.scene):
            yield Asked(self[PAPER + paper.requirement.key], paper=paper)

    @property
    def has_answers(self) -> bool:
        return bool(self.scene.casefile.pages)

    @property
    def pages(self) -> Iterator[tuple[str, list[Asked]]]:
        for page in self.scene.casefile.pages:
            rows = [Asked(self[ANSWER + row.path.split(".")[0]], answer=row) for row in _single(page)]
            yield page.title, rows

    def clean(self) -> dict[str, Any]:
        items = tuple(self._list_items())
        if not items:
            self.add_error(None, _("Ghi lý do cho ít nhất một giấy tờ hoặc một câu trả lời."))
        return {**self.cleaned_data, "items": items}

    def _list_items(self) -> Iterator[SupplementItem]:
        for name, value in self.cleaned_data.items():
            reason = value.strip() if isinstance(value, str) else ""
            if reason and name.startswith(PAPER):
                yield SupplementItem(reason, requirement=name.removeprefix(PAPER))
            elif reason and name.startswith(ANSWER):
                yield SupplementItem(reason, field=name.removeprefix(ANSWER))


def list_askable(scene: Scene) -> list[PaperView]:
    """What a database holds must not be asked for (Resolution 66.7/2025)."""
    return [paper for paper in scene.casefile.papers if not paper.requirement.is_looked_up]


def _single(page: AnswerPage) -> Iterator[Answer]:
    """One row per question; of a group the first row stands for all."""
    seen: set[str] = set()
    for row in page.rows:
        key = row.path.split(".")[0]
        if key not in seen:
            seen.add(key)
            yield row


def _box(label: str) -> forms.CharField:
    return forms.CharField(
        label=_("Lý do: %(label)s") % {"label": label},
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Lý do dài quá 500 chữ cái.")},
    )
