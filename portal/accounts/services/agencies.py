"""The tree of agencies: founded, moved, renumbered, closed, merged."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import Agency, AgencyCode, Calendar
from portal.accounts.services.rights import leave_trail, require_site_admin
from portal.core.errors import Conflict, RuleViolation
from portal.core.locking import durable, lock_rows


def create_agency(
    *,
    code: str,
    name: str,
    kind: str,
    calendar: Calendar,
    valid_from: date,
    actor: Actor,
    parent: Agency | None = None,
    valid_until: date | None = None,
    address: str = "",
    phone: str = "",
    predecessors: Iterable[Agency] = (),
) -> Agency:
    """A new node of the tree with its national code.

    `predecessors` are the agencies whose work it takes over; their codes keep leading here.
    Raises Forbidden, Conflict (the code is or was another agency's).
    """
    require_site_admin(actor)
    agency = Agency(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        calendar=calendar,
        valid_from=valid_from,
        valid_until=valid_until,
        address=address,
        phone=phone,
    )
    with durable():
        _insert(agency)
        agency.predecessors.set(predecessors)
        leave_trail(actor, "agency.created", f"agency:{agency.pk}", code=code, name=name)
    return agency


def change_agency(
    agency: Agency,
    *,
    name: str,
    kind: str,
    parent: Agency | None,
    calendar: Calendar,
    address: str,
    phone: str,
    actor: Actor,
) -> Agency:
    """Correct an agency or hang it elsewhere; the paths of all units below follow in the same transaction.

    Raises Forbidden, RuleViolation (below itself). Locks the agency. A repeat is harmless.
    """
    require_site_admin(actor)
    with durable():
        locked = _lock(agency)
        if parent is not None and parent.path.startswith(locked.path):
            raise RuleViolation("agency_below_itself", _("Một cơ quan không thể nằm dưới chính nó."))
        locked.name, locked.kind, locked.parent, locked.calendar = name, kind, parent, calendar
        locked.address, locked.phone = address, phone
        locked.save(update_fields=["name", "kind", "parent", "calendar", "address", "phone"])
        move_subtree(locked, build_path(locked, parent))
        leave_trail(actor, "agency.changed", f"agency:{agency.pk}", name=name, kind=kind)
    locked.refresh_from_db()
    return locked


def change_agency_code(agency: Agency, *, code: str, on: date, actor: Actor) -> Agency:
    """Give the agency another national code from that day; the old one keeps leading to it.

    Raises Forbidden, Conflict (the code is or was another agency's). A repeat is harmless.
    """
    require_site_admin(actor)
    with durable():
        locked = _lock(agency)
        if locked.code != code:
            locked.codes.filter(valid_until__isnull=True).update(valid_until=on - timedelta(days=1))
            _insert_code(locked, code, on)
            locked.code = code
            locked.save(update_fields=["code"])
            leave_trail(actor, "agency.renumbered", f"agency:{agency.pk}", code=code, before=agency.code)
    return locked


def close_agency(agency: Agency, *, last_day: date, actor: Actor) -> Agency:
    """The agency works until the end of that day. Its officers lose their rights there the day after.

    Raises Forbidden, RuleViolation (before its first day). A repeat is harmless.
    """
    require_site_admin(actor)
    with durable():
        locked = _lock(agency)
        if last_day < locked.valid_from:
            raise RuleViolation("agency_validity", _("Ngày kết thúc phải sau ngày bắt đầu."))
        locked.valid_until = last_day
        locked.save(update_fields=["valid_until"])
        leave_trail(actor, "agency.closed", f"agency:{agency.pk}", last_day=last_day.isoformat())
    return locked


def set_predecessors(agency: Agency, predecessors: Iterable[Agency], *, actor: Actor) -> None:
    """Whose work this agency has taken over. Raises Forbidden. A repeat is harmless."""
    require_site_admin(actor)
    rows = list(predecessors)
    with durable():
        _lock(agency)
        agency.predecessors.set(rows)
        leave_trail(actor, "agency.predecessors", f"agency:{agency.pk}", codes=[row.code for row in rows])


def _lock(agency: Agency) -> Agency:
    (locked,) = lock_rows(Agency.objects.filter(pk=agency.pk))
    return locked


def _insert(agency: Agency) -> None:
    try:
        with transaction.atomic():
            agency.save(force_insert=True)
    except IntegrityError as error:
        raise _code_taken() from error
    agency.path = build_path(agency, agency.parent)
    agency.save(update_fields=["path"])
    _insert_code(agency, agency.code, agency.valid_from)


def _insert_code(agency: Agency, code: str, valid_from: date) -> None:
    try:
        with transaction.atomic():
            AgencyCode.objects.create(agency=agency, code=code, valid_from=valid_from)
    except IntegrityError as error:
        raise _code_taken() from error


def _code_taken() -> Conflict:
    return Conflict("agency_code_taken", _("Mã định danh này đang hoặc đã thuộc một cơ quan khác."))


def build_path(agency: Agency, parent: Agency | None) -> str:
    return f"{parent.path if parent else '/'}{agency.pk}/"


def move_subtree(agency: Agency, path: str) -> None:
    if path == agency.path:
        return
    below = Agency.objects.filter(path__startswith=agency.path)
    below.update(path=Concat(Value(path), Substr(F("path"), len(agency.path) + 1)))
