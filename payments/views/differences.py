"""Differences between our books and others': the list, ending one, and comparing a settlement file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from payments.choices import DifferenceKind
from payments.differences import reads
from payments.differences.settlements import MOST_BYTES
from payments.refunds.cards import say_age
from payments.refunds.forms import RemarkForm, SettlementForm
from payments.refunds.rights import DECIDERS, PROPOSERS, READERS
from payments.services import differing, settling
from payments.views.typed import list_named, read_id
from portal.accounts.policy import officer
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.money import format_vnd

UNPROCESSABLE, CONFLICT = 422, 409

reader = officer(*READERS)
comparer = officer(*PROPOSERS, *DECIDERS)


@reader
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Open differences oldest first, or those that ended."""
    actor, now = get_actor(request), clock.now()
    view = "ended" if request.GET.get("view") == "ended" else "open"
    kind = request.GET.get("kind", "")
    found, more = reads.list_differences(
        actor, view, kind=kind, before=str(read_id(request.GET.get("before", "")) or "")
    )
    context = {
        "rows": [(row, say_age(now - row.found_at)) for row in found],
        "chips": [
            {"label": _("Đang mở"), "href": "?view=open", "is_current": view == "open"},
            {"label": _("Đã khép"), "href": "?view=ended", "is_current": view == "ended"},
        ],
        "view": view,
        "kind": kind,
        "kinds": [("", _("Mọi loại")), *DifferenceKind.choices],
        "next_href": f"?view={view}&kind={kind}&before={more}" if more else "",
        "may_compare": actor.has_role(*PROPOSERS, *DECIDERS) and not actor.is_read_only,
    }
    return render(request, "payments/differences/index.html", context)


@reader
@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, difference_id: UUID) -> HttpResponse:
    """One difference; who may decide ends it with a remark."""
    actor = get_actor(request)
    row = reads.access_difference(actor, difference_id)
    if request.method != "POST":
        return _show(request, row)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _show(request, row, error=str(form.errors["remark"][0]))
    try:
        differing.end_by_hand(difference_id, actor=actor, remark=form.cleaned_data["remark"])
    except RuleViolation as refused:
        return _show(request, row, error=refused.message)
    except Conflict as conflict:
        context = {
            "base_template": "desk.html",
            "message": conflict.message,
            "typed": [(_("Đã xử lý thế nào"), form.cleaned_data["remark"])],
            "back_href": request.path,
        }
        return render(request, "errors/conflict.html", context, status=CONFLICT)
    messages.success(request, _("Đã khép chênh lệch này."))
    return redirect("payments:differences")


def _show(request: HttpRequest, row: Any, *, error: str = "") -> HttpResponse:
    actor = get_actor(request)
    context = {
        "row": row,
        "age": say_age(clock.now() - row.found_at),
        "facts": _list_facts(row),
        "may_end": row.ended_at is None and actor.has_role(*DECIDERS) and not actor.is_read_only,
        "remark": request.POST.get("remark", ""),
        "errors": [{"id": "remark", "text": error}] if error else [],
        "error": error,
        "has_errors": bool(error),
    }
    return render(
        request, "payments/differences/difference.html", context, status=UNPROCESSABLE if error else 200
    )


def _list_facts(row: Any) -> list[dict[str, str]]:
    none = _("không có")
    facts = [
        (_("Loại"), row.get_kind_display()),
        (_("Ngày giao dịch"), f"{row.day:%d/%m/%Y}"),
        (_("Nguồn"), row.source),
        (_("Mã tham chiếu"), row.reference),
        (_("Số tiền của ta"), format_vnd(row.ours) if row.ours is not None else none),
        (_("Số tiền bên kia"), format_vnd(row.theirs) if row.theirs is not None else none),
        (_("Hồ sơ"), row.payment.dossier.code if row.payment else ""),
        (_("Người khép"), row.ended_by.user.full_name if row.ended_by else ""),
        (_("Ghi chú"), row.remark),
    ]
    return [{"label": label, "value": str(value)} for label, value in facts if value]


@comparer
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """Upload a gateway's file of one day; the report says line by line what could not be read."""
    actor = get_actor(request)
    if request.method != "POST":
        return _ask(request)
    form = SettlementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, errors=list_named(form.errors.items()))
    said, file = form.cleaned_data, form.cleaned_data["file"]
    try:
        report = settling.import_settlement(
            said["account"],
            day=said["day"],
            file_name=file.name or "",
            content=file.read(MOST_BYTES + 1),
            actor=actor,
        )
    except RuleViolation as refused:
        return _ask(request, errors=list_named(refused.errors.items()))
    except Conflict as conflict:
        return _ask(request, errors=[{"id": "file", "text": conflict.message}])
    return render(request, "payments/differences/report.html", {"report": report})


def _ask(request: HttpRequest, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = get_actor(request)
    accounts = [
        (str(row.pk), f"{row.gateway.upper()} · {row.merchant}") for row in reads.list_accounts(actor)
    ]
    context = {
        "accounts": accounts,
        "account": request.POST.get("account", ""),
        "day": request.POST.get("day", f"{clock.today():%d/%m/%Y}"),
        "files": reads.list_files(actor),
        "max_bytes": MOST_BYTES,
        "errors": errors or [],
        "has_errors": bool(errors),
        "field_errors": {row["id"]: row["text"] for row in errors or []},
    }
    return render(
        request, "payments/differences/compare.html", context, status=UNPROCESSABLE if errors else 200
    )
