"""The task list of a draft: what is to be done, in any order, with its state in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.screens.sheet import Sheet
from procedures.formschema.definition import Condition, Page, Term


@dataclass(frozen=True, slots=True)
class Task:
    """A row for components/tasks.html. Without `href` it is not open yet."""

    label: str
    state: str
    href: str = ""
    kind: str = ""
    hint: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class TaskGroup:
    title: str
    tasks: tuple[Task, ...]


def build_task_groups(sheet: Sheet) -> tuple[TaskGroup, ...]:
    """Preparing, answering, sending."""
    answering = [_page_task(sheet, page) for page in sheet.form.pages]
    if sheet.loose_papers:
        answering.append(_papers_task(sheet))
    return (
        TaskGroup(_("1. Chuẩn bị"), tuple(_preparing(sheet))),
        TaskGroup(_("2. Trả lời và gửi giấy tờ"), tuple(answering)),
        TaskGroup(_("3. Nộp"), (_sending(sheet),)),
    )


def count_done(groups: tuple[TaskGroup, ...]) -> tuple[int, int]:
    """How many of the tasks that are needed are done, and how many there are."""
    needed = [task for group in groups for task in group.tasks if task.href or not task.is_done]
    return sum(task.is_done for task in needed), len(needed)


def find_next_href(sheet: Sheet, after: str) -> str:
    """Where to go on after saving a page: the next one to do, else the overview of the answers."""
    keys = [page.key for page in sheet.pages]
    start = keys.index(after) + 1 if after in keys else 0
    for page in (*sheet.pages[start:], *sheet.pages[:start]):
        if page.key != after and not is_done(sheet, page):
            return sheet.href(page.key)
    if sheet.missing_papers and sheet.loose_papers:
        return reverse("dossiers:papers", args=[sheet.dossier.pk])
    return reverse("dossiers:check", args=[sheet.dossier.pk])


def is_done(sheet: Sheet, page: Page) -> bool:
    """Saved once without anything to mend; the pages of a supplement were saved with the first filing."""
    return (sheet.is_supplement or page.key in sheet.draft.pages_done) and not sheet.count_errors(page)


def _preparing(sheet: Sheet) -> Iterator[Task]:
    href = "" if sheet.is_supplement else reverse("dossiers:case", args=[sheet.dossier.pk])
    agency = sheet.dossier.agency
    if sheet.content.cases:
        yield _done(_("Trường hợp của bạn"), href, hint=sheet.case_label)
    yield _done(_("Nơi nhận hồ sơ"), href, hint=agency.name if agency else "")


def _page_task(sheet: Sheet, page: Page) -> Task:
    title, href = str(page.title), sheet.href(page.key)
    if page.key not in {shown.key for shown in sheet.pages}:
        return _hidden_task(sheet, page)
    if is_done(sheet, page):
        return _done(title, href)
    if page.key in sheet.draft.pages_done or _is_begun(sheet, page):
        count = sheet.count_errors(page)
        hint = _("Còn %(count)d chỗ cần sửa") % {"count": count} if count else ""
        return Task(title, _("Đang làm"), href, "warn", hint)
    return Task(title, _("Chưa làm"), href, "info")


def _is_begun(sheet: Sheet, page: Page) -> bool:
    asked = any(question.key in sheet.answers for question in page.fields)
    return asked or any(
        sheet.files.get(question.requirement) for question in page.fields if question.requirement
    )


def _hidden_task(sheet: Sheet, page: Page) -> Task:
    """Not needed once the questions it depends on are answered; until then nobody can say."""
    decided = all(key in sheet.cleaned.answers or key == "case" for key in _asked_keys(page.visible_if))
    if decided:
        return Task(str(page.title), _("Không cần"), hint=_("Theo câu trả lời của bạn"), is_done=True)
    return Task(str(page.title), _("Chưa mở"), hint=_("Tùy câu trả lời ở mục trước"))


def _asked_keys(condition: Condition | None) -> Iterator[str]:
    for term in condition.terms if condition else ():
        if isinstance(term, Term):
            yield term.field
        else:
            yield from _asked_keys(term)


def _papers_task(sheet: Sheet) -> Task:
    href = reverse("dossiers:papers", args=[sheet.dossier.pk])
    wanted = {item.key for item in sheet.missing_papers}
    if not wanted & {item.key for item in sheet.loose_papers}:
        return _done(_("Giấy tờ khác"), href)
    return Task(_("Giấy tờ khác"), _("Chưa làm"), href, "info")


def _sending(sheet: Sheet) -> Task:
    href = reverse("dossiers:check", args=[sheet.dossier.pk])
    title = _("Xem lại và gửi bổ sung") if sheet.is_supplement else _("Xem lại và nộp hồ sơ")
    if sheet.is_complete:
        return Task(title, _("Sẵn sàng"), href, "info")
    return Task(title, _("Chưa mở"), hint=_("Mở khi các mục trên đã xong"))


def _done(label: str, href: str, hint: str = "") -> Task:
    return Task(label, _("Đã xong"), href, "done", hint, is_done=True)
