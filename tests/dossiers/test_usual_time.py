"""How long a procedure usually takes: from enough dossiers of the last year, in days as the law counts them."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from dossiers.choices import Channel, Status
from dossiers.models import Dossier
from dossiers.templatetags.usual_time import describe_usual_time
from dossiers.usual_time import MOST_DOSSIERS, UsualTime, _find, find_usual_time
from procedures.models import Procedure
from tests.factories.catalogue import import_catalogue
from tests.factories.people import make_places

pytestmark = pytest.mark.django_db
# A Wednesday; 2 September is the National Day.
NOW = datetime(2026, 9, 16, 3, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture
def procedure() -> Procedure:
    _find.cache_clear()
    return import_catalogue("1.001193")["1.001193"]


def _resolve(procedure: Procedure, received: datetime, days: list[int], *, agency_id: int) -> None:
    """Rows as they stand after the result: walking twenty dossiers through the office takes too long here."""
    Dossier.objects.bulk_create(
        Dossier(
            code=f"H99.01-{received:%y%m%d}-{next(_numbers):04d}", status=Status.RESOLVED, procedure=procedure,
            procedure_version_id=procedure.current_id or 0, channel=Channel.ONLINE, agency_id=agency_id,
            created_at=received, submitted_at=received, received_at=received, sort_at=received,
            resolved_at=received + timedelta(days=each),
        )
        for each in days
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received_on", "days", "expected"),
    [
        (7, [1] * 10 + [2] * 8 + [3] * 2, (1, 2)),  # Monday
        (7, [0] * 20, (0, 0)),
        (4, [3] * 20, (1, 1)),  # Friday to Monday is one working day
        (1, [1] * 20, (0, 0)),  # the day after is a holiday
        (7, [1] * 18 + [4] * 2, (1, 1)),
        (7, [1] * 17 + [4] * 3, (1, 4)),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_it_counts_working_days(
    procedure: Procedure, received_on: int, days: list[int], expected: tuple[int, int]
) -> None:
    places = make_places()
    received = datetime(2026, 9, received_on, 3, tzinfo=UTC)
    _resolve(procedure, received, days, agency_id=places.commune.pk)
    usual = find_usual_time(procedure.pk)
    assert usual is not None
    assert (usual.median, usual.nearly_all) == expected
    assert (usual.count, usual.in_working_days) == (20, True)


@time_machine.travel(NOW, tick=False)
def test_it_says_nothing_with_little_history_old_history_or_in_training(
    procedure: Procedure, settings: Settings
) -> None:
    agency = make_places().commune.pk
    _resolve(procedure, NOW - timedelta(days=9), [1] * 19, agency_id=agency)
    _resolve(procedure, NOW - timedelta(days=400), [1] * 30, agency_id=agency)
    assert find_usual_time(procedure.pk) is None
    _find.cache_clear()
    _resolve(procedure, NOW - timedelta(days=9), [1], agency_id=agency)
    assert find_usual_time(procedure.pk) is not None
    settings.TRAINING = True
    assert find_usual_time(procedure.pk) is None


@time_machine.travel(NOW, tick=False)
def test_it_looks_at_the_latest_ones_once_a_day(
    procedure: Procedure, django_assert_num_queries: object
) -> None:
    agency = make_places().commune.pk
    _resolve(procedure, NOW - timedelta(days=60), [40] * 50, agency_id=agency)
    _resolve(procedure, NOW - timedelta(days=9), [1] * MOST_DOSSIERS, agency_id=agency)
    usual = find_usual_time(procedure.pk)
    assert usual is not None
    assert (usual.count, usual.nearly_all) == (MOST_DOSSIERS, 1)
    with django_assert_num_queries(0):  # type: ignore[operator]
        find_usual_time(procedure.pk)


@time_machine.travel(NOW, tick=False)
def test_days_are_plain_where_the_calendar_does_not_reach(procedure: Procedure) -> None:
    agency = make_places().commune
    calendar = agency.calendar
    calendar.known_from = NOW.date() - timedelta(days=2)
    calendar.revision += 1
    calendar.save()
    _resolve(procedure, datetime(2026, 9, 4, 3, tzinfo=UTC), [3] * 20, agency_id=agency.pk)
    usual = find_usual_time(procedure.pk)
    assert usual == UsualTime(3, 3, 20, in_working_days=False)


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        (
            UsualTime(2, 3, 120, in_working_days=True),
            "Thường xong trong 2 ngày làm việc (90 % trong 3), theo 120 hồ sơ 12 tháng qua.",
        ),
        (
            UsualTime(2, 2, 40, in_working_days=True),
            "Thường xong trong 2 ngày làm việc, theo 40 hồ sơ 12 tháng qua.",
        ),
        (UsualTime(0, 0, 20, in_working_days=True), "Thường xong trong ngày, theo 20 hồ sơ 12 tháng qua."),
        (
            UsualTime(0, 1, 20, in_working_days=False),
            "Thường xong trong ngày (90 % trong 1 ngày), theo 20 hồ sơ 12 tháng qua.",
        ),
    ],
)
def test_it_is_said_in_one_sentence(usual: UsualTime, words: str) -> None:
    assert describe_usual_time(usual) == words


@time_machine.travel(NOW, tick=False)
def test_the_page_shows_it_beside_the_legal_time(procedure: Procedure, client: Client) -> None:
    agency = make_places().commune.pk
    _resolve(procedure, NOW - timedelta(days=9), [1] * 20, agency_id=agency)
    page = client.get("/procedures/1.001193/").content.decode()
    assert "Trong ngày" in page
    assert "Thường xong trong 1 ngày làm việc, theo 20 hồ sơ 12 tháng qua." in page
