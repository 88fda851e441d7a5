"""The same request twice: one piece of work, one answer."""

import itertools
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.db import connection

from portal.core import clock, tasks
from portal.core.counters import get_last_number, next_number
from portal.core.errors import Conflict, RuleViolation
from portal.core.idempotency import claim, forget_old, remember
from portal.core.jsontypes import JsonObject
from portal.core.locking import durable
from portal.core.models import IdempotencyKey
from tests.core.races import race

BODY = sha256(b"body").hexdigest()
OTHER_BODY = sha256(b"other").hexdigest()


@pytest.mark.django_db
def test_the_first_claim_works_and_a_repeat_gets_the_stored_answer() -> None:
    assert claim("user:1", "key", BODY) is None
    remember("user:1", "key", {"code": "H01", "secret": "7K3M9Q2B"})

    assert claim("user:1", "key", BODY) == {"code": "H01", "secret": "7K3M9Q2B"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT response FROM core_idempotencykey")
        assert b"7K3M9Q2B" not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_an_answer_known_beforehand_is_stored_with_the_claim() -> None:
    assert claim("user:1", "key", BODY, response={"code": "H01"}) is None
    assert claim("user:1", "key", BODY, response={"code": "H02"}) == {"code": "H01"}


@pytest.mark.django_db
def test_nothing_is_remembered_that_was_not_claimed() -> None:
    with pytest.raises(RuntimeError, match="claimed"):
        remember("user:1", "key", {})


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    claim("user:1", "key", BODY)
    remember("user:1", "key", {})
    with pytest.raises(RuleViolation) as refusal:
        claim("user:1", "key", OTHER_BODY)
    assert refusal.value.code == "idempotency_key_reused"


@pytest.mark.django_db
def test_two_users_may_use_the_same_key() -> None:
    assert claim("user:1", "key", BODY) is None
    assert claim("user:2", "key", OTHER_BODY) is None


@pytest.mark.django_db
def test_a_claim_without_its_answer_is_in_use() -> None:
    claim("user:1", "key", BODY)
    with pytest.raises(Conflict) as refusal:
        claim("user:1", "key", BODY)
    assert refusal.value.code == "idempotency_key_in_use"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201, "có dấu", "two words", "line\nbreak", "nul\x00", "end\n"])
def test_a_key_that_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        claim("user:1", key, BODY)
    assert refusal.value.code == "idempotency_key_invalid"


@pytest.mark.django_db(transaction=True)
def test_it_works_only_inside_the_transaction_of_its_use_case() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        claim("user:1", "key", BODY)
    with pytest.raises(RuntimeError, match="transaction"):
        remember("user:1", "key", {})


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_do_the_work_once_and_all_get_the_same_answer() -> None:
    def submit() -> JsonObject:
        with durable(lock_timeout_ms=10_000):
            earlier = claim("user:1", "key", BODY)
            if earlier is not None:
                return earlier
            answer: JsonObject = {"number": next_number("work")}
            remember("user:1", "key", answer)
            return answer

    assert race([submit] * 50) == [{"number": 1}] * 50
    assert get_last_number("work") == 1


@pytest.mark.django_db(transaction=True)
def test_the_control_without_a_claim_does_the_work_every_time() -> None:
    def submit() -> int:
        with durable(lock_timeout_ms=10_000):
            return next_number("work")

    assert sorted(number for number in race([submit] * 5) if isinstance(number, int)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_when_the_first_one_fails_its_repeat_does_the_work() -> None:
    tries = itertools.count(1)

    def submit() -> str:
        with durable(lock_timeout_ms=10_000):
            if claim("user:1", "key", BODY) is not None:
                return "repeated"
            if next(tries) == 1:
                raise ZeroDivisionError
            remember("user:1", "key", {})
            return "worked"

    outcomes = [str(outcome) or "failed" for outcome in race([submit] * 6)]

    assert sorted(outcomes) == ["failed", *["repeated"] * 4, "worked"]


@pytest.mark.django_db
def test_keys_are_forgotten_after_thirty_days() -> None:
    claim("user:1", "new", BODY)
    with time_machine.travel(clock.now() - timedelta(days=31)):
        claim("user:1", "old", BODY)

    tasks.forget_old()
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]
    assert forget_old() == 0
