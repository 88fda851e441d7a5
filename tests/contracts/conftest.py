"""One attacked installation for a whole module: made once, rolled back after it; each attack is undone too."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.contracts.attack import Target, make_target


@pytest.fixture(scope="module")
def make_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Target]]:
    """Give `make_target` a transaction that lasts as long as the module."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined]
        with block:
            yield make_target
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def target(make_world: Callable[..., Target]) -> Target:
    """A commune, its people and a dossier in each state that the attacks of these tests need."""
    return make_world()
