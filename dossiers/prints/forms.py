"""The forms: each takes its values, words them, and returns PDF/A bytes."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from dossiers.deadlines.explain import show_weekday
from dossiers.prints.data import (
    DeclineData,
    FilingNoticeData,
    MissingItem,
    PaperLine,
    ReceiptData,
    SupplementRequestData,
)
from dossiers.prints.render import render
from dossiers.prints.text import print_block, print_line
from portal.core.clock import to_local
from portal.core.jsontypes import Json

_AnyForm = ReceiptData | FilingNoticeData | SupplementRequestData | DeclineData


def render_receipt(form: ReceiptData) -> bytes:
    """Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả, A5."""
    texts = _lines(
        form, "submitter_name submitter_address identity_text procedure_name owner_name owner_address"
    )
    texts |= _lines(form, "limit_text return_place channel_text officer_name fee_text secret")
    due = "" if form.due_at is None else show_due(form.due_at)
    return render(
        "receipt",
        {
            **_head(form),
            **texts,
            **_lookup(form.lookup_url, form.agency_phone),
            "contact": _contact(form.phone, form.email),
            "papers": _papers(form.papers),
            "sets": f"{form.sets:02d}",
            "received": show_time_and_day(form.received_at),
            "due": due,
            "due_text": print_block(form.due_text),
        },
        on=form.issued_at,
    )


def render_filing_notice(form: FilingNoticeData) -> bytes:
    """Thông báo đã nộp hồ sơ trực tuyến, A5: no due date before acceptance."""
    return render(
        "filing_notice",
        {
            **_head(form),
            **_lines(form, "submitter_name procedure_name owner_name secret"),
            **_lookup(form.lookup_url, form.agency_phone),
            "papers": _papers(form.papers),
            "submitted": show_time_and_day(form.submitted_at),
            "check_by": "" if form.check_by is None else show_due(form.check_by),
        },
        on=form.issued_at,
    )


def render_supplement_request(form: SupplementRequestData) -> bytes:
    """Mẫu 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, A5."""
    return render(
        "supplement_request",
        {
            **_head(form),
            **_lines(
                form, "owner_name owner_address procedure_name officer_name officer_phone legal_basis secret"
            ),
            **_lookup(form.lookup_url, form.officer_phone),
            "contact": _contact(form.phone, form.email),
            "items": _items(form.items),
            "answer_by": "" if form.answer_by is None else show_due(form.answer_by),
        },
        on=form.issued_at,
    )


def render_decline(form: DeclineData) -> bytes:
    """Mẫu 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ, A5."""
    return render(
        "decline",
        {
            **_head(form),
            **_lines(form, "owner_name owner_address procedure_name officer_name officer_phone"),
            **_lines(form, "signer_title signer_name website"),
            "contact": _contact(form.phone, form.email),
            "reason": print_block(form.reason),
        },
        on=form.issued_at,
    )


def show_due(moment: datetime) -> str:
    """17 giờ 00, thứ Tư, ngày 02/12/2026."""
    local = to_local(moment)
    return _("%(hour)s giờ %(minute)s, %(weekday)s, ngày %(day)s") % {
        "hour": f"{local:%H}",
        "minute": f"{local:%M}",
        "weekday": show_weekday(local.date()),
        "day": f"{local:%d/%m/%Y}",
    }


def show_time_and_day(moment: datetime) -> str:
    """10 giờ 19 phút, ngày 23/11/2026."""
    local = to_local(moment)
    text = _("%(hour)s giờ %(minute)s phút, ngày %(day)s")
    return text % {"hour": f"{local:%H}", "minute": f"{local:%M}", "day": f"{local:%d/%m/%Y}"}


def _head(form: _AnyForm) -> dict[str, Json]:
    local = to_local(form.issued_at)
    place_and_date = _("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s") % {
        "place": print_line(form.place),
        "day": f"{local:%d}",
        "month": f"{local:%m}",
        "year": local.year,
    }
    return {**_lines(form, "code agency_name parent_agency_name"), "place_and_date": place_and_date}


def _lines(form: _AnyForm, names: str) -> dict[str, Json]:
    return {name: print_line(getattr(form, name)) for name in names.split()}


def _lookup(url: str, phone: str) -> dict[str, Json]:
    parts = urlsplit(url)
    address = print_line(parts.netloc + parts.path.rstrip("/"))
    return {"qr_text": url, "lookup_address": address, "phone_of_agency": print_line(phone)}


def _contact(phone: str, email: str) -> str:
    return ", ".join(filter(None, (print_line(phone), print_line(email))))


def _papers(papers: Iterable[PaperLine]) -> list[Json]:
    return [
        {
            "name": print_line(paper.name),
            "original": _count(paper.original),
            "certified": _count(paper.certified),
            "copies": _count(paper.photo_or_copies),
            "note": print_line(paper.note),
        }
        for paper in papers
    ]


def _items(items: Iterable[MissingItem]) -> list[Json]:
    return [{"name": print_line(item.name), "reason": print_line(item.reason)} for item in items]


def _count(number: int) -> str:
    return str(number) if number else "–"
