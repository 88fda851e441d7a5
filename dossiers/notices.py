"""Which notices a dossier's events cause, to whom, with which frozen texts.

Contexts hold plain words only: never an ID number, never a text that a citizen typed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dossiers.choices import PartyRole, Status
from dossiers.consents import list_awaited
from dossiers.models import Dossier, DossierEvent, DossierParty, Filing
from portal.accounts import selectors as accounts
from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from portal.core.registry import Registry
from portal.core.templatetags.formats import vn_datetime, vn_deadline
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.notice import ContextValue, Notice
from procedures.content import Content

if TYPE_CHECKING:
    from dossiers.work import PendingEvent
    from portal.accounts.models import User

SAMPLE: Mapping[str, ContextValue] = {
    "recipient_name": "Nguyễn Thị Hạnh",
    "procedure_name": "Đăng ký khai sinh",
    "code": "H13.36.01-261123-0014",
    "agency_name": "Ủy ban nhân dân phường Ninh Kiều",
    "agency_address": "Số 2 đường Hòa Bình",
    "agency_phone": "0292 3820 000",
    "status_label": "Đã tiếp nhận",
    "submitted_at": "09:58, 23/11/2026",
    "check_by": "10:00, thứ Tư, 25/11/2026",
    "received_at": "10:20, 23/11/2026",
    "due_at": "17:00, thứ Năm, 26/11/2026",
    "new_due_at": "17:00, thứ Hai, 30/11/2026",
    "answer_by": "10:20, thứ Tư, 23/12/2026",
    "reason": "Ảnh trang 2 mờ, không đọc được chữ ký.",
    "items": "Giấy chứng sinh: ảnh mờ",
    "amount": "15.000 đ",
    "result_where": "Ủy ban nhân dân phường Ninh Kiều",
    "track_url": "https://dichvucong.example.vn/track/",
    "dossier_url": "https://dichvucong.example.vn/dossiers/",
    "payment_url": "https://dichvucong.example.vn/payments/link/AZqvK1xQcAO/",
    "support_phone": "1022",
}

EVENTS = (
    "submitted", "accepted", "declined", "redirected", "supplement_requested", "supplemented",
    "payment_requested", "paid", "fee_waived", "processing", "stopped", "withdrawn", "expired", "expiry_warning",
    "resolved", "returned", "rescheduled", "recalled", "confirmation_asked", "withdrawal_requested",
    "result_corrected", "receipt_reissued", "taken_over", "consent_asked",
)  # fmt: skip
ASKS = frozenset(
    {
        "accepted", "consent_asked", "confirmation_asked", "declined", "expiry_warning", "payment_requested",
        "recalled", "rescheduled", "resolved", "result_corrected", "supplement_requested", "withdrawal_requested",
    }
)  # fmt: skip
"""They need an act or name a date: worth an SMS where nothing cheaper reaches the person."""
for _event in EVENTS:
    _group = "money" if _event in {"payment_requested", "paid", "fee_waived"} else "progress"
    notice_events.register(f"dossier.{_event}", NoticeEvent(sample=SAMPLE, asks=_event in ASKS, group=_group))

AddedWords = Callable[[Dossier, Mapping[str, Json]], Mapping[str, ContextValue]]
added_words: Registry[AddedWords] = Registry("words added to a notice")
"""By event: what an app above adds to the context from dossier and payload. No query: the write is at its end."""

_FILINGS = frozenset({"submit", "receive", "supplement"})
_OFFICERS_REASONS = frozenset(
    {
        "decline",
        "redirect",
        "stop",
        "resolve",
        "reschedule",
        "recall",
        "request_supplement",
        "correct_result",
        "take_over",
    }
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: an account, or a party that left an e-mail address at the desk."""

    key: str
    name: str
    email: str | None
    phone: str | None
    user_id: UUID | None
    language: str = "vi"


def build_notices(
    dossier: Dossier, content: Content, pending: Sequence["PendingEvent"], events: Sequence[DossierEvent]
) -> list[Notice]:
    """The notices of one write: plain values, ready to be stored in the same transaction.

    A dossier received and accepted in one go causes one notice, not two. No query when nobody is told.
    """
    asked = _ask_owners(dossier, content, events)
    wanted = [(p, e) for p, e in zip(pending, events, strict=True) if p.notify]
    if any(p.notify == "dossier.accepted" for p, _e in wanted):
        wanted = [(p, e) for p, e in wanted if p.notify != "dossier.submitted"]
    if not wanted:
        return asked
    recipients = list(_recipients(dossier))
    return [*(_notice(dossier, content, p, e, r) for p, e in wanted for r in recipients), *asked]


def _ask_owners(dossier: Dossier, content: Content, events: Sequence[DossierEvent]) -> list[Notice]:
    """A new filing asks every other owner whose verified account is known; nobody once it was received."""
    event = next((event for event in reversed(events) if event.kind in _FILINGS), None)
    if (
        event is None
        or not content.all_owners_consent
        or Status.SUBMITTED not in (dossier.status, dossier.resume_to)
    ):
        return []
    filing = Filing.objects.filter(dossier=dossier).order_by("-revision").first()
    awaited = list_awaited(filing) if filing else []
    indexes = [owner.identity_index for owner in awaited if owner.identity_index is not None]
    users = accounts.list_verified_users(indexes) if indexes else []
    return [_ask_owner(dossier, content, event, user) for user in users]


def _ask_owner(dossier: Dossier, content: Content, event: DossierEvent, user: "User") -> Notice:
    to = _recipient(user)
    with translation.override(to.language):
        words = _context(dossier, content)
    path = reverse("dossiers:consent", args=[dossier.pk])
    return Notice(
        event="dossier.consent_asked",
        event_key=f"dossier:{dossier.pk}:{event.seq}:consent",
        recipient_key=to.key,
        context={**words, "recipient_name": to.name, "dossier_url": urljoin(settings.PUBLIC_URL, path)},
        email=to.email,
        phone=to.phone,
        user_id=to.user_id,
        language=to.language,
        subject_key=f"dossier:{dossier.pk}",
    )


def build_recipient(user: "User") -> Recipient:
    """An account as somebody to tell."""
    return _recipient(user)


def _recipient(user: "User") -> Recipient:
    return Recipient(
        f"user:{user.pk}", user.full_name, user.email or None, user.phone, user.pk, user.language
    )


def _notice(
    dossier: Dossier, content: Content, pending: "PendingEvent", event: DossierEvent, to: Recipient
) -> Notice:
    """Dates and names as its reader reads them, whoever acts."""
    name = pending.notify or ""
    with translation.override(to.language):
        words = {**_context(dossier, content), **_details(pending.kind, pending.payload, content)}
        if name in added_words:
            words |= added_words.get(name)(dossier, pending.payload)
    return Notice(
        event=name,
        event_key=f"dossier:{dossier.pk}:{event.seq}",
        recipient_key=to.key,
        context={**words, "recipient_name": to.name},
        email=to.email,
        phone=to.phone,
        user_id=to.user_id,
        language=to.language,
        subject_key=f"dossier:{dossier.pk}",
    )


def list_recipients(dossier: Dossier) -> list[Recipient]:
    """Who is told about a dossier: who filed it, by account or by the address left at the desk. One query at most."""
    return list(_recipients(dossier))


def build_words(dossier: Dossier, content: Content) -> dict[str, ContextValue]:
    """What every notice about a dossier may say, in the language of the moment."""
    return _context(dossier, content)


def _recipients(dossier: Dossier) -> Iterator[Recipient]:
    user = dossier.filed_by
    if user is not None:
        yield _recipient(user)
        return
    link = (
        DossierParty.objects.select_related("party")
        .filter(dossier=dossier, role=PartyRole.SUBMITTER)
        .order_by("-revision")
        .first()
    )
    if link is not None:
        details = link.party.details
        email, phone = details.get("email"), details.get("phone")
        if email or phone:
            yield Recipient(f"party:{link.party.pk}", link.party.name, email, phone, None)


def _context(dossier: Dossier, content: Content) -> dict[str, ContextValue]:
    agency = dossier.agency
    return {
        "agency_id": dossier.agency_id,
        "procedure_name": str(content.name),
        "code": dossier.code,
        "agency_name": agency.name if agency else "",
        "agency_address": agency.address if agency else "",
        "agency_phone": agency.phone if agency else "",
        "status_label": str(Status(dossier.status).label),
        "submitted_at": vn_datetime(dossier.submitted_at) or None,
        "check_by": vn_deadline(dossier.check_by) or None,
        "received_at": vn_datetime(dossier.received_at) or None,
        "due_at": vn_deadline(dossier.rescheduled_from or dossier.due_at) or None,
        "answer_by": vn_deadline(dossier.answer_by) or None,
        "result_where": agency.name if agency else "",
        "track_url": urljoin(settings.PUBLIC_URL, "/track/"),
        "support_phone": settings.HELP_PHONE,
    }


def _details(kind: str, payload: Mapping[str, Json], content: Content) -> dict[str, ContextValue]:
    details: dict[str, ContextValue] = {}
    reason, amount, moved_to = payload.get("reason"), payload.get("amount"), payload.get("to")
    until = payload.get("until")
    if isinstance(until, str):
        details["answer_by"] = vn_deadline(datetime.fromisoformat(until))
    if kind in _OFFICERS_REASONS and isinstance(reason, str) and reason:
        details["reason"] = reason
    if isinstance(amount, int):
        details["amount"] = format_vnd(amount)
    if isinstance(moved_to, str):
        details["new_due_at"] = vn_deadline(datetime.fromisoformat(moved_to))
    items = payload.get("items")
    if isinstance(items, list):
        details["items"] = "\n".join(item_line(item, content) for item in items if isinstance(item, dict))
    return details


def item_line(item: Mapping[str, Json], content: Content) -> str:
    """One missing thing in words: the paper or question, and why."""
    return f"{item_name(item, content)}: {item.get('reason', '')}"


def item_name(item: Mapping[str, Json], content: Content) -> str:
    """The name of the paper or the label of the question an item is about."""
    requirement = content.requirement(str(item.get("requirement") or ""))
    if requirement is not None:
        return str(requirement.name)
    question = content.form.by_key.get(str(item.get("field") or "")) if content.form else None
    return str(question.label) if question else ""
