"""What a citizen is still typing: begun, saved page by page, given files, thrown away.

Every page saves only its own answers, so Back, a second tab or another device never takes away what another
page holds. Drafts cause no events: nothing has been asked of the State yet.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from dossiers.choices import Channel, Status
from dossiers.claims import claim_files
from dossiers.models import Attachment, Dossier, Draft, StoredFile
from dossiers.roles import is_owner_side
from dossiers.services.files import store_upload
from dossiers.services.filing import new_row, require_open
from dossiers.suggestions import keep_suggested
from dossiers.work import lock_dossier
from portal.accounts.actor import Actor
from portal.accounts.choices import ActorKind
from portal.core import clock
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.core.jsontypes import Json
from portal.core.locking import durable
from portal.core.text import clean_json
from procedures import selectors as catalogue

MAX_DRAFTS = 50
MAX_FILES = 200
"""Of one dossier: the longest procedure of the country asks for 94 papers, some of several pages."""
_TYPED_IN = frozenset({Status.DRAFT, Status.AWAITING_SUPPLEMENT})


def start_draft(
    procedure_code: str,
    *,
    actor: Actor,
    case_key: str,
    agency_code: str,
    suggested: Mapping[str, Json] | None = None,
) -> Draft:
    """Begin filing. Raises NotFound, RuleViolation (`procedure_closed`, `too_many_drafts`, agency, case).

    `suggested`: answers by question, to be offered and not yet given.
    """
    version = catalogue.current_version(procedure_code)
    require_open(version)
    content = catalogue.get_content(version.pk)
    if not content.takes_online:
        message = _("Thủ tục này chưa nhận hồ sơ qua mạng. Mời bạn nộp tại quầy Một cửa.")
        raise RuleViolation("level_forbids", message)
    dossier = new_row(version, actor, case_key, agency_code, Channel.ONLINE)
    with durable():
        mine = Dossier.objects.filter(filed_by_id=actor.user_id, status=Status.DRAFT)
        if mine[: MAX_DRAFTS + 1].count() >= MAX_DRAFTS:
            raise RuleViolation(
                "too_many_drafts", _("Bạn có quá nhiều bản nháp. Hãy bỏ bớt rồi bắt đầu lại.")
            )
        dossier.save(force_insert=True)
        return Draft.objects.create(
            dossier=dossier, answers=keep_suggested(suggested), updated_at=clock.now()
        )


def suggest_answers(dossier_id: UUID, *, actor: Actor, suggested: Mapping[str, Json]) -> None:
    """Newer suggestions for a draft in which nothing was saved yet; a repeat is harmless. Raises NotFound.

    The draft stays untouched, so the next click on "start" finds it too.
    """
    with durable():
        dossier = lock_dossier(dossier_id)
        _require_typist(dossier, actor)
        draft = Draft.objects.filter(dossier=dossier, row_version=1).first()
        if draft is not None:
            draft.answers = keep_suggested(suggested)
            draft.save(update_fields=["answers"])


@contextmanager
def _locked_draft(dossier_id: UUID, actor: Actor) -> Iterator[Draft]:
    with durable():
        dossier = lock_dossier(dossier_id)
        _require_typist(dossier, actor)
        draft = Draft.objects.filter(dossier=dossier).first()
        if draft is None or dossier.status not in _TYPED_IN:
            raise Conflict("not_a_draft", _("Hồ sơ này đã được nộp nên không sửa được nữa."))
        draft.dossier = dossier
        yield draft
        draft.row_version += 1
        draft.updated_at = clock.now()
        draft.save()


def _require_typist(dossier: Dossier, actor: Actor) -> None:
    """A first filing is typed by the account that began it; a supplement by anybody of the owner's side."""
    own = actor.user_id is not None and dossier.filed_by_id == actor.user_id
    answering = actor.kind == ActorKind.CITIZEN and dossier.status != Status.DRAFT
    if not own and not (answering and is_owner_side(dossier, actor)):
        raise NotFound


def save_page(dossier_id: UUID, *, actor: Actor, page: str, answers: Mapping[str, Json], done: bool) -> Draft:
    """Save the answers of one page as typed; `done` says that the page had nothing left to mend.

    `answers` holds every field of the page; None takes an answer away. Raises NotFound, Conflict.
    """
    with _locked_draft(dossier_id, actor) as draft:
        merged = {**draft.answers, **cast("dict[str, Json]", clean_json(dict(answers)))}
        draft.answers = {key: value for key, value in merged.items() if value is not None}
        others = [key for key in draft.pages_done if key != page]
        draft.pages_done = [*others, page] if done else others
    return draft


def choose_case(dossier_id: UUID, *, actor: Actor, case_key: str, agency_code: str) -> Draft:
    """Change case or agency of a first filing; the answers stay."""
    with _locked_draft(dossier_id, actor) as draft:
        if draft.based_on_id is not None:
            raise Conflict("filed_already", _("Hồ sơ đã nộp nên không đổi trường hợp được."))
        row = new_row(draft.dossier.procedure_version, actor, case_key, agency_code, Channel.ONLINE)
        draft.dossier.case_key, draft.dossier.agency = case_key, row.agency
        draft.dossier.save(update_fields=["case_key", "agency"])
    return draft


def add_file(dossier_id: UUID, *, actor: Actor, requirement: str, upload: "UploadedFile[Any]") -> Attachment:
    """Keep an uploaded file for one paper of the draft. Raises RuleViolation on field `requirement`."""
    stored = store_upload(upload, actor=actor)
    with _locked_draft(dossier_id, actor) as draft:
        dossier = draft.dossier
        content = catalogue.get_content(dossier.procedure_version_id)
        if requirement not in {item.key for item in content.requirements_for(dossier.case_key or None)}:
            message = _("Giấy tờ này không thuộc trường hợp đã chọn.")
            raise RuleViolation("unknown_requirement", message, errors={requirement: [message]})
        if Attachment.objects.filter(dossier=dossier, removed_at=None).count() >= MAX_FILES:
            message = _("Hồ sơ đã có %(most)d tệp. Hãy bỏ bớt, hoặc gộp nhiều trang vào một tệp PDF.")
            message %= {"most": MAX_FILES}
            raise RuleViolation("too_many_files", message, errors={requirement: [message]})
        claim_files([stored.pk], actor=actor)
        return Attachment.objects.create(
            dossier=dossier, requirement=requirement, file=stored, added_at=clock.now()
        )


def remove_file(dossier_id: UUID, *, actor: Actor, attachment_id: UUID) -> None:
    """Take a file off the draft; what an earlier filing holds stays in that filing. A repeat is harmless."""
    with _locked_draft(dossier_id, actor) as draft:
        Attachment.objects.filter(dossier=draft.dossier, pk=attachment_id, removed_at=None).update(
            removed_at=clock.now()
        )


def discard_draft(dossier_id: UUID, *, actor: Actor) -> None:
    """Throw a first draft away, with its row: nothing was filed. Its files go with the abandoned uploads."""
    with durable():
        dossier = lock_dossier(dossier_id)
        if dossier.filed_by_id != actor.user_id or actor.user_id is None:
            raise NotFound
        if dossier.status != Status.DRAFT:
            raise Conflict("not_a_draft", _("Hồ sơ này đã được nộp. Bạn có thể đề nghị rút hồ sơ."))
        files = StoredFile.objects.filter(pk__in=Attachment.objects.filter(dossier=dossier).values("file"))
        files.update(claimed_at=None)
        dossier.delete()


def start_supplement(dossier_id: UUID, *, actor: Actor) -> Draft:
    """The draft that answers an open supplement request, begun from the latest filing. A repeat returns it."""
    with durable():
        dossier = lock_dossier(dossier_id)
        _require_typist(dossier, actor)
        if dossier.status != Status.AWAITING_SUPPLEMENT:
            raise Conflict("illegal_transition", _("Hồ sơ này không chờ bổ sung giấy tờ."))
        draft = Draft.objects.filter(dossier=dossier).first()
        if draft is not None:
            return draft
        filing = dossier.filings.order_by("-revision").first()
        return Draft.objects.create(
            dossier=dossier, based_on=filing, answers=filing.answers if filing else {}, updated_at=clock.now()
        )
