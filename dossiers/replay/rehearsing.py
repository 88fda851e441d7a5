"""Test filing: a draft put in force, filed on and accepted in one transaction that is rolled back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers import transitions
from dossiers.choices import Channel, FeeStatus, FileState, PartyKind, PartyRole, Status
from dossiers.estimates import expect_filing
from dossiers.models import Dossier, Fee, StoredFile
from dossiers.requirements import missing_papers
from dossiers.services.filing import file_first, new_row
from dossiers.work import UseCase
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import ActorKind, Role
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.jsontypes import Json
from portal.core.locking import durable
from portal.notifications.selectors import list_inbox
from procedures import selectors as catalogue
from procedures.choices import Source
from procedures.content import Content
from procedures.formschema.parties import PartyDraft
from procedures.services import publish_document
from procedures.services.drafts import require_catalogue_admin

if TYPE_CHECKING:
    from procedures.models import ProcedureVersion

_PAPER = "Giấy thử.pdf"


@dataclass(frozen=True, slots=True)
class Tried:
    """What a lawyer types to try a draft out: `agency` is a code, `channel` online or desk."""

    case_key: str
    channel: str
    agency: str
    answers: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would have come of it. `held_up`: why the desk could not accept it at once, "" when it could.

    `papers`: names of those that must be there; `due_lines` explain the due moment; `notices`: subjects and
    texts that would have been sent.
    """

    code: str
    status: str
    check_by: datetime | None
    due_at: datetime | None
    due_lines: tuple[str, ...]
    fees: tuple[Fee, ...]
    papers: tuple[str, ...]
    held_up: str
    notices: tuple[tuple[str, str], ...]


def rehearse(actor: Actor, code: str, tried: Tried) -> Rehearsal:
    """File a dossier on the draft of a code as a citizen or over the counter, accept it, and undo it all.

    Papers are stood in for. No number is used up, no notice sent. Raises NotFound without a draft, RuleViolation
    where the draft cannot be read yet or filing refuses, as it would.
    """
    require_catalogue_admin(actor)
    draft = catalogue.access_draft(code)
    with durable():
        version = publish_document(draft.content, source=Source.SYSTEM)
        found = _file_and_accept(actor, version, tried)
        transaction.set_rollback(True)
    return found


def _file_and_accept(actor: Actor, version: "ProcedureVersion", tried: Tried) -> Rehearsal:
    content, started = catalogue.get_content(version.pk), clock.now()
    filing_actor = _somebody_filing(actor, tried)
    papers = missing_papers(content, tried.case_key, tried.answers, ())
    request = _request(content, tried, filing_actor)
    case = UseCase(filing_actor)
    row = new_row(version, filing_actor, tried.case_key, tried.agency, Channel(tried.channel))
    row.procedure = version.procedure
    work = case.create(row)
    file_first(work, request)
    case.finish()
    check_by = work.dossier.check_by
    held_up = _accept(row.pk, _reception(actor, accounts.get_agency_now(tried.agency).pk))
    dossier = Dossier.objects.select_related("agency", "procedure_version").get(pk=row.pk)
    due_at = dossier.due_at or expect_filing(dossier, started).due_at
    return Rehearsal(
        code=dossier.code or "",
        status=str(Status(dossier.status).label),
        check_by=check_by,
        due_at=due_at,
        due_lines=tuple(dossier.due_basis),
        fees=tuple(dossier.fees.exclude(status=FeeStatus.VOID).order_by("mode")),
        papers=tuple(str(item.name) for item in papers),
        held_up=held_up,
        notices=_list_notices(filing_actor, started),
    )


def _somebody_filing(actor: Actor, tried: Tried) -> Actor:
    """The admin as the citizen, or as the reception officer of the chosen agency."""
    if tried.channel == Channel.ONLINE:
        return Actor(kind=ActorKind.CITIZEN, user_id=actor.user_id, name=actor.name, identity_level=2)
    return _reception(actor, accounts.get_agency_now(tried.agency).pk)


def _reception(actor: Actor, agency_id: int) -> Actor:
    return Actor(
        kind=ActorKind.OFFICER,
        user_id=actor.user_id,
        name=actor.name,
        agency_id=agency_id,
        scope_agency_id=agency_id,
        roles=frozenset({str(Role.RECEPTION)}),
    )


def _request(content: Content, tried: Tried, actor: Actor) -> c.FilingRequest:
    papers = [item for item in content.requirements_for(tried.case_key or None) if item.is_submitted]
    request = c.FilingRequest(
        content.code, tried.case_key, tried.agency, dict(tried.answers), channel=tried.channel
    )
    if tried.channel == Channel.ONLINE:
        return replace(request, uploads=tuple((item.key, _stand_in(actor)) for item in papers))
    submitter = PartyDraft(role=PartyRole.SUBMITTER, kind=PartyKind.PERSON, name=actor.name)
    laid = tuple(c.PaperLine(item.key, item.originals, item.copies) for item in papers)
    return replace(request, parties=(submitter,), papers=laid)


def _stand_in(actor: Actor) -> UUID:
    """A row without a file behind it; it is gone before anybody could open it."""
    row = StoredFile.objects.create(
        name=_PAPER,
        size=1,
        sha256=bytes(32),
        mime="application/pdf",
        state=FileState.CLEAN,
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )
    return row.pk


def _accept(dossier_id: UUID, officer: Actor) -> str:
    """The desk accepts it at once; where it cannot (a fee to pay first, a consent), why."""
    case = UseCase(officer)
    work = case.lock(dossier_id)
    try:
        with transaction.atomic():
            transitions.apply(work, c.Accept())
    except (Conflict, RuleViolation) as error:
        if work.dossier.status == Status.AWAITING_PAYMENT:
            return _("Người dân nộp tiền xong thì nơi nhận mới tiếp nhận.")
        return str(error.message)
    case.finish()
    return ""


def _list_notices(actor: Actor, since: datetime) -> tuple[tuple[str, str], ...]:
    if actor.is_officer or actor.user_id is None:
        return ()
    items = list_inbox(actor.user_id).items
    return tuple((item.title, item.text) for item in reversed(items) if item.created_at >= since)
