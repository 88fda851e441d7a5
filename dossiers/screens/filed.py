"""What was filed and what was decided, as the owner reads it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers import printing, selectors
from dossiers.choices import Medium, Outcome
from dossiers.models import Attachment, Decision, Dossier, DossierEvent, Filing, ResultItem
from dossiers.screens.review import Row, Section
from portal.core.clock import to_local
from portal.core.templatetags.formats import vn_day
from procedures.content import Content
from procedures.formschema.display import display_rows


@dataclass(frozen=True, slots=True)
class FileLink:
    """A row for components/files.html."""

    name: str
    size: int
    state: str
    href: str
    is_good: bool = False
    is_bad: bool = False
    remove: str = ""


@dataclass(frozen=True, slots=True)
class PrintLink:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Result:
    """A document that the decision yields; `href` is "" for paper and while a fee is open."""

    name: str
    text: str
    href: str


def build_filed_sections(dossier: Dossier, content: Content, filing: Filing | None) -> list[Section]:
    """The answers of the latest filing; questions left blank are left out."""
    if filing is None or content.form is None:
        return []
    on = to_local(filing.filed_at).date()
    pages = display_rows(content.form, filing.answers, on=on, case=dossier.case_key)
    sections = []
    for page in pages:
        rows = tuple(
            Row(f"{row.group}: {row.label}" if row.group else row.label, row.value)
            for row in page.rows
            if row.value
        )
        if rows:
            sections.append(Section(page.title, rows))
    return sections


def build_filed_files(dossier: Dossier, content: Content, files: Iterable[Attachment]) -> list[FileLink]:
    """Files of a filing, each with the paper it stands for."""
    return [
        FileLink(
            name=attachment.file.name,
            size=attachment.file.size,
            state=_paper_name(content, attachment.requirement),
            href=file_href(dossier, attachment.file_id),
        )
        for attachment in files
    ]


def build_results(dossier: Dossier, content: Content, decision: Decision, *, may_fetch: bool) -> list[Result]:
    """Every document in force of the decision; one that a correction replaced is left out."""
    names = {kind.key: str(kind.name) for kind in content.results}
    return [
        Result(
            name=_name_result(names.get(item.kind, item.kind), item),
            text=_result_words(item),
            href=file_href(dossier, item.file_id) if item.file_id and may_fetch else "",
        )
        for item in selectors.pick_current(decision.items.all())
    ]


def _name_result(name: str, item: ResultItem) -> str:
    """ "Giấy phép xây dựng số 12/GPXD (bản thay thế)"."""
    if item.number:
        name = _("%(name)s số %(number)s") % {"name": name, "number": item.number}
    return _("%(name)s (bản thay thế)") % {"name": name} if item.replaces_id else name


def build_decision_rows(decision: Decision) -> tuple[Row, ...]:
    """Outcome, reason, who signed, when."""
    rows = [Row(_("Kết quả"), str(Outcome(decision.outcome).label))]
    if decision.reason:
        rows.append(Row(_("Lý do"), decision.reason))
    rows.append(Row(_("Người ký"), decision.signed_name))
    number = decision.signed_number
    rows += [Row(_("Số văn bản"), number, code=True)] if number else []
    rows.append(Row(_("Ngày ký"), vn_day(decision.signed_on)))
    return tuple(rows)


def list_print_links(dossier: Dossier, events: Iterable[DossierEvent]) -> list[PrintLink]:
    """The printed forms that exist now and are the owner's."""
    return [
        PrintLink(found.label, reverse("dossiers:print", args=[dossier.pk, found.key]))
        for found in printing.name_prints(dossier, events, for_owner=True)
    ]


def file_href(dossier: Dossier, file_id: object) -> str:
    return reverse("dossiers:file", args=[dossier.pk, file_id])


def _paper_name(content: Content, key: str) -> str:
    requirement = content.requirement(key)
    return str(requirement.name) if requirement else ""


def _result_words(item: ResultItem) -> str:
    if item.medium == Medium.ELECTRONIC:
        return str(Medium.ELECTRONIC.label)
    words = _("Bản giấy, %(count)d bản") % {"count": item.copies}
    return (
        words
        if item.handed_over_at is None
        else _("%(words)s, đã trao %(day)s")
        % {
            "words": words,
            "day": vn_day(item.handed_over_at),
        }
    )
