"""Figures kept by day, and how far the history has been folded into them."""

from django.db import models

from dossiers.choices import Channel


class DailyFigure(models.Model):
    """Dossiers of one agency, service level and channel on one local day."""

    day = models.DateField()
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    filed = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "agency", "level", "channel"], name="daily_figure_once"),
        ]


class Fold(models.Model):
    """The one row that says up to which event the figures tell; locked while somebody folds."""

    last_event = models.BigIntegerField(default=0)
    folded_at = models.DateTimeField(null=True)
