"""What somebody typed while the session had ended."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.core.ids import uuid7
from portal.core.sealed import SealedJSON


class ParkedForm(models.Model):
    """The fields of one refused POST, kept sealed until its sender has signed in.

    `token_sha256` is the hash of a random cookie. `user` is who was signed in
    before, where the ended session still says so: then nobody else gets it.
    """

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=2000)
    page = models.CharField(max_length=2000)
    fields = SealedJSON()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
