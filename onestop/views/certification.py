"""Quick certification: one screen, the numbers to stamp, the books, and striking what was a mistake."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.services.reading import open_dossier
from onestop import services
from onestop.certification import book
from onestop.certification.addresses import build_screen_href, list_chips, read_book_address
from onestop.certification.book import BookLine
from onestop.certification.kinds import Offer, list_offers
from onestop.certification.page import CERTIFY, CertificationPage, read_page
from onestop.certification.phrases import PHRASES
from onestop.certification.signers import list_signers
from onestop.certification.steps import Certification
from onestop.choices import CertificationKind
from onestop.intake.page import Error
from onestop.intake.request import build_body
from onestop.policy import desk_head, desk_officer, receptionist
from portal.accounts import parked
from portal.accounts.choices import Role
from portal.accounts.requests import PortalRequest
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, LockTimeout, PortalError, RuleViolation

if TYPE_CHECKING:
    from dossiers.models import Dossier

UNPROCESSABLE, CONFLICT = 422, 409
REUSED = "idempotency_key_reused"


@parked.restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
@receptionist
def certification(request: PortalRequest) -> HttpResponse:
    """Papers in, numbers out. Whatever is wrong, everything typed stays."""
    data = request.POST if request.method == "POST" else parked.take(request)
    offers = list_offers(request.actor)
    offer = _choose(offers, data, request.GET.get("kind", ""))
    if offer is None:
        return render(request, "onestop/certification_none.html", {"today": book.list_today(request.actor)})
    signers = list_signers(request.actor)
    page = read_page(offer, signers, data, signer=request.GET.get("signer", ""))
    if request.method == "POST" and page.command == CERTIFY and not page.errors:
        return _certify(request, page, offers, request.POST)
    return _show(request, page, offers, UNPROCESSABLE if page.errors else 200)


def _choose(offers: list[Offer], data: QueryDict | None, chosen: str) -> Offer | None:
    wanted = data.get("kind", "") if data is not None else chosen
    return next((offer for offer in offers if offer.key == wanted), offers[0] if offers else None)


def _certify(
    request: PortalRequest, page: CertificationPage, offers: list[Offer], data: QueryDict
) -> HttpResponse:
    if page.agreed is None:
        page.notice = _("Thu tiền theo số bên cạnh, rồi bấm lần nữa để ghi sổ.")
        return _show(request, page, offers, 200)
    asked = Certification(
        page.offer.kind.code, page.cleaned.answers, page.submitter, page.signer_id, page.agreed
    )
    try:
        dossier_id = services.certify(asked, actor=request.actor, key=page.token, body=build_body(data))
    except (RuleViolation, Conflict, Forbidden, LockTimeout) as error:
        return _refuse(request, page, offers, error)
    return redirect("onestop:certified", dossier_id)


def _refuse(
    request: PortalRequest, page: CertificationPage, offers: list[Offer], error: PortalError
) -> HttpResponse:
    """The same screen with what the service refused; a screen sent before gets a new token."""
    if error.code == REUSED:
        page.token = read_page(page.offer, page.signers, None).token
        text = _("Màn hình này đã ghi sổ một lần rồi. Nếu đây là lượt khác, hãy bấm thu tiền lần nữa.")
        page.errors.append({"text": text, "id": ""})
    else:
        page.errors += _list_errors(error)
    return _show(request, page, offers, CONFLICT if isinstance(error, Conflict) else UNPROCESSABLE)


def _list_errors(error: PortalError) -> list[Error]:
    found = error.errors if isinstance(error, RuleViolation) else {}
    lines = [
        {"text": line, "id": name if name == "signer" else ""}
        for name, texts in found.items()
        for line in texts
    ]
    return lines or [{"text": error.message, "id": ""}]


def _show(request: PortalRequest, page: CertificationPage, offers: list[Offer], status: int) -> HttpResponse:
    context = {
        "page": page,
        "signers": [(signer.membership_id, signer.label) for signer in page.signers],
        "kinds": list_chips(offers, page.offer.key),
        "phrases": PHRASES,
        "today": book.list_today(request.actor),
        "book_href": f"{reverse('onestop:certification_book')}?kind={page.offer.key}",
        "has_errors": bool(page.errors),
    }
    return render(request, "onestop/certification.html", context, status=status)


@require_safe
@desk_officer
def certified(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """The numbers to stamp, the receipt, and the next person."""
    dossier = open_dossier(dossier_id, actor=request.actor, what="desk:certified")
    lines = book.list_certified(dossier.pk)
    if not lines:
        return redirect("onestop:dossier", dossier.pk)
    today = clock.to_local(lines[0].at).date() == clock.today()
    is_struck = lines[0].cancelled_at is not None
    context = {
        "dossier": dossier,
        "lines": lines,
        "total": sum(line.fee for line in lines),
        "receipt_id": book.find_receipt_id(dossier.pk),
        "next_href": build_screen_href(dossier.pk) if request.actor.has_role(Role.RECEPTION) else "",
        "can_strike": today and not is_struck and request.actor.has_role(Role.DESK_HEAD),
        "is_struck": is_struck,
    }
    return render(request, "onestop/certified.html", context)


@require_safe
@desk_officer
def register(request: PortalRequest) -> HttpResponse:
    """One book: an agency, a kind, a year."""
    asked = read_book_address(request.GET)
    page = book.read_book_page(request.actor, asked.kind, asked.year, before=asked.before, after=asked.after)
    context: dict[str, Any] = {
        "asked": asked,
        "kind_label": CertificationKind(asked.kind).label,
        "lines": page.lines,
        "chips": asked.list_chips(book.list_years(request.actor, asked.kind)),
        "next_href": asked.build_href(before=page.older) if page.older else "",
        "previous_href": asked.build_href(after=page.newer) if page.newer else "",
        "has_pages": asked.kind == CertificationKind.COPIES,
    }
    return render(request, "onestop/certification_book.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_head
def cancel(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """Strike a mistaken certification of today, with a reason."""
    dossier = open_dossier(dossier_id, actor=request.actor, what="desk:cancel_certification")
    lines = book.list_certified(dossier.pk)
    errors: list[Error] = []
    if request.method == "POST":
        try:
            services.cancel_certification(dossier.pk, request.POST.get("reason", ""), actor=request.actor)
        except (RuleViolation, LockTimeout) as error:
            errors = [{"text": error.message, "id": "reason"}]
        else:
            messages.success(request, _("Đã gạch bỏ. Số này không dùng lại."))
            return redirect("onestop:certified", dossier.pk)
    elif not lines:
        return redirect("onestop:dossier", dossier.pk)
    context = _ask_to_strike(dossier, lines, request.POST.get("reason", ""), errors)
    return render(request, "confirm.html", context, status=UNPROCESSABLE if errors else 200)


def _ask_to_strike(
    dossier: "Dossier", lines: list[BookLine], reason: str, errors: list[Error]
) -> dict[str, Any]:
    numbers = book.describe_numbers(lines[0].number, lines[-1].number) if lines else ""
    return {
        "question": _("Gạch bỏ số chứng thực?"),
        "action_label": _("Gạch bỏ"),
        "base_template": "desk.html",
        "code": dossier.code,
        "kicker": dossier.owner_name,
        "back_href": reverse("onestop:certified", args=[dossier.pk]),
        "warning": _("Sau khi gạch bỏ không lấy lại được."),
        "consequences": [
            _("Số %(numbers)s vẫn nằm trong sổ, gạch ngang, không cấp cho ai khác.") % {"numbers": numbers},
            _("Hãy thu lại các bản sao đã đóng dấu."),
            _("Tiền đã thu được ghi là phải hoàn; biên lai giữ nguyên."),
        ],
        "reason_label": _("Lý do gạch bỏ"),
        "reason_value": reason,
        "reason_error": errors[0]["text"] if errors else "",
        "errors": errors,
        "has_errors": bool(errors),
    }
