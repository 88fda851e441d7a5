"""The columns the bare view shows, of the product's own table."""

from typing import ClassVar

from django.db import models


class Row(models.Model):
    """A dossier, as far as a list of the simplest kind goes."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=64)
    owner_name = models.CharField(max_length=400)
    status = models.CharField(max_length=24)
    sort_at = models.DateTimeField()
    objects: "ClassVar[models.Manager[Row]]" = models.Manager()

    class Meta:
        app_label = "bare"
        db_table = "dossiers_dossier"
        managed = False
