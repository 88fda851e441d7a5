"""{% payment_panel %}: one component on both sides of the counter, at most two queries."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from dossiers import commands as c
from dossiers.models import Dossier
from dossiers.services import acting
from dossiers.services.reading import open_dossier
from payments.lines import read_lines
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.money import format_vnd
from tests.factories.people import make_officer
from tests.payments.owed import BEFORE, LE_PHI, UNKNOWN, Owed, make_desk, make_owed

pytestmark = pytest.mark.django_db
PANEL = Template("{% load payments %}{% payment_panel dossier actor %}")


def draw(owed: Owed, actor: Actor) -> str:
    dossier = open_dossier(owed.dossier.pk, actor=actor, what="test")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = PANEL.render(Context({"dossier": dossier, "actor": actor}))
    assert len(queries) <= 2, queries.captured_queries
    return " ".join(page.split())


def test_the_cashier_gets_a_button_for_each_open_fee() -> None:
    owed = make_owed(make_desk(BEFORE, LE_PHI))

    page = draw(owed, owed.desk.cashier.actor)

    assert page.count("Thu tiền mặt") == 2
    for fee in owed.dossier.fees.all():
        assert f'href="/payments/{fee.pk}/"' in page
    assert "Nộp tại quầy" not in page


def test_the_owner_gets_the_place_and_no_button(owed: Owed) -> None:
    page = draw(owed, owed.desk.owner_actor)

    assert "Nộp tại quầy" in page
    assert owed.desk.agency.name in page
    assert "15.000 đ" in page
    assert "Thu tiền mặt" not in page


def test_a_paid_fee_shows_who_when_and_the_receipt_to_both(owed: Owed) -> None:
    receipt = owed.pay()
    for actor in (owed.desk.owner_actor, owed.desk.cashier.actor):
        page = draw(owed, actor)
        for part in ("Đã nộp", "Người thu: Lê Thu Trang", f"/payments/receipts/{receipt.pk}.pdf"):
            assert part in page
        assert "Thu tiền mặt" not in page
        assert "Nộp tại quầy" not in page


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.LEADER])
def test_other_officers_get_no_button(owed: Owed, role: Role) -> None:
    page = draw(owed, make_officer(role, agency=owed.desk.agency).actor)

    assert "Chưa nộp" in page
    assert "Thu tiền mặt" not in page


def test_an_unknown_amount_has_no_button() -> None:
    owed = make_owed(make_desk(UNKNOWN))

    page = draw(owed, owed.desk.cashier.actor)

    assert "Chờ xác định mức thu" in page
    assert "Thu tiền mặt" not in page


def test_what_is_given_back_after_a_withdrawal_is_told() -> None:
    owed = make_owed(make_desk({**BEFORE, "refund_on_withdraw": True}))
    owed.pay()
    acting.perform(
        owed.dossier.pk,
        c.Withdraw("Đổi ý.", on_paper=True),
        actor=owed.desk.cashier.actor,
        version=owed.version,
    )

    assert "Được hoàn lại 20.000 đ." in draw(owed, owed.desk.owner_actor)


def test_a_dossier_that_owes_nothing_says_so() -> None:
    owed = make_owed(make_desk({**LE_PHI, "amount": 0}))

    assert "không có khoản nào phải nộp" in draw(owed, owed.desk.owner_actor)


def test_open_fees_of_an_ended_dossier_are_gone(owed: Owed) -> None:
    acting.perform(
        owed.dossier.pk,
        c.Withdraw("Đổi ý.", on_paper=True),
        actor=owed.desk.cashier.actor,
        version=owed.version,
    )
    assert Dossier.objects.get(pk=owed.dossier.pk).status == "withdrawn"

    assert "Thu tiền mặt" not in draw(owed, owed.desk.cashier.actor)


def test_an_explanation_that_only_repeats_the_amount_is_left_out(owed: Owed) -> None:
    """Each line and the sum stand once."""
    page = draw(owed, owed.desk.owner_actor)

    assert [page.count(amount) for amount in ("12.000 đ", "3.000 đ", "15.000 đ")] == [1, 1, 1]


def test_an_illustrative_amount_stands_once() -> None:
    explanation = f"{format_vnd(75_000)} (mức thu minh họa)"
    (line,) = read_lines(
        [{"kind": "le_phi", "label": "Lệ phí", "amount": 75_000, "explanation": explanation}]
    )
    assert line.explanation == "(mức thu minh họa)"
