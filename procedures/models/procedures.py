"""The published catalogue: procedures, their immutable versions, and the token of its state."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from procedures.choices import ProcedureStatus, ServiceLevel, Source


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def with_version(self) -> Self:
        """Procedures people may read, with their version in force but without its document."""
        return (
            self.filter(current__isnull=False)
            .select_related("current", "successor")
            .defer("current__content")
        )


class Procedure(models.Model):
    """One procedure by its national code. Columns beside the code are copied from the version in force."""

    code = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=8, choices=ProcedureStatus.choices, default=ProcedureStatus.OPEN)
    closed_on = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    current = models.ForeignKey(
        "ProcedureVersion", on_delete=models.PROTECT, null=True, related_name="current_of"
    )
    source = models.CharField(max_length=8, choices=Source.choices)
    name = models.TextField()
    everyday_name = models.TextField()
    summary = models.TextField()
    search_text = models.TextField()
    field = models.CharField(max_length=200)
    field_key = models.CharField(max_length=200)
    province = models.CharField(max_length=100)
    is_partial = models.BooleanField(default=False)
    tiers = ArrayField(models.CharField(max_length=12))
    performed_by = ArrayField(models.CharField(max_length=64))
    level = models.PositiveSmallIntegerField(choices=ServiceLevel.choices)
    limit_text = models.TextField()
    fee_text = models.TextField()
    agency_text = models.TextField()
    revised_at = models.DateTimeField()

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4), name="procedure_level_between_1_and_4"
            ),
            models.CheckConstraint(
                condition=Q(status=ProcedureStatus.CLOSED) | Q(successor=None, closed_on=None),
                name="procedure_only_a_closed_one_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")), name="procedure_does_not_succeed_itself"
            ),
        ]

    @property
    def service_level(self) -> ServiceLevel:
        return ServiceLevel(self.level)

    @property
    def is_closed(self) -> bool:
        return self.status == ProcedureStatus.CLOSED


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def in_force(self, on: date) -> Self:
        """Versions whose time covers the day, newest first."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on).order_by(
            "-number"
        )


class ProcedureVersion(models.Model):
    """A published document. A trigger refuses every change but `effective_to`."""

    app_role_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")
    app_role_updatable: ClassVar[tuple[str, ...]] = ("effective_to",)

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    schema = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField(choices=ServiceLevel.choices)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="authored_versions"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="approved_versions"
    )
    published_at = models.DateTimeField()
    note = models.TextField()

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_is_unique"),
            models.CheckConstraint(
                condition=Q(source__in=[Source.NATIONAL, Source.SYSTEM])
                | (Q(author__isnull=False, approver__isnull=False) & ~Q(author=F("approver"))),
                name="version_has_two_persons_unless_imported",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.NATIONAL) | Q(level__lte=ServiceLevel.FORMS),
                name="version_from_the_national_source_is_level_2_at_most",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="version_ends_after_it_begins",
            ),
        ]


class CatalogueRevision(models.Model):
    """One row: a token that changes with each change of the catalogue, so that caches know they are old.

    A use case sets it first: the row lock puts publications in order, and a reader who saw a token
    saw everything published before it.
    """

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="catalogue_revision_is_one_row")
        ]
