"""The cashier's page: taking money at the desk, and noting what treasury or post took."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dossiers.choices import FeeMode
from dossiers.selectors import relations_of
from payments.choices import TREASURY, Method
from payments.forms import CashForm, PostForm, TreasuryForm
from payments.online.offer import Attempt, build_attempt
from payments.online.reads import find_latest
from payments.panel import FeeCard, build_card, takes_cash
from payments.rights import check_cash
from payments.services import desk as services
from payments.services import post
from payments.steps import get_default_payer
from payments.till import collections
from payments.till import reads as tills
from payments.views.pages import build_page, dossier_href
from portal.accounts import parked
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import Conflict
from portal.core.money import format_vnd

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from payments.models import CashSession

Sent = CashForm | TreasuryForm | PostForm
TAKEN = ("version", "payer_name", "method", "slip")
CONFLICT = 409


def show_till(request: HttpRequest, dossier: Dossier, actor: Actor, card: FeeCard) -> HttpResponse:
    """What is taken and from whom, for an officer who may take it."""
    return _ask(request, dossier, actor, card)


def _initial(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What the cashier typed before the session ended, else who filed and what is seen now."""
    kept = parked.take(request)
    if kept is not None:
        return {name: kept.get(name, "") for name in CashForm.base_fields}
    return {"version": dossier.version, "payer_name": get_default_payer(dossier), "method": str(Method.CASH)}


def collect(request: HttpRequest, opened: services.OpenedFee, actor: Actor) -> HttpResponse:
    """What the posted form says: money over the counter, or noted as the treasury's or the post's."""
    method = request.POST.get("method")
    if method == TREASURY:
        return _note(request, opened, actor, TreasuryForm(request.POST), _note_treasury)
    if method == Method.POST:
        return _note(request, opened, actor, PostForm(request.POST), _note_post)
    return _note(request, opened, actor, CashForm(request.POST, amount=opened.fee.amount), _take)


def _note(
    request: HttpRequest, opened: services.OpenedFee, actor: Actor, form: Sent, act: Callable[..., str]
) -> HttpResponse:
    """Do it and say what was done; what is wrong comes back with all that was typed."""
    dossier = opened.dossier
    if not form.is_valid():
        check_cash(dossier, actor, relations_of(dossier), None)  # who takes no cash here is asked for nothing
        card = build_card(opened.fee, may_take=takes_cash(dossier, actor))
        return _ask(request, dossier, actor, card, form)
    try:
        said = act(opened, actor, form)
    except Conflict as conflict:
        return _show_conflict(request, conflict, form)
    messages.success(request, said)
    return redirect(dossier_href(dossier, actor))


def _take(opened: services.OpenedFee, actor: Actor, form: CashForm) -> str:
    typed = form.cleaned_data
    receipt = services.pay_in_cash(opened.dossier.pk, opened.fee.pk, actor=actor, **_pick(typed, TAKEN))
    amount = {"amount": format_vnd(receipt.amount), "number": receipt.number_text}
    said = _("Đã thu %(amount)s. Biên lai số %(number)s.") % amount
    if form.is_card:
        said = _("Đã thu %(amount)s bằng thẻ. Biên lai số %(number)s.") % amount
    if form.change:
        back = _("Khách đưa %(tendered)s, trả lại %(change)s.")
        said += " " + back % {
            "tendered": format_vnd(typed["tendered"]),
            "change": format_vnd(form.change),
        }
    return said


def _note_treasury(opened: services.OpenedFee, actor: Actor, form: TreasuryForm) -> str:
    number = form.cleaned_data["treasury_number"]
    version = form.cleaned_data["version"]
    services.note_treasury(opened.dossier.pk, opened.fee.pk, number, actor=actor, version=version)
    return _("Đã ghi: nộp tại kho bạc, số chứng từ %(number)s.") % {"number": number}


def _note_post(opened: services.OpenedFee, actor: Actor, form: PostForm) -> str:
    parcel = form.cleaned_data["parcel"]
    version = form.cleaned_data["version"]
    post.note_post(opened.dossier.pk, opened.fee.pk, parcel, actor=actor, version=version)
    return _("Đã ghi: nhờ bưu điện thu, bưu gửi %(parcel)s.") % {"parcel": parcel}


def _pick(typed: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: typed[name] for name in names}


def _ask(
    request: HttpRequest, dossier: Dossier, actor: Actor, card: FeeCard, sent: Sent | None = None
) -> HttpResponse:
    """The cashier's page; of its three forms the one that was sent comes back as it was typed."""
    seen = {"version": dossier.version}
    forms = {
        "form": sent if isinstance(sent, CashForm) else CashForm(initial=_initial(request, dossier)),
        "treasury": sent if isinstance(sent, TreasuryForm) else TreasuryForm(initial=seen),
        "post": sent if isinstance(sent, PostForm) else PostForm(initial=seen),
    }
    errors = list_errors(sent) if sent else []
    context = {
        **build_page(dossier, actor, card),
        **forms,
        "collection": collections.find_of_fee(card.fee.pk) if card.fee.mode == FeeMode.AFTER else None,
        "may_post": card.fee.mode == FeeMode.AFTER,
        "late": _find_late(actor),
        "elsewhere": _find_living(card),
        "errors": errors,
        "has_errors": bool(errors),
    }
    return render(request, "payments/collect.html", context, status=422 if errors else 200)


def _find_living(card: FeeCard) -> Attempt | None:
    """An attempt to pay this fee online that may bring money at any moment. One query."""
    newest = find_latest(card.fee.pk)
    attempt = build_attempt(newest) if newest else None
    return attempt if attempt and attempt.state in ("begun", "confirming", "late") else None


def list_errors(form: Sent) -> list[dict[str, str]]:
    """For the error summary: each message with the field it belongs to."""
    return [
        {"text": str(text), "id": "method" if name == "method" else form[name].id_for_label}
        for name, texts in form.errors.items()
        for text in texts
    ]


def _find_late(actor: Actor) -> CashSession | None:
    """The cashier's session of another day that nobody counted yet."""
    session = tills.find_open(actor.membership_id)
    return session if session and tills.is_of_another_day(session, clock.today()) else None


def _show_conflict(request: HttpRequest, conflict: Conflict, form: Sent) -> HttpResponse:
    """Nothing was taken; what was typed is shown again."""
    words = [bound for bound in form.visible_fields() if bound.name not in ("method", "tendered")]
    typed = [(str(bound.label), form.cleaned_data[bound.name]) for bound in words]
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "typed": [(label, value) for label, value in typed if value],
        "back_href": request.path,
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)
