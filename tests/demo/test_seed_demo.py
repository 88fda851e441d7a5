"""seed_demo: the people everybody may try, and no change on a second run."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection
from django.test import Client

from dossiers.choices import OPEN_STATUSES, Status
from dossiers.models import Dossier, DossierEvent
from portal.accounts.choices import IdentityLevel
from portal.accounts.models import Agency, Membership, User
from portal.core import clock
from portal.demo.seeds.codes import COMMUNE, OTHER_COMMUNE, PROVINCE, SMALL_COMMUNE
from portal.notifications.models import Message
from procedures.models import ProcedureVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

OFFICERS = {
    "tiepnhan": (COMMUNE, ["reception"]),
    "tiepnhan2": (OTHER_COMMUNE, ["reception"]),
    "truongtt": (COMMUNE, ["desk_head"]),
    "thuly": (COMMUNE, ["case_officer"]),
    "pheduyet": (COMMUNE, ["approver"]),
    "lanhdao": (PROVINCE, ["leader"]),
    "quantri-tthc": (PROVINCE, ["catalogue_admin"]),
    "quantri-tthc2": (PROVINCE, ["catalogue_admin"]),
    "quantri": (PROVINCE, ["site_admin"]),
}
CITIZENS = ("congdan1", "congdan2", "doanhnghiep1")


def _seed() -> None:
    call_command("seed_demo", stdout=StringIO())


def _rows() -> dict[str, str]:
    """A digest of every table that a demo fills."""
    models = (Agency, User, Membership, ProcedureVersion, Dossier, DossierEvent, Message)
    digests = {}
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in models):
            cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} t")
            digests[table] = cursor.fetchone()[0]
    return digests


def test_everybody_of_the_contract_can_sign_in() -> None:
    for username in (*CITIZENS, *OFFICERS):
        assert authenticate(username=username, password="motcua-demo"), username


def test_the_sign_in_page_takes_them() -> None:
    answer = Client().post("/accounts/login/", {"login": "congdan1", "password": "motcua-demo"})
    assert answer.status_code == 302


def test_officers_work_where_the_contract_says() -> None:
    for username, (agency, roles) in OFFICERS.items():
        membership = Membership.objects.select_related("agency").get(user__username=username)
        assert (membership.agency.code, membership.roles) == (agency, roles), username


def test_citizens_are_verified_and_get_mail() -> None:
    for username in CITIZENS:
        user = User.objects.get(username=username)
        assert user.identity_level == IdentityLevel.VERIFIED
        assert user.email == f"{username}@dan.example"
        assert user.national_id
        assert Message.objects.filter(user_id=user.pk).exists()


def test_the_desk_has_work_in_several_states() -> None:
    statuses = set(Dossier.objects.values_list("status", flat=True))
    assert statuses == set(Status) - {Status.DRAFT}
    assert Dossier.objects.filter(agency__code=OTHER_COMMUNE).exists()
    assert Dossier.objects.filter(agency__code=SMALL_COMMUNE).exists()
    call_command("verify_history", stdout=StringIO())


def test_some_dossiers_are_old_late_or_sent_on() -> None:
    """Whatever the day of the demo: late with and without an apology, not collected, redirected."""
    now, open_ones = clock.now(), Dossier.objects.filter(status__in=OPEN_STATUSES)
    late = open_ones.filter(due_at__lt=now, resolved_at=None)
    assert late.filter(rescheduled_from=None).exists()
    assert late.filter(rescheduled_from__isnull=False).exists()
    assert open_ones.filter(due_at__gt=now, rescheduled_from__isnull=False).exists()
    assert open_ones.filter(check_by__lt=now).exists()
    assert open_ones.filter(resolved_at__lt=now - timedelta(days=50)).exists()
    assert DossierEvent.objects.filter(kind="redirect", dossier__agency__code=OTHER_COMMUNE).exists()
    assert not DossierEvent.objects.filter(at__gt=now).exists()


def test_a_second_run_changes_nothing() -> None:
    before = _rows()
    _seed()
    assert _rows() == before


def test_what_people_did_since_stays_done() -> None:
    User.objects.filter(username="congdan1").update(full_name="Đã Đổi Tên")
    Dossier.objects.filter(status="submitted").update(owner_name="Đã Sửa")
    before = _rows()
    _seed()
    assert _rows() == before


def test_agencies_merged_since_stay_merged() -> None:
    call_command("merge_agencies", SMALL_COMMUNE, "--into", OTHER_COMMUNE, stdout=StringIO())
    before = _rows()
    _seed()
    assert _rows() == before
