"""Reads that only the citizen's own pages need: drafts begun, who holds a dossier, files by filing."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from dossiers.choices import FeeStatus, Status
from dossiers.consents import OwnerConsent, list_awaited
from dossiers.models import (
    Assignment,
    Attachment,
    ConfirmationRequest,
    Decision,
    Dossier,
    Draft,
    Fee,
    Filing,
    Step,
    StoredFile,
)
from portal.accounts.actor import Actor
from procedures.content import Content


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a dossier now: agency, key of the step, and the person's name ("" until somebody has it)."""

    agency_name: str
    agency_phone: str
    step_key: str
    name: str


def list_drafts_of(actor: Actor, procedure_id: int) -> list[Draft]:
    """First filings of one procedure that this account has begun, the latest change first. One query."""
    if actor.is_officer or actor.user_id is None:
        return []
    drafts = Draft.objects.filter(
        dossier__filed_by_id=actor.user_id, dossier__status=Status.DRAFT, dossier__procedure_id=procedure_id
    )
    return list(drafts.select_related("dossier__agency").defer("dossier__search").order_by("-updated_at")[:5])


def find_untouched_draft(actor: Actor, procedure_code: str, case_key: str, agency_code: str) -> UUID | None:
    """A draft with the same choices in which nothing was saved yet: a second click on "start" finds it."""
    found = Draft.objects.filter(
        dossier__filed_by_id=actor.user_id,
        dossier__status=Status.DRAFT,
        dossier__procedure__code=procedure_code,
        dossier__case_key=case_key,
        dossier__agency__code=agency_code,
        row_version=1,
    )
    return found.values_list("dossier_id", flat=True).first()


def list_filed_files(dossier: Dossier, filing: Filing | None) -> list[Attachment]:
    """The files that a filing names, with their bytes' rows, oldest first. One query."""
    named = [entry["attachment"] for entry in filing.manifest] if filing else []
    rows = Attachment.objects.filter(dossier=dossier, pk__in=named).select_related("file")
    return list(rows.order_by("added_at", "pk"))


def get_holder(dossier: Dossier) -> Holder | None:
    """Who works on the dossier now; None while no step is open. At most two queries."""
    people = Assignment.objects.filter(until=None).select_related("membership__user")
    steps = Step.objects.filter(dossier=dossier, ended_at=None).select_related("agency")
    step = steps.prefetch_related(Prefetch("assignments", people)).first()
    if step is None:
        return None
    names = [assignment.membership.user.full_name for assignment in step.assignments.all()]
    return Holder(step.agency.name, step.agency.phone, step.key, names[0] if names else "")


def get_open_confirmation(dossier: Dossier) -> ConfirmationRequest | None:
    """The draft result that waits for the citizen's answer."""
    return ConfirmationRequest.objects.filter(dossier=dossier, answer=None).select_related("file").first()


def get_latest_own_filing(actor: Actor) -> Filing | None:
    """The last thing this account filed, with its dossier: answers may be offered again."""
    filings = Filing.objects.filter(dossier__filed_by_id=actor.user_id, filed_by_id=actor.user_id)
    return filings.select_related("dossier").defer("dossier__search").order_by("-filed_at").first()


def list_awaited_owners(dossier: Dossier, content: Content, filing: Filing | None) -> list[OwnerConsent]:
    """Owners who must still agree before the dossier is received, where all must. Two queries at most."""
    if not content.all_owners_consent or dossier.status != Status.SUBMITTED or filing is None:
        return []
    return list_awaited(filing)


def is_unpaid_result(dossier: Dossier, stored: StoredFile) -> bool:
    """Is this file a result that may not be handed over yet, because a fee is open? Two queries at most."""
    decisions = Decision.objects.filter(dossier=dossier, recalled_at=None, items__file=stored)
    return decisions.exists() and Fee.objects.filter(dossier=dossier, status=FeeStatus.OPEN).exists()


def find_followed(dossier_id: UUID, secret_version: int) -> Dossier | None:
    """A filed dossier whose tracking secret somebody has shown; None once a reprint changed the secret."""
    filed = Dossier.objects.defer("search").select_related("procedure", "agency").exclude(status=Status.DRAFT)
    return filed.filter(pk=dossier_id, secret_version=secret_version).first()
