"""The page of waiving a fee: proposing, deciding, what is kept when refused, and two deciders at once."""

import re
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.test import Client

from dossiers.models import Dossier, Fee
from dossiers.services import acting
from payments.models import LedgerEntry, Receipt
from portal.accounts.choices import Role
from portal.core.errors import Conflict, PortalError, RuleViolation
from tests.concurrency.unlocked import Meeting, take_locks_away
from tests.core.races import race
from tests.factories.people import Officer, make_officer
from tests.payments.owed import Owed, accept, browser_of, make_owed

WHY, LAW = "Gia đình thuộc hộ nghèo.", "Luật Hộ tịch 60/2014/QH13, Điều 11"


def address(owed: Owed, more: str = "") -> str:
    return f"/payments/{owed.fee.pk}/waive/{more}"


def post(client: Client, owed: Owed, more: str = "", **typed: object) -> Any:
    said = {"version": owed.version, "reason": WHY, "basis": LAW, "paper": "Giấy số 12", **typed}
    return client.post(address(owed, more), said)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"\s+", " ", answer.content.decode()).split())


def officer(owed: Owed, *roles: Role) -> Officer:
    return make_officer(*roles, agency=owed.desk.agency)


@pytest.mark.django_db
class TestPage:
    def test_two_people_waive_it(self, owed: Owed) -> None:
        cashier = browser_of(owed.desk.cashier)
        page = text_of(cashier.get(address(owed)))
        assert "Miễn 15.000 đ phí, lệ phí" in page
        assert "Gửi đề xuất miễn" in page
        assert post(cashier, owed).status_code == 302
        seen = text_of(cashier.get(address(owed)))
        assert "Bạn đã đề xuất khoản này" in seen
        assert "Đồng ý miễn" not in seen
        head = browser_of(officer(owed, Role.DESK_HEAD))
        page = text_of(head.get(address(owed)))
        for said in (WHY, LAW, "Giấy số 12", "Lê Thu Trang", "Đồng ý miễn"):
            assert said in page
        assert post(head, owed, "decide/", answer="yes").status_code == 302
        assert owed.fee.status == "waived"
        assert "Được miễn" in text_of(head.get(address(owed)))
        assert not Receipt.objects.exists()
        assert not LedgerEntry.objects.exists()

    def test_a_no_needs_a_reason(self, owed: Owed) -> None:
        post(browser_of(owed.desk.cashier), owed)
        head = browser_of(officer(owed, Role.DESK_HEAD))
        refused = post(head, owed, "decide/", answer="no", no=" ")
        assert refused.status_code == 422
        assert "Hãy ghi lý do không duyệt" in text_of(refused)
        assert post(head, owed, "decide/", answer="no", no="Giấy hết hạn.").status_code == 302
        assert owed.fee.status == "open"

    def test_what_was_typed_is_kept(self, owed: Owed) -> None:
        refused = post(browser_of(owed.desk.cashier), owed, basis="")
        assert refused.status_code == 422
        page = text_of(refused)
        assert WHY in page
        assert 'href="#basis"' in page
        late = post(browser_of(owed.desk.cashier), owed, version=owed.version + 7)
        assert late.status_code == 409
        assert WHY in text_of(late)
        assert post(browser_of(owed.desk.cashier), owed, version="x").status_code == 409

    def test_a_second_proposal_shows_the_first_and_what_was_typed(self, owed: Owed) -> None:
        post(browser_of(owed.desk.cashier), owed)
        second = post(browser_of(officer(owed, Role.RECEPTION)), owed, reason="Người khuyết tật.")
        assert second.status_code == 409
        for said in ("Đã có một đề xuất đang chờ", "Người khuyết tật.", WHY):
            assert said in text_of(second)

    def test_those_who_may_only_read_get_no_button(self, owed: Owed) -> None:
        for role in (Role.DESK_HEAD, Role.LEADER, Role.APPROVER):
            page = text_of(browser_of(officer(owed, role)).get(address(owed)))
            assert "Chưa có đề xuất miễn khoản này" in page
            assert "Gửi đề xuất miễn" not in page
            assert "Đồng ý miễn" not in page

    def test_others_get_nothing(self, owed: Owed) -> None:
        assert browser_of(make_officer(Role.DESK_HEAD)).get(address(owed)).status_code == 404
        assert browser_of(owed.desk.owner).get(address(owed)).status_code == 403
        assert post(browser_of(owed.desk.owner), owed).status_code == 403
        assert post(browser_of(make_officer(Role.RECEPTION)), owed).status_code == 404
        assert owed.fee.status == "open"

    def test_a_paid_fee_offers_nothing(self, owed: Owed) -> None:
        owed.pay()
        page = text_of(browser_of(owed.desk.cashier).get(address(owed)))
        assert "Đã nộp" in page
        assert "Gửi đề xuất miễn" not in page
        assert post(browser_of(owed.desk.cashier), owed).status_code == 422

    def test_the_api_says_what_waits(self, owed: Owed) -> None:
        post(browser_of(owed.desk.cashier), owed)
        head = officer(owed, Role.DESK_HEAD)
        done = acting.waive_fee(owed.dossier.pk, owed.fee.pk, actor=head.actor, version=owed.version)
        assert done.fees.get().status == "waived"


def decide_by(owed: Owed, who: Officer, fee: UUID, version: int) -> Dossier:
    return acting.waive_fee(owed.dossier.pk, fee, actor=who.actor, version=version)


def prepare() -> tuple[Owed, list[Officer], UUID, int]:
    """A proposal on an accepted dossier, and two who may decide."""
    owed = make_owed()
    accept(owed)
    fee = owed.fee.pk
    acting.propose_waiver(owed.dossier.pk, fee, WHY, LAW, actor=owed.desk.cashier.actor, version=owed.version)
    deciders = [officer(owed, Role.DESK_HEAD), officer(owed, Role.LEADER)]
    return owed, deciders, fee, owed.version


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_of_two_deciders_one_decides(self) -> None:
        owed, deciders, fee, version = prepare()
        outcomes = race([partial(decide_by, owed, who, fee, version) for who in deciders])
        assert sorted(isinstance(outcome, Dossier) for outcome in outcomes) == [False, True]
        [loser] = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert isinstance(loser, Conflict | RuleViolation)
        assert owed.dossier.events.filter(kind="waive_fee").count() == 1

    def test_control_without_locks_both_go_through(self, monkeypatch: pytest.MonkeyPatch) -> None:
        owed, deciders, fee, version = prepare()
        take_locks_away(monkeypatch, parties=2)
        meeting = Meeting(2)

        def read_only(queryset: object) -> list[object]:
            rows = list(queryset.all())  # type: ignore[attr-defined]
            meeting.wait()
            return rows

        monkeypatch.setattr("portal.audit.services.lock_rows", read_only)
        outcomes = race([partial(decide_by, owed, who, fee, version) for who in deciders])
        assert not any(isinstance(outcome, PortalError) for outcome in outcomes)
        assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)

    def test_waived_or_paid_never_both(self) -> None:
        owed, [head, _leader], fee, version = prepare()
        outcomes = race(
            [
                lambda: decide_by(owed, head, fee, version),
                lambda: owed.pay(fee=fee, version=version),
            ]
        )
        assert sum(isinstance(outcome, PortalError) for outcome in outcomes) == 1
        status = Fee.objects.get(pk=fee).status
        assert (status == "settled") == Receipt.objects.filter(fee=fee).exists()
        assert status in {"settled", "waived"}
