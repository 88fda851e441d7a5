"""Which way a notice takes, what takes its place, when it waits: tables of pure rules."""

from collections.abc import Mapping
from datetime import datetime

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from portal.core.errors import ExternalServiceError
from portal.notifications.channels.phones import build_phone
from portal.notifications.channels.resting import FAULTS_TO_REST, FIRST_REST_S, Breaker
from portal.notifications.channels.zalo.templates import KINDS, LIMITS, build_parameters
from portal.notifications.checks import check_channels
from portal.notifications.choosing import choose_channels, choose_instead
from portal.notifications.events import NoticeEvent
from portal.notifications.holding import (
    MOST_A_DAY,
    build_day_limit,
    build_hour_limit,
    find_end_of_digest,
    find_end_of_night,
    find_next_hour,
    find_next_morning,
)
from portal.notifications.notice import ContextValue
from tests.notifications.samples import DOSSIER_SAMPLE

ALL = ("email", "inapp", "sms", "zalo")


@pytest.mark.parametrize(
    ("reaching", "off", "asks", "chosen"),
    [
        (ALL, (), False, ("email", "inapp")),
        (ALL, (), True, ("email", "inapp")),
        (("inapp", "sms", "zalo"), (), False, ("inapp", "zalo")),
        (("sms", "zalo"), (), True, ("zalo",)),
        (("sms",), (), True, ("sms",)),
        (("sms",), (), False, ()),
        (ALL, ("email",), False, ("inapp", "zalo")),
        (ALL, ("email", "zalo"), True, ("inapp", "sms")),
        (ALL, ("email", "zalo"), False, ("inapp",)),
        (ALL, ("email", "zalo", "sms", "inapp"), True, ("inapp",)),
        ((), (), True, ()),
    ],
)
def test_the_cheapest_channels_that_reach_are_chosen(
    reaching: tuple[str, ...], off: tuple[str, ...], asks: bool, chosen: tuple[str, ...]
) -> None:
    assert choose_channels(reaching, off=off, asks=asks) == chosen


@pytest.mark.parametrize(
    ("failed", "reaching", "taken", "off", "instead"),
    [
        ("zalo", ALL, ("zalo",), (), "sms"),
        ("zalo", ("email", "zalo"), ("zalo",), (), "email"),
        ("zalo", ALL, ("zalo", "sms"), (), "email"),
        ("zalo", ALL, ("zalo",), ("sms",), "email"),
        ("sms", ALL, ("zalo", "sms"), (), "email"),
        ("sms", ALL, ("email", "sms"), (), ""),
        ("email", ALL, ("email", "inapp"), (), "zalo"),
        ("email", ("email", "sms"), ("email",), (), "sms"),
        ("email", ("email",), ("email",), (), ""),
        ("inapp", ALL, ("inapp",), (), ""),
    ],
)
def test_what_takes_the_place_of_a_channel_that_refused(
    failed: str, reaching: tuple[str, ...], taken: tuple[str, ...], off: tuple[str, ...], instead: str
) -> None:
    assert choose_instead(failed, reaching=reaching, taken=taken, off=off) == instead


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-23T06:59:59+07:00", "2026-11-23T07:00+07:00"),
        ("2026-11-23T07:00:00+07:00", None),
        ("2026-11-23T12:00:00+07:00", None),
        ("2026-11-23T20:59:59+07:00", None),
        ("2026-11-23T21:00:00+07:00", "2026-11-24T07:00+07:00"),
        ("2026-11-23T23:59:59+07:00", "2026-11-24T07:00+07:00"),
        ("2026-11-24T00:00:00+07:00", "2026-11-24T07:00+07:00"),
        ("2026-11-23T14:00:00+00:00", "2026-11-24T07:00+07:00"),
        ("2026-11-23T00:00:00+00:00", None),
        ("2026-12-31T22:30:00+07:00", "2027-01-01T07:00+07:00"),
        ("2027-02-05T21:30:00+07:00", "2027-02-06T07:00+07:00"),  # the eve of Tết Đinh Mùi
        ("2027-02-06T10:00:00+07:00", None),
        ("2028-02-28T23:00:00+07:00", "2028-02-29T07:00+07:00"),
    ],
)
def test_the_night_ends_at_seven(moment: str, until: str | None) -> None:
    expected = datetime.fromisoformat(until) if until else None
    assert find_end_of_night(datetime.fromisoformat(moment)) == expected


@pytest.mark.parametrize(
    ("moment", "hour", "morning", "digest"),
    [
        ("2026-11-23T09:20:00+07:00", "23T10:00", "24T07:00", "24T18:00"),
        ("2026-11-23T17:59:59+07:00", "23T18:00", "24T07:00", "24T18:00"),
        ("2026-11-23T18:00:00+07:00", "23T19:00", "24T07:00", "25T18:00"),
        ("2026-11-23T23:59:00+07:00", "24T00:00", "24T07:00", "25T18:00"),
        ("2026-11-23T18:30:00+00:00", "24T02:00", "25T07:00", "25T18:00"),
    ],
)
def test_until_when_it_waits(moment: str, hour: str, morning: str, digest: str) -> None:
    at = datetime.fromisoformat(moment)
    found = (find_next_hour(at), find_next_morning(at), find_end_of_digest(at))

    assert found == tuple(
        datetime.fromisoformat(f"2026-11-{day}:00+07:00") for day in (hour, morning, digest)
    )


def test_caps_are_of_the_calendar_day_and_the_clock_hour_in_vietnam() -> None:
    late, early = (datetime.fromisoformat(f"2026-11-23T{time}:00+00:00") for time in ("16:59", "17:00"))

    assert MOST_A_DAY["sms"] == 5
    assert build_day_limit("sms", late).purpose != build_day_limit("sms", early).purpose
    assert build_hour_limit("sms", late).purpose != build_hour_limit("sms", early).purpose
    assert build_day_limit("sms", late).purpose != build_day_limit("zalo", late).purpose


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912345678", "84912345678"),
        ("0912 345 678", "84912345678"),
        ("+84912345678", "84912345678"),
        ("0084.912.345.678", "84912345678"),
        ("84912345678", "84912345678"),
        ("(091) 234-5678", "84912345678"),
        ("0292 3820 000", ""),
        ("0612345678", ""),
        ("+1 202 555 0100", ""),
        ("091234567", ""),
        ("09123456789", ""),
        ("0912345678; DROP", ""),
        ("", ""),
    ],
)
def test_numbers_are_84_and_nine_digits_of_a_mobile(typed: str, number: str) -> None:
    assert build_phone(typed) == number


@pytest.mark.parametrize("key", sorted(set(KINDS) - {"code", "amount", "agency_phone", "support_phone"}))
def test_a_long_parameter_is_cut_at_a_word_within_zalos_limit(key: str) -> None:
    (value,) = build_parameters({key: "Phường Ninh Kiều " * 30}).values()

    assert len(value) <= LIMITS[KINDS[key]]
    assert value.endswith("...")
    assert value.removesuffix("...").split()[-1] in {"Phường", "Ninh", "Kiều"}


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ({"code": "H" * 31}, "too_long"),
        ({"amount": "1" * 21}, "too_long"),
        ({"recipient_name": "Trúng thưởng http://x.vn"}, "link"),
    ],
)
def test_parameters_that_would_mislead_are_refused_for_good(
    context: Mapping[str, ContextValue], code: str
) -> None:
    with pytest.raises(ExternalServiceError) as refusal:
        build_parameters(context)

    assert (refusal.value.code, refusal.value.permanent) == (code, True)


def test_only_known_parameters_leave_and_none_is_empty() -> None:
    values = build_parameters({**DOSSIER_SAMPLE, "amount": "", "identity": "079123456789"})

    assert not {"reason", "items", "track_url", "identity", "amount"} & set(values)
    assert all(values.values())


def test_an_event_has_one_of_four_groups() -> None:
    with pytest.raises(ValueError, match="group"):
        NoticeEvent(sample={}, group="news")


def test_a_provider_rests_after_three_faults_in_a_row_and_longer_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1000.0]
    monkeypatch.setattr("portal.notifications.channels.resting.time.monotonic", lambda: now[0])
    breaker = Breaker()
    for _ in range(FAULTS_TO_REST - 1):
        breaker.count(is_fault=True)
    breaker.count(is_fault=False)
    assert not breaker.is_resting()
    for rest_s in (FIRST_REST_S, FIRST_REST_S * 2):
        while not breaker.is_resting():
            breaker.count(is_fault=True)
        now[0] += rest_s - 0.1
        assert breaker.is_resting()
        now[0] += 0.2
        assert not breaker.is_resting()
    breaker.count(is_fault=False)
    breaker.count(is_fault=True)
    assert not breaker.is_resting()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"SMS_KEYS": {"alpha": "a"}}, ["notifications.E001"]),
        ({"SMS_BRANDNAME": "19001022"}, ["notifications.E002"]),
        ({"ZALO_TOKEN": ""}, ["notifications.E003"]),
        ({"SMS_PROVIDERS": {}, "ZALO_URL": "", "SMS_BRANDNAME": "", "ZALO_TOKEN": ""}, []),
    ],
)
def test_a_half_set_up_channel_is_found_when_the_installation_starts(
    settings: Settings, changes: dict[str, object], faults: list[str]
) -> None:
    whole = {
        "SMS_PROVIDERS": {"alpha": "https://a", "beta": "https://b"},
        "SMS_KEYS": {"alpha": "a", "beta": "b"},
        "SMS_BRANDNAME": "MOTCUA",
        "ZALO_URL": "https://z",
        "ZALO_TOKEN": "t",
        "ZALO_TEMPLATES": {"dossier.accepted": "1"},
    }
    for name, value in {**whole, **changes}.items():
        setattr(settings, name, value)

    assert [each.id for each in check_channels(None)] == faults


def test_nothing_is_set_up_unless_the_installation_says_so() -> None:
    assert django_settings.SMS_PROVIDERS == {}
    assert django_settings.ZALO_URL == ""
