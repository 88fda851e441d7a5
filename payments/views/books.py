"""The agency's books on the screen and as a sheet."""

import csv
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from payments import books
from payments.choices import Account
from payments.forms import HandedOverForm
from payments.refunds.rights import DECIDERS, READERS
from payments.services import clearing
from portal.accounts.forms import list_errors
from portal.accounts.policy import officer
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.money import format_vnd

UNPROCESSABLE = 422
LONGEST_DAYS = 400
MOST = 12
"""Letters of a typed day."""

reader = officer(*READERS)
decider = officer(*DECIDERS)


@reader
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What each account holds in the period, and the bookings behind it."""
    return _render_books(request)


@decider
@require_POST
def handed_over(request: HttpRequest) -> HttpResponse:
    """A gateway's transfer stands on the bank's statement; what was typed comes back where it is refused."""
    form = HandedOverForm(request.POST)
    if not form.is_valid():
        return _render_books(request, form)
    typed, actor = form.cleaned_data, get_actor(request)
    try:
        left = clearing.note_handed_over(typed["number"], typed["amount"], actor=actor)
    except RuleViolation as refusal:
        for name, texts in refusal.errors.items():
            form.add_error(name, texts)
        return _render_books(request, form)
    except Conflict as conflict:
        form.add_error("number", conflict.message)
        return _render_books(request, form)
    said = _("Đã ghi: cổng chuyển %(amount)s. Cổng còn giữ %(left)s.")
    messages.success(request, said % {"amount": format_vnd(typed["amount"]), "left": format_vnd(left)})
    return redirect("payments:books")


def _render_books(request: HttpRequest, form: HandedOverForm | None = None) -> HttpResponse:
    period, typed, error = _read_period(request)
    actor, account = get_actor(request), request.GET.get("account", "")
    before = request.GET.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) <= MOST else 0
    found, more = books.list_entries(actor, period, account, before=start)
    errors = [{"id": "from", "text": error}] if error else []
    errors += list_errors(form) if form else []
    query = {"from": period.since.isoformat(), "to": period.until.isoformat()}
    context: dict[str, Any] = {
        "rows": books.sum_accounts(actor, period),
        "entries": [(entry, books.signed(entry)) for entry in found],
        "account": account if account in Account.values else "",
        "account_label": Account(account).label if account in Account.values else "",
        "typed": typed,
        "query": urlencode(query),
        "sheet_query": urlencode({**query, "account": account}),
        "next_href": f"?{urlencode({**query, 'account': account, 'before': more})}" if more else "",
        "held": clearing.find_held(actor.agency_id or 0) if clearing.may_note(actor) else 0,
        "form": form or HandedOverForm(),
        "period_error": error,
        "errors": errors,
        "has_errors": bool(errors),
    }
    return render(request, "payments/books/index.html", context, status=UNPROCESSABLE if errors else 200)


@reader
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Every booking of the period as CSV for spreadsheets."""
    period, _typed, _error = _read_period(request)
    name = f"so-tien-{period.since:%Y%m%d}-{period.until:%Y%m%d}.csv"
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
    writer = csv.writer(response)
    writer.writerow(books.HEADS)
    for line in books.list_lines(get_actor(request), period, request.GET.get("account", "")):
        writer.writerow([_as_text(cell) for cell in line])
    return response


def _as_text(cell: str | int) -> str | int:
    """What a spreadsheet would take for a formula is kept a text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell


def _read_period(request: HttpRequest) -> tuple[books.Period, dict[str, str], str]:
    """The period asked for, else this month; what was typed, and why it was not understood."""
    default = books.this_month(clock.today())
    since, until = request.GET.get("from", ""), request.GET.get("to", "")
    typed = {"since": since, "until": until}
    if not since and not until:
        return default, _show(default), ""
    try:
        period = books.Period(
            _read_day(since) if since else default.since, _read_day(until) if until else default.until
        )
    except ValueError:
        return default, typed, _("Ngày không đúng. Hãy ghi như 23/11/2026.")
    if period.since > period.until:
        return default, typed, _("Ngày đầu phải trước ngày cuối.")
    if (period.until - period.since).days > LONGEST_DAYS:
        return default, typed, _("Mỗi lần xem nhiều nhất 400 ngày.")
    return period, _show(period), ""


def _show(period: books.Period) -> dict[str, str]:
    return {"since": f"{period.since:%d/%m/%Y}", "until": f"{period.until:%d/%m/%Y}"}


def _read_day(text: str) -> date:
    """2026-11-23 or 23/11/2026. Raises ValueError."""
    text = text.strip()[:MOST]
    if "/" in text:
        day, month, year = text.split("/")
        text = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    found = date.fromisoformat(text)
    if not date(2000, 1, 1) <= found <= date(2200, 1, 1):
        raise ValueError(text)
    return found
