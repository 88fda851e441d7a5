"""Officers and citizens act while agencies are merged: each act happens before or after, never in between."""

from io import StringIO

import pytest
from django.core.management import call_command

from dossiers import commands as c
from dossiers.handover import count_waiting
from dossiers.models import Dossier, DossierAgency
from dossiers.services import acting, merging
from portal.accounts.mergers import plan_merger
from portal.core import clock
from portal.core.errors import Conflict, NotFound
from tests.core.races import race
from tests.factories import dossiers as make
from tests.factories.dossiers import make_desk
from tests.factories.people import SYSTEM, make_agency

pytestmark = pytest.mark.django_db(transaction=True)
SEVERAL = 6


def test_acts_filings_and_two_mergers_at_once_leave_nothing_between() -> None:
    desk = make_desk()
    successor = make_agency()
    dossiers = [make.file_birth(desk) for _ in range(SEVERAL)]

    def merge() -> str:
        merger = plan_merger([desk.agency.code], into=successor.code, on=clock.today())
        merging.merge_agencies(merger, actor=SYSTEM)
        return "merged"

    def accept() -> str:
        told = []
        for dossier in reversed(dossiers):
            try:
                acting.perform(dossier.pk, c.Accept(), actor=desk.reception.actor, version=dossier.version)
                told.append("accepted")
            except (NotFound, Conflict) as refused:
                told.append(refused.code)
        return " ".join(told)

    def file() -> str:
        return str(make.file_birth(desk).code)

    outcomes = race([merge, merge, accept, file])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes

    while merging.hand_over_due().moved_any:
        pass
    assert count_waiting([desk.agency.pk]) == 0
    assert Dossier.objects.filter(agency=successor).count() == SEVERAL + 1
    accepted = str(outcomes[2]).split().count("accepted")
    assert Dossier.objects.filter(status="accepted").count() == accepted
    handling = DossierAgency.objects.filter(until=None, relation="handling", agency=successor)
    assert handling.count() == accepted
    for dossier in Dossier.objects.all():
        assert dossier.events.filter(kind="take_over").count() <= 1
    call_command("verify_history", stdout=StringIO())
