"""What people call things: words, events of life, and the searches nothing answered. Data that admins edit."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from procedures.editing_choices import ConceptKind


class SearchConcept(models.Model):
    """Phrases people say, and the official words or procedures they mean.

    `says`: phrases as typed; `means`: official phrases looked for instead; `codes`: procedures meant
    outright; `unless`: phrases beside which the concept stays silent. `is_shipped`: as the program brought
    it, replaced by the next release; an edited one is kept.
    """

    key = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=ConceptKind.choices)
    says = ArrayField(models.CharField(max_length=120))
    means = ArrayField(models.CharField(max_length=200), default=list)
    codes = ArrayField(models.CharField(max_length=24), default=list)
    unless = ArrayField(models.CharField(max_length=120), default=list)
    is_active = models.BooleanField(default=True)
    is_shipped = models.BooleanField(default=False)
    row_version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="edited_concepts"
    )


class LifeEvent(models.Model):
    """An event of life people browse by: named procedures first, then those whose names hold a phrase."""

    key = models.SlugField(max_length=64, unique=True)
    label = models.JSONField()
    text = models.JSONField()
    icon = models.CharField(max_length=24)
    position = models.PositiveIntegerField()
    codes = ArrayField(models.CharField(max_length=24), default=list)
    phrases = ArrayField(models.CharField(max_length=120), default=list)
    is_shipped = models.BooleanField(default=False)
    row_version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="edited_life_events"
    )


class EmptySearch(models.Model):
    """Words that found nothing, and how often on a day. Nothing of who searched; long numbers are masked."""

    words = models.CharField(max_length=80)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["words", "day"], name="empty_search_is_counted_once_a_day"),
        ]
