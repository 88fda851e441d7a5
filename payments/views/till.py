"""A cashier's drawer on the screen: today's session, the count at close, and the head's list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments.forms import CloseForm, HandInForm, RemarkForm
from payments.services import closing
from payments.services import tills as services
from payments.till import reads as tills
from payments.till.counting import DENOMINATIONS
from payments.till.sheet import print_sheet
from payments.till.view import CLOSED_HREF, Drawer, build_drawer, read_before, say_cash_difference
from portal.accounts import parked
from portal.accounts.choices import Role
from portal.accounts.forms import list_errors
from portal.accounts.parked import restores_parked
from portal.accounts.policy import officer
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.money import format_vnd, group_thousands

if TYPE_CHECKING:
    from payments.models import CashSession

Bound = TypeVar("Bound", bound=forms.Form)

UNPROCESSABLE, CONFLICT = 422, 409
LATEST = 20
"""Receipts shown below a session."""

cashier = officer(Role.RECEPTION)
head = officer(Role.DESK_HEAD)
cashier_or_head = officer(Role.RECEPTION, Role.DESK_HEAD)


@cashier_or_head
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The cashier's own drawer: what it should hold, what was taken, and what to do next. Heads see all of them."""
    actor = get_actor(request)
    if not tills.can_use_till(actor):
        return redirect("payments:till_all")
    session = tills.find_open(actor.membership_id)
    last = None if session else tills.find_last_closed(actor.membership_id)
    context = {
        "session": session,
        "drawer": build_drawer(session) if session else None,
        "is_late": bool(session and tills.is_of_another_day(session, clock.today())),
        "receipts": tills.list_taken(session, LATEST) if session else [],
        "last": last,
        "rest": tills.rest_of(last),
        "may_watch": tills.can_watch_tills(actor),
    }
    return render(request, "payments/till/home.html", context)


@cashier
@require_POST
def open_by_hand(request: HttpRequest) -> HttpResponse:
    """Begin with what stayed in the drawer; a second click finds it open."""
    session = services.open_by_hand(actor=get_actor(request))
    messages.success(
        request, _("Đã mở phiên, đầu phiên có %(amount)s.") % {"amount": format_vnd(session.opening)}
    )
    return redirect("payments:till")


@cashier_or_head
@require_safe
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One session with its count; the rest can be handed in here, a difference cleared up."""
    return _show_session(request, tills.access_session(get_actor(request), session_id))


@cashier_or_head
@restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Count the drawer: first the notes, then what differs, then what is handed in."""
    actor = get_actor(request)
    found = tills.access_session(actor, session_id)
    if found.closed_at is not None:
        return redirect("payments:till_session", session_id)
    drawer = build_drawer(found)
    form = CloseForm(request.POST) if request.method == "POST" else CloseForm(initial=_begin(request, drawer))
    if not form.is_bound or not form.is_valid():
        return _ask_count(request, drawer, form)
    try:
        closing.close(session_id, _read_closing(form), actor=actor)
    except RuleViolation as refusal:
        return _ask_count(request, drawer, _with_errors(form, refusal))
    except Conflict as conflict:
        return _count_again(request, found, form, conflict)
    messages.success(request, _("Đã chốt phiên. In biên bản kiểm đếm để ký."))
    return redirect("payments:till_session", session_id)


def _begin(request: HttpRequest, drawer: Drawer) -> dict[str, Any]:
    """What was typed before the sign-in ended, else an empty drawer counted as nothing."""
    kept = parked.take(request)
    if kept is not None:
        return {name: value for name, value in kept.items() if name != "seen"} | {"seen": drawer.taken.drawer}
    return {"seen": drawer.taken.drawer, "total": "0" if not drawer.taken.drawer else ""}


def _read_closing(form: CloseForm) -> closing.Closing:
    typed = form.cleaned_data
    return closing.Closing(
        count=typed["count"],
        seen=typed["seen"],
        card=typed["card"],
        remark=typed["remark"],
        handed_in=typed["handed_in"] or 0,
        handed_in_number=typed["handed_in_number"],
    )


def _with_errors(form: Bound, refusal: RuleViolation) -> Bound:
    """The service's refusals beside their fields; what is no field's fault stands on top."""
    for name, texts in refusal.errors.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
    if not refusal.errors:
        form.add_error(None, refusal.message)
    return form


def _count_again(
    request: HttpRequest, found: CashSession, form: CloseForm, conflict: Conflict
) -> HttpResponse:
    """Money came or went while the drawer was counted: everything typed stays, beside what the books say now."""
    drawer = build_drawer(tills.access_session(get_actor(request), found.pk))
    if drawer.session.closed_at is not None:
        messages.warning(request, conflict.message)
        return redirect("payments:till_session", found.pk)
    again = CloseForm({**request.POST.dict(), "seen": str(drawer.taken.drawer)})
    again.is_valid()
    again.add_error(None, conflict.message)
    return _ask_count(request, drawer, again, CONFLICT)


def _ask_count(
    request: HttpRequest, drawer: Drawer, form: CloseForm, status: int = UNPROCESSABLE
) -> HttpResponse:
    errors = list_errors(form) if form.is_bound else []
    context = {
        "drawer": drawer,
        "session": drawer.session,
        "form": form,
        "denominations": DENOMINATIONS,
        "errors": errors,
        "has_errors": bool(errors),
    }
    return render(request, "payments/till/close.html", context, status=status if errors else 200)


@cashier_or_head
@require_POST
def hand_in(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """What was left at the close was brought to bank or treasury."""
    actor, form = get_actor(request), HandInForm(request.POST)
    found = tills.access_session(actor, session_id)
    if not form.is_valid():
        return _show_session(request, found, handing=form)
    typed = form.cleaned_data
    try:
        closing.hand_in(session_id, typed["handed_in"] or 0, typed["handed_in_number"], actor=actor)
    except RuleViolation as refusal:
        return _show_session(request, found, handing=_with_errors(form, refusal))
    messages.success(request, _("Đã ghi nộp %(amount)s.") % {"amount": format_vnd(typed["handed_in"])})
    return redirect("payments:till_session", session_id)


@cashier
@require_POST
def put_right(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A difference was cleared up in cash, through the drawer that is open now."""
    actor, form = get_actor(request), RemarkForm(request.POST)
    found = tills.access_session(actor, session_id)
    if not form.is_valid():
        return _show_session(request, found, righting=form)
    try:
        closing.put_right(session_id, form.cleaned_data["remark"], actor=actor)
    except RuleViolation as refusal:
        return _show_session(request, found, righting=_with_errors(form, refusal))
    messages.success(request, _("Đã ghi: chênh lệch của phiên này đã xử lý xong."))
    return redirect("payments:till_session", session_id)


def _show_session(
    request: HttpRequest,
    found: CashSession,
    handing: HandInForm | None = None,
    righting: RemarkForm | None = None,
) -> HttpResponse:
    actor = get_actor(request)
    drawer = build_drawer(found)
    bound = handing or righting
    errors = list_errors(bound) if bound else []
    context = {
        "session": found,
        "drawer": drawer,
        "notes": [(group_thousands(v), n, format_vnd(v * n)) for v, n in drawer.notes],
        "receipts": tills.list_taken(found, LATEST),
        "may_hand_in": closing.may_hand_in(found),
        "may_put_right": tills.can_use_till(actor) and drawer.is_difference_open,
        "handing": handing or HandInForm(initial={"handed_in": group_thousands(tills.rest_of(found))}),
        "righting": righting or RemarkForm(),
        "back_href": reverse("payments:till" if tills.can_use_till(actor) else "payments:till_all"),
        "errors": errors,
        "has_errors": bool(errors),
    }
    return render(request, "payments/till/session.html", context, status=UNPROCESSABLE if errors else 200)


@cashier_or_head
@require_safe
def sheet(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The close sheet as PDF, to be signed; the same bytes each time. Raises Conflict while it is open."""
    found = tills.access_session(get_actor(request), session_id)
    if found.closed_at is None:
        raise Conflict("session_open", _("Phiên này chưa chốt nên chưa in được biên bản."))
    response = HttpResponse(print_sheet(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-ban-kiem-dem-{found.closed_at:%Y%m%d}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@head
@require_safe
def all_sessions(request: HttpRequest) -> HttpResponse:
    """Every drawer of the agency: those that wait for their count, oldest first, then what was counted."""
    actor, today = get_actor(request), clock.today()
    closed, following = tills.list_closed(actor, read_before(request.GET.get("before")))
    open_now = tills.list_open(actor)
    context = {
        "open_now": [
            (row, drawer, tills.is_of_another_day(row, today)) for row, drawer in tills.sum_many(open_now)
        ],
        "late": sum(tills.is_of_another_day(row, today) for row in open_now),
        "closed": [(row, say_cash_difference(row)) for row in closed],
        "next_href": CLOSED_HREF % following if following else "",
        "may_use": tills.can_use_till(actor),
    }
    return render(request, "payments/till/all.html", context)
