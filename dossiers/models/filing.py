"""What was filed (append-only) and what is still being typed (the only mutable buffer)."""

from django.conf import settings
from django.db import models

from dossiers.models.dossier import Dossier
from portal.core import ids
from portal.core.sealed import SealedJSON


class Filing(models.Model):
    """One revision of answers and papers; `sha256` is over the canonical JSON of both."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="filings")
    revision = models.PositiveSmallIntegerField()
    answers = SealedJSON()
    manifest = models.JSONField(default=list)
    sha256 = models.BinaryField(max_length=32)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    app_role_privileges = ("SELECT", "INSERT")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "revision"], name="filing_revision"),
        ]


class Draft(models.Model):
    """Answers being typed, for the first filing (`based_on` empty) or for a supplement."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="draft")
    based_on = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="+", null=True)
    answers = SealedJSON()
    pages_done = models.JSONField(default=list)
    row_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
