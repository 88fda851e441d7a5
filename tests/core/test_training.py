"""Practice and the work of people never meet in one database, and what is practice says so."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django import Settings

from dossiers.numbering import code_series, format_code
from portal.core.counters import Book, get_last_number, next_number
from portal.core.training import refuse_mixed_start, refuse_other_kind

DAY = date(2026, 11, 23)
BOOK = Book("H42.36", "receipt", 2026)


@pytest.fixture
def training(settings: Settings) -> Settings:
    settings.TRAINING = True
    return settings


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Instead of closing the test's own connection."""
    calls: list[bool] = []
    monkeypatch.setattr(connection, "close", lambda: calls.append(True))
    return calls


def test_numbers_of_the_work_are_as_the_law_wants_them() -> None:
    assert format_code("H42.36", DAY, 7) == "H42.36-261123-0007"
    assert code_series("H42.36", DAY) == "dossier:H42.36:261123"
    assert BOOK.series == "book:receipt:H42.36:2026"
    assert BOOK.sign == "H42.36/2026"


@pytest.mark.usefixtures("training")
def test_numbers_of_the_practice_say_so_and_are_counted_apart() -> None:
    assert format_code("H42.36", DAY, 7) == "TH-H42.36-261123-0007"
    assert code_series("H42.36", DAY) == "training:dossier:H42.36:261123"
    assert BOOK.series == "training:book:receipt:H42.36:2026"
    assert BOOK.sign == "TH-H42.36/2026"


@pytest.mark.django_db
def test_practice_takes_no_number_of_the_work(settings: Settings) -> None:
    with transaction.atomic():
        assert [next_number(BOOK.series) for _ in range(2)] == [1, 2]
        settings.TRAINING = True
        assert next_number(BOOK.series) == 1
        settings.TRAINING = False
        assert get_last_number(BOOK.series) == 2


SERIES = ["dossier:H42.36:261123", "book:receipt:H42.36:2026", "book:certification_copies:H42.36:2026"]


@pytest.mark.django_db
@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("trains", [False, True])
def test_a_database_of_the_other_kind_is_refused(
    settings: Settings, closed: list[bool], series: str, trains: bool
) -> None:
    settings.TRAINING = trains
    refuse_other_kind(connection)
    with transaction.atomic():
        next_number(f"training:{series}" if trains else series)

    refuse_other_kind(connection)
    assert not closed
    settings.TRAINING = not trains
    with pytest.raises(ImproperlyConfigured, match=series):
        refuse_other_kind(connection)
    assert closed


@pytest.mark.django_db
def test_other_counters_belong_to_nobody(settings: Settings, closed: list[bool]) -> None:
    with transaction.atomic():
        next_number("desk:7")
    for trains in (False, True):
        settings.TRAINING = trains
        refuse_other_kind(connection)
    assert not closed


@pytest.mark.django_db(transaction=True)
def test_web_and_worker_do_not_start_on_it(settings: Settings) -> None:
    refuse_mixed_start()
    with transaction.atomic():
        next_number(SERIES[0])
    connection.close()
    settings.TRAINING = True

    with pytest.raises(ImproperlyConfigured, match="TRAINING=1, but this database holds real numbers"):
        refuse_mixed_start()
    assert connection.connection is None
    with pytest.raises(ImproperlyConfigured):
        connection.ensure_connection()


@pytest.mark.urls("tests.core.gallery.urls")
@pytest.mark.parametrize("trains", [False, True])
def test_every_page_says_that_it_is_practice(settings: Settings, trains: bool) -> None:
    settings.TRAINING = trains
    page = render_to_string("errors/404.html", request=RequestFactory().get("/"))

    assert ("TẬP HUẤN: hồ sơ, biên lai và sổ ở đây không có giá trị" in page) is trains
    assert ("training-print" in page) is trains
