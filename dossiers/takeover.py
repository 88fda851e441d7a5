"""Step: a dossier of merged agencies goes on at their successors. Needs the locked dossier."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers.choices import OPEN_STATUSES
from dossiers.effects import processing
from dossiers.models import Assignment, Step
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.accounts.services.rights import require_site_admin


def take_over(work: Work, successors: Mapping[int, int]) -> bool:
    """Relations, receiving agency and open step go to the successor; whoever holds the step keeps it there.

    `successors`: id of each merged agency -> id of who does its work now. Code, secret and dates stay. The owner
    of an open dossier is told. False, and nothing written, if none of these agencies has it: a repeat is harmless.
    """
    require_site_admin(work.actor)
    before = next((agency for agency, _relation in work.relations if agency in successors), None)
    if before is None or not work.agencies.pass_on(successors, at=work.now):
        return False
    _move_step(work, successors)
    dossier = work.dossier
    if dossier.agency_id is not None and dossier.agency_id in successors:
        before = dossier.agency_id
        dossier.agency = accounts.access_agency(successors[before])
    work.reindex()
    work.record(
        "take_over",
        {"reason": _explain(before, successors[before])},
        notify="dossier.taken_over" if dossier.status in OPEN_STATUSES else None,
    )
    return True


def _move_step(work: Work, successors: Mapping[int, int]) -> None:
    step = Step.objects.filter(dossier=work.dossier, ended_at=None, agency__in=successors).first()
    if step is None:
        return
    step.agency_id = successors[step.agency_id]
    step.save(update_fields=["agency"])
    held = Assignment.objects.filter(step=step, until=None).select_related("membership").first()
    if held is None:
        return
    there = accounts.find_current_membership(held.membership.user_id, step.agency_id)
    if there is not None:
        processing.assign(work, step, there.pk)
    else:
        Assignment.objects.filter(pk=held.pk).update(until=work.now)


def _explain(old_id: int, new_id: int) -> str:
    names = {"old": accounts.access_agency(old_id).name, "new": accounts.access_agency(new_id).name}
    with translation.override("vi"):
        return _("%(old)s đã sáp nhập vào %(new)s.") % names
