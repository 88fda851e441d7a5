"""Reads of audit; the caller has checked the right to see the subject."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, QuerySet
from django.db.models.expressions import Combinable

from portal.audit.choices import Outcome
from portal.audit.models import AuditEntry, Proposal, ReadLog
from portal.core.clock import now


def get_open_proposal(kind: str, subject: str) -> Proposal | None:
    """The proposal of this kind that waits for a decision on the subject, if any."""
    return _open_proposals().filter(kind=kind, subject=subject).first()


def list_open_proposals(*, kinds: Iterable[str], subjects: Iterable[str]) -> list[Proposal]:
    """Those that wait on any of the subjects, oldest first, with who proposed them."""
    found = _open_proposals().filter(kind__in=list(kinds), subject__in=list(subjects))
    return list(found.select_related("proposed_by").order_by("proposed_at"))


def waits_on(kind: str, subject: Combinable) -> Exists:
    """For a query of the subjects themselves: does a proposal of this kind wait on each? `subject`: its name."""
    return Exists(_open_proposals().filter(kind=kind, subject=subject))


def filter_waiting(kind: str) -> QuerySet[Proposal]:
    """For a query of the subjects themselves: what waits of this kind."""
    return _open_proposals().filter(kind=kind)


def was_approved(kind: str, subject: str, *, since: datetime) -> bool:
    """Whether a second person approved such an act on the subject since that moment."""
    return Proposal.objects.filter(
        kind=kind, subject=subject, outcome=Outcome.APPROVED, decided_at__gte=since
    ).exists()


def list_approved_payloads(kind: str, subject: str, *, since: datetime) -> list[object]:
    """What was approved on the subject since that moment, oldest first."""
    approved = Proposal.objects.filter(
        kind=kind, subject=subject, outcome=Outcome.APPROVED, decided_at__gte=since
    )
    return [proposal.payload for proposal in approved.order_by("decided_at")]


def list_reads(dossier_id: UUID, *, limit: int = 100) -> list[ReadLog]:
    """The latest readings of one dossier, newest first."""
    return list(ReadLog.objects.filter(dossier_id=dossier_id).order_by("-at", "-pk")[:limit])


def list_entries(subject: str, *, limit: int = 100) -> list[AuditEntry]:
    """The latest acts of administration on one subject, newest first, with who did them."""
    found = AuditEntry.objects.filter(subject=subject).select_related("user")
    return list(found.order_by("-at", "-pk")[:limit])


def _open_proposals() -> QuerySet[Proposal]:
    return Proposal.objects.filter(outcome=Outcome.OPEN, until__gt=now())
