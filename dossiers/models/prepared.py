"""A form filled on the screen by anybody and printed, for the desk to read back in."""

from django.db import models
from django.db.models import Q

from dossiers.models.dossier import Dossier
from portal.core import ids
from portal.core.sealed import BlindIndexField, SealedJSON


class PreparedForm(models.Model):
    """Answers waiting for the desk, found by the code on the paper, which is stored as its index only.

    Nothing says who filled it. `answers` goes when a dossier is made of it; the row stays until `expires_at`,
    to say which dossier that was.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    code_index = BlindIndexField(unique=True)
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    case_key = models.CharField(max_length=64, blank=True)
    agency_code = models.CharField(max_length=35, blank=True)
    answers = SealedJSON(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, dossier=None, answers__isnull=False)
                | Q(used_at__isnull=False, dossier__isnull=False, answers__isnull=True),
                name="prepared_form_used_once",
            ),
        ]
