"""Steps and who holds them; what is asked back; pauses of the clock; consents."""

from django.db import models
from django.db.models import F, Q

from dossiers.choices import ConfirmationAnswer, ConsentManner
from dossiers.models.dossier import Dossier
from dossiers.models.filing import Filing
from dossiers.models.papers import StoredFile
from dossiers.models.party import Party


class Step(models.Model):
    """One stay of a dossier at one step of the procedure's plan; at most one is open."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at__isnull=True), name="step_one_open"
            ),
        ]


class Assignment(models.Model):
    """Who holds a step."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="assignments")
    membership = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=Q(until__isnull=True), name="assignment_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["membership"], name="assignment_open", condition=Q(until__isnull=True)),
        ]


class SupplementRequest(models.Model):
    """What is missing, item by item. `round` 0 is before acceptance (no clock, not counted)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="supplement_requests")
    round = models.PositiveSmallIntegerField()
    items = models.JSONField()
    legal_basis = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(closed_at__isnull=True), name="supplement_one_open"
            ),
            models.UniqueConstraint(
                fields=["dossier", "round"], condition=Q(round__gt=0), name="supplement_round_once"
            ),
        ]


class Pause(models.Model):
    """A stretch in which the legal clock stands still (conventions I4-I6, I13)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "reason"], condition=Q(ended_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="pause_in_order"
            ),
        ]


class ConfirmationRequest(models.Model):
    """The citizen checks the draft of the result; silence after `until` is consent (I13)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="confirmations")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=ConfirmationAnswer.choices, null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answer__isnull=True), name="confirmation_one_open"
            ),
        ]


class Consent(models.Model):
    """One owner agrees to one filing; a new filing asks again."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="consents")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=ConsentManner.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "filing"], name="consent_once"),
        ]
