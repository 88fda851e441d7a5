"""seed_demo on an empty database: on any day, and nowhere but in a demo."""

from datetime import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from dossiers.models import Dossier
from portal.accounts.models import User
from portal.core import clock
from portal.demo.seeds.sample_list import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["2027-02-08 10:00", "2026-11-29 23:30", "2027-01-04 07:05"])
def test_it_can_be_started_on_any_day(day: str) -> None:
    """In the Tết holidays, on a Sunday night, on the first working morning of a year."""
    with time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=clock.VN_TZ)):
        said = StringIO()
        call_command("seed_demo", stdout=StringIO(), stderr=said)
    assert said.getvalue() == ""
    assert Dossier.objects.count() == len(SAMPLES)
    told = StringIO()
    call_command("check_integrity", stdout=told)


def test_it_is_refused_in_production(settings: Settings) -> None:
    settings.DEMO = settings.TEST = False
    for command in (["seed_demo"], ["seed_volume", "--dossiers", "1"]):
        with pytest.raises(CommandError, match="DEMO=1"):
            call_command(*command)
    assert not User.objects.exists()
