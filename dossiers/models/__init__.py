"""A request and its whole life, in tables."""

from dossiers.models.dossier import DeskEntry, Dossier, DossierAgency
from dossiers.models.event import DossierEvent
from dossiers.models.fee import Fee
from dossiers.models.filing import Draft, Filing
from dossiers.models.papers import Attachment, PaperItem, StoredFile
from dossiers.models.party import DossierParty, Party
from dossiers.models.prepared import PreparedForm
from dossiers.models.processing import (
    Assignment,
    ConfirmationRequest,
    Consent,
    Pause,
    Step,
    SupplementRequest,
)
from dossiers.models.result import Decision, IssuedDocument, ResultItem

__all__ = [
    "Assignment",
    "Attachment",
    "ConfirmationRequest",
    "Consent",
    "Decision",
    "DeskEntry",
    "Dossier",
    "DossierAgency",
    "DossierEvent",
    "DossierParty",
    "Draft",
    "Fee",
    "Filing",
    "IssuedDocument",
    "PaperItem",
    "Party",
    "Pause",
    "PreparedForm",
    "ResultItem",
    "Step",
    "StoredFile",
    "SupplementRequest",
]
