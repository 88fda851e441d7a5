"""One paper dossier, sent twice at the same moment: real connections."""

import pytest
from django.test import Client

from dossiers.models import Dossier
from payments.models import Receipt
from tests.core.races import race
from tests.factories.dossiers import MARITAL, make_desk
from tests.onestop.intake_forms import typed

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_take_in_one_dossier() -> None:
    desk = make_desk()
    form = typed(MARITAL)

    def press() -> str:
        client = Client()
        client.force_login(desk.reception.user)
        return client.post("/onestop/intake/", form)["Location"]

    found = race([press, press, press])
    assert len({str(address) for address in found}) == 1, found
    assert Dossier.objects.count() == Receipt.objects.count() == 1


def test_two_officers_at_once_get_numbers_of_their_own() -> None:
    desk = make_desk()

    def press(token: str) -> str:
        client = Client()
        client.force_login(desk.reception.user)
        return client.post("/onestop/intake/", typed(MARITAL, token=token))["Location"]

    found = race([lambda: press("aaa"), lambda: press("bbb")])
    assert len({str(address) for address in found}) == 2, found
    ends = sorted((code or "")[-4:] for code in Dossier.objects.values_list("code", flat=True))
    assert ends == ["0001", "0002"]
