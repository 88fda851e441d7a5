"""Reads of dossiers. What an actor may see is decided in `dossiers.rights` alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from dossiers.choices import AWAITING_STATUSES, OPEN_STATUSES, Channel, FeeStatus, Stage, Status
from dossiers.desk import revision_series
from dossiers.models import (
    Attachment,
    ConfirmationRequest,
    Decision,
    DeskEntry,
    Dossier,
    DossierAgency,
    DossierEvent,
    DossierParty,
    Draft,
    Fee,
    Filing,
    PaperItem,
    ResultItem,
    Step,
    StoredFile,
    SupplementRequest,
)
from dossiers.numbering import secret_matches
from dossiers.rights import visible_to
from dossiers.search import matching
from portal.accounts.actor import Actor
from portal.core import clock, counters
from portal.core.errors import NotFound
from portal.core.keyset import KeysetPage, read_page

PAGE_SIZE = 25
BADGE_CAP = 99

VIEWS: Mapping[str, Q] = {
    "open": Q(status__in=OPEN_STATUSES),
    "new": Q(status=Status.SUBMITTED),
    "working": Q(status__in=[Status.ACCEPTED, Status.PROCESSING]),
    "waiting": Q(status__in=AWAITING_STATUSES),
    "results": Q(status=Status.RESOLVED),
    "all": ~Q(status=Status.DRAFT),
}
"""Saved views by status, for what words find; the lists themselves read DeskEntry."""


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What an officer looks for; everything stands in the address of the page."""

    view: str = "open"
    query: str = ""
    procedure: str = ""
    cursor: str = ""

    def as_text(self) -> dict[str, str]:
        """The filter without the cursor; cursors are bound to it."""
        return {"view": self.view, "q": self.query, "procedure": self.procedure}


def list_desk(actor: Actor, wanted: DeskFilter) -> KeysetPage[Dossier]:
    """The dossiers of the officer's agency, nearest date first. Two queries whatever the number of rows."""
    if wanted.query or wanted.view == "mine":
        return _list_found(actor, wanted)
    entries = _in_view(DeskEntry.objects.filter(agency=actor.scope_agency_id), wanted.view)
    if wanted.procedure:
        entries = entries.filter(dossier__procedure__code=wanted.procedure)
    page = read_page(entries, size=PAGE_SIZE, cursor=wanted.cursor, bound_to=_bound_to(actor, wanted))
    ids = [entry.dossier_id for entry in page.rows]
    seen = _as_rows(visible_to(actor)).in_bulk(ids)
    return KeysetPage([seen[pk] for pk in ids if pk in seen], page.next, page.previous)


def _list_found(actor: Actor, wanted: DeskFilter) -> KeysetPage[Dossier]:
    """Words and one's own dossiers are found by indexes of their own."""
    dossiers = _held_by(actor) if wanted.view == "mine" else visible_to(actor).filter(_stands_in(wanted.view))
    if wanted.procedure:
        dossiers = dossiers.filter(procedure__code=wanted.procedure)
    if wanted.query and actor.scope_agency_id is not None:
        dossiers = matching(dossiers, wanted.query, actor.scope_agency_id)
    return read_page(
        _as_rows(dossiers), size=PAGE_SIZE, cursor=wanted.cursor, bound_to=_bound_to(actor, wanted)
    )


def _bound_to(actor: Actor, wanted: DeskFilter) -> dict[str, str]:
    return {**wanted.as_text(), "agency": str(actor.scope_agency_id)}


def _as_rows(dossiers: "QuerySet[Dossier]") -> "QuerySet[Dossier]":
    return dossiers.select_related("procedure").only(*_LIST_COLUMNS)


_LIST_COLUMNS = (
    "id", "code", "status", "resume_to", "version", "channel", "owner_name", "submitted_at", "check_by",
    "received_at", "due_at", "answer_by", "resolved_at", "ended_at", "sort_at", "case_key",
    "rescheduled_from", "procedure__code", "procedure__name", "procedure__everyday_name",
)  # fmt: skip


def _in_view(entries: "QuerySet[DeskEntry]", view: str) -> "QuerySet[DeskEntry]":
    if view == "late":
        return entries.filter(is_promised=True, sort_at__lt=clock.now())
    if view == "all":
        return entries
    return entries.filter(stage=view) if view in Stage.values else entries.filter(~Q(stage=Stage.CLOSED))


def _stands_in(view: str) -> Q:
    if view == "late":
        return Q(due_at__lt=clock.now(), status__in=OPEN_STATUSES - {Status.RESOLVED}) | Q(
            check_by__lt=clock.now(), status=Status.SUBMITTED
        )
    return VIEWS.get(view, VIEWS["open"])


def _held_by(actor: Actor) -> "QuerySet[Dossier]":
    held = Step.objects.filter(
        ended_at=None, assignments__membership=actor.membership_id or 0, assignments__until=None
    )
    return visible_to(actor).filter(steps__in=held)


def count_badges(actor: Actor) -> dict[str, str]:
    """How many dossiers wait in each view, as text up to "99+". One query over at most 500 index entries."""
    names = ("new", "working", "waiting", "results", "late")
    entries = DeskEntry.objects.filter(agency=actor.scope_agency_id)
    first, *rest = [
        _in_view(entries, name).annotate(view=Value(name)).values_list("view")[: BADGE_CAP + 1]
        for name in names
    ]
    found = Counter(name for (name,) in first.union(*rest, all=True))
    return {name: str(found[name]) if found[name] <= BADGE_CAP else f"{BADGE_CAP}+" for name in names}


def get_desk_revision(agency_id: int | None) -> int:
    """Rises with every change of a dossier that the agency sees. One query."""
    return 0 if agency_id is None else counters.get_last_number(revision_series(agency_id))


def list_mine(actor: Actor, *, cursor: str = "") -> KeysetPage[Dossier]:
    """Everything a citizen began, filed or owns, newest first."""
    dossiers = visible_to(actor).select_related("procedure", "agency")
    bound = {"mine": str(actor.user_id)}
    return read_page(
        dossiers, size=PAGE_SIZE, cursor=cursor, bound_to=bound, by="created_at", descending=True
    )


def get_draft(dossier: Dossier) -> Draft | None:
    """The draft being typed, if any."""
    return Draft.objects.filter(dossier=dossier).first()


def get_filing(dossier: Dossier) -> Filing | None:
    """The latest filing."""
    return Filing.objects.filter(dossier=dossier).order_by("-revision").first()


def list_filings(dossier: Dossier) -> list[Filing]:
    """All filings, oldest first."""
    return list(Filing.objects.filter(dossier=dossier).order_by("revision"))


def list_attachments(dossier: Dossier) -> list[Attachment]:
    """Files in use now, oldest first."""
    rows = Attachment.objects.filter(dossier=dossier, removed_at=None).select_related("file")
    return list(rows.order_by("added_at", "pk"))


def list_filed_attachments(dossier: Dossier, filings: Sequence[Filing]) -> list[Attachment]:
    """Files that any of the filings names, oldest first: what staff see. One query."""
    named = {entry["attachment"] for filing in filings for entry in filing.manifest}
    rows = Attachment.objects.filter(dossier=dossier, pk__in=named).select_related("file")
    return list(rows.order_by("added_at", "pk"))


def access_file(dossier: Dossier, file_id: UUID, *, filed_only: bool) -> StoredFile:
    """A file of a dossier that the reader may see: an attachment, a result or a draft result.

    `filed_only`: not what is still being added (staff). Raises NotFound for any other file.
    """
    attached = Attachment.objects.filter(dossier=dossier)
    if filed_only:
        attached = attached.filter(
            pk__in=[row.pk for row in list_filed_attachments(dossier, list_filings(dossier))]
        )
    belongs = (
        Q(pk__in=attached.values("file"))
        | Q(pk__in=Decision.objects.filter(dossier=dossier, recalled_at=None).values("items__file"))
        | Q(pk__in=dossier.confirmations.values("file"))
    )
    stored = StoredFile.objects.filter(belongs, pk=file_id, deleted_at=None).first()
    if stored is None:
        raise NotFound
    return stored


def list_parties(dossier: Dossier, latest: Filing | None = None) -> list[DossierParty]:
    """Parties of the latest filing, in order of role and position."""
    latest = latest or get_filing(dossier)
    rows = DossierParty.objects.filter(dossier=dossier, revision=latest.revision if latest else 0)
    return list(rows.select_related("party").order_by("role", "position"))


def list_fees(dossier: Dossier) -> list[Fee]:
    """Fees still in force: owed, paid or waived."""
    return list(
        Fee.objects.filter(dossier=dossier).exclude(status=FeeStatus.VOID).order_by("assessed_at", "pk")
    )


def list_papers(dossier: Dossier) -> list[PaperItem]:
    """Papers laid on the desk; asked for only where there can be any: not where all came online at once."""
    if dossier.channel == Channel.ONLINE and dossier.last_seq <= 1:
        return []
    return list(PaperItem.objects.filter(dossier=dossier).order_by("pk"))


def list_events(dossier: Dossier) -> list[DossierEvent]:
    """The whole history, oldest first."""
    return list(DossierEvent.objects.filter(dossier=dossier).order_by("seq"))


def get_open_supplement(dossier: Dossier) -> SupplementRequest | None:
    """The request that waits for its answer; asked for only where there can be one."""
    if dossier.status != Status.AWAITING_SUPPLEMENT:
        return None
    return SupplementRequest.objects.filter(dossier=dossier, closed_at=None).first()


def get_open_confirmation(dossier: Dossier) -> ConfirmationRequest | None:
    """The draft result that the citizen is looking at; asked for only where there can be one."""
    if dossier.received_at is None:
        return None
    return ConfirmationRequest.objects.filter(dossier=dossier, answer=None).first()


def get_current_step(dossier: Dossier) -> Step | None:
    """The open step with its agency and who holds it; asked for only where there can be one."""
    if Status.PROCESSING not in (dossier.status, dossier.resume_to):
        return None
    steps = Step.objects.filter(dossier=dossier, ended_at=None).select_related("agency")
    return steps.prefetch_related("assignments__membership__user").first()


def list_steps(dossier: Dossier) -> list[Step]:
    """Every stay at a step, oldest first, with agency and holders (Mẫu 05)."""
    steps = Step.objects.filter(dossier=dossier).select_related("agency")
    return list(steps.prefetch_related("assignments__membership__user").order_by("started_at", "pk"))


def get_decision(dossier: Dossier) -> Decision | None:
    """The decision in force, with its result items; asked for only where there can be one."""
    if dossier.resolved_at is None:
        return None
    decisions = Decision.objects.filter(dossier=dossier, recalled_at=None)
    return decisions.prefetch_related("items__file").first()


def current_results(dossier: Dossier) -> list[ResultItem]:
    """The documents of the decision in force, without those that a correction has replaced."""
    decision = get_decision(dossier)
    return pick_current(decision.items.all()) if decision else []


def pick_current(items: Iterable[ResultItem]) -> list[ResultItem]:
    """Of the documents of one decision, those that no other one replaces, in the order they were written."""
    known = sorted(items, key=lambda item: item.pk)
    replaced = {item.replaces_id for item in known}
    return [item for item in known if item.pk not in replaced]


def track(code: str, secret: str) -> Dossier:
    """A filed dossier by its code and secret. "Wrong" and "not there" raise the same NotFound.

    The caller counts failures (portal.core.throttle).
    """
    dossier = (
        Dossier.objects.defer("search")
        .select_related("procedure", "agency")
        .filter(code=code.strip().upper())
        .first()
    )
    known = dossier is not None and dossier.status != Status.DRAFT
    stand_in = UUID(int=0) if dossier is None else dossier.pk
    matches = secret_matches(stand_in, dossier.secret_version if dossier else 1, secret)
    if dossier is None or not known or not matches:
        raise NotFound("track_not_found")
    return dossier


def relations_of(dossier: Dossier) -> Sequence[tuple[int, str]]:
    """Open (agency id, relation) pairs; no query for a dossier from `open_dossier`."""
    loaded: list[DossierAgency] | None = getattr(dossier, "open_agencies", None)
    if loaded is not None:
        return [(row.agency_id, row.relation) for row in loaded]
    return list(dossier.agencies.filter(until=None).values_list("agency_id", "relation"))
