"""Bank statements on the screen: a file, what its columns mean, what it brought, and whose money the rest is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from payments.services import assigning, matching, statements
from payments.statements import reads, screens
from portal.accounts import parked
from portal.accounts.choices import Role
from portal.accounts.parked import restores_parked
from portal.accounts.policy import officer
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, PortalError, RuleViolation

if TYPE_CHECKING:
    from payments.models import StatementLine

UNPROCESSABLE, CONFLICT = 422, 409
FIRST_LOOK_S = 3.0
"""Seconds in which an import looks at its own lines; the worker goes on with the rest."""

desk = officer(Role.RECEPTION, Role.DESK_HEAD)
both = require_http_methods(["GET", "HEAD", "POST"])


@desk
@both
def home(request: HttpRequest) -> HttpResponse:
    """The accounts, the way to bring a file, the files so far, and what waits."""
    if request.method != "POST":
        return _show_home(request)
    upload = request.FILES.get("file")
    if upload is None:
        return _show_home(request, error=_("Hãy chọn tệp sao kê."))
    if upload.size is None or upload.size > screens.MOST_BYTES:
        return _show_home(
            request, error=_("Tệp lớn quá 5 MB. Hãy chia thành nhiều tệp, mỗi tệp một khoảng ngày.")
        )
    try:
        statement = statements.upload(
            screens.read_id(request.POST.get("account", "")),
            file_name=str(upload.name),
            content=upload.read(),
            actor=get_actor(request),
        )
    except RuleViolation as error:
        return _show_home(request, error=error.message)
    if statement.imported_at:
        messages.info(request, _("Tệp này đã nhập rồi. Không có gì bị ghi hai lần."))
        return redirect("payments:statement", statement.pk)
    return redirect("payments:statement_columns", statement.pk)


def _show_home(request: HttpRequest, *, error: str = "") -> HttpResponse:
    context = screens.build_home(get_actor(request)) | _faults({"file": error} if error else {})
    return render(request, "payments/statements/home.html", context, status=UNPROCESSABLE if error else 200)


@desk
@restores_parked
@both
def columns(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """What each column means; the result is shown as it will be read before anything is written."""
    statement = reads.access_statement(get_actor(request), statement_id)
    if statement.imported_at:
        return redirect("payments:statement", statement.pk)
    screen = screens.build_columns(statement, request.POST or parked.take(request))
    if request.POST.get("do") != "import":
        return _show_columns(
            request, screen, status=UNPROCESSABLE if screen.is_posted and screen.faults else 200
        )
    try:
        done = statements.import_statement(statement_id, screen.chosen, actor=get_actor(request))
    except RuleViolation:
        return _show_columns(request, screen, status=UNPROCESSABLE)
    except Conflict as conflict:
        return _show_conflict(request, screen, conflict)
    matching.match_due(FIRST_LOOK_S)
    words = _("Đã nhập %(new)d khoản tiền vào. %(known)d khoản đã có từ trước nên bỏ qua.")
    messages.success(request, words % {"new": done.new, "known": done.known})
    return redirect("payments:statement", statement_id)


def _show_columns(
    request: HttpRequest, screen: screens.ColumnsScreen, *, status: int, warning: str = ""
) -> HttpResponse:
    shown = screen.faults if screen.is_posted else ()
    context = {"screen": screen, "warning": warning} | _faults(dict.fromkeys(shown, ""), under="column_0")
    return render(request, "payments/statements/columns.html", context, status=status)


def _show_conflict(request: HttpRequest, screen: screens.ColumnsScreen, conflict: Conflict) -> HttpResponse:
    """The choice stands as it was typed; only the version that was seen is new."""
    if conflict.code != "conflict":
        messages.warning(request, conflict.message)
        return redirect("payments:statement", screen.statement.pk)
    fresh = screens.build_columns(screen.statement, request.POST, sees_newest=True)
    return _show_columns(request, fresh, status=CONFLICT, warning=conflict.message)


@desk
@require_safe
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """What one file brought."""
    found = reads.access_statement(get_actor(request), statement_id)
    if not found.imported_at:
        return redirect("payments:statement_columns", found.pk)
    context = {"statement": found, "outcomes": screens.list_outcomes(reads.count_by_status(found))}
    return render(request, "payments/statements/statement.html", context)


@desk
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Lines by what became of them; those that wait come with their age."""
    return render(
        request, "payments/statements/lines.html", screens.build_lines(get_actor(request), request.GET)
    )


@desk
@restores_parked
@both
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One line: whose money it is, or that it is no fee."""
    found = reads.access_line(get_actor(request), line_id)
    if request.method != "POST":
        return _show_line(request, found, parked.take(request) or request.GET)
    try:
        decided = _decide(request, found)
    except RuleViolation as error:
        faults = {name: texts[0] for name, texts in error.errors.items()} or {"code": error.message}
        return _show_line(request, found, request.POST, faults=faults)
    except Conflict as conflict:
        return _show_late(request, conflict)
    messages.success(request, screens.say_outcome(decided))
    return redirect(f"{reverse('payments:statement_lines')}?status={found.status}")


def _decide(request: HttpRequest, found: StatementLine) -> StatementLine:
    act, actor = request.POST.get("act"), get_actor(request)
    if act == "assign":
        return assigning.assign(found.pk, request.POST.get("code", ""), actor=actor)
    if act == "ignore":
        return assigning.ignore(found.pk, request.POST.get("reason", ""), actor=actor)
    if act == "give_back":
        return assigning.give_back(found.pk, actor=actor)
    raise RuleViolation(errors={"code": [_("Hãy chọn một việc.")]})


def _show_line(
    request: HttpRequest,
    found: StatementLine,
    typed: QueryDict,
    *,
    faults: Mapping[str, str] | None = None,
) -> HttpResponse:
    context, asked = screens.build_line(get_actor(request), found, typed)
    wrong = dict(faults or asked)
    status = UNPROCESSABLE if wrong else 200
    return render(request, "payments/statements/line.html", context | _faults(wrong), status=status)


def _show_late(request: HttpRequest, conflict: PortalError) -> HttpResponse:
    typed = [(_("Mã hồ sơ"), request.POST.get("code", "")), (_("Lý do"), request.POST.get("reason", ""))]
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "typed": [(label, value) for label, value in typed if value],
        "back_href": request.path,
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)


def _faults(wrong: Mapping[str, str], *, under: str = "") -> dict[str, Any]:
    """For the summary at the head of the page and beside the fields."""
    errors = [{"text": text or name, "id": under or name} for name, text in wrong.items()]
    return {"errors": errors, "field_errors": wrong, "has_errors": bool(errors)}
