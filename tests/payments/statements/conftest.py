"""A commune with a bank account, and one dossier that owes 15.000 đ."""

import pytest

from payments.models import GatewayAccount
from tests.payments.owed import Desk
from tests.payments.statements.banks import make_bank


@pytest.fixture
def bank(desk: Desk) -> GatewayAccount:
    return make_bank(desk.agency)
