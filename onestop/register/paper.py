"""The registers on paper: of dossiers, and of certifications."""

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers.printing.source import name_place
from dossiers.prints.certification import (
    CertificationBookData,
    CertificationLine,
    render_certification_book,
)
from dossiers.prints.register import RegisterData, render_register
from dossiers.register import list_lines
from onestop.certification.book import BookLine, list_book
from onestop.choices import CertificationKind
from onestop.register.asked import Asked
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.clock import to_local

if TYPE_CHECKING:
    from portal.accounts.models import Agency

TITLES = {
    CertificationKind.COPIES: "Sổ chứng thực bản sao từ bản chính",
    CertificationKind.SIGNATURES: "Sổ chứng thực chữ ký",
}


def print_register(actor: Actor, asked: Asked, agency: "Agency", filter_text: str) -> bytes:
    """Sổ theo dõi hồ sơ of the agency in scope, A4 across, in Vietnamese."""
    with translation.override("vi"):
        return render_register(
            RegisterData(
                place=name_place(agency.name),
                issued_at=clock.now(),
                agency_name=agency.name,
                parent_agency_name=agency.parent.name if agency.parent else "",
                period=asked.period,
                filter_text=filter_text,
                lines=tuple(list_lines(actor, asked.wanted)),
            )
        )


def print_certification_book(agency: "Agency", kind: str, year: int) -> bytes:
    """Sổ chứng thực of one kind and year with every number, struck ones struck through."""
    with translation.override("vi"):
        found = list_book(agency.pk, kind, year)
        return render_certification_book(
            CertificationBookData(
                title=TITLES[CertificationKind(kind)],
                sign=found[0].book_sign if found else str(year),
                place=name_place(agency.name),
                issued_at=clock.now(),
                agency_name=agency.name,
                parent_agency_name=agency.parent.name if agency.parent else "",
                period=_("Năm %(year)s") % {"year": year},
                lines=tuple(_line(line) for line in found),
                amount_label="Số bản sao" if kind == CertificationKind.COPIES else "Số văn bản",
            )
        )


def _line(line: BookLine) -> CertificationLine:
    note = _("Biên lai %(number)s") % {"number": line.receipt_number} if line.receipt_number else ""
    if line.cancelled_at is not None:
        note = _("Đã gạch bỏ: %(reason)s") % {"reason": line.cancel_reason}
    return CertificationLine(
        number=line.number,
        on=to_local(line.at).date(),
        requester=line.person,
        paper=line.paper,
        copies=line.copies,
        pages=line.pages,
        signer=line.signer,
        fee=line.fee,
        note=note,
        is_struck=line.cancelled_at is not None,
    )
