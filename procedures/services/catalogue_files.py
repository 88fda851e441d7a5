"""The catalogue as readable files, one per procedure: the document, and `closed` where it is closed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from portal.core.locking import durable
from procedures.choices import ProcedureStatus, Source
from procedures.content import parse_content
from procedures.documents import document_sha256, readable_text
from procedures.loading.archives import write_archive
from procedures.loading.planning import Closing
from procedures.loading.shapes import read_closing
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.services.closing import mark_closed
from procedures.services.drafts import write_draft
from procedures.services.publishing import publish_document

Document = dict[str, Any]


@dataclass
class FileReport:
    """Codes by what happened to them; `skipped` holds the reason."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CatalogueFile:
    document: Document
    closed: Closing | None

    @property
    def code(self) -> str:
        return str(self.document.get("code", ""))


def read_catalogue_file(path: Path) -> CatalogueFile:
    """Raises RuleViolation when the file is not a JSON object or its document is not valid."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RuleViolation(
            code="invalid_file", message=_("Tệp %(name)s không phải JSON.") % {"name": path.name}
        ) from error
    if not isinstance(document, dict):
        raise RuleViolation(
            code="invalid_file", message=_("Tệp %(name)s không phải một thủ tục.") % {"name": path.name}
        )
    closed = read_closing(document.pop("closed", None))
    parse_content(document)
    return CatalogueFile(document, closed)


def import_catalogue(directory: Path) -> FileReport:
    """Publishes each file that differs from what is published; a second run changes nothing.

    A code whose current version people published here is kept, open or closed as they left it, and the file
    becomes its draft (`kept_here`). All files are read before the first is written; each is published in its
    own transaction.
    Raises RuleViolation naming the faulty file; then nothing was changed.
    """
    files = [_read_named(path) for path in sorted(directory.glob("*.json"))]
    _check_successors(files)
    report = FileReport()
    for file in files:
        with durable():
            _import_file(file, report)
    for file in files:
        if (
            file.closed is not None
            and file.code not in report.skipped
            and not _is_closed(file.code, file.closed)
        ):
            with durable():
                mark_closed(file.code, successor=file.closed.successor or None, on=file.closed.on)
    return report


def _check_successors(files: Sequence[CatalogueFile]) -> None:
    """What replaces a closed procedure is open: in these files, or here already."""
    named = {file.code: file.closed for file in files}
    for file in files:
        wanted = file.closed.successor if file.closed else ""
        if not wanted or (wanted in named and named[wanted] is None):
            continue
        if wanted in named or not Procedure.objects.filter(code=wanted, status=ProcedureStatus.OPEN).exists():
            raise RuleViolation(
                code="bad_successor",
                message=_("Tệp %(name)s: thủ tục thay thế %(code)s không có hoặc đã bãi bỏ.")
                % {"name": f"{file.code}.json", "code": wanted},
            )


def _is_closed(code: str, closing: Closing) -> bool:
    """Already so: then the catalogue's token stays, and with it every kept page."""
    return Procedure.objects.filter(
        code=code,
        status=ProcedureStatus.CLOSED,
        closed_on=closing.on,
        successor__code=closing.successor or None,
    ).exists()


def _read_named(path: Path) -> CatalogueFile:
    try:
        return read_catalogue_file(path)
    except RuleViolation as error:
        lines = [f"{path.name}: {where}: {' '.join(messages)}" for where, messages in error.errors.items()]
        raise RuleViolation(
            code=error.code, message="\n".join(lines) or f"{path.name}: {error.message}", errors=error.errors
        ) from error


def _import_file(file: CatalogueFile, report: FileReport) -> None:
    sha256 = document_sha256(file.document)
    procedure = Procedure.objects.filter(code=file.code).select_related("current").first()
    if procedure is None:
        publish_document(file.document, source=Source.SYSTEM)
        report.created.append(file.code)
    elif procedure.versions.filter(sha256=sha256).exists():
        report.unchanged.append(file.code)
    elif procedure.source == Source.OWN:
        report.skipped[file.code] = _keep_as_draft(file)
    else:
        publish_document(file.document, source=Source.SYSTEM)
        report.updated.append(file.code)


def _keep_as_draft(file: CatalogueFile) -> str:
    """People's own draft is never overwritten."""
    if not ProcedureDraft.objects.filter(code=file.code).exists():
        write_draft(
            code=file.code, content=file.document, row_version=0, source=Source.SYSTEM, author_id=None
        )
    return "kept_here"


def export_catalogue(directory: Path) -> list[Path]:
    """Writes each procedure's version in force; importing the files elsewhere gives the same files again."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in list_files(_published()):
        path = directory / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def stream_archive(*, which: str, field_key: str = "") -> Iterator[bytes]:
    """The same files as a .zip, piece by piece. `which`: own (and shipped), all, or field with its key."""
    versions = _published()
    if which == "own":
        versions = versions.exclude(procedure__source=Source.NATIONAL)
    elif which == "field":
        versions = versions.filter(procedure__field_key=field_key)
    return write_archive(list_files(versions))


def _published() -> QuerySet[ProcedureVersion]:
    versions = ProcedureVersion.objects.filter(current_of__isnull=False)
    return versions.select_related("procedure__successor").order_by("procedure__code")


def list_files(versions: QuerySet[ProcedureVersion]) -> Iterator[tuple[str, str]]:
    """(name, text) of each version's file."""
    for version in versions.iterator(chunk_size=100):
        yield f"{version.procedure.code}.json", readable_text(_file_document(version))


def _file_document(version: ProcedureVersion) -> Document:
    procedure = version.procedure
    document: Document = version.content
    if not procedure.is_closed:
        return document
    closed = {"on": procedure.closed_on.isoformat()} if procedure.closed_on else {}
    if procedure.successor:
        closed["successor"] = procedure.successor.code
    return {**document, "closed": closed}
