"""A supplement changes the answers: paid money stays, the difference is charged or due back, relief dates hold."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers import commands as c
from dossiers.models import Dossier, Fee
from dossiers.reassessing import compare, share_back
from dossiers.services import acting, supplementing
from dossiers.transitions import pay_fee
from dossiers.work import write_dossier
from portal.core.clock import VN_TZ
from procedures.fees import AssessedFee, FeeLine
from tests.factories.catalogue import make_document, publish
from tests.factories.dossiers import Desk, Request, file_dossier, make_empty_desk
from tests.procedures.test_fees_reliefs import GROUP, POOR, relief


@dataclass
class Paid:
    amount: int | None
    refund_due: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)


def paid(phi: int, le_phi: int = 0, back: int = 0) -> Paid:
    lines = [{"kind": kind, "amount": amount} for kind, amount in (("phi", phi), ("le_phi", le_phi))]
    return Paid(phi + le_phi, back, lines)


def assessed(phi: int | None, le_phi: int = 0) -> AssessedFee:
    lines = tuple(FeeLine(kind, kind, amount, "") for kind, amount in (("phi", phi), ("le_phi", le_phi)))
    return AssessedFee("before", None if phi is None else phi + le_phi, lines)


@pytest.mark.parametrize(
    ("before", "new", "more", "back"),
    [
        ([paid(8)], assessed(8), {}, 0),
        ([paid(8)], assessed(24), {"phi": 16}, 0),
        ([paid(24)], assessed(8), {}, 16),
        ([paid(24)], None, {}, 24),
        ([paid(24)], assessed(None), {}, 0),
        ([paid(24, back=16)], assessed(24), {"phi": 16}, 0),
        ([paid(8), paid(16)], assessed(30), {"phi": 6}, 0),
        ([paid(8, 10)], assessed(8, 25), {"le_phi": 15}, 0),
        ([paid(8, 10)], assessed(20, 25), {"phi": 12, "le_phi": 15}, 0),
        ([paid(20, 10)], assessed(8, 25), {"le_phi": 3}, 0),
        ([paid(20, 10)], assessed(8, 15), {}, 7),
    ],
)
def test_the_difference(before: list[Paid], new: AssessedFee | None, more: dict[str, int], back: int) -> None:
    found = compare(before, new)
    assert ({line.kind: line.amount for line in found.more}, found.back) == (more, back)


MONEY = st.integers(0, 1_000_000)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=3), MONEY, MONEY)
def test_paid_and_charged_and_given_back_is_what_is_owed(
    before: list[tuple[int, int]], phi: int, le_phi: int
) -> None:
    fees = [paid(*amounts) for amounts in before]
    found = compare(fees, assessed(phi, le_phi))
    more = sum(line.amount or 0 for line in found.more)
    assert sum(fee.amount or 0 for fee in fees) + more - found.back == phi + le_phi
    assert not (more and found.back)
    assert all(line.amount > 0 for line in found.more if line.amount is not None)
    shares = share_back(fees, found.back)
    assert sum(shares) == found.back
    assert all(0 <= share <= (fee.amount or 0) for share, fee in zip(shares, fees, strict=True))


COPIES = {
    "key": "ban_sao", "kind": "phi", "mode": "before", "label": {"vi": "Bản sao", "en": "Copies"},
    "unit": {"field": "copies", "price": 8_000, "name": {"vi": "bản", "en": "copy"}},
}  # fmt: skip


def file_copies(*reliefs: dict[str, Any], copies: int = 3, **answers: Any) -> tuple[Desk, Dossier]:
    """An online filing that owes 8.000 đ a copy before acceptance."""
    document = make_document(fees=[COPIES], reliefs=list(reliefs))
    document["form"]["pages"][0]["fields"].append(GROUP)
    publish(document)
    desk = make_empty_desk()
    from tests.factories.dossiers import make_upload

    wanted = Request(
        document["code"], "", answers={"full_name": "Lê Thị Bốn", "copies": copies, **answers},
        uploads=(("don", make_upload(desk.citizen_actor, "don.png").pk),),
    )  # fmt: skip
    return desk, file_dossier(desk, wanted)


def pay(desk: Desk, dossier: Dossier) -> None:
    fee = dossier.fees.get(status="open")
    with write_dossier(dossier.pk, actor=desk.reception.actor) as work:
        pay_fee(work, fee.pk, payload={"method": "cash"})


def answer_again(desk: Desk, dossier: Dossier, **answers: Any) -> None:
    """The desk asks for something, the citizen files again."""
    asked = c.RequestSupplement((c.SupplementItem("Ghi lại số bản.", field="copies"),))
    dossier = Dossier.objects.get(pk=dossier.pk)
    acting.perform(dossier.pk, asked, actor=desk.reception.actor, version=dossier.version)
    dossier = Dossier.objects.get(pk=dossier.pk)
    supplementing.supplement(
        dossier.pk, actor=desk.citizen_actor, version=dossier.version,
        answers={"full_name": "Lê Thị Bốn", **answers},
    )  # fmt: skip


def fees_of(dossier: Dossier) -> list[tuple[str, int | None, int]]:
    found = Fee.objects.filter(dossier=dossier).exclude(status="void").order_by("assessed_at", "pk")
    return [(fee.status, fee.amount, fee.refund_due) for fee in found]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("copies", "fees"),
    [
        (3, [("settled", 24_000, 0)]),
        (5, [("settled", 24_000, 0), ("open", 16_000, 0)]),
        (1, [("settled", 24_000, 16_000)]),
    ],
)
def test_after_payment_only_the_difference_counts(copies: int, fees: list[Any]) -> None:
    desk, dossier = file_copies()
    pay(desk, dossier)
    answer_again(desk, dossier, copies=copies)
    assert fees_of(dossier) == fees
    if copies == 5:
        [line] = dossier.fees.get(status="open").lines
        assert line["label"] == "Phí nộp thêm sau khi bổ sung"
        assert line["explanation"] == "Bản sao. Nay tất cả là 40.000 đ, đã nộp 24.000 đ"
        assert "40,000 VND" in line["explanation_en"]


@pytest.mark.django_db
def test_a_relief_claimed_later_gives_back_what_was_paid() -> None:
    desk, dossier = file_copies(relief(**{"if": POOR}))
    pay(desk, dossier)
    answer_again(desk, dossier, copies=3, nhom="ho_ngheo")
    assert fees_of(dossier) == [("settled", 24_000, 24_000)]


@pytest.mark.django_db
def test_an_unpaid_fee_is_simply_assessed_anew() -> None:
    desk, dossier = file_copies(relief(percent=50, **{"if": POOR}))
    fee = dossier.fees.get(status="open")
    assert "relief" not in fee.lines[0]
    Dossier.objects.filter(pk=dossier.pk).update(
        status="submitted", resume_to=None
    )  # it may be asked while it waits
    answer_again(desk, dossier, copies=3, nhom="ho_ngheo")
    assert fees_of(dossier) == [("open", 12_000, 0)]
    [line] = dossier.fees.get(status="open").lines
    assert (line["normal"], line["relief"], line["amount"]) == (24_000, "mien", 12_000)
    assert line["explanation_en"].endswith("12,000 VND.")


@pytest.mark.django_db
def test_a_supplement_owes_what_the_day_of_the_first_filing_says() -> None:
    halved = relief(percent=50, until="2026-12-31")
    with time_machine.travel(datetime(2026, 12, 31, 23, 50, tzinfo=VN_TZ), tick=False):
        desk, dossier = file_copies(halved)
        pay(desk, dossier)
    assert fees_of(dossier) == [("settled", 12_000, 0)]
    with time_machine.travel(datetime(2027, 1, 4, 9, 0, tzinfo=VN_TZ), tick=False):
        answer_again(desk, dossier, copies=3)
    assert fees_of(dossier) == [("settled", 12_000, 0)]
