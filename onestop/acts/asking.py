"""The form of a supplement request: a reason beside each paper and answer that must be mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.choices import Status
from dossiers.commands import SupplementItem
from onestop.acts.forms import ActForm
from onestop.acts.scene import Scene
from onestop.casefile import Answer, AnswerPage, PaperView

LONGEST = 500
PAPER, ANSWER = "paper_", "answer_"
TICK = "ask_"


@dataclass(frozen=True)
class Asked:
    """Something that may be asked for, and the box for why. `is_ticked`: it was ticked in the browser."""

    box: forms.BoundField
    is_ticked: bool
    paper: PaperView | None = None
    answer: Answer | None = None

    @property
    def tick(self) -> str:
        """Name of the tick that scripts show beside it."""
        return TICK + self.box.html_name

    @property
    def is_open(self) -> bool:
        return self.is_ticked or bool(self.box.value() or self.box.errors)


@dataclass(frozen=True)
class AskedPage:
    """A page of the declaration; open where something of it is asked for."""

    title: str
    rows: tuple[Asked, ...]

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)


class RequestSupplementForm(ActForm):
    """A box left empty asks for nothing; what was ticked needs its reason."""

    body_template = "onestop/partials/supplement_fields.html"
    is_wide = True

    legal_basis = forms.CharField(
        label=gettext_lazy("Căn cứ pháp lý"),
        help_text=gettext_lazy("Nếu có. Người dân sẽ đọc."),
        required=False,
        max_length=400,
    )

    def find_initial(self, scene: Scene) -> dict[str, Any]:
        """What the head of the desk approved stands in its boxes."""
        approved = {_box_of(item): item.get("reason", "") for item in scene.approved.items}
        return {**super().find_initial(scene), **approved, "legal_basis": scene.approved.legal_basis}

    def prepare(self, scene: Scene) -> None:
        for paper in self.list_papers():
            self.fields[PAPER + paper.requirement.key] = _box(str(paper.requirement.name))
        for _title, rows in self.list_answers():
            for row in rows:
                self.fields[ANSWER + _key(row)] = _box(row.label)

    def list_allowed(self) -> frozenset[str] | None:
        """Keys that may be asked for: in a later round what was asked before, and what was approved."""
        if not self.scene.rounds:
            return None
        approved = (item.get("requirement") or item.get("field") or "" for item in self.scene.approved.items)
        return self.scene.asked_before | frozenset(approved)

    def list_papers(self) -> list[PaperView]:
        allowed = self.list_allowed()
        return [p for p in list_askable(self.scene) if allowed is None or p.requirement.key in allowed]

    def list_answers(self) -> list[tuple[str, list[Answer]]]:
        """Pages of the form with the rows that may be asked for."""
        allowed = self.list_allowed()
        pages = [
            (page.title, [row for row in _single(page) if allowed is None or _key(row) in allowed])
            for page in self.scene.casefile.pages
        ]
        return [(title, rows) for title, rows in pages if rows]

    @property
    def papers(self) -> list[Asked]:
        return [
            self._ask(PAPER + paper.requirement.key, paper=paper, answer=None) for paper in self.list_papers()
        ]

    @property
    def pages(self) -> list[AskedPage]:
        return [
            AskedPage(title, tuple(self._ask(ANSWER + _key(row), paper=None, answer=row) for row in rows))
            for title, rows in self.list_answers()
        ]

    def _ask(self, name: str, *, paper: PaperView | None, answer: Answer | None) -> Asked:
        return Asked(self[name], TICK + name in self.data, paper, answer)

    def clean(self) -> dict[str, Any]:
        items = tuple(self._list_items())
        for name, value in list(self.cleaned_data.items()):
            if TICK + name in self.data and not str(value or "").strip():
                self.add_error(name, self.fields[name].error_messages["ticked"])
        if not items and not self.errors:
            self.add_error(None, _("Ghi lý do cho ít nhất một giấy tờ hoặc một câu trả lời."))
        return {**self.cleaned_data, "items": items}

    def _list_items(self) -> Iterator[SupplementItem]:
        for name, value in self.cleaned_data.items():
            reason = value.strip() if isinstance(value, str) else ""
            if reason and name.startswith(PAPER):
                yield SupplementItem(reason, requirement=name.removeprefix(PAPER))
            elif reason and name.startswith(ANSWER):
                yield SupplementItem(reason, field=name.removeprefix(ANSWER))


class ProposeSupplementForm(RequestSupplementForm):
    """Anything may be proposed; a later round needs its legal basis."""

    legal_basis = forms.CharField(
        label=gettext_lazy("Căn cứ pháp lý cho phép yêu cầu thêm"),
        help_text=gettext_lazy("Người dân sẽ đọc."),
        max_length=400,
        error_messages={"required": gettext_lazy("Hãy ghi căn cứ pháp lý cho phép yêu cầu thêm.")},
    )

    def list_allowed(self) -> frozenset[str] | None:
        return None


def can_ask(scene: Scene) -> bool:
    """Is a round left, or did the head of the desk approve another one?"""
    is_round = scene.dossier.status != Status.SUBMITTED
    rounds_left = len(scene.rounds) < scene.content.supplement.rounds
    return not is_round or rounds_left or bool(scene.approved.items)


def list_askable(scene: Scene) -> list[PaperView]:
    """What a database holds must not be asked for (Resolution 66.7/2025)."""
    return [paper for paper in scene.casefile.papers if not paper.requirement.is_looked_up]


def _single(page: AnswerPage) -> Iterator[Answer]:
    """One row per question; of a group the first row stands for all."""
    seen: set[str] = set()
    for row in page.rows:
        if _key(row) not in seen:
            seen.add(_key(row))
            yield row


def _key(row: Answer) -> str:
    return row.path.split(".")[0]


def _box_of(item: Mapping[str, str]) -> str:
    """Name of the box that holds why an item is asked for."""
    return PAPER + item["requirement"] if item.get("requirement") else ANSWER + item.get("field", "")


def _box(label: str) -> forms.CharField:
    return forms.CharField(
        label=_("Lý do: %(label)s") % {"label": label},
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("Lý do dài quá 500 chữ cái."),
            "ticked": _("Ghi lý do cho “%(label)s”, hoặc bỏ đánh dấu.") % {"label": label},
        },
    )
