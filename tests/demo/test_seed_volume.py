"""seed_volume: as much as asked for, and as sound as if the services had written it."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from dossiers import commands as c
from dossiers.models import Attachment, Dossier, DossierEvent, Filing, StoredFile
from dossiers.selectors import DeskFilter, list_desk
from dossiers.services import acting
from portal.accounts import acting as accounts
from portal.accounts.choices import Door, Role
from portal.accounts.models import Membership
from portal.accounts.selectors import list_officers
from portal.core import clock
from portal.core.models import IdempotencyKey
from portal.demo.seeds.volume import plans
from portal.notifications.models import Delivery, Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
N = 60


def _seed(dossiers: int = N, *options: str) -> None:
    arguments = ["--dossiers", str(dossiers), "--workers", "1", *options]
    call_command("seed_volume", *arguments, stdout=StringIO())


def _volume() -> list[Dossier]:
    """All but the samples of the demo, which were filed under keys of their own."""
    keys = IdempotencyKey.objects.filter(key__startswith="demo:")
    samples = [str(row.response["dossier"]) for row in keys if row.response]
    return list(Dossier.objects.exclude(pk__in=samples))


def test_each_has_its_events_one_file_one_notice() -> None:
    samples = Dossier.objects.count()
    before = (DossierEvent.objects.count(), StoredFile.objects.count(), Message.objects.count())
    waiting = Delivery.objects.filter(status="pending").count()
    _seed()
    after = (DossierEvent.objects.count(), StoredFile.objects.count(), Message.objects.count())
    assert Dossier.objects.count() == samples + N
    assert tuple(b - a for a, b in zip(before, after, strict=True)) == (3 * N, N, N)
    assert Delivery.objects.filter(status="pending").count() == waiting


@pytest.mark.parametrize("events", [3, 4, 10])
def test_a_history_is_as_long_as_asked_for(events: int) -> None:
    _seed(20, "--events", str(events))
    assert {dossier.last_seq for dossier in _volume()} == {events}


def test_it_passes_both_checks() -> None:
    _seed()
    call_command("verify_history", stdout=StringIO())
    call_command("check_integrity", stdout=StringIO())


def test_a_second_volume_is_added_to_the_first() -> None:
    _seed(30)
    first = Dossier.objects.count()
    _seed(30)
    assert Dossier.objects.count() == first + 30
    call_command("check_integrity", stdout=StringIO())


def test_sealed_fields_open_and_are_not_readable() -> None:
    _seed(20)
    dossier = _volume()[0]
    party = dossier.parties.select_related("party").first().party  # type: ignore[union-attr]
    assert party.details["identity"]["number"].startswith("099")
    assert Filing.objects.get(dossier=dossier).answers
    message = Message.objects.get(event_key__startswith=f"dossier:{dossier.pk}:")
    assert message.context["code"] == dossier.code
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM dossiers_party WHERE id = %s", [party.pk])
        assert party.details["identity"]["number"].encode() not in bytes(cursor.fetchone()[0])


def test_officers_find_and_open_them() -> None:
    _seed()
    officer = Membership.objects.select_related("user").get(user__username="tiepnhan")
    actor = accounts.build_officer(officer.user, officer, Door.DESK, None)
    dossier = next(dossier for dossier in _volume() if dossier.agency_id == officer.agency_id)
    found = list_desk(actor, DeskFilter(view="all", query=str(dossier.code)))
    assert [row.pk for row in found.rows] == [dossier.pk]
    client = Client()
    client.force_login(officer.user)
    assert client.get(f"/api/v1/dossiers/{dossier.pk}").status_code == 200


def test_services_work_on_with_them() -> None:
    _seed(300)
    resolved = next(dossier for dossier in _volume() if dossier.status == "resolved")
    (officer, *_others) = list_officers(resolved.agency_id or 0, Role.RECEPTION)
    actor = accounts.build_officer(officer.user, officer, Door.DESK, None)
    command = c.ReturnResult(identity_checked=True)
    done = acting.perform(resolved.pk, command, actor=actor, version=resolved.version)
    assert (done.status, done.last_seq) == ("returned", 4)
    call_command("verify_history", stdout=StringIO())


def test_they_are_spread_over_agencies_states_and_two_years() -> None:
    _seed(400)
    volume = _volume()
    agencies = Counter(dossier.agency_id for dossier in volume)
    assert len(agencies) >= 8
    assert len({dossier.status for dossier in volume}) >= 5
    ages = [(clock.now() - dossier.created_at).days for dossier in volume]
    assert min(ages) <= 90
    assert max(ages) >= 640
    assert all(dossier.sort_at <= clock.now() + timedelta(days=60) for dossier in volume)


def test_every_file_has_a_key_of_its_own() -> None:
    _seed(20)
    keys = {attachment.file.key for attachment in Attachment.objects.select_related("file")}
    assert len(keys) == Attachment.objects.count()


@pytest.mark.parametrize("events", range(3, 12))
def test_every_course_fits_any_length(events: int) -> None:
    for course in plans.COURSES.values():
        fitted = plans.fit(course, events)
        assert len(fitted) == events
        assert fitted[0] == "file"
        assert fitted[-1] == course[-1] or len(course) == 1


@pytest.mark.parametrize("options", [["--dossiers", "0"], ["--dossiers", "5", "--events", "2"]])
def test_impossible_volumes_are_refused(options: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("seed_volume", *options)
