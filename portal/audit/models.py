"""Who read whose dossier, who did what in administration, and acts that need two people.

Dossiers, memberships and agencies are kept as values: audit outlives them and knows none of them.
"""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.audit.choices import Outcome
from portal.core.clock import now
from portal.core.ids import uuid7
from portal.core.sealed import SealedJSON


class ReadLog(models.Model):
    """One reading of one dossier by somebody on the staff; append-only, without chain or lock."""

    dossier_id = models.UUIDField()
    user_id = models.UUIDField()
    membership_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=now)
    door = models.CharField(max_length=20)
    what = models.CharField(max_length=100)

    app_role_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    class Meta:
        indexes = [
            models.Index(fields=["dossier_id", "-at"], name="audit_readlog_by_dossier"),
            models.Index(fields=["user_id", "-at"], name="audit_readlog_by_user"),
        ]


class AuditEntry(models.Model):
    """One act of administration; append-only. `user` is null when the portal itself acted."""

    at = models.DateTimeField(default=now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    app_role_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="audit_entry_by_subject"),
            models.Index(fields=["-at"], name="audit_entry_newest"),
        ]


class Proposal(models.Model):
    """An act one person proposes and another decides, once, before it lapses."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    payload = SealedJSON()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)

    app_role_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")
    app_role_updatable: ClassVar[tuple[str, ...]] = ("decided_by_id", "decided_at", "outcome")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="audit_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | Q(outcome=Outcome.LAPSED, decided_at__isnull=False, decided_by__isnull=True)
                | Q(
                    outcome__in=[Outcome.APPROVED, Outcome.REJECTED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="audit_proposal_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("proposed_at")), name="audit_proposal_until_later"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(outcome=Outcome.OPEN), name="audit_proposal_one_open"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision and has not lapsed."""
        return self.outcome == Outcome.OPEN and self.until > now()

    def is_proposer(self, user_id: UUID) -> bool:
        """Whether this person proposed it, and so may not decide it."""
        return self.proposed_by_id == user_id
