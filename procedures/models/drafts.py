"""The editable next document of a procedure, and every state it went through."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.core.ids import uuid7
from procedures.choices import Source


class ProcedureDraft(models.Model):
    """The next document of one code, while it is written. It may be incomplete; a proposal may not.

    `content` equals the revision numbered `state`. `note` says what changes, for the second person and the
    public; a draft that the second person sent back keeps the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=24, unique=True)
    content = models.JSONField()
    row_version = models.PositiveIntegerField(default=1)
    state = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.OWN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="procedure_drafts"
    )
    changed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="procedure_proposals"
    )
    proposed_at = models.DateTimeField(null=True)
    effective_from = models.DateField(null=True)
    note = models.TextField()
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="procedure_returns"
    )
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(proposed_by=None, proposed_at=None, effective_from=None)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False, effective_from__isnull=False),
                name="draft_is_proposed_whole_or_not_at_all",
            )
        ]


class DraftRevision(models.Model):
    """One state of a draft, kept for undo and to say who changed what; outlives the draft.

    `parent` is the number of the state it was made from: undo goes there, redo to its newest child.
    """

    app_role_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    draft_id = models.UUIDField()
    code = models.CharField(max_length=24)
    number = models.PositiveIntegerField()
    parent = models.PositiveIntegerField(null=True)
    content = models.JSONField()
    summary = models.CharField(max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="draft_revisions"
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft_id", "number"], name="draft_revision_number_is_unique"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["code", "-id"])]
