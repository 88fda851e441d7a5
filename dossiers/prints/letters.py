"""Letters to the owner about the course of a dossier: apology, notice of stopping, notice of withdrawal. A5."""

from dossiers.prints import sets
from dossiers.prints.data import ApologyData, OwnerLetter, StopNoticeData, WithdrawalNoticeData
from dossiers.prints.forms import list_papers
from dossiers.prints.pieces import contact, head, lines, lookup, show_day_in_words, show_due
from dossiers.prints.render import render
from dossiers.prints.text import print_block
from portal.core.jsontypes import Json


def render_apology(form: ApologyData) -> bytes:
    """Mẫu 04: the apology with its reason and one new date (Decree 61/2018 Art. 19.9)."""
    return render(
        sets.APOLOGY,
        {
            **_letter(form),
            **lines(form, "secret signer_name return_place"),
            "signer_title": print_block(form.signer_title),
            **lookup(form.lookup_url, form.officer_phone),
            "received": show_day_in_words(form.received_at),
            "old_due": show_due(form.old_due_at),
            "new_due": show_due(form.new_due_at),
            "reason": print_block(form.reason),
        },
        on=form.issued_at,
    )


def render_stop_notice(form: StopNoticeData) -> bytes:
    """Thông báo dừng giải quyết hồ sơ (Decree 118/2025 Art. 21); a form of the circular since 2025."""
    return render(
        sets.STOP_NOTICE,
        {
            **_letter(form),
            **lines(form, "signer_name return_place refund_text"),
            "signer_title": print_block(form.signer_title),
            "received": show_day_in_words(form.received_at),
            "stopped": show_day_in_words(form.issued_at),
            "ground": print_block(form.ground),
            "reason": print_block(form.reason),
            "papers": list_papers(form.papers),
        },
        on=form.issued_at,
    )


def render_withdrawal_notice(form: WithdrawalNoticeData) -> bytes:
    """Thông báo đã rút hồ sơ: before receipt nothing was promised, so nothing is stopped."""
    return render(
        "withdrawal_notice",
        {
            **_letter(form),
            **lines(form, "officer_name return_place refund_text"),
            "withdrawn": show_due(form.issued_at),
            "reason": print_block(form.reason),
            "papers": list_papers(form.papers),
        },
        on=form.issued_at,
    )


def _letter(form: OwnerLetter) -> dict[str, Json]:
    return {
        **head(form),
        **lines(form, "owner_name owner_address procedure_name"),
        "contact": contact(form.phone, form.email),
    }
