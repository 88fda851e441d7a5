"""A commune that may be paid online, and one attempt that has just begun."""

import pytest

from tests.payments.online.begun import Begun, OnlineDesk, begin, make_online_desk


@pytest.fixture
def online_desk(db: None) -> OnlineDesk:
    return make_online_desk()


@pytest.fixture
def begun(online_desk: OnlineDesk) -> Begun:
    return begin(online_desk)
