"""Loads from the pages: a file is staged record by record, looked at, then applied or discarded.

Long work goes on in pieces by `continue_loads`; each piece is one transaction under the lock of its load.
"""

import hashlib
from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, PortalError, RuleViolation
from portal.core.ids import uuid7
from portal.core.locking import durable, lock_rows
from procedures.choices import Source
from procedures.content import parse_content
from procedures.editing_choices import ImportChoice, ImportKind, ImportOutcome, ImportState
from procedures.loading import Entry, Plan
from procedures.loading.planning import Record
from procedures.loading.shapes import open_entries, read_closing
from procedures.models import CatalogueImport, ImportedRecord
from procedures.services.closing import mark_closed
from procedures.services.drafts import require_catalogue_admin
from procedures.services.importing import NATIONAL, Signature, build_planner, list_known, write_batch
from procedures.services.successors import refuse_successors

READING, READY, APPLYING = "reading", "ready", "applying"
PIECE = 300
MOST_BYTES = 60 * 2**20
_ZIP = b"PK"
_DOING = (ImportOutcome.CREATED, ImportOutcome.UPDATED, ImportOutcome.CONFLICT)


def stage_file(actor: Actor, *, filename: str, file: File) -> CatalogueImport:  # type: ignore[type-arg]
    """Keeps a file and stages its first records; `continue_loads` does the rest. Publishes nothing.

    The content decides the kind: a .zip holds catalogue files, anything else records of the national shape.
    The same file again, while it waits, is the same load. Raises Forbidden, RuleViolation for an empty or huge file.
    """
    require_catalogue_admin(actor)
    _check_size(file)
    kind, sha256 = _look_at(file)
    with durable():
        waiting = CatalogueImport.objects.filter(sha256=sha256, state=ImportState.STAGED).first()
        if waiting is not None:
            return waiting
        load = CatalogueImport.objects.create(
            id=uuid7(),
            kind=kind,
            filename=filename[-200:],
            sha256=sha256,
            counts={"phase": READING, "at": 0},
            created_at=clock.now(),
            created_by_id=actor.user_id,
        )
        file.seek(0)
        default_storage.save(_path(load.pk), file)
    read_piece(load.pk)
    load.refresh_from_db()
    return load


def _check_size(file: File) -> None:  # type: ignore[type-arg]
    if not file.size:
        raise RuleViolation(errors={"file": [_("Tệp rỗng. Hãy chọn tệp khác.")]})
    if file.size > MOST_BYTES:
        most = MOST_BYTES // 2**20
        raise RuleViolation(
            errors={"file": [_("Tệp lớn quá %(most)d MB. Hãy nén lại hoặc chia nhỏ.") % {"most": most}]}
        )


def _look_at(file: File) -> tuple[str, str]:  # type: ignore[type-arg]
    digest = hashlib.sha256()
    head = b""
    for chunk in file.chunks():
        head = head or chunk[: len(_ZIP)]
        digest.update(chunk)
    return (ImportKind.FILES if head == _ZIP else ImportKind.NATIONAL), digest.hexdigest()


def _path(load_id: UUID) -> str:
    return f"imports/{load_id}"


def continue_loads() -> int:
    """Goes on with every load that is being read or applied, until none is; returns how many pieces it did."""
    done = 0
    for load_id, phase in _list_unfinished():
        step = read_piece if phase == READING else apply_piece
        done += 1
        while step(load_id):
            done += 1
    return done


def _list_unfinished() -> Sequence[tuple[UUID, str]]:
    staged = CatalogueImport.objects.filter(
        state=ImportState.STAGED, counts__phase__in=(READING, APPLYING)
    ).order_by("created_at")
    return list(staged.values_list("pk", "counts__phase"))


def read_piece(load_id: UUID) -> bool:
    """Stages the next records; True while there are more. A repeat after the end does nothing."""
    with durable():
        load = _lock(load_id)
        if load.state != ImportState.STAGED or load.counts["phase"] != READING:
            return False
        at = int(load.counts["at"])
        planned = load.records.exclude(outcome=ImportOutcome.SKIPPED).values_list("code", flat=True)
        planner = build_planner(load.kind, seen=planned)
        entries = _read_entries(load, at)
        plans = [planner.plan(entry) for entry in entries[:PIECE]]
        ImportedRecord.objects.bulk_create(_row(load, plan) for plan in plans)
        has_more = len(entries) > PIECE
        load.counts = {"phase": READING if has_more else READY, "at": plans[-1].number if plans else at}
        if not has_more:
            if load.kind == ImportKind.FILES:
                refuse_successors(load)
            load.counts |= {"lines": load.counts["at"], **count_outcomes(load)}
            transaction.on_commit(lambda: default_storage.delete(_path(load.pk)))
        load.save(update_fields=["counts"])
        return has_more


def _read_entries(load: CatalogueImport, after: int) -> list[Entry]:
    """The next piece of the stored file, and one more where it goes on; one fault where the file is gone."""
    try:
        with default_storage.open(_path(load.pk), "rb") as file:
            return list(islice(open_entries(load.kind, file, after=after), PIECE + 1))
    except FileNotFoundError:
        return [Entry(after + 1, fault=_("Tệp không còn trên máy chủ. Hãy mang tệp đến lại."))]


def _row(load: CatalogueImport, plan: Plan) -> ImportedRecord:
    document = plan.record.document if plan.does_something else None
    if document is not None and (closing := plan.record.closing):
        closed = {"on": closing.on.isoformat()} | (
            {"successor": closing.successor} if closing.successor else {}
        )
        document = {**document, "closed": closed}
    return ImportedRecord(
        load=load,
        position=plan.number,
        code=plan.code[:64],
        name=plan.record.name,
        outcome=plan.outcome,
        reasons=list(plan.reasons),
        document=document,
    )


def count_outcomes(load: CatalogueImport) -> dict[str, int]:
    """How many records stand under each outcome. One query."""
    counts = {outcome.value: 0 for outcome in ImportOutcome}
    for outcome in load.records.values_list("outcome", flat=True):
        counts[outcome] += 1
    return counts


def choose(actor: Actor, load_id: UUID, *, choice: str, position: int | None = None) -> None:
    """What becomes of a record whose code the province wrote itself; of all of them without a position.

    A repeat is harmless. Raises NotFound, RuleViolation for an unknown choice, Conflict once it is applied.
    """
    require_catalogue_admin(actor)
    if choice not in ImportChoice.values:
        raise RuleViolation(errors={"choice": [_("Hãy chọn một trong hai cách.")]})
    with durable():
        load = _lock_ready(load_id)
        records = load.records.filter(outcome=ImportOutcome.CONFLICT)
        if position is not None:
            records = records.filter(position=position)
        records.update(choice=choice)


def discard_load(actor: Actor, load_id: UUID) -> None:
    """Drops a load that was not applied; nothing was published. A repeat is harmless."""
    require_catalogue_admin(actor)
    with durable():
        load = _lock(load_id)
        if load.state == ImportState.DISCARDED:
            return
        if load.state == ImportState.APPLIED or load.counts["phase"] == APPLYING:
            raise Conflict(message=_("Lần nhập này đã áp dụng nên không bỏ được."))
        load.state = ImportState.DISCARDED
        load.records.all().delete()
        load.save(update_fields=["state"])
        transaction.on_commit(lambda: default_storage.delete(_path(load.pk)))


def apply_load(actor: Actor, load_id: UUID) -> CatalogueImport:
    """Starts writing what was staged, and writes its first piece; `continue_loads` does the rest.

    Files of our own carry levels 3 and 4, so a second catalogue admin applies them: Forbidden `same_person` for who
    brought them. Raises Conflict when the load is not ready, or applied already.
    """
    require_catalogue_admin(actor)
    with durable():
        load = _lock_ready(load_id)
        if load.kind == ImportKind.FILES and load.created_by_id == actor.user_id:
            raise Forbidden(
                code="same_person",
                message=_("Người mang tệp đến không tự áp dụng. Hãy nhờ người quản trị thứ hai."),
            )
        load.applied_by_id = actor.user_id
        load.counts = {**load.counts, "phase": APPLYING, "at": 0}
        load.save(update_fields=["applied_by", "counts"])
        record(
            user_id=actor.user_id,
            action="catalogue.import_applied",
            subject=f"catalogue_import:{load.pk}",
            detail={"file": load.filename, "sha256": load.sha256},
        )
    apply_piece(load_id)
    load.refresh_from_db()
    return load


def apply_piece(load_id: UUID) -> bool:
    """Writes the next records of a load in one transaction; True while there are more."""
    with durable(lock_timeout_ms=30_000):
        load = _lock(load_id)
        if load.state != ImportState.STAGED or load.counts["phase"] != APPLYING:
            return False
        waiting = load.records.filter(outcome__in=_DOING, position__gt=load.counts["at"])
        rows = list(waiting.order_by("position")[:PIECE])
        if not rows:
            _finish(load)
            return False
        _write(load, rows)
        load.counts = {**load.counts, "at": rows[-1].position}
        load.save(update_fields=["counts"])
        return True


def _write(load: CatalogueImport, rows: Sequence[ImportedRecord]) -> None:
    planner = build_planner(load.kind)
    wanted = [row for row in rows if row.outcome != ImportOutcome.CONFLICT or row.choice == ImportChoice.KEEP]
    plans = [planner.decide(row.position, _read(row), planner.known.get(row.code)) for row in wanted]
    by_position = {row.position: row for row in wanted}
    for plan in write_batch(plans, planner, _signature(load)):
        row = by_position[plan.number]
        if row.outcome != plan.outcome:
            row.outcome, row.reasons = plan.outcome, list(plan.reasons)
            row.save(update_fields=["outcome", "reasons"])


def _read(row: ImportedRecord) -> Record:
    document: dict[str, Any] = dict(row.document or {})
    closing = read_closing(document.pop("closed", None))
    return Record(row.code, row.name, document, parse_content(document), closing, reasons=tuple(row.reasons))


def _signature(load: CatalogueImport) -> Signature:
    if load.kind == ImportKind.NATIONAL:
        return NATIONAL
    return Signature(Source.OWN, load.created_by_id, load.applied_by_id, _("Nhập từ tệp danh mục"))


def _finish(load: CatalogueImport) -> None:
    """Closings come last: what replaces a procedure may stand later in the file."""
    for row in load.records.filter(outcome__in=_DOING, document__closed__isnull=False).order_by("position"):
        if row.outcome != ImportOutcome.CONFLICT:
            _close(row)
    load.state, load.applied_at = ImportState.APPLIED, clock.now()
    load.counts = {"phase": READY, "lines": load.counts.get("lines", 0), **count_outcomes(load)}
    load.save(update_fields=["state", "applied_at", "counts"])
    load.records.update(document=None)


def _close(row: ImportedRecord) -> None:
    closing = read_closing((row.document or {}).get("closed"))
    known = list_known([row.code]).get(row.code)
    if closing is None or known is None or known.is_closed_as(closing):
        return
    try:
        with transaction.atomic():
            mark_closed(row.code, successor=closing.successor or None, on=closing.on)
    except PortalError as error:
        row.reasons = [*row.reasons, _("Chưa ghi được việc bãi bỏ: %(why)s") % {"why": error.message}]
        row.save(update_fields=["reasons"])


def _lock(load_id: UUID) -> CatalogueImport:
    found = lock_rows(CatalogueImport.objects.filter(pk=load_id))
    if not found:
        raise NotFound(message=_("Không có lần nhập này."))
    return found[0]


def _lock_ready(load_id: UUID) -> CatalogueImport:
    load = _lock(load_id)
    if load.state != ImportState.STAGED or load.counts["phase"] != READY:
        raise Conflict(message=_("Lần nhập này đang đọc, đã áp dụng hoặc đã bỏ. Hãy tải lại trang."))
    return load
