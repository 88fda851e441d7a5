"""Reads of people, agencies, memberships and calendars."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.calendar_files import DayLine, HoursLine, build_work_calendar
from portal.accounts.choices import DayKind, HoursKind, IdentityLevel, Role
from portal.accounts.identity import index_national_id, index_phone, looks_like_national_id
from portal.accounts.models import Agency, AgencyCode, Calendar, Membership, User
from portal.accounts.workcalendar import WorkCalendar
from portal.core import clock
from portal.core.errors import NotFound
from portal.core.text import sort_key


def get_agency(code: str) -> Agency:
    """The agency that has or once had this national code, closed ones too. Raises NotFound."""
    row = AgencyCode.objects.select_related("agency__calendar").filter(code=code).first()
    if row is None:
        raise NotFound("agency_not_found", _("Không có cơ quan mang mã này."))
    return row.agency


def get_agency_now(code: str) -> Agency:
    """The agency that does the work of this code today: after a merger its only successor.

    A code stays valid for ever. Raises NotFound where nobody works under it any more,
    also where an agency was split and the code names no single successor.
    """
    found = find_successor(get_agency(code))
    if found is None:
        raise NotFound("agency_closed", _("Không còn cơ quan nào làm việc dưới mã này."))
    return found


def find_successor(agency: Agency) -> Agency | None:
    """Who does the agency's work today: itself, or its successor over several mergers.

    None where nobody does, or no single agency does because it was split. One query for each merger.
    """
    seen: set[int] = set()
    while not is_open(agency, clock.today()):
        successors = list(agency.successors.all()[:2])
        if len(successors) != 1 or agency.pk in seen:
            return None
        seen.add(agency.pk)
        agency = successors[0]
    return agency


def find_agency(agency_id: int | None) -> Agency | None:
    return Agency.objects.filter(pk=agency_id).first() if agency_id else None


def access_agency(agency_id: int) -> Agency:
    """Agencies are public. Raises NotFound."""
    agency = find_agency(agency_id)
    if agency is None:
        raise NotFound("agency_not_found")
    return agency


def is_open(agency: Agency, on: date) -> bool:
    return agency.valid_from <= on and (agency.valid_until is None or on <= agency.valid_until)


def open_agencies(on: date | None = None) -> QuerySet[Agency]:
    """Agencies at work on a day, today by default."""
    return Agency.objects.filter(_open_on("", on or clock.today()))


def list_agencies(
    kinds: Iterable[str] = (), codes: Iterable[str] = (), under: Agency | None = None
) -> list[Agency]:
    """Agencies at work today, in order of the tree. `kinds` and `codes` add up; none of both means all.

    A code that was merged away, or changed, stands for who does its work now. `under` keeps that agency and
    what is below it. One query, and some more for each code that names no agency at work.
    """
    agencies = open_agencies()
    kinds, codes = list(kinds), list(codes)
    if kinds or codes:
        agencies = agencies.filter(Q(kind__in=kinds) | Q(pk__in=_list_ids_now(codes)))
    if under is not None:
        agencies = agencies.filter(path__startswith=under.path)
    return list(agencies.order_by("path"))


def stands_for(agency: Agency, codes: Iterable[str]) -> bool:
    """Does this agency do today the work of one of these codes?"""
    return agency.pk in _list_ids_now(codes)


def list_codes_under(agency: Agency) -> list[str]:
    """Every national code that the agency, those below it, and those they took over ever had. One query."""
    held = Q(agency__path__startswith=agency.path)
    for way in ("agency__successors", "agency__successors__successors"):
        held |= Q(**{f"{way}__path__startswith": agency.path})
    return sorted(set(AgencyCode.objects.filter(held).values_list("code", flat=True)))


def list_agencies_by_id(agency_ids: Iterable[int]) -> list[Agency]:
    """These agencies, closed ones too, in order of the tree. One query."""
    return list(Agency.objects.filter(pk__in=list(agency_ids)).order_by("path"))


def list_units_below(membership: Membership) -> list[Agency]:
    """The units a leader may look at, the own agency first; nothing for other roles."""
    if Role.LEADER not in membership.roles:
        return []
    return list_agencies(under=membership.agency)


def list_current_memberships(user_id: UUID) -> QuerySet[Membership]:
    """Memberships in force this moment, at agencies at work today, with their agency."""
    moment = clock.now()
    return (
        Membership.objects.select_related("agency")
        .filter(Q(until__isnull=True) | Q(until__gt=moment), user_id=user_id, since__lte=moment)
        .filter(_open_on("agency__", clock.today()))
        .order_by("since", "pk")
    )


def get_membership(membership_id: int) -> Membership:
    """One membership with user and agency, ended ones too. Raises NotFound."""
    membership = Membership.objects.select_related("agency", "user").filter(pk=membership_id).first()
    if membership is None:
        raise NotFound("membership_not_found")
    return membership


def find_current_membership(user_id: UUID, agency_id: int) -> Membership | None:
    """The person's membership at that agency, if one is in force this moment."""
    moment = clock.now()
    rows = Membership.objects.filter(user_id=user_id, agency_id=agency_id, since__lte=moment)
    return rows.filter(Q(until__isnull=True) | Q(until__gt=moment)).first()


def list_officers(agency_id: int, role: Role | str | None = None) -> list[Membership]:
    """Who works at an agency now, by name; only active accounts, only those with the role if one is given."""
    moment = clock.now()
    memberships = Membership.objects.select_related("user", "agency").filter(
        Q(until__isnull=True) | Q(until__gt=moment),
        agency_id=agency_id,
        since__lte=moment,
        user__is_active=True,
    )
    if role is not None:
        memberships = memberships.filter(roles__contains=[str(role)])
    return sorted(memberships, key=lambda membership: sort_key(membership.user.full_name))


def get_user(user_id: UUID) -> User:
    """Raises NotFound."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("user_not_found")
    return user


def clean_login(login: str) -> str:
    """What was typed as a name at sign-in, in the form the names are stored in."""
    cleaned = unicodedata.normalize("NFC", login).strip().lower()
    digits = "".join(cleaned.split())
    return digits if looks_like_national_id(digits) else cleaned


def find_user_by_login(login: str) -> User | None:
    """Whose account this is: by e-mail, by the national ID of a verified account, or by user name.

    Of several unconfirmed accounts with one e-mail the newest; a confirmed one goes before all.
    """
    name = clean_login(login)
    if "@" in name:
        addresses = EmailAddress.objects.filter(email=name).select_related("user")
        address = addresses.order_by("-verified", "-pk").first()
        return address.user if address else None
    if looks_like_national_id(name):
        return find_verified_user(name)
    return User.objects.filter(username=name).first()


def find_verified_user(national_id: str) -> User | None:
    """Whose verified identity this national ID is; numbers that were only typed never count."""
    return User.objects.filter(
        national_id_index=index_national_id(national_id), identity_level=IdentityLevel.VERIFIED
    ).first()


def list_verified_users(identity_indexes: Iterable[bytes]) -> list[User]:
    """The active verified accounts of these identities, by their blind indexes. One query."""
    verified = User.objects.filter(is_active=True, identity_level=IdentityLevel.VERIFIED)
    return list(verified.filter(national_id_index__in=list(identity_indexes)).order_by("pk"))


def list_users_by_phone(phone: str) -> list[User]:
    """Accounts with exactly this phone number, for the desk. Phones are shared: there may be several."""
    return sorted(
        User.objects.filter(phone_index=index_phone(phone)), key=lambda user: sort_key(user.full_name)
    )


def get_work_calendar(agency_id: int) -> WorkCalendar:
    """The working time of an agency as a plain value, kept in memory until its next revision.

    Raises NotFound for an unknown agency. One query when nothing changed.
    """
    row = Calendar.objects.filter(agencies=agency_id).values_list("pk", "revision").first()
    if row is None:
        raise NotFound("agency_not_found")
    return _read_work_calendar(*row)


def work_calendar_of(agency: Agency) -> WorkCalendar:
    """The same of an agency at hand; no query for one that was read with its calendar, as `get_agency` does."""
    return _read_work_calendar(agency.calendar.pk, agency.calendar.revision)


def get_calendar(name: str) -> Calendar:
    """Raises NotFound."""
    calendar = Calendar.objects.filter(name=name).first()
    if calendar is None:
        raise NotFound("calendar_not_found")
    return calendar


@lru_cache(maxsize=64)
def _read_work_calendar(calendar_id: int, _revision: int) -> WorkCalendar:
    calendar = Calendar.objects.get(pk=calendar_id)
    hours = calendar.hours.values_list("weekday", "opens", "closes", "kind")
    days = calendar.days.values_list("day", "kind", "note")
    return build_work_calendar(
        calendar.name,
        calendar.known_from,
        calendar.known_until,
        [HoursLine(weekday, opens, closes, HoursKind(kind)) for weekday, opens, closes, kind in hours],
        [DayLine(day, DayKind(kind), note) for day, kind, note in days],
    )


def _list_ids_now(codes: Iterable[str]) -> set[int]:
    wanted = list(codes)
    if not wanted:
        return set()
    rows = AgencyCode.objects.filter(code__in=wanted).select_related("agency")
    found = (find_successor(row.agency) for row in rows)
    return {agency.pk for agency in found if agency is not None}


def _open_on(prefix: str, day: date) -> Q:
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )
