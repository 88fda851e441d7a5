"""One desk and its citizen, signed in, for the tests of the citizen's pages."""

import pytest
from django.test import Client

from tests.dossiers.views.steps import sign_in
from tests.factories.dossiers import Desk, make_desk


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def citizen(desk: Desk) -> Client:
    return sign_in(desk.citizen)
