"""Writing what a load planned: batch by batch, each record whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core.errors import PortalError
from portal.core.locking import durable, require_transaction
from procedures.choices import ProcedureStatus, Source
from procedures.editing_choices import ImportKind, ImportOutcome
from procedures.loading import Known, Plan, Planner
from procedures.loading.planning import REFUSED, SENTENCES
from procedures.loading.shapes import SHAPES, open_entries, reader_of
from procedures.models import ProcedureDraft, ProcedureVersion
from procedures.services.drafts import write_draft
from procedures.services.publishing import publish_document, touch_catalogue
from procedures.services.publishing_many import Publication, publish_new

BATCH = 200
LOCK_TIMEOUT_MS = 30_000


@dataclass
class LoadReport:
    """Codes by what happened to them; `skipped`: (code, short word, line, sentences); `losses`: how often each."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str, int, tuple[str, ...]]] = field(default_factory=list)
    losses: dict[str, int] = field(default_factory=dict)
    lossy: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, plan: Plan) -> None:
        if plan.outcome in (ImportOutcome.SKIPPED, ImportOutcome.CONFLICT):
            told = plan.reasons if plan.why == REFUSED else ()
            self.skipped.append((plan.code, plan.why, plan.number, told))
            return
        getattr(self, plan.outcome).append(plan.code)
        if plan.reasons:
            self.lossy[plan.code] = plan.reasons
        for loss in plan.reasons:
            self.losses[loss] = self.losses.get(loss, 0) + 1


@dataclass(frozen=True)
class Signature:
    """In whose name a load is written: two people for our own files, none for the national source."""

    source: str
    author_id: UUID | None = None
    approver_id: UUID | None = None
    note: str = ""


NATIONAL = Signature(Source.NATIONAL)


def import_procedures(path: Path, *, scope: str = "", dry_run: bool = False) -> LoadReport:
    """Loads a file of national records. A second run changes nothing, not even the catalogue's token.

    Each record is written whole or not at all; a batch of them is one transaction. Raises LockTimeout when others
    publish without end; what was written stays, and a repeat goes on from there.
    """
    report = LoadReport()
    planner = build_planner(ImportKind.NATIONAL, scope=scope)
    with path.open("rb") as file:
        for plans in _in_batches(planner.plan(entry) for entry in open_entries(ImportKind.NATIONAL, file)):
            done = plans if dry_run else write_plans(plans, planner, NATIONAL)
            for plan in done:
                report.add(plan)
    return report


def build_planner(kind: str, *, scope: str = "", seen: Iterable[str] = ()) -> Planner:
    """A planner that knows what stands here. Two queries."""
    shape = SHAPES[kind]
    return Planner(
        read=reader_of(kind, home=settings.PROVINCE_NAME),
        known=list_known(),
        own_sources=shape.own_sources,
        keeps_closed=shape.keeps_closed,
        scope=scope,
        seen=set(seen),
    )


def list_known(codes: Sequence[str] | None = None) -> dict[str, Known]:
    """The newest version of each code, and whether it is closed. One query."""
    newest = ProcedureVersion.objects.order_by("procedure_id", "-number").distinct("procedure_id")
    if codes is not None:
        newest = newest.filter(procedure__code__in=codes)
    rows = newest.values_list(
        "procedure__code",
        "sha256",
        "source",
        "procedure__status",
        "procedure__closed_on",
        "procedure__successor__code",
    )
    return {
        code: Known(sha256, source, closed_on, successor or "", status == ProcedureStatus.CLOSED)
        for code, sha256, source, status, closed_on, successor in rows
    }


def _in_batches(plans: Iterator[Plan]) -> Iterator[list[Plan]]:
    while batch := list(islice(plans, BATCH)):
        yield batch


def write_plans(plans: Sequence[Plan], planner: Planner, signature: Signature) -> list[Plan]:
    """Writes a batch in one transaction of its own; returns the plans as they turned out."""
    if not any(plan.does_something for plan in plans):
        return list(plans)
    with durable(lock_timeout_ms=LOCK_TIMEOUT_MS):
        return write_batch(plans, planner, signature)


def write_batch(plans: Sequence[Plan], planner: Planner, signature: Signature) -> list[Plan]:
    """The step of `write_plans`. Decides again on what is known once the catalogue's revision is locked."""
    require_transaction()
    if any(plan.outcome in (ImportOutcome.CREATED, ImportOutcome.UPDATED) for plan in plans):
        touch_catalogue()
    known = list_known([plan.code for plan in plans if plan.does_something])
    again = [
        planner.decide(plan.number, plan.record, known.get(plan.code)) if plan.does_something else plan
        for plan in plans
    ]
    new = [plan for plan in again if plan.outcome == ImportOutcome.CREATED and not _has_own_day(plan)]
    written = {plan.number for plan in new} if _write_new(new, signature) else set()
    return [plan if plan.number in written else _write_one(plan, signature) for plan in again]


def _has_own_day(plan: Plan) -> bool:
    return plan.record.content is None or plan.record.content.effective_from is not None


def _write_new(plans: Sequence[Plan], signature: Signature) -> bool:
    """All of them at once; False, with nothing written, when the database refuses one."""
    publications = [
        Publication(plan.record.document, plan.record.content, plan.sha256)
        for plan in plans
        if plan.record.document is not None and plan.record.content is not None
    ]
    try:
        with transaction.atomic():
            if publications:
                publish_new(
                    publications,
                    source=signature.source,
                    author_id=signature.author_id,
                    approver_id=signature.approver_id,
                    note=signature.note,
                )
    except (DataError, IntegrityError, ValueError):
        return False
    return True


def _write_one(plan: Plan, signature: Signature) -> Plan:
    """One record behind a savepoint: what the database refuses is reported, and the rest goes on."""
    if not plan.does_something or plan.says_the_same or plan.record.document is None:
        return plan
    try:
        with transaction.atomic():
            if plan.outcome == ImportOutcome.CONFLICT:
                keep_as_draft(plan.record.code, plan.record.document, signature.source)
            else:
                publish_document(
                    plan.record.document,
                    source=signature.source,
                    author_id=signature.author_id,
                    approver_id=signature.approver_id,
                    note=signature.note,
                )
    except (DataError, IntegrityError, ValueError):
        return _refused(plan, _("Cơ sở dữ liệu không nhận nội dung này."))
    except PortalError as error:
        return _refused(plan, str(error.message))
    return plan


def _refused(plan: Plan, reason: str) -> Plan:
    return Plan(plan.number, plan.record, ImportOutcome.SKIPPED, REFUSED, (reason,))


def keep_as_draft(code: str, document: dict[str, object], source: str) -> bool:
    """The step that keeps a record beside what is published here; False when nothing changed.

    People's own draft is never overwritten; one that an earlier load left, and nobody touched, follows the new load.
    """
    draft = ProcedureDraft.objects.filter(code=code).first()
    if draft is not None and (draft.author_id or draft.proposed_by_id or draft.content == document):
        return False
    write_draft(
        code=code,
        content=document,
        row_version=draft.row_version if draft else 0,
        source=source,
        author_id=None,
        summary=_("Nhập từ nơi khác"),
    )
    return True


def sentence_of(why: str) -> str:
    """The sentence of a short word, for reports."""
    return str(SENTENCES.get(why, ""))
