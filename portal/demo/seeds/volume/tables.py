"""The tables a dossier has a part in, each with the columns that differ from row to row."""

from django.db.backends.utils import CursorWrapper

from dossiers.models import (
    Assignment,
    Attachment,
    Decision,
    DeskEntry,
    Dossier,
    DossierAgency,
    DossierEvent,
    DossierParty,
    Fee,
    Filing,
    Party,
    Pause,
    ResultItem,
    Step,
    StoredFile,
    SupplementRequest,
)
from portal.demo.seeds.volume.copying import CopyTable
from portal.notifications.models import Delivery, Message

MODELS = (
    Dossier, DossierEvent, Filing, StoredFile, Attachment, Party, DossierParty, DossierAgency, DeskEntry, Fee,
    SupplementRequest, Pause, Step, Assignment, Decision, ResultItem, Message, Delivery,
)  # fmt: skip


class Tables:
    """Rows collected for every table, and sent together."""

    def __init__(self) -> None:
        self.dossiers = CopyTable(
            Dossier, "id", "code", "status", "resume_to", "version", "procedure_id", "procedure_version_id",
            "case_key", "channel", "agency_id", "filed_by_id", "owner_name", "created_at", "submitted_at",
            "check_by", "received_at", "due_at", "due_frozen_at", "answer_by", "resolved_at", "ended_at",
            "last_seq", "last_hash", "sort_at", "search", "verified_owners",
        )  # fmt: skip
        self.events = CopyTable(
            DossierEvent, "dossier_id", "seq", "kind", "at", "actor_kind", "actor_user_id",
            "actor_membership_id", "actor_agency_id", "actor_name", "door", "filing_sha256", "payload", "salt",
            "payload_sha256", "previous", "hash",
        )  # fmt: skip
        self.filings = CopyTable(
            Filing, "id", "dossier_id", "revision", "answers", "manifest", "sha256", "filed_at", "filed_by_id"
        )
        self.files = CopyTable(
            StoredFile, "id", "name", "size", "sha256", "mime", "state", "uploaded_by_id", "uploaded_at",
            "claimed_at",
        )  # fmt: skip
        self.attachments = CopyTable(Attachment, "id", "dossier_id", "requirement", "file_id", "added_at")
        self.parties = CopyTable(Party, "id", "kind", "name", "details", "identity_index", "phone_index")
        self.roles = CopyTable(DossierParty, "dossier_id", "party_id", "role")
        self.relations = CopyTable(DossierAgency, "dossier_id", "agency_id", "relation", "since")
        self.desks = CopyTable(DeskEntry, "dossier_id", "agency_id", "stage", "sort_at", "is_promised")
        self.fees = CopyTable(
            Fee, "id", "dossier_id", "mode", "amount", "lines", "status", "assessed_at", "requested_at"
        )
        self.requests = CopyTable(
            SupplementRequest, "dossier_id", "round", "items", "asked_at", "asked_by_name"
        )
        self.pauses = CopyTable(Pause, "dossier_id", "reason", "started_at")
        self.steps = CopyTable(Step, "id", "dossier_id", "key", "kind", "agency_id", "started_at", "due_at")
        self.assignments = CopyTable(Assignment, "step_id", "membership_id", "since")
        self.decisions = CopyTable(
            Decision, "id", "dossier_id", "outcome", "decided_at", "decided_by_id", "signed_name",
            "signed_number", "signed_on",
        )  # fmt: skip
        self.results = CopyTable(ResultItem, "decision_id", "kind", "medium", "handed_over_at")
        self.messages = CopyTable(
            Message, "id", "event", "event_key", "recipient_key", "user_id", "address", "context",
            "created_at",
        )  # fmt: skip
        self.deliveries = CopyTable(
            Delivery, "message_id", "channel", "status", "reference", "attempts", "not_before", "delivered_at"
        )

    def write(self, cursor: CursorWrapper) -> None:
        """In any order: foreign keys are checked at the end of the transaction."""
        for table in vars(self).values():
            table.write(cursor)
