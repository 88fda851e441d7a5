"""The desk's page of a dossier asks the database a pinned number of times, whatever hangs on the dossier."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import states
from tests.factories.dossiers import make_desk

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.mark.parametrize(
    "state",
    [
        ("submitted", None),
        ("processing", None),
        ("awaiting_supplement", "accepted"),
        ("awaiting_payment", "resolved"),
        ("resolved", None),
        ("returned", None),
    ],
    ids=lambda state: "-".join(filter(None, state)),
)
@pytest.mark.parametrize("page", ["", "history/", "prints/"])
def test_a_dossier_page_stays_within_fifteen(state: states.State, page: str) -> None:
    desk = make_desk()
    dossier = states.STATES[state](desk)
    client = Client()
    client.force_login(desk.reception.user)
    client.get(f"/onestop/dossiers/{dossier.pk}/{page}")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/onestop/dossiers/{dossier.pk}/{page}")
    assert answer.status_code == 200
    assert len(queries) <= MOST, "\n".join(query["sql"][:150] for query in queries)
