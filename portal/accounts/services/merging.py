"""Merging agencies: closing them into a successor, and moving their people and the units below them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.accounts.actor import Actor
from portal.accounts.mergers import Merger, check_merger
from portal.accounts.models import Agency, Membership
from portal.accounts.services.agencies import build_path, move_subtree
from portal.accounts.services.memberships import clean_roles, has_ended
from portal.accounts.services.rights import leave_trail, require_site_admin
from portal.core import clock
from portal.core.locking import durable, lock_rows


def close_into_successor(merger: Merger, *, actor: Actor) -> Merger:
    """The sources work until the day before `merger.on` and name the target as their successor.

    Moves nobody and nothing: `hand_over_agency` does, once the day has come. Locks all agencies of the merger.
    Raises Forbidden, RuleViolation. A repeat is harmless; one with another day changes the day.
    """
    require_site_admin(actor)
    with durable():
        wanted = [merger.target.pk, *(source.pk for source in merger.sources)]
        rows = {row.pk: row for row in lock_rows(Agency.objects.filter(pk__in=wanted))}
        locked = Merger(
            tuple(rows[source.pk] for source in merger.sources), rows[merger.target.pk], merger.on
        )
        check_merger(locked)
        for source in locked.sources:
            source.valid_until = locked.last_day_of(source)
            source.save(update_fields=["valid_until"])
            locked.target.predecessors.add(source)
            leave_trail(
                actor,
                "agency.merged",
                f"agency:{source.pk}",
                into=locked.target.code,
                last_day=source.valid_until.isoformat(),
            )
    return locked


def hand_over_agency(source: Agency, target: Agency, *, actor: Actor) -> int:
    """Everybody of a merged agency goes on at its successor, and the units below it hang there; how many people.

    Who works at both keeps one membership with the roles of both. Locks both agencies, the units below, then
    the memberships. A repeat moves whoever came in meanwhile.
    """
    require_site_admin(actor)
    with durable():
        agencies = lock_rows(_lockable(source, target))
        (new,) = (row for row in agencies if row.pk == target.pk)
        _rehang((row for row in agencies if row.parent_id == source.pk), new)
        moment = clock.now()
        rows = lock_rows(Membership.objects.filter(_still_open(moment), agency__in=[source, target]))
        there = {row.user_id: row for row in rows if row.agency_id == target.pk}
        moving = [row for row in rows if row.agency_id == source.pk]
        for row in moving:
            _move(row, target, there.get(row.user_id), moment)
        if moving:
            leave_trail(
                actor, "agency.people_moved", f"agency:{source.pk}", into=target.code, people=len(moving)
            )
    return len(moving)


def _lockable(source: Agency, target: Agency) -> QuerySet[Agency]:
    return Agency.objects.filter(Q(pk__in=[source.pk, target.pk]) | Q(parent=source))


def _still_open(moment: datetime) -> Q:
    return Q(until__isnull=True) | Q(until__gt=moment)


def _rehang(units: Iterable[Agency], target: Agency) -> None:
    """Units that went before the merger itself stay where they were."""
    for unit in units:
        if unit.valid_until is None:
            unit.parent = target
            unit.save(update_fields=["parent"])
            move_subtree(unit, build_path(unit, target))


def _move(row: Membership, target: Agency, there: Membership | None, moment: datetime) -> None:
    until, row.until = row.until, max(moment, row.since)
    row.save(update_fields=["until"])
    if there is not None and not has_ended(there):
        there.roles = clean_roles([*there.roles, *row.roles])
        there.until = None if until is None or there.until is None else max(until, there.until)
        there.save(update_fields=["roles", "until"])
        return
    Membership.objects.create(
        user_id=row.user_id,
        agency=target,
        roles=row.roles,
        title=row.title,
        signs_for=row.signs_for,
        since=row.until,
        until=until,
    )
