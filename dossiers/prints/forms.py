"""Forms of receipt: each takes its values, words them, and returns PDF/A bytes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dossiers.prints import sets
from dossiers.prints.data import (
    DeclineData,
    FilingNoticeData,
    MissingItem,
    PaperLine,
    ReceiptData,
    SupplementRequestData,
)
from dossiers.prints.pieces import contact, count, head, lines, lookup, show_due, show_time_and_day
from dossiers.prints.render import render
from dossiers.prints.text import print_block, print_line
from portal.core.jsontypes import Json


def render_receipt(form: ReceiptData) -> bytes:
    """Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả, A5."""
    texts = lines(
        form, "submitter_name submitter_address identity_text procedure_name owner_name owner_address"
    )
    texts |= lines(form, "limit_text return_place channel_text officer_name fee_text secret book_number")
    return render(
        sets.RECEIPT,
        {
            **head(form),
            **texts,
            **lookup(form.lookup_url, form.agency_phone),
            "contact": contact(form.phone, form.email),
            "papers": list_papers(form.papers),
            "sets": f"{form.sets:02d}",
            "received": show_time_and_day(form.received_at),
            "due": show_due(form.due_at),
            "due_text": print_block(form.due_text),
        },
        on=form.issued_at,
    )


def render_filing_notice(form: FilingNoticeData) -> bytes:
    """Thông báo đã nộp hồ sơ trực tuyến, A5: no due date before acceptance."""
    return render(
        "filing_notice",
        {
            **head(form),
            **lines(form, "submitter_name procedure_name owner_name secret"),
            **lookup(form.lookup_url, form.agency_phone),
            "papers": list_papers(form.papers),
            "submitted": show_time_and_day(form.submitted_at),
            "check_by": show_due(form.check_by),
        },
        on=form.issued_at,
    )


def render_supplement_request(form: SupplementRequestData) -> bytes:
    """Mẫu 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, A5."""
    return render(
        sets.SUPPLEMENT_REQUEST,
        {
            **head(form),
            **lines(
                form, "owner_name owner_address procedure_name officer_name officer_phone legal_basis secret"
            ),
            **lookup(form.lookup_url, form.officer_phone),
            "contact": contact(form.phone, form.email),
            "items": _items(form.items),
            "answer_by": show_due(form.answer_by),
        },
        on=form.issued_at,
    )


def render_decline(form: DeclineData) -> bytes:
    """Mẫu 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ, A5."""
    return render(
        sets.DECLINE,
        {
            **head(form),
            **lines(form, "owner_name owner_address procedure_name officer_name officer_phone"),
            **lines(form, "signer_name website"),
            "signer_title": print_block(form.signer_title),
            "contact": contact(form.phone, form.email),
            "reason": print_block(form.reason),
        },
        on=form.issued_at,
    )


def list_papers(papers: Iterable[PaperLine]) -> list[Json]:
    """Rows of papers; `amount` says their numbers in words: "1 bản chính, 2 bản chụp"."""
    return [
        {
            "name": print_line(paper.name),
            "original": count(paper.original),
            "certified": count(paper.certified),
            "copies": count(paper.photo_or_copies),
            "note": print_line(paper.note),
            "amount": print_line(paper.note) or _amount(paper),
        }
        for paper in papers
    ]


def _amount(paper: PaperLine) -> str:
    counts = (
        (paper.original, _("%(count)d bản chính")),
        (paper.certified, _("%(count)d bản sao chứng thực")),
        (paper.photo_or_copies, _("%(count)d bản chụp")),
    )
    return ", ".join(text % {"count": number} for number, text in counts if number)


def _items(items: Iterable[MissingItem]) -> list[Json]:
    return [{"name": print_line(item.name), "reason": print_line(item.reason)} for item in items]
