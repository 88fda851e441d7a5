"""Replay before publish: the draft of a procedure over its last dossiers, in a transaction that is rolled back."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers.replay.past import Past, list_past
from dossiers.replay.report import Compared, Report
from dossiers.replay.verdicts import Dues, Verdict, judge
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core.errors import NotFound, RuleViolation
from portal.core.locking import durable
from procedures import selectors as catalogue
from procedures.content import Content, parse_content
from procedures.services.drafts import require_catalogue_admin

if TYPE_CHECKING:
    from portal.accounts.models import Agency
    from procedures.models import ProcedureDraft

SIZES = (50, 200, 500)


def replay_draft(actor: Actor, code: str, *, last: int = SIZES[1]) -> Report:
    """Judge the latest `last` dossiers by the version in force and by the draft; says what would differ.

    Form checks, papers, fees, deadline and the agency are judged as filing judges them, on the day of each
    filing. Nothing is written but who looked (audit); what people answered never leaves here.
    Raises NotFound without a draft, RuleViolation `invalid_content` for one that cannot be read yet or has no
    version to compare with.
    """
    require_catalogue_admin(actor)
    draft = catalogue.access_draft(code)
    after = parse_content(draft.content)
    before, procedure_id = _version_in_force(draft)
    with durable():
        record(user_id=actor.user_id, action="procedure.replayed", subject=code, detail={"last": last})
    with transaction.atomic():
        rows = _compare(list_past(procedure_id, last), before, after)
        transaction.set_rollback(True)
    return Report(rows)


def _version_in_force(draft: "ProcedureDraft") -> tuple[Content, int]:
    try:
        version = catalogue.current_version(draft.code)
    except NotFound as error:
        raise RuleViolation(
            "nothing_in_force", _("Thủ tục này chưa công bố lần nào nên chưa có hồ sơ để thử lại.")
        ) from error
    return catalogue.get_content(version.pk), version.procedure_id


def _compare(pasts: Sequence[Past], before: Content, after: Content) -> tuple[Compared, ...]:
    dues: Dues = {}
    judge_before, judge_after = _judge_by(before, dues), _judge_by(after, dues)
    return tuple(Compared(past.code, judge_before(past), judge_after(past)) for past in pasts)


def _judge_by(content: Content, dues: Dues) -> Callable[[Past], Verdict]:
    """The judge of one document; whether an agency performs it is asked once an agency."""

    @cache
    def performs(agency: "Agency") -> bool:
        return catalogue.performs(agency, content)

    def of(past: Past) -> Verdict:
        calendar = accounts.work_calendar_of(past.agency)
        return judge(content, past, calendar=calendar, is_routed=performs(past.agency), dues=dues)

    return of
