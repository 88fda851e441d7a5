"""Overview of one procedure, the pages of its sections, and the steps of its draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, NotFound, RuleViolation
from procedures import services
from procedures.editing import saving
from procedures.editing.applying import find_changed_row
from procedures.editing.faults import list_faults, of_section
from procedures.editing.feeform import build_totals
from procedures.editing.form import build_blocks
from procedures.editing.marks import build_marks, judge, section_href
from procedures.editing.overview import build_overview
from procedures.editing.pointing import point_at
from procedures.editing.reads import Desk, access_desk, find_moves
from procedures.editing.sections import BY_KEY, Section
from procedures.editing.shell import build_shell

CONFLICT = 409
_MOST_HINTS = 6


@require_safe
@catalogue_admin
def overview(request: PortalRequest, code: str) -> HttpResponse:
    """One procedure: what is published, what is drafted, what is missing, who changed what."""
    desk = access_desk(code)
    context = {"shell": build_shell(desk, tab="overview"), "page": build_overview(desk, request.actor)}
    return render(request, "catalogue/overview.html", context)


@require_safe
@catalogue_admin
def edit(request: PortalRequest, code: str) -> HttpResponse:
    """To the first section."""
    return redirect("catalogue:section", access_desk(code).code, "names")


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def section(request: PortalRequest, code: str, section: str) -> HttpResponse:
    """One section: its inputs with what is missing; saved as far as it goes."""
    desk, chosen = access_desk(code), _find_section(section)
    if chosen.key == "form" and (href := section_href(code, "form")):
        return redirect(href)
    if request.method != "POST":
        return render(request, "catalogue/section.html", _page(request, desk, chosen))
    typed = saving.read_typed(desk, chosen, request.POST)
    if "preview" in request.POST:
        columns, totals = build_totals(typed.mine)
        return render(request, "catalogue/edit/totals.html", {"columns": columns, "totals": totals})
    return _save(request, desk, chosen, typed)


def _find_section(key: str) -> Section:
    if key not in BY_KEY:
        raise NotFound(message=_("Không có phần này trong nội dung thủ tục."))
    return BY_KEY[key]


def _page(request: PortalRequest, desk: Desk, chosen: Section) -> dict[str, Any]:
    document = desk.read_document()
    findings = judge(document)
    faults = of_section(list_faults(document), chosen.key)
    news = [item for item in findings if item.section == chosen.key and _is_news(item, faults)]
    return {
        "shell": build_shell(desk, tab="edit"),
        "section": chosen,
        "blocks": build_blocks(chosen.key, document, faults, at=request.GET.get("at", "")),
        "marks": build_marks(desk.code, findings, current=chosen.key),
        "missing": sum(len(lines) for lines in faults.values()),
        "findings": point_at(news[:_MOST_HINTS], desk.code, document),
        "is_quiet": not faults and not any(item.is_stop for item in news),
        "moves": find_moves(desk.draft),
        "version_href": request.path,
    }


def _is_news(finding: Any, faults: dict[str, list[str]]) -> bool:
    """What stands beside no input."""
    return not any(finding.path.startswith(path) or path.startswith(finding.path) for path in faults)


def _save(request: PortalRequest, desk: Desk, chosen: Section, typed: saving.Typed) -> HttpResponse:
    try:
        if "theirs" in request.POST:
            saving.save_choices(request.actor, desk, chosen, typed, request.POST.dict())
            saved = True
        else:
            saved = saving.save(request.actor, desk, chosen, typed)
    except Conflict:
        return _show_both(request, access_desk(desk.code), chosen, typed)
    _say(request, desk.code, chosen, typed, saved=saved)
    where = reverse("catalogue:section", args=[desk.code, chosen.key])
    anchor = typed.done.anchor if typed.done else find_changed_row(chosen.key, typed.base, typed.mine)
    # Without a fragment of its own the browser would keep the one of the page before.
    return redirect(f"{where}?at={anchor}#{anchor}" if anchor else f"{where}#main")


def _say(request: PortalRequest, code: str, chosen: Section, typed: saving.Typed, *, saved: bool) -> None:
    if not saved:
        messages.info(request, _("Chưa có gì thay đổi."))
    elif typed.done:
        messages.success(request, _("Đã lưu. %(what)s.") % {"what": typed.done.summary})
    else:
        faults = of_section(list_faults(access_desk(code).read_document()), chosen.key)
        missing = sum(len(lines) for lines in faults.values())
        words = _("Đã lưu. Còn %(count)d chỗ cần bổ sung, ghi ngay dưới đây.") if missing else _("Đã lưu.")
        messages.success(request, words % {"count": missing} if missing else words)


def _show_both(request: PortalRequest, desk: Desk, chosen: Section, typed: saving.Typed) -> HttpResponse:
    """Both texts, item by item; everything typed goes along, so nothing is lost."""
    items = saving.list_items(desk, chosen, typed, request.POST.dict())
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in saving.OWN_NAMES and not name.startswith("choice-")
        for value in values
    ]
    context = {
        "shell": build_shell(desk, tab="edit"),
        "section": chosen,
        "items": items,
        "kept": kept,
        "has_errors": any(item.error for item in items),
    }
    return render(request, "catalogue/conflict.html", context, status=CONFLICT)


@require_POST
@catalogue_admin
def start(request: PortalRequest, code: str) -> HttpResponse:
    """A draft of what is published; the one there is, if there is one."""
    services.start_draft(request.actor, access_desk(code).code)
    return redirect("catalogue:section", code, "names")


@require_POST
@catalogue_admin
def undo(request: PortalRequest, code: str) -> HttpResponse:
    """One state back."""
    return _step(request, code, _("Đã hoàn tác: %(what)s."))


@require_POST
@catalogue_admin
def redo(request: PortalRequest, code: str) -> HttpResponse:
    """One state forward again."""
    return _step(request, code, _("Đã làm lại: %(what)s."), forward=True)


def _step(request: PortalRequest, code: str, words: str, *, forward: bool = False) -> HttpResponse:
    step = services.redo_draft if forward else services.undo_draft
    try:
        state = step(request.actor, code, row_version=saving.read_number(request.POST.get("row_version")))
        messages.success(request, words % {"what": state.summary or _("thay đổi gần nhất")})
    except (Conflict, RuleViolation) as error:
        messages.warning(request, error.message)
    back = request.POST.get("section", "")
    return (
        redirect("catalogue:section", code, back) if back in BY_KEY else redirect("catalogue:procedure", code)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def discard(request: PortalRequest, code: str) -> HttpResponse:
    """Asks, then throws the draft away; what is published stays."""
    desk = access_desk(code)
    if request.method == "POST":
        services.discard_draft(
            request.actor, code, row_version=saving.read_number(request.POST.get("row_version"))
        )
        messages.success(request, _("Đã bỏ bản nháp của %(name)s.") % {"name": desk.name or code})
        return redirect("catalogue:procedure", code) if desk.procedure else redirect("catalogue:index")
    context = {
        "base_template": "desk.html",
        "question": _("Bỏ bản nháp này?"),
        "kicker": desk.name,
        "code": code,
        "warning": _("Mọi thay đổi trong bản nháp sẽ không còn"),
        "consequences": [_("Bản nháp đã trình thì cũng không còn chờ công bố.")],
        "kept": [_("Bản đang áp dụng và các bản trước."), _("Danh sách ai đã sửa gì.")],
        "action_label": _("Bỏ bản nháp"),
        "back_label": _("Giữ bản nháp"),
        "back_href": reverse("catalogue:procedure", args=[code]),
        "hidden": {"row_version": desk.row_version},
    }
    return render(request, "confirm.html", context)
