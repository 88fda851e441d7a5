"""Pages of the form builder. Every change is one operation with the row_version it saw."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, RuleViolation
from procedures.building.moving import StillUsed
from procedures.building.typed import one
from procedures.editing.builder.editor import draw_condition, edit, open_editor, say
from procedures.editing.builder.outline import line_id
from procedures.editing.builder.reads import list_changes_since
from procedures.editing.builder.saving import keep_block, read_typed, save_operation
from procedures.editing.builder.screen import build_screen, try_out
from procedures.editing.reads import Desk, access_desk


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The builder at one part of the form, and every operation on it."""
    desk = access_desk(code)
    if request.method == "POST":
        return _change(request, desk, read_typed(request.POST))
    at, new = request.GET.get("at", ""), request.GET.get("new", "")
    editor = _open(desk, at, new)
    return _draw(request, desk, at=at, editor=editor)


@require_POST
@catalogue_admin
def condition(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of the condition that is being typed, drawn anew; nothing is stored."""
    typed = read_typed(request.POST)
    editor = draw_condition(access_desk(code).read_document(), typed, {}, _href(code, "form_condition"))
    return render(request, "catalogue/builder/condition.html", {"condition": editor})


@require_POST
@catalogue_admin
def pane(request: HttpRequest, code: str) -> HttpResponse:
    """The page as a citizen would see it with what is being typed; nothing is stored.

    What is not yet right changes nothing: 204.
    """
    desk, typed = access_desk(code), read_typed(request.POST)
    try:
        screen = try_out(desk, typed)
    except RuleViolation:
        return HttpResponse(status=204)
    return render(request, "catalogue/builder/preview_pane.html", {"screen": screen})


def _change(request: HttpRequest, desk: Desk, typed: dict[str, Any]) -> HttpResponse:
    if one(typed, "row_version") != str(desk.row_version):
        return _answer_conflict(request, desk, typed)
    if one(typed, "refresh"):
        return _draw_typed(request, desk, typed, {})
    try:
        spot = _save(request, desk, typed)
    except StillUsed as used:
        return _ask_to_clear(request, desk, typed, used)
    except RuleViolation as refused:
        return _draw_typed(request, desk, typed, refused.errors or {"": [refused.message]}, status=422)
    except Conflict:
        return _answer_conflict(request, access_desk(desk.code), typed)
    if one(typed, "op") != "keep_block":
        messages.success(request, _("Đã lưu."))
    return redirect(_at(desk.code, spot))


def _save(request: HttpRequest, desk: Desk, typed: dict[str, Any]) -> str:
    if one(typed, "op") != "keep_block":
        return save_operation(get_actor(request), desk, typed)
    name = keep_block(get_actor(request), desk, typed)
    messages.success(request, _("Đã lưu khối “%(name)s”. Thủ tục nào cũng chèn được.") % {"name": name})
    return one(typed, "at")


def _open(desk: Desk, at: str, new: str) -> Any:
    try:
        return open_editor(desk.read_document(), at, new, _href(desk.code, "form_condition"))
    except RuleViolation:
        return None


def _draw_typed(
    request: HttpRequest, desk: Desk, typed: dict[str, Any], errors: Any, status: int = 200, **more: Any
) -> HttpResponse:
    editor = edit(desk.read_document(), typed, errors, _href(desk.code, "form_condition"))
    refused = () if editor else [line for lines in errors.values() for line in lines]
    at = one(typed, "at")
    return _draw(request, desk, status=status, refused=refused, at=at, editor=editor, **more)


def _draw(
    request: HttpRequest, desk: Desk, *, status: int = 200, refused: Any = (), **parts: Any
) -> HttpResponse:
    screen = build_screen(desk, **parts)
    context = {"screen": screen, "shell": screen.shell, "refused": refused, "has_errors": status == 422}  # noqa: PLR2004
    return render(request, "catalogue/builder/form.html", context, status=status)


def _answer_conflict(request: HttpRequest, desk: Desk, typed: dict[str, Any]) -> HttpResponse:
    """What was typed stands in the editor, over what the other one saved; to save again puts it on top."""
    seen = one(typed, "row_version")
    since = int(seen) if seen.isascii() and seen.isdigit() else 0
    theirs = _open(desk, one(typed, "at"), "")
    conflict = {"changes": list_changes_since(desk.code, since), "theirs": say(theirs) if theirs else ()}
    return _draw_typed(request, desk, typed, {}, status=409, conflict=conflict)


def _ask_to_clear(request: HttpRequest, desk: Desk, typed: dict[str, Any], used: StillUsed) -> HttpResponse:
    if not used.is_clearable:
        return _draw_typed(request, desk, typed, used.errors, status=422)
    at = one(typed, "at")
    context = {
        "base_template": "desk.html",
        "question": _("Phần này còn được dùng ở nơi khác"),
        "warning": _("Những chỗ đang dùng"),
        "consequences": used.references,
        "action_label": _("Xóa, và bỏ các chỗ trên"),
        "hidden": {"op": "remove", "at": at, "row_version": desk.row_version, "clear": "1"},
        "action_href": _href(desk.code),
        "back_href": _at(desk.code, at),
        "back_label": _("Giữ lại"),
    }
    return render(request, "confirm.html", context, status=422)


def _at(code: str, spot: str) -> str:
    """The builder with the focus on a line of the outline."""
    return f"{_href(code)}?{urlencode({'at': spot})}#{line_id(spot)}" if spot else _href(code)


def _href(code: str, name: str = "form") -> str:
    return reverse(f"catalogue:{name}", args=[code])
