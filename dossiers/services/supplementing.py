"""Answering a request for what is missing: from a page's draft, in one API call, or on paper at the desk."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dossiers import commands as c
from dossiers import precheck, transitions
from dossiers.models import Dossier, Draft
from dossiers.parties import drafts_beside_form
from dossiers.preparing import Handed, prepare
from dossiers.rights import require_sight
from dossiers.services.filing import attach, list_manifest
from dossiers.work import Work, write_dossier
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.jsontypes import Json


def supplement(
    dossier_id: UUID,
    *,
    actor: Actor,
    version: int | None,
    answers: Mapping[str, Json] | None = None,
    uploads: Sequence[tuple[str, UUID]] = (),
    papers: tuple[c.PaperLine, ...] = (),
) -> Dossier:
    """File a supplement in one call. `answers` None keeps what the draft, or else the last filing, says.

    New uploads are added to the files already there. Raises NotFound, Forbidden, Conflict, RuleViolation.
    """
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        precheck.check_act(work.dossier, "supplement", actor, work.relations, version)
        attach(work, uploads)
        filing = _prepare(work, answers)
        transitions.apply(work, c.Supplement(filing, papers))
    return work.dossier


def _prepare(work: Work, answers: Mapping[str, Json] | None) -> c.PreparedFiling:
    dossier = work.dossier
    if answers is None:
        answers = _answers_so_far(work)
    handed = Handed(
        dossier.case_key,
        dossier.channel,
        answers,
        list_manifest(dossier),
        drafts_beside_form(dossier, work.content.form),
    )
    filed_at = dossier.submitted_at
    return prepare(
        work.content,
        handed,
        on=clock.today(),
        filed_on=clock.to_local(filed_at).date() if filed_at else None,
    )


def _answers_so_far(work: Work) -> Mapping[str, Json]:
    """What the draft says, else the last filing."""
    draft = Draft.objects.filter(dossier=work.dossier).first()
    source = draft or work.filing
    return dict(source.answers) if source else {}
