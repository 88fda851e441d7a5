"""One load of procedures from outside, staged record by record before anything is changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.core.ids import uuid7
from procedures.editing_choices import ImportChoice, ImportKind, ImportOutcome, ImportState


class CatalogueImport(models.Model):
    """A file somebody brought: `kind` names its format; `counts` by outcome, set when it is applied."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=ImportKind.choices)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.STAGED)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="catalogue_imports"
    )
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="applied_imports"
    )


class ImportedRecord(models.Model):
    """One record of the file: what it would do, why not if not, what the importer could not map."""

    load = models.ForeignKey(CatalogueImport, on_delete=models.CASCADE, related_name="records")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=64)
    name = models.TextField()
    outcome = models.CharField(max_length=12, choices=ImportOutcome.choices)
    reasons = models.JSONField(default=list)
    document = models.JSONField(null=True)
    choice = models.CharField(max_length=12, choices=ImportChoice.choices, default=ImportChoice.KEEP)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["load", "position"], name="imported_record_position_is_unique"),
        ]
