"""The dossier itself, and which agencies may see it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from dossiers.choices import NATIONAL_STATUS, Channel, Relation, Stage, Status
from portal.core import ids


class Dossier(models.Model):
    """One request. `code` is public; `id` stands in addresses; `version` counts every accepted write."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    code = models.CharField(max_length=64, unique=True, null=True)
    status = models.CharField(max_length=24, choices=Status.choices, default=Status.DRAFT)
    resume_to = models.CharField(max_length=24, choices=Status.choices, null=True)
    version = models.PositiveIntegerField(default=1)

    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    case_key = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    owner_name = models.CharField(max_length=400, blank=True)

    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    check_by = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_frozen_at = models.DateTimeField(null=True)
    due_basis = models.JSONField(default=list)
    answer_by = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rescheduled_from = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    withdrawal_requested_at = models.DateTimeField(null=True)

    secret_version = models.PositiveSmallIntegerField(default=1)
    last_seq = models.PositiveIntegerField(default=0)
    last_hash = models.BinaryField(max_length=32, null=True)
    sort_at = models.DateTimeField()
    search = SearchVectorField(null=True)
    verified_owners = ArrayField(models.BinaryField(max_length=32), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(code__isnull=False, submitted_at__isnull=False),
                name="dossier_filed_has_code",
            ),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="dossier_status_known"),
            models.CheckConstraint(
                condition=Q(status__startswith="awaiting_", resume_to__isnull=False)
                | (~Q(status__startswith="awaiting_") & Q(resume_to__isnull=True)),
                name="dossier_resume_only_while_awaiting",
            ),
            models.CheckConstraint(
                condition=Q(check_by__isnull=True) | Q(status=Status.SUBMITTED),
                name="dossier_check_by_only_submitted",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("submitted_at")),
                name="dossier_received_after_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_at", "id"], name="dossier_sort"),
            models.Index(fields=["filed_by", "-created_at"], name="dossier_filed_by"),
            models.Index(fields=["agency", "submitted_at", "id"], name="dossier_register"),
            models.Index(
                fields=["answer_by"], name="dossier_answer_by", condition=Q(answer_by__isnull=False)
            ),
            models.Index(
                fields=["procedure", "-resolved_at"],
                name="dossier_usual_time",
                condition=Q(resolved_at__isnull=False),
            ),
            GinIndex(fields=["search"], name="dossier_search"),
            GinIndex(fields=["verified_owners"], name="dossier_owners"),
        ]

    @property
    def national_status(self) -> int:
        """Status code of the national portal's synchronisation, 0-10."""
        return NATIONAL_STATUS[self.status]

    @property
    def is_awaiting(self) -> bool:
        return self.status.startswith("awaiting_")


class DossierAgency(models.Model):
    """Why and since when an agency may see a dossier; an officer's every list is filtered by these rows."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="agencies")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "relation"],
                condition=Q(until__isnull=True) & ~Q(relation=Relation.CONSULTED),
                name="dossier_agency_one_open_relation",
            ),
            models.UniqueConstraint(
                fields=["dossier", "agency", "relation"],
                condition=Q(until__isnull=True),
                name="dossier_agency_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "dossier"], name="dossier_agency_open", condition=Q(until__isnull=True)
            ),
        ]


class DeskEntry(models.Model):
    """One line in the work list of one agency: which saved view a dossier stands in, and in what order.

    Says again what the dossier and its open relations say, so that every list and count of an agency reads one
    index. Written by dossiers.desk alone, at the end of every write. `is_promised`: somebody waits for the
    agency, and `sort_at` is when it is late.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="desk_entries")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    sort_at = models.DateTimeField()
    is_promised = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "dossier"], name="desk_entry_once"),
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="desk_entry_stage_known"),
        ]
        indexes = [
            models.Index(fields=["agency", "sort_at", "id"], name="desk_entry_all"),
            models.Index(fields=["agency", "stage", "sort_at", "id"], name="desk_entry_stage"),
            models.Index(
                fields=["agency", "sort_at", "id"], name="desk_entry_open", condition=~Q(stage=Stage.CLOSED)
            ),
            models.Index(
                fields=["agency", "sort_at", "id"], name="desk_entry_promised", condition=Q(is_promised=True)
            ),
        ]
