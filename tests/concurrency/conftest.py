"""A commune with its officers and a citizen, committed, so that threads with their own connections see it."""

import pytest

from tests.factories.dossiers import Desk, make_desk


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return make_desk()
