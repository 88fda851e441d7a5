"""Dossiers at a moment of their life, for reminders: only their dates and status are set by hand."""

from datetime import datetime, timedelta
from typing import Any

from dossiers.choices import Status
from dossiers.models import Dossier
from portal.accounts.models import User
from portal.core.clock import VN_TZ
from portal.notifications.models import Message
from tests.factories.people import make_user
from tests.payments.owed import Desk, accept, make_desk, make_owed

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=VN_TZ)
"""A Tuesday; what is due in these tests is due around it."""


def make_waiting(desk: Desk | None = None, *, citizen: User | None = None, **columns: Any) -> Dossier:
    """An accepted dossier of somebody with an account; `columns` are its dates and status.

    A status is written directly: reminders look at the columns, and the way there takes weeks.
    """
    owed = make_owed(desk or make_desk())
    accept(owed)
    user = citizen or make_user(email=f"dan-{owed.dossier.pk.hex[-8:]}@example.vn")
    if columns.get("status") in (Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT):
        columns["resume_to"] = Status.ACCEPTED
    sort_at = columns.get("resolved_at") or columns.get("due_at") or columns.get("answer_by")
    Dossier.objects.filter(pk=owed.dossier.pk).update(
        filed_by=user,
        sort_at=sort_at,
        **{"due_at": None, "submitted_at": NOON - timedelta(days=200), **columns},
    )
    return Dossier.objects.get(pk=owed.dossier.pk)


def make_supplement(
    desk: Desk | None = None, *, left: timedelta = timedelta(hours=20), **columns: Any
) -> Dossier:
    """It waits for papers, was warned a week before, and `left` remains."""
    until = NOON + left
    return make_waiting(
        desk,
        status=Status.AWAITING_SUPPLEMENT,
        answer_by=until,
        warned_at=until - timedelta(days=7),
        received_at=NOON - timedelta(days=30),
        **columns,
    )


def told(dossier: Dossier | None = None) -> list[str]:
    """The reminders that were recorded, oldest first: the kind of each."""
    rows = Message.objects.filter(event__startswith="reminder.").order_by("created_at")
    if dossier is not None:
        rows = rows.filter(event_key__contains=str(dossier.pk))
    return [event.removeprefix("reminder.") for event in rows.values_list("event", flat=True)]
