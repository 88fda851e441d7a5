"""The register on the desk: read, printed, taken away as a spreadsheet. What leaves the house is written down."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import register as reads
from onestop.certification.addresses import read_book_address
from onestop.policy import desk_officer
from onestop.procedures import list_offered
from onestop.register.asked import Asked, read_asked
from onestop.register.paper import print_certification_book, print_register
from onestop.register.sheet import build_sheet
from portal.accounts import selectors as accounts
from portal.accounts.requests import PortalRequest
from portal.audit import services as audit
from portal.core import clock
from portal.core.errors import RuleViolation

if TYPE_CHECKING:
    from portal.accounts.models import Agency

UNPROCESSABLE = 422
MOST_ON_PAPER, MOST_IN_SHEET = 1_000, 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@desk_officer
def register(request: PortalRequest) -> HttpResponse:
    """The dossiers that the agency received in a day, month or year."""
    asked = read_asked(request.GET)
    context = {
        "asked": asked,
        "chips": asked.list_chips(),
        "procedures": list_offered(request.actor),
        "query": asked.build_query(),
        "errors": [{"text": asked.error, "id": "when"}] if asked.error else [],
        "has_errors": bool(asked.error),
    }
    if asked.error:
        return render(request, "onestop/register.html", context, status=UNPROCESSABLE)
    entries, page = reads.list_page(request.actor, asked.wanted, asked.cursor)
    context |= {
        "entries": entries,
        "next_href": f"?{asked.build_query(cursor=page.next)}" if page.next else "",
        "previous_href": f"?{asked.build_query(cursor=page.previous)}" if page.previous else "",
    }
    return render(request, "onestop/register.html", context)


@require_safe
@desk_officer
def register_pdf(request: PortalRequest) -> HttpResponse:
    """At most a thousand lines. Raises RuleViolation `register_too_long`, `bad_period`."""
    asked = _read(request)
    _check_length(request, asked, MOST_ON_PAPER, "pdf")
    pdf = print_register(request.actor, asked, _agency(request), _name_filter(asked))
    return _send(pdf, "application/pdf", f'inline; filename="so-theo-doi-{asked.when}.pdf"')


@require_safe
@desk_officer
def register_xlsx(request: PortalRequest) -> HttpResponse:
    """At most twenty thousand lines. Raises RuleViolation `register_too_long`, `bad_period`."""
    asked = _read(request)
    _check_length(request, asked, MOST_IN_SHEET, "xlsx")
    sheet = build_sheet(
        reads.list_lines(request.actor, asked.wanted),
        agency=_agency(request).name,
        period=", ".join(filter(None, (asked.period, _name_filter(asked)))),
        made_at=clock.now(),
    )
    return _send(sheet, XLSX, f'attachment; filename="so-theo-doi-{asked.when}.xlsx"')


@require_safe
@desk_officer
def certification_pdf(request: PortalRequest) -> HttpResponse:
    """One book of certifications on paper."""
    asked, agency = read_book_address(request.GET), _agency(request)
    pdf = print_certification_book(agency, asked.kind, asked.year)
    _write_down(request, "certification_book.printed", {"kind": asked.kind, "year": asked.year})
    return _send(pdf, "application/pdf", f'inline; filename="so-chung-thuc-{asked.kind}-{asked.year}.pdf"')


def _read(request: HttpRequest) -> Asked:
    asked = read_asked(request.GET)
    if asked.error:
        raise RuleViolation("bad_period", asked.error, errors={"when": [asked.error]})
    return asked


def _check_length(request: PortalRequest, asked: Asked, most: int, form: str) -> None:
    found = reads.count_up_to(request.actor, asked.wanted, most)
    if found > most:
        raise RuleViolation(
            "register_too_long",
            _("Sổ có hơn %(most)d hồ sơ. Hãy chọn một ngày, một tháng, hoặc một thủ tục rồi in lại.")
            % {"most": most},
        )
    _write_down(request, "register.exported", {**asked.wanted.as_text(), "rows": found, "form": form})


def _write_down(request: PortalRequest, action: str, detail: dict[str, str | int]) -> None:
    subject = f"agency:{request.actor.scope_agency_id}"
    audit.record(user_id=request.actor.user_id, action=action, subject=subject, detail={**detail})


def _agency(request: PortalRequest) -> "Agency":
    return accounts.access_agency(cast("int", request.actor.scope_agency_id))


def _name_filter(asked: Asked) -> str:
    return _("Thủ tục %(code)s") % {"code": asked.procedure} if asked.procedure else ""


def _send(content: bytes, kind: str, disposition: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    return response
