"""A dossier as its officers read it: answers with what changed, papers with their files, people, steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.choices import Medium, PaperState, PartyKind, PartyRole
from dossiers.printing.words import describe_address
from onestop.worklist import Mark
from portal.core.clock import to_local
from portal.core.templatetags.formats import id_in_threes, phone, vn_day
from procedures import selectors as catalogue
from procedures.content import Content
from procedures.formschema.display import display_rows
from procedures.formschema.types.days import show_day
from procedures.parts import Requirement

if TYPE_CHECKING:
    from dossiers.models import Attachment, Decision, Dossier, DossierParty, Filing, PaperItem, StoredFile


@dataclass(frozen=True)
class Answer:
    """One answer of the latest filing. `before`: what the filing before said, where it differs."""

    path: str
    label: str
    value: str
    group: str
    before: str | None = None


@dataclass(frozen=True)
class AnswerPage:
    title: str
    rows: tuple[Answer, ...]


@dataclass(frozen=True)
class FileLink:
    name: str
    size: int
    href: str


@dataclass(frozen=True)
class PaperView:
    """One required paper: what lies on the desk in words, the files, and its state as a tag."""

    requirement: Requirement
    on_desk: str
    files: tuple[FileLink, ...]
    state: Mark


@dataclass(frozen=True)
class HeldPaper:
    """A paper that lies at the counter, in words: "Bản vẽ: 2 bản chính"."""

    id: int
    words: str
    is_borrowed: bool


@dataclass(frozen=True)
class ResultView:
    """One document that the decision yields. `is_replaced`: a correction took its place."""

    id: int
    name: str
    number: str
    copies: int
    medium: str
    handed_over_at: datetime | None
    file: FileLink | None
    is_replaced: bool = False
    is_correction: bool = False

    @property
    def words(self) -> str:
        """The document in a line: "Giấy phép xây dựng số 12/GPXD, 2 bản giấy"."""
        name = (
            _("%(name)s số %(number)s") % {"name": self.name, "number": self.number}
            if self.number
            else self.name
        )
        return f"{name}, {self.copies} {self.medium}"


@dataclass(frozen=True)
class PartyView:
    """One party: heading, and its rows for components/summary.html."""

    name: str
    role: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class CaseFile:
    """What the main page of a dossier shows. `revision`: number of the latest filing."""

    content: Content
    revision: int
    filed_on: date | None
    pages: tuple[AnswerPage, ...]
    papers: tuple[PaperView, ...]
    held: tuple[HeldPaper, ...]
    parties: tuple[PartyView, ...]


def read_casefile(dossier: "Dossier", asked: Collection[str] = ()) -> CaseFile:
    """Four queries: filings, parties, papers, files; the content is cached. `asked`: papers still awaited."""
    content = catalogue.get_content(dossier.procedure_version_id)
    filings = selectors.list_filings(dossier)
    latest = filings[-1] if filings else None
    on_desk = selectors.list_papers(dossier)
    return CaseFile(
        content=content,
        revision=latest.revision if latest else 0,
        filed_on=to_local(latest.filed_at).date() if latest else None,
        pages=build_answers(content, dossier.case_key, filings),
        papers=build_papers(
            dossier,
            content,
            on_desk,
            selectors.list_filed_attachments(dossier, filings),
            asked,
        ),
        held=tuple(_hold(paper, content) for paper in on_desk if paper.state == PaperState.HELD),
        parties=tuple(_party(link) for link in selectors.list_parties(dossier, latest)),
    )


def build_answers(content: Content, case: str, filings: "Sequence[Filing]") -> tuple[AnswerPage, ...]:
    """Answers of the last filing beside those of the one before."""
    if content.form is None or not filings:
        return ()
    before = dict(_show(content, case, filings[-2])) if len(filings) > 1 else None
    latest = filings[-1]
    pages = display_rows(content.form, latest.answers, on=to_local(latest.filed_at).date(), case=case)
    return tuple(
        AnswerPage(
            page.title,
            tuple(
                Answer(row.path, row.label, row.value, row.group, _changed(before, row.path, row.value))
                for row in page.rows
            ),
        )
        for page in pages
        if page.rows
    )


def _show(content: Content, case: str, filing: "Filing") -> list[tuple[str, str]]:
    form = content.form
    pages = display_rows(form, filing.answers, on=to_local(filing.filed_at).date(), case=case) if form else []
    return [(row.path, row.value) for page in pages for row in page.rows]


def _changed(before: Mapping[str, str] | None, path: str, value: str) -> str | None:
    if before is None or before.get(path, "") == value:
        return None
    return before.get(path, "")


def build_papers(
    dossier: "Dossier",
    content: Content,
    on_desk: "Sequence[PaperItem]",
    files: "Sequence[Attachment]",
    asked: Collection[str] = (),
) -> tuple[PaperView, ...]:
    """Every paper of the case, with what came in for it. `asked`: awaited from the citizen."""
    return tuple(
        _paper(
            dossier,
            item,
            [paper for paper in on_desk if paper.requirement == item.key],
            [row for row in files if row.requirement == item.key],
            is_asked=item.key in asked,
        )
        for item in content.requirements_for(dossier.case_key or None)
    )


def _paper(
    dossier: "Dossier",
    item: Requirement,
    on_desk: "Sequence[PaperItem]",
    files: "Sequence[Attachment]",
    *,
    is_asked: bool,
) -> PaperView:
    links = tuple(_link(dossier, row.file) for row in files)
    state = Mark(_("Chờ bổ sung"), "warn", "clock") if is_asked else _state(item, on_desk, files)
    return PaperView(item, "; ".join(_describe(paper) for paper in on_desk), links, state)


def _describe(paper: "PaperItem") -> str:
    text = f"{_count(paper)}, {PaperState(paper.state).label.lower()}"
    if paper.given_back_at is not None:
        return f"{text} {vn_day(paper.given_back_at)}"
    return _("%(text)s, trả lại cùng kết quả") % {"text": text} if paper.is_borrowed else text


def _count(paper: "PaperItem") -> str:
    counts = []
    if paper.originals:
        counts.append(_("%(count)d bản chính") % {"count": paper.originals})
    if paper.copies:
        counts.append(_("%(count)d bản sao") % {"count": paper.copies})
    return ", ".join(counts)


def _hold(paper: "PaperItem", content: Content) -> HeldPaper:
    requirement = content.requirement(paper.requirement)
    name = str(requirement.name) if requirement else paper.requirement
    return HeldPaper(paper.pk, f"{name}: {_count(paper)}", paper.is_borrowed)


def _state(item: Requirement, on_desk: "Sequence[PaperItem]", files: "Sequence[Attachment]") -> Mark:
    if on_desk or files:
        return Mark(_("Đã có"), "done")
    if item.is_looked_up:
        return Mark(_("Cơ quan tự tra cứu"), "info")
    if item.filled_online:
        return Mark(_("Tờ khai điện tử"), "info")
    if item.is_presented:
        return Mark(_("Xuất trình khi nhận kết quả"), "info")
    return Mark(_("Chưa có"), "warn", "alert") if item.required else Mark(_("Không bắt buộc"))


def _party(link: "DossierParty") -> PartyView:
    party, details = link.party, link.party.details
    identity = details.get("identity") or {}
    birth = str(details.get("birth_date") or "")
    rows: list[dict[str, Any]] = [
        {"label": _("Là"), "value": PartyKind(party.kind).label},
        {"label": _("Số giấy tờ"), "value": id_in_threes(str(identity.get("number") or "")), "code": True},
        {"label": _("Mã số thuế"), "value": str(details.get("tax_code") or ""), "code": True},
        {"label": _("Ngày sinh"), "value": show_day(birth) if birth else ""},
        {"label": _("Điện thoại"), "value": phone(str(details.get("phone") or ""))},
        {"label": _("Thư điện tử"), "value": str(details.get("email") or "")},
        {"label": _("Địa chỉ"), "value": describe_address(details.get("address") or {})},
    ]
    role = str(PartyRole(link.role).label)
    return PartyView(party.name, role, tuple(row for row in rows if row["value"]))


def list_results(content: Content, dossier: "Dossier", decision: "Decision | None") -> list[ResultView]:
    """Documents of the decision in force, in the words of the procedure; a corrected one stays, marked."""
    names = {kind.key: str(kind.name) for kind in content.results}
    items = sorted(decision.items.all(), key=lambda item: item.pk) if decision else []
    current = {item.pk for item in selectors.pick_current(items)}
    return [
        ResultView(
            id=item.pk,
            name=names.get(item.kind, item.kind),
            number=item.number,
            copies=item.copies,
            medium=str(Medium(item.medium).label).lower(),
            handed_over_at=item.handed_over_at,
            file=_link(dossier, item.file) if item.file else None,
            is_replaced=item.pk not in current,
            is_correction=item.replaces_id is not None,
        )
        for item in items
    ]


def _link(dossier: "Dossier", stored: "StoredFile") -> FileLink:
    return FileLink(stored.name, stored.size, reverse("onestop:file", args=[dossier.pk, stored.pk]))
