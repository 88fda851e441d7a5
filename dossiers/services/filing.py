"""Filing through any door: a citizen's draft, the API in one call, paper over the counter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import chain, transitions
from dossiers import commands as c
from dossiers.choices import Channel, PartyRole, Status
from dossiers.claims import claim_files
from dossiers.models import Attachment, Dossier, Draft
from dossiers.persons import submitter_of
from dossiers.preparing import Handed, prepare
from dossiers.work import UseCase, Work, use_case, write_dossier
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.core import clock, idempotency, ids
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.core.jsontypes import Json
from procedures import selectors as catalogue

if TYPE_CHECKING:
    from procedures.models import ProcedureVersion


def submit_draft(dossier_id: UUID, *, actor: Actor, row_version: int) -> Dossier:
    """File a citizen's draft: code, events, fees and notice in one durable transaction.

    A repeat (double click, Back, two tabs) finds the dossier filed and returns it unchanged. Raises NotFound,
    Conflict `draft_changed` when the draft is not the one that was shown, RuleViolation `incomplete`.
    """
    with write_dossier(dossier_id, actor=actor) as work:
        dossier = work.dossier
        if dossier.filed_by_id != actor.user_id:
            raise NotFound
        if dossier.status == Status.DRAFT:
            _submit(work, row_version)
    return dossier


def _submit(work: Work, row_version: int) -> None:
    dossier = work.dossier
    draft = Draft.objects.get(dossier=dossier)
    if draft.row_version != row_version:
        raise Conflict("draft_changed", _("Bản nháp vừa thay đổi ở cửa sổ khác. Mời bạn xem lại rồi nộp."))
    require_open(dossier.procedure_version)
    handed = Handed(
        dossier.case_key, dossier.channel, draft.answers, list_manifest(dossier), (submitter_of(dossier),)
    )
    transitions.apply(work, c.Submit(prepare(work.content, handed, on=clock.today())))


def file_dossier(request: c.FilingRequest, *, actor: Actor, key: str, body: Json) -> Dossier:
    """File in one call. `key` is the Idempotency-Key, `body` what it was sent with.

    A repeat with the same key and body returns the dossier of the first; another body raises RuleViolation
    `idempotency_key_reused`. Raises RuleViolation, Forbidden, NotFound as the steps do.
    """
    user_key = f"user:{actor.user_id}"
    with use_case(actor) as case:
        dossier_id = ids.uuid7()
        digest = hashlib.sha256(chain.canonical(body)).hexdigest()
        known = idempotency.claim(user_key, key, digest, response={"dossier": str(dossier_id)})
        if known is not None:
            return Dossier.objects.get(pk=str(known["dossier"]))
        work = begin(case, request, dossier_id=dossier_id)
        file_first(work, request)
    return work.dossier


def begin(case: UseCase, request: c.FilingRequest, *, dossier_id: UUID | None = None) -> Work:
    """Step: a new dossier, not yet filed; its row is written at the end. Raises NotFound, RuleViolation."""
    version = catalogue.current_version(request.procedure_code)
    require_open(version)
    channel = Channel(request.channel)
    dossier = new_row(version, case.actor, request.case_key, request.agency_code, channel)
    dossier.pk, dossier.procedure = dossier_id or dossier.pk, version.procedure
    return case.create(dossier)


def new_row(
    version: ProcedureVersion, actor: Actor, case_key: str, agency_code: str, channel: Channel
) -> Dossier:
    """An unsaved dossier pinned to a version; filed by the citizen's account, or by nobody's at the desk.

    Raises RuleViolation on `agency` when that agency does not perform the procedure.
    """
    agency = accounts.get_agency_now(agency_code) if agency_code else None
    if agency is not None and not catalogue.performs(agency, catalogue.get_content(version.pk)):
        message = _("Cơ quan này không giải quyết thủ tục đã chọn. Hãy chọn cơ quan khác.")
        raise RuleViolation("agency_does_not_perform", message, errors={"agency": [message]})
    moment = clock.now()
    return Dossier(
        procedure_id=version.procedure_id,
        procedure_version=version,
        case_key=case_key,
        channel=channel,
        agency=agency,
        filed_by_id=actor.user_id if channel == Channel.ONLINE else None,
        created_at=moment,
        sort_at=moment,
    )


def require_open(version: ProcedureVersion) -> None:
    """Filing on a closed procedure is refused, with its successor named."""
    procedure = version.procedure
    if procedure.is_closed:
        successor = procedure.successor
        message = _("Thủ tục này không còn thực hiện nữa.")
        if successor is not None:
            message += " " + _("Mời bạn dùng thủ tục “%(name)s”.") % {"name": successor.name}
        raise RuleViolation("procedure_closed", message, successor=successor.code if successor else None)


def file_first(work: Work, request: c.FilingRequest) -> None:
    """Step: prepare what was handed in and submit (online) or receive (desk, post) it."""
    manifest = attach(work, request.uploads)
    parties = request.parties
    if request.channel == Channel.ONLINE:
        parties = (submitter_of(work.dossier), *(p for p in parties if p.role != PartyRole.SUBMITTER))
    handed = Handed(request.case_key, request.channel, request.answers, manifest, parties)
    filing = prepare(work.content, handed, on=clock.today())
    if request.channel == Channel.ONLINE:
        transitions.apply(work, c.Submit(filing))
    else:
        transitions.apply(work, c.Receive(filing, request.papers))


def attach(work: Work, uploads: Iterable[tuple[str, UUID]]) -> tuple[c.ManifestEntry, ...]:
    """Step: use uploaded files for required papers.

    Raises RuleViolation (unknown paper, one file named twice), NotFound (file).
    """
    pairs = list(uploads)
    _check_papers(work, pairs)
    files = claim_files((file_id for _requirement, file_id in pairs), actor=work.actor)
    rows = [
        Attachment(dossier=work.dossier, requirement=requirement, file=files[file_id], added_at=work.now)
        for requirement, file_id in pairs
    ]
    Attachment.objects.bulk_create(rows)
    return tuple(_entry(row) for row in rows)


def _check_papers(work: Work, pairs: Sequence[tuple[str, UUID]]) -> None:
    known = {item.key for item in work.content.requirements_for(work.dossier.case_key or None)}
    for requirement, _file in pairs:
        if requirement not in known:
            message = _("Giấy tờ này không thuộc trường hợp đã chọn.")
            raise RuleViolation("unknown_requirement", message, errors={requirement: [message]})
    if len({file_id for _requirement, file_id in pairs}) < len(pairs):
        message = _("Mỗi tệp chỉ dùng cho một giấy tờ. Hãy gửi lại tệp nếu cần dùng hai lần.")
        raise RuleViolation("upload_used_twice", message, errors={"attachments": [message]})


def list_manifest(dossier: Dossier) -> tuple[c.ManifestEntry, ...]:
    """The files attached now, as a filing will name them."""
    rows = Attachment.objects.filter(dossier=dossier, removed_at=None).select_related("file")
    return tuple(_entry(row) for row in rows.order_by("added_at", "pk"))


def _entry(row: Attachment) -> c.ManifestEntry:
    stored = row.file
    return c.ManifestEntry(row.pk, row.requirement, stored.name, stored.size, bytes(stored.sha256).hex())
