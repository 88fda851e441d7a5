"""Groups of form fields that many procedures ask alike: a person, an address, a declaration."""

from django.conf import settings
from django.db import models


class FormBlock(models.Model):
    """`fields` is a list of fields as a form's page holds them; inserting copies them into a draft's form."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.JSONField()
    hint = models.JSONField(null=True)
    fields = models.JSONField()
    is_shipped = models.BooleanField(default=False)
    row_version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="edited_blocks"
    )
