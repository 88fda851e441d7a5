"""One page of the e-form of a draft: shown, saved as typed, and left when nothing is to mend."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dossiers import ownreads
from dossiers.models import Dossier
from dossiers.screens import tasks as task_list
from dossiers.screens.prefill import build_prefill
from dossiers.screens.sheet import Sheet
from dossiers.services import drafts
from dossiers.views.access import UNPROCESSABLE, access_own, access_sheet, go_to_dossier
from dossiers.views.uploads import find_removed, keep_uploads
from portal.accounts.parked import restores_parked, take
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import Conflict
from portal.core.jsontypes import Json
from procedures import selectors as catalogue
from procedures.formschema.definition import Page
from procedures.formschema.display import build_row
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.prefill import Prefill
from procedures.formschema.types import field_types

OK, CONFLICT = 200, 409


@restores_parked
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, dossier_id: UUID, page: str) -> HttpResponse:
    """Each page saves its own answers, so Back, a second tab or another device never loses another page."""
    try:
        sheet = access_sheet(request, dossier_id)
    except Conflict:
        return _show_filed(request, dossier_id, page)
    shown = sheet.get_page(page)
    if request.method == "POST":
        return _save(request, sheet, shown)
    if shown not in sheet.pages:
        return redirect("dossiers:filing", dossier_id)
    typed = take(request)
    if typed is not None:
        return _restore(request, sheet, shown, typed)
    form = sheet.build_form(page, check="check" in request.GET, prefill=_offer(request, sheet))
    return _show(request, sheet, form)


def _offer(request: HttpRequest, sheet: Sheet) -> Prefill:
    """Nothing is offered in a supplement: what was left blank in the filing stays blank."""
    if sheet.is_supplement:
        return {}
    actor = get_actor(request)
    return build_prefill(actor, ownreads.get_latest_own_filing(actor), sheet.answers)


def _save(request: HttpRequest, sheet: Sheet, page: Page) -> HttpResponse:
    """Files first, then the answers as they are, right or wrong; then on, or back to the page."""
    dossier_id = sheet.dossier.pk
    removed = find_removed(request)
    anchor = _find_anchor(sheet, removed)
    refused = keep_uploads(request, dossier_id, _list_requirements(page))
    if removed is not None:
        drafts.remove_file(dossier_id, actor=get_actor(request), attachment_id=removed)
    if removed is not None or request.FILES:
        sheet = access_sheet(request, dossier_id)
    form = sheet.build_form(page.key, data=request.POST, prefill=_offer(request, sheet), file_errors=refused)
    is_done = form.is_valid()
    sheet = _keep(request, sheet, form, is_done=is_done)
    if refused or (form.command is None and not is_done and "later" not in request.POST):
        return _show(request, sheet, form)
    if form.command is not None:
        return redirect(f"{request.get_full_path()}#{form.command.anchor or anchor}")
    return _go_on(request, sheet, form, is_done=is_done)


def _find_anchor(sheet: Sheet, removed: UUID | None) -> str:
    """Where the page goes on after a file was taken off."""
    found = (f"id_file-{row.requirement}" for row in sheet.attachments if row.pk == removed)
    return next(found, "")


def _keep(request: HttpRequest, sheet: Sheet, form: PageForm, *, is_done: bool) -> Sheet:
    """Save the answers of the page; None takes one away."""
    answers: dict[str, Json] = {
        question.key: form.draft_answers.get(question.key)
        for question in form.page.fields
        if field_types.get(question.type).is_answer
    }
    draft = drafts.save_page(
        sheet.dossier.pk, actor=get_actor(request), page=form.page.key, answers=answers, done=is_done
    )
    return replace(sheet, draft=draft)


def _go_on(request: HttpRequest, sheet: Sheet, form: PageForm, *, is_done: bool) -> HttpResponse:
    """To the next thing to do, back to the overview, or to the task list."""
    dossier_id = sheet.dossier.pk
    if "later" in request.POST or not is_done:
        messages.success(request, _("Đã lưu. Bạn làm tiếp lúc nào cũng được, trên máy nào cũng được."))
        return redirect("dossiers:filing", dossier_id)
    if sheet.is_supplement or request.GET.get("from") == "check":
        return redirect("dossiers:check", dossier_id)
    return redirect(task_list.find_next_href(sheet, form.page.key))


def _restore(request: HttpRequest, sheet: Sheet, page: Page, typed: QueryDict) -> HttpResponse:
    """What was typed before the session ended is kept at once; files cannot be, so they are asked for again."""
    form = sheet.build_form(page.key, data=typed, prefill=_offer(request, sheet))
    sheet = _keep(request, sheet, form, is_done=False)
    if _list_requirements(page):
        messages.warning(request, _("Tệp chọn trước đó chưa gửi được. Hãy chọn lại tệp rồi bấm lưu."))
    return _show(request, sheet, form, status=OK)


def _show(request: HttpRequest, sheet: Sheet, form: PageForm, status: int | None = None) -> HttpResponse:
    keys = [page.key for page in sheet.pages]
    context = {
        "sheet": sheet,
        "form": form,
        "page": form.page,
        "number": keys.index(form.page.key) + 1 if form.page.key in keys else 0,
        "total": len(keys),
        "has_files": bool(_list_requirements(form.page)),
        "from_check": request.GET.get("from") == "check",
        "has_errors": bool(form.errors),
    }
    refused = request.method == "POST" and bool(form.errors)
    return render(request, "dossiers/page.html", context, status=status or (UNPROCESSABLE if refused else OK))


def _show_filed(request: HttpRequest, dossier_id: UUID, key: str) -> HttpResponse:
    """It was sent meanwhile, in another tab perhaps; what was typed here is shown, to be copied."""
    if request.method != "POST":
        return go_to_dossier(dossier_id)
    dossier = access_own(request, dossier_id)
    context = {
        "message": _("Hồ sơ đã được nộp ở cửa sổ khác nên trang này không lưu được nữa."),
        "back_href": reverse("dossiers:detail", args=[dossier_id]),
        "typed": _list_typed(request, dossier, key),
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)


def _list_typed(request: HttpRequest, dossier: Dossier, key: str) -> list[tuple[str, str]]:
    schema = catalogue.get_content(dossier.procedure_version_id).form
    if schema is None or key not in {page.key for page in schema.pages}:
        return []
    setting = PageSetting(clock.today(), case=dossier.case_key)
    form = build_page_form(schema, key, {}, setting=setting, data=request.POST)
    rows = [
        build_row(question, form.draft_answers.get(question.key), question.key)
        for question in form.page.fields
    ]
    return [(row.label, row.value) for row in rows if row.path in form.draft_answers]


def _list_requirements(page: Page) -> list[str]:
    return [question.requirement for question in page.fields if question.type == "file"]
