"""Merging agencies, the whole of it: close them, move their people, hand their dossiers to the successor.

Closing is one short transaction. What follows is done agency by agency and dossier by dossier, each in a
transaction of its own, by whoever finds it due: the command, the page or the task. So it may be interrupted
anywhere, and a filing or an act that slips in while agencies close is found in the next round.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DatabaseError

from dossiers.choices import Status
from dossiers.handover import list_waiting
from dossiers.takeover import take_over
from dossiers.work import lock_dossier, write_dossier
from portal.accounts import mergers, selectors
from portal.accounts import services as accounts
from portal.accounts.actor import Actor
from portal.accounts.mergers import Merger
from portal.audit.services import record
from portal.core.errors import PortalError
from portal.core.locking import durable

logger = logging.getLogger(__name__)
BATCH = 500


@dataclass
class HandOver:
    """What one round did: people and dossiers moved, and the dossiers that must be tried again, with why."""

    people: int = 0
    dossiers: int = 0
    drafts: int = 0
    failed: dict[UUID, str] = field(default_factory=dict)

    @property
    def moved_any(self) -> bool:
        return bool(self.people or self.dossiers or self.drafts)


def merge_agencies(merger: Merger, *, actor: Actor, limit: int = BATCH) -> HandOver:
    """Close the agencies and, if the day has come, begin to hand over; `limit` dossiers at most.

    Raises Forbidden, RuleViolation. A repeat goes on where the last one stopped.
    """
    accounts.close_into_successor(merger, actor=actor)
    if not merger.is_due:
        return HandOver()
    return hand_over({source.pk: merger.target.pk for source in merger.sources}, limit=limit)


def hand_over_due(limit: int = BATCH) -> HandOver:
    """Hand over what any closed agency with one successor still has. Harmless when there is nothing."""
    return hand_over(mergers.list_due_mergers(), limit=limit)


def hand_over(successors: Mapping[int, int], *, limit: int = BATCH) -> HandOver:
    """`successors`: id of each merged agency -> id of who does its work. People first: they keep their steps."""
    done = HandOver()
    for source in sorted(mergers.list_with_people_or_units(successors)):
        done.people += _hand_over_people(source, successors[source])
    for dossier_id, is_draft in list_waiting(successors, limit):
        _hand_over_one(dossier_id, successors, done, is_draft=is_draft)
    if done.dossiers or done.drafts:
        with durable():
            record(
                user_id=None,
                action="agency.dossiers_moved",
                subject=f"agency:{','.join(str(pk) for pk in sorted(successors))}"[:80],
                detail={"dossiers": done.dossiers, "drafts": done.drafts, "failed": len(done.failed)},
            )
    return done


def _hand_over_people(source_id: int, target_id: int) -> int:
    source, target = selectors.access_agency(source_id), selectors.access_agency(target_id)
    return accounts.hand_over_agency(source, target, actor=Actor.system())


def _hand_over_one(
    dossier_id: UUID, successors: Mapping[int, int], done: HandOver, *, is_draft: bool
) -> None:
    """A dossier that somebody holds right now, or that fails, is left whole for the next round."""
    try:
        if is_draft:
            done.drafts += _move_draft(dossier_id, successors)
            return
        with write_dossier(dossier_id, actor=Actor.system()) as work:
            moved = take_over(work, successors)
    except (PortalError, DatabaseError) as error:
        done.failed[dossier_id] = str(error)
        logger.warning("dossier not handed over", extra={"dossier": str(dossier_id), "error": str(error)})
        return
    done.dossiers += moved


def _move_draft(dossier_id: UUID, successors: Mapping[int, int]) -> bool:
    """What a citizen is still typing is filed with the successor. Drafts have no history."""
    with durable():
        dossier = lock_dossier(dossier_id)
        if dossier.status != Status.DRAFT or dossier.agency_id is None or dossier.agency_id not in successors:
            return False
        dossier.agency_id = successors[dossier.agency_id]
        dossier.save(update_fields=["agency"])
    return True
