"""What is asked back and brought to the counter: only what is asked stands open, nothing typed is lost."""

import re

import pytest

from dossiers import commands as c
from dossiers.models import Dossier, SupplementRequest
from dossiers.services import acting
from tests.dossiers.test_supplements import ask
from tests.factories import states
from tests.factories.dossiers import Desk
from tests.onestop.conftest import SignIn
from tests.onestop.test_acts import address, send

pytestmark = pytest.mark.django_db
REASON = "Mặt cắt móng mờ."


def ask_both(desk: Desk) -> Dossier:
    """A drawing and one answer were asked back."""
    dossier = states.accepted(desk)
    items = (
        c.SupplementItem(REASON, requirement="ban_ve_thiet_ke"),
        c.SupplementItem("Thiếu số tờ.", field="plot"),
    )
    return acting.perform(
        dossier.pk, c.RequestSupplement(items), actor=desk.reception.actor, version=dossier.version
    )


def folds_of(page: str) -> list[tuple[bool, str]]:
    """Every fold: is it open, and what it holds."""
    found = re.findall(r'<details class="fold[^"]*"([^>]*)>(.*?)</details>', page, re.DOTALL)
    return [(" open" in attributes, body) for attributes, body in found]


def test_a_tick_without_a_reason_is_refused_and_its_page_stands_open(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.submitted(desk)
    client = sign_in(desk.reception)
    fresh = client.get(address(dossier, "request_supplement")).content.decode()
    assert not any(is_open for is_open, _body in folds_of(fresh))
    answer = send(client, dossier, "request_supplement", paper_ban_ve_thiet_ke=REASON, ask_answer_plot="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ghi lý do cho “" in page
    assert f'value="{REASON}"' in page
    assert [is_open for is_open, body in folds_of(page) if 'name="answer_plot"' in body] == [True]
    assert sum(is_open for is_open, _body in folds_of(page)) == 1
    assert not SupplementRequest.objects.exists()


def test_what_was_asked_stands_on_top_of_what_is_brought(desk: Desk, sign_in: SignIn) -> None:
    dossier = ask_both(desk)
    page = sign_in(desk.reception).get(f"/onestop/dossiers/{dossier.pk}/supplement/").content.decode()
    folded = "".join(body for _is_open, body in folds_of(page))
    assert not any(is_open for is_open, _body in folds_of(page))
    for name in ("paper-ban_ve_thiet_ke", "plot"):
        assert f'name="{name}"' in page
        assert f'name="{name}"' not in folded
    for name in ("paper-giay_to_dat", "owner_name"):
        assert page.count(f'name="{name}"') == folded.count(f'name="{name}"') == 1
    assert page.count(REASON) == page.count("Thiếu số tờ.") == 1


def test_a_fold_with_an_error_stands_open(desk: Desk, sign_in: SignIn) -> None:
    dossier = ask_both(desk)
    sent = {"version": dossier.version, "seq": dossier.last_seq, "file": "1", "paper-giay_to_dat": "1"}
    answer = sign_in(desk.reception).post(f"/onestop/dossiers/{dossier.pk}/supplement/", sent)
    opened = "".join(body for is_open, body in folds_of(answer.content.decode()) if is_open)
    assert answer.status_code == 422
    assert 'name="owner_name"' in opened
    assert 'name="paper-giay_to_dat"' in opened


def test_an_awaited_paper_does_not_count_as_there(desk: Desk, sign_in: SignIn) -> None:
    dossier = ask(desk, states.accepted(desk))
    page = sign_in(desk.reception).get(f"/onestop/dossiers/{dossier.pk}/").content.decode()
    paper = page.split("Bản vẽ thiết kế xây dựng</h3>")[1].split("</li>")[0]
    assert "Chờ bổ sung" in paper
    assert "Đã có" not in paper
    assert "Chờ người dân bổ sung, hạn" in page
