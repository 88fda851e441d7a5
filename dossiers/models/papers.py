"""Files and physical papers, and what they are used for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dossiers.choices import FileState, PaperState
from dossiers.models.dossier import Dossier
from portal.core import ids


class StoredFile(models.Model):
    """One uploaded file; its key in storage is its id, its SHA-256 an attribute and never an address."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    mime = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=FileState.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    uploaded_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["uploaded_at"], name="stored_file_unclaimed", condition=Q(claimed_at__isnull=True)
            ),
        ]

    @property
    def key(self) -> str:
        """Path in the storage, spread over folders by the random tail of the id."""
        text = str(self.id)
        return f"{text[-2:]}/{text}"


class Attachment(models.Model):
    """A file used for one required paper of a dossier. A manifest of a filing names it; rows stay."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="attachments")
    requirement = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "file"], name="attachment_file_once"),
        ]


class PaperItem(models.Model):
    """A physical paper and where it lies."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="papers")
    requirement = models.CharField(max_length=64)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=PaperState.choices)
    is_borrowed = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(originals__gt=0) | Q(copies__gt=0), name="paper_item_counts_something"
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.GIVEN_BACK, given_back_at__isnull=False)
                | (~Q(state=PaperState.GIVEN_BACK) & Q(given_back_at__isnull=True)),
                name="paper_item_given_back_at",
            ),
        ]
