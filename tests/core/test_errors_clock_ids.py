"""The small things everybody stands on."""

import threading
from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.core import clock, errors
from portal.core.ids import crockford32, uuid7
from portal.core.registry import Registry


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.NotFound(), 404, "not_found"),
        (errors.Forbidden(), 403, "forbidden"),
        (errors.Conflict(), 409, "conflict"),
        (errors.RuleViolation(), 422, "invalid"),
        (errors.RateLimited(retry_after=0), 429, "rate_limited"),
        (errors.LockTimeout(), 503, "lock_timeout"),
        (errors.DatabaseAway(), 503, "unavailable"),
        (errors.SealBroken(), 500, "seal_broken"),
        (errors.ExternalServiceError(permanent=True), 502, "external_service"),
    ],
)
def test_every_error_has_a_status_a_stable_code_and_words(
    error: errors.PortalError, status: int, code: str
) -> None:
    assert (error.http_status, error.code) == (status, code)
    assert error.message.endswith(".")
    assert isinstance(error, errors.PortalError)


def test_an_error_keeps_what_it_was_given() -> None:
    error = errors.RuleViolation("bad", "Sai rồi.", errors={"name": ("Thiếu tên.",)}, successor="1.2")

    assert (error.code, error.message, error.errors) == ("bad", "Sai rồi.", {"name": ["Thiếu tên."]})
    assert error.extra == {"successor": "1.2"}
    assert errors.RateLimited(retry_after=0).retry_after == 1


@time_machine.travel(datetime(2026, 12, 31, 17, 30, tzinfo=UTC), tick=False)
def test_today_is_the_day_in_viet_nam() -> None:
    assert clock.today() == date(2027, 1, 1)
    assert clock.to_local(clock.now()).hour == 0


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        clock.to_local(datetime(2026, 1, 1))  # noqa: DTZ001


def test_identifiers_rise_and_never_repeat_across_threads() -> None:
    made: list[list[str]] = []

    def make() -> None:
        made.append([str(uuid7()) for _ in range(2000)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(batch == sorted(batch) for batch in made)
    assert len({one for batch in made for one in batch}) == 8000
    assert {(uuid7().version, uuid7().variant) for _ in range(3)} == {(7, "specified in RFC 4122")}


def test_identifiers_ride_out_a_clock_set_back_a_little_and_believe_one_set_back_a_lot() -> None:
    with time_machine.travel(datetime(2040, 1, 1, 0, 0, 5, tzinfo=UTC), tick=False):
        ahead = uuid7()
    with time_machine.travel(datetime(2040, 1, 1, 0, 0, 1, tzinfo=UTC), tick=False):
        assert uuid7() > ahead
    with time_machine.travel(datetime(2039, 1, 1, tzinfo=UTC), tick=False):
        assert uuid7() < ahead


@pytest.mark.parametrize(
    ("data", "length", "text"),
    [(b"\x00", 1, "0"), (b"\xff" * 5, 8, "ZZZZZZZZ"), (b"\x00\x44\x32\x14\xc7\x42", 8, "01234567")],
)
def test_crockford_writes_five_bits_a_letter(data: bytes, length: int, text: str) -> None:
    assert crockford32(data, length) == text


@pytest.mark.parametrize(("data", "length"), [(b"\x00", 2), (b"", 1), (b"\x00", 0)])
def test_crockford_refuses_to_invent_letters(data: bytes, length: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        crockford32(data, length)


def test_a_registry_refuses_a_second_item_under_one_key_and_names_what_it_knows() -> None:
    registry: Registry[object] = Registry("colours")
    red = registry.register("red", object())
    registry.register("blue", object())

    assert registry.register("red", red) is red
    with pytest.raises(ValueError, match="'red' is registered already"):
        registry.register("red", object())
    with pytest.raises(KeyError, match="known: blue, red"):
        registry.get("green")
    assert (list(registry), len(registry), "red" in registry) == (["blue", "red"], 2, True)
    assert registry.get("red") is red
    assert [key for key, _ in registry.items()] == ["blue", "red"]
