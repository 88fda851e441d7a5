"""Decisions, the documents they yield, and issued documents anybody may verify."""

from django.db import models
from django.db.models import F, Q

from dossiers.choices import Medium, Outcome
from dossiers.models.dossier import Dossier
from dossiers.models.papers import StoredFile


class Decision(models.Model):
    """The outcome of a dossier, signed by a person (on paper until digital signatures come)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    signed_name = models.CharField(max_length=200)
    signed_number = models.CharField(max_length=64, blank=True)
    signed_on = models.DateField()
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(recalled_at__isnull=True), name="decision_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED) | ~Q(reason=""), name="decision_refusal_has_reason"
            ),
        ]


class ResultItem(models.Model):
    """Each document or copy a decision yields. `replaces`: the faulty one it was made for after the return.

    Who corrected it and why stands in the event `correct_result`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=64)
    number = models.CharField(max_length=64, blank=True)
    copies = models.PositiveSmallIntegerField(default=1)
    medium = models.CharField(max_length=12, choices=Medium.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    handed_over_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replacement")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="result_item_replaces_another"
            ),
            models.CheckConstraint(condition=Q(copies__gt=0), name="result_item_has_copies"),
            models.CheckConstraint(
                condition=~Q(medium=Medium.ELECTRONIC) | Q(file__isnull=False),
                name="result_item_electronic_has_file",
            ),
        ]


class IssuedDocument(models.Model):
    """A printed or electronic document whose code and state can be checked at /verify/."""

    kind = models.CharField(max_length=32)
    number = models.CharField(max_length=64)
    sha256 = models.BinaryField(max_length=32, null=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="issued", null=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    signature = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="issued_document_number")]
