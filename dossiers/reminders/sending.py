"""Record the reminders that are due. Nothing is remembered but the notices themselves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dossiers.choices import RUNNING_STATUSES, FeeStatus
from dossiers.models import Dossier
from dossiers.notices import Recipient, build_recipient, build_words, list_recipients
from dossiers.reminders.finding import find_due, list_holders, read_facts
from dossiers.reminders.rules import Kind, Reminder, list_due
from portal.core import clock
from portal.core.locking import durable
from portal.core.money import format_vnd
from portal.core.templatetags.formats import vn_deadline
from portal.notifications import services as notifications
from portal.notifications.notice import ContextValue, Notice
from portal.notifications.selectors import list_told
from procedures import selectors as catalogue

LOOKS_BACK: Final = timedelta(days=7)
"""After a longer silence of the beat, what fell due before is let go; every shorter one is caught up."""
BATCH: Final = 50


def remind_due() -> int:
    """Record every reminder that fell due within the last 7 days and was not recorded yet.

    Safe to run any number of times at once, after any break, and when the clock is set back: the event key makes
    each once for ever. Locks nothing. Returns how many were recorded by this call or one at the same time.
    """
    now = clock.now()
    due = {found.event_key: found for found in find_due(now - LOOKS_BACK, now)}
    told = list_told(due)
    fresh = [found for key, found in due.items() if key not in told]
    return sum(_record(fresh[start : start + BATCH]) for start in range(0, len(fresh), BATCH))


def _record(batch: Sequence[Reminder]) -> int:
    """Decided again on rows read in the transaction: who answered meanwhile is not reminded."""
    with durable():
        notices = list(_build_notices(batch))
        notifications.record_notices(notices)
    return len(notices)


def _build_notices(batch: Sequence[Reminder]) -> Iterator[Notice]:
    rows = Dossier.objects.select_related("agency", "filed_by").in_bulk([found.dossier_id for found in batch])
    to_officers = [found.dossier_id for found in batch if found.kind == Kind.DUE_SOON]
    holders = list_holders(to_officers) if to_officers else {}
    for found in batch:
        dossier = rows.get(found.dossier_id)
        if dossier is None or not _is_still_due(dossier, found):
            continue
        if found.kind == Kind.DUE_SOON:
            yield from (
                _tell_officer(dossier, found, build_recipient(user)) for user in holders.get(dossier.pk, ())
            )
        else:
            yield from (_tell(dossier, found, to) for to in list_recipients(dossier))


def _is_still_due(dossier: Dossier, found: Reminder) -> bool:
    now = clock.now()
    if found.kind == Kind.DUE_SOON:
        return dossier.status in RUNNING_STATUSES and dossier.due_at is not None and now < dossier.due_at
    again = list_due(read_facts(dossier), now - LOOKS_BACK, now)
    return any(one.event_key == found.event_key for one in again)


def _tell(dossier: Dossier, found: Reminder, to: Recipient) -> Notice:
    """To the citizen, in the own language."""
    return _build(dossier, found, to, f"dossier:{dossier.pk}", _read_amount(dossier, found))


def _tell_officer(dossier: Dossier, found: Reminder, to: Recipient) -> Notice:
    """Officers' own affair: it does not stand among the notices that the citizen got."""
    path = reverse("dossiers:detail", args=[dossier.pk])
    due = {"due_at": vn_deadline(dossier.due_at), "dossier_url": urljoin(settings.PUBLIC_URL, path)}
    return _build(dossier, found, to, "", due)


def _build(
    dossier: Dossier, found: Reminder, to: Recipient, subject_key: str, more: Mapping[str, ContextValue]
) -> Notice:
    content = catalogue.get_content(dossier.procedure_version_id)
    with translation.override(to.language):
        words = build_words(dossier, content)
        if found.kind == Kind.LATE:
            words["due_at"] = vn_deadline(dossier.due_at)
    return Notice(
        event=f"reminder.{found.kind}",
        event_key=found.event_key,
        recipient_key=to.key,
        context={**words, **more, "days": found.days, "recipient_name": to.name},
        email=to.email,
        phone=to.phone,
        user_id=to.user_id,
        language=to.language,
        subject_key=subject_key,
    )


def _read_amount(dossier: Dossier, found: Reminder) -> Mapping[str, ContextValue]:
    """What is asked for and not paid, where that is what the reminder is about."""
    if found.kind != Kind.PAYMENT:
        return {}
    asked = dossier.fees.filter(status=FeeStatus.OPEN, requested_at__isnull=False, amount__isnull=False)
    total = sum(fee.amount or 0 for fee in asked)
    return {"amount": format_vnd(total)} if total else {}
