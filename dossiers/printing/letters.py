"""The values of letters about the course of a dossier: apology, notice of stopping, notice of withdrawal."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.choices import PaperState
from dossiers.models import DossierEvent
from dossiers.printing.returning import name_place, show_return
from dossiers.printing.signing import find_signer
from dossiers.printing.source import Source
from dossiers.printing.words import get_detail, name_procedure, show_address, show_phone
from dossiers.prints import data as d
from dossiers.prints.pieces import show_day_in_words
from portal.core.money import format_vnd

if TYPE_CHECKING:
    from portal.accounts.models import Agency

ENDS = ("stop", "withdraw", "expire")
"""Events after which a received dossier is stopped."""


def address_owner(source: Source, issued_at: datetime, agency: "Agency | None" = None) -> dict[str, Any]:
    """The fields of OwnerLetter; `agency` writes it, the receiving one by default."""
    dossier, owner, sender = source.dossier, source.owner, agency or source.agency
    return {
        "code": dossier.code or "",
        "place": source.place,
        "issued_at": issued_at,
        "agency_name": sender.name,
        "parent_agency_name": sender.parent.name if sender.parent else "",
        "owner_name": owner.name if owner else dossier.owner_name,
        "owner_address": show_address(owner),
        "phone": show_phone(owner),
        "email": get_detail(owner, "email"),
        "procedure_name": name_procedure(source),
    }


def show_reason(event: DossierEvent) -> str:
    """Why, as it was typed; empty after it was erased."""
    return str((event.payload or {}).get("reason", ""))


def build_apology(source: Source) -> d.ApologyData:
    """Mẫu 04 of the agency that is late."""
    event = cast("DossierEvent", source.event("reschedule"))
    dossier, payload = source.dossier, event.payload or {}
    title, name = find_signer(event)
    agency = source.agency_of(event)
    return d.ApologyData(
        **address_owner(source, event.at, agency),
        received_at=cast("datetime", dossier.received_at),
        old_due_at=_moment(payload.get("from")) or cast("datetime", dossier.rescheduled_from),
        new_due_at=_moment(payload.get("to")) or cast("datetime", dossier.promised_at),
        reason=show_reason(event),
        return_place=show_return(source)[0],
        lookup_url=source.lookup_url,
        secret=source.secret,
        officer_phone=agency.phone,
        signer_title=title,
        signer_name=name,
    )


def build_stop_notice(source: Source) -> d.StopNoticeData:
    """Stopped by the agency, at the owner's wish, or because nobody answered in time."""
    event = _get_end(source)
    title, name = find_signer(event)
    return d.StopNoticeData(
        **address_owner(source, event.at, source.agency_of(event)),
        received_at=cast("datetime", source.dossier.received_at),
        ground=_show_ground(source, event),
        reason=show_reason(_find_wish(source, event)),
        **_give_back(source),
        signer_title=title,
        signer_name=name,
    )


def build_withdrawal_notice(source: Source) -> d.WithdrawalNoticeData:
    """Taken back before receipt."""
    event = _get_end(source)
    by_desk = event.actor_membership_id is not None
    return d.WithdrawalNoticeData(
        **address_owner(source, event.at),
        reason=show_reason(event),
        **_give_back(source),
        officer_name=event.actor_name if by_desk else "",
    )


def _get_end(source: Source) -> DossierEvent:
    return next(event for event in reversed(source.events) if event.kind in ENDS)


def _show_ground(source: Source, event: DossierEvent) -> str:
    if event.kind == "expire":
        passed = _moment((event.payload or {}).get("answer_by")) or event.at
        return _("Hồ sơ chờ bổ sung hoặc chờ nộp phí, lệ phí đến hết %(day)s mà chưa được đáp ứng.") % {
            "day": show_day_in_words(passed)
        }
    if event.kind == "stop":
        return _("Qua xem xét hồ sơ, cơ quan không thể tiếp tục giải quyết.")
    asked = _find_wish(source, event)
    return _("Ông (bà) đã đề nghị dừng giải quyết hồ sơ %(day)s.") % {"day": show_day_in_words(asked.at)}


def _find_wish(source: Source, event: DossierEvent) -> DossierEvent:
    """What the citizen asked for in their own words, where the end rests on it."""
    asked = source.event("request_withdrawal") if event.kind == "withdraw" else None
    return asked or event


def _give_back(source: Source) -> dict[str, Any]:
    """The papers that still lie here, where they are fetched, and the money that comes back."""
    content = source.content
    held = [paper for paper in selectors.list_papers(source.dossier) if paper.state == PaperState.HELD]
    names = {item.key: str(item.name) for item in content.requirements}
    refund = sum(fee.refund_due for fee in selectors.list_fees(source.dossier))
    return {
        "papers": tuple(
            d.PaperLine(
                names.get(paper.requirement, paper.requirement),
                original=paper.originals,
                photo_or_copies=paper.copies,
            )
            for paper in held
        ),
        "return_place": name_place(source.returning),
        "refund_text": _("Số tiền %(amount)s đã nộp được hoàn lại.") % {"amount": format_vnd(refund)}
        if refund
        else "",
    }


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
