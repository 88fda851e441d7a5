"""The page "check answers": every answer with its way back, the papers, the fees, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.models import Attachment, SupplementRequest
from dossiers.notices import item_name
from dossiers.screens.sheet import Sheet
from portal.core.clock import to_local
from procedures.choices import FeeKind, FeeMode
from procedures.fees import AssessedFee
from procedures.formschema.display import DisplayRow, display_rows
from procedures.parts import Requirement


@dataclass(frozen=True, slots=True)
class Row:
    """A row for components/summary.html."""

    label: str
    value: str
    href: str = ""
    small: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still to do, for the error summary; `id` is an address where the others have an anchor."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class FeeView:
    """One moment of paying, with the lines that explain the sum; `amount` None is not known yet."""

    title: str
    amount: int | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked for, and whether something was done about it."""

    name: str
    reason: str
    is_answered: bool


def build_sections(sheet: Sheet) -> list[Section]:
    """Answers page by page; unanswered questions say so."""
    missed = {path.split(".")[0] for path in sheet.cleaned.errors}
    return [
        Section(
            page.title, tuple(_row(row, f"{sheet.href(page.key)}?from=check", missed) for row in page.rows)
        )
        for page in display_rows(sheet.form, sheet.answers, on=sheet.on, case=sheet.case)
        if page.rows
    ]


def _row(row: DisplayRow, href: str, missed: set[str]) -> Row:
    label = f"{row.group}: {row.label}" if row.group else row.label
    blank = _("Chưa trả lời") if row.path.split(".")[0] in missed else _("Không trả lời")
    return Row(label, row.value or blank, f"{href}#{row.anchor}")


def build_paper_rows(sheet: Sheet) -> tuple[Row, ...]:
    """Every paper of the case: the files sent, or why none is needed here."""
    pages = {q.requirement: page.key for page in sheet.form.pages for q in page.fields if q.type == "file"}
    hidden = sheet.hidden_papers
    rows = []
    for item in sheet.content.requirements_for(sheet.case or None):
        files = sheet.files.get(item.key, ())
        if files or (item.key not in hidden and not item.filled_online):
            rows.append(Row(str(item.name), _paper_words(item, files), _paper_href(sheet, item, pages)))
    return tuple(rows)


def _paper_words(item: Requirement, files: Sequence[Attachment]) -> str:
    if files:
        return "\n".join(attachment.file.name for attachment in files)
    if item.is_looked_up:
        return _("Cơ quan tự tra cứu, bạn không phải nộp")
    if item.is_presented:
        return _("Mang theo để cho xem khi nhận kết quả")
    return _("Chưa gửi") if item.required else _("Không gửi")


def _paper_href(sheet: Sheet, item: Requirement, pages: Mapping[str, str]) -> str:
    if not item.is_submitted:
        return ""
    if item.key in pages:
        return f"{sheet.href(pages[item.key])}?from=check#id_file-{item.key}"
    return reverse("dossiers:papers", args=[sheet.dossier.pk]) + f"#paper-{item.key}"


def list_missing(sheet: Sheet) -> list[Missing]:
    """Everything that stands between the draft and its filing, with a link to each place."""
    missing = []
    for page in sheet.pages:
        if sheet.count_errors(page):
            form = sheet.build_form(page.key, check=True)
            missing += [
                Missing(error["text"], f"{sheet.href(page.key)}?from=check&check=1#{error['id']}")
                for error in form.summary
            ]
    missing += [Missing(text, "") for text in sheet.cleaned.errors.get("", ())]
    papers = reverse("dossiers:papers", args=[sheet.dossier.pk])
    for item in sheet.missing_papers:
        missing.append(Missing(_("Còn thiếu: %(name)s.") % {"name": item.name}, f"{papers}#paper-{item.key}"))
    return missing


def build_fees(sheet: Sheet) -> list[FeeView]:
    """What will be owed by these answers, explained line by line."""
    filed_at = sheet.dossier.submitted_at
    found = sheet.content.assess(
        case=sheet.case or None,
        channel=sheet.dossier.channel,
        answers=sheet.cleaned.answers,
        on=to_local(filed_at).date() if filed_at else sheet.on,
    )
    return [_fee(fee) for fee in found]


def _fee(fee: AssessedFee) -> FeeView:
    rows = tuple(Row(f"{FeeKind(line.kind).label}: {line.label}", line.explanation) for line in fee.lines)
    return FeeView(str(FeeMode(fee.mode).label), fee.amount, rows)


def list_asked(sheet: Sheet, request: SupplementRequest | None) -> list[Asked]:
    """Items of the open request, each with whether the draft answers it."""
    if request is None:
        return []
    before = sheet.draft.based_on.answers if sheet.draft.based_on else {}
    return [
        Asked(
            item_name(item, sheet.content), item.get("reason", ""), _is_answered(sheet, item, request, before)
        )
        for item in request.items
    ]


def _is_answered(
    sheet: Sheet, item: Mapping[str, str], request: SupplementRequest, before: Mapping[str, object]
) -> bool:
    if item.get("requirement"):
        return has_new_file(sheet.files.get(item["requirement"], ()), request)
    key = item.get("field", "")
    return sheet.answers.get(key) != before.get(key)


def has_new_file(files: Iterable[Attachment], request: SupplementRequest) -> bool:
    """Was a file added since the request was made?"""
    return any(attachment.added_at > request.asked_at for attachment in files)
