"""Certifying papers on the spot: one transaction, a number per original, and every refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dossiers.choices import Status
from dossiers.models import Dossier, Fee, ResultItem, Step
from onestop import services
from onestop.certification import book, integrity
from onestop.models import CertificationEntry
from payments.models import Receipt
from portal.accounts.choices import AgencyKind, Role, SignsFor
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, PortalError, RuleViolation
from portal.core.models import Counter
from portal.notifications.models import Message
from procedures.formschema.parties import PartyDraft
from tests.factories.catalogue import publish, read_catalogue
from tests.factories.dossiers import BIRTH, Desk
from tests.factories.people import make_agency, make_officer, make_user
from tests.onestop.certifying import DIPLOMA, DIPLOMA_FEE, build_request, certify, make_small_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return make_small_desk()


def numbers(kind: str = "copies") -> list[int]:
    rows = CertificationEntry.objects.filter(kind=kind).order_by("number")
    return list(rows.values_list("number", flat=True))


def test_it_goes_from_receipt_to_return_in_one_go(desk: Desk) -> None:
    dossier = Dossier.objects.get(pk=certify(desk))
    kinds = list(dossier.events.order_by("seq").values_list("kind", flat=True))
    assert dossier.status == Status.RETURNED
    assert kinds == ["receive", "pay_fee", "accept", "resolve", "return_result"]
    assert not Step.objects.exists()
    assert Receipt.objects.get().amount == DIPLOMA_FEE
    assert Fee.objects.get().status == "settled"


def test_nobody_is_told_even_with_a_telephone_number(desk: Desk) -> None:
    person = PartyDraft(
        role="submitter", kind="person", name="Páo", phone="+84912345678", email="pao@dan.example"
    )
    certify(desk, submitter=person)
    assert not Message.objects.exists()


def test_one_number_for_each_original_however_many_copies(desk: Desk) -> None:
    certify(desk, ("Thẻ căn cước", 2, 7), ("Học bạ", 1, 1), agreed=7 * 4000 + 2000)
    entries = list(CertificationEntry.objects.order_by("number"))
    assert [(e.number, e.paper, e.pages, e.copies, e.fee) for e in entries] == [
        (1, "Thẻ căn cước", 2, 7, 28_000),
        (2, "Học bạ", 1, 1, 2_000),
    ]
    assert [e.result.copies for e in entries] == [7, 1]
    assert list(ResultItem.objects.order_by("pk").values_list("number", flat=True)) == [
        f"{e.number}/{e.book_sign}" for e in entries
    ]


def test_books_are_of_an_agency_a_kind_and_a_year(desk: Desk) -> None:
    other = make_small_desk()
    certify(desk)
    certify(desk)
    certify(other)
    year = clock.today().year
    lines = book.list_book(desk.agency.pk, "copies", year)
    assert [line.number for line in lines] == [1, 2]
    assert [line.number for line in book.list_book(other.agency.pk, "copies", year)] == [1]
    assert book.list_book(desk.agency.pk, "signatures", year) == []
    assert book.list_book(desk.agency.pk, "copies", year - 1) == []


def test_a_line_says_what_the_register_needs(desk: Desk) -> None:
    person = PartyDraft(role="submitter", kind="person", name="Y Blăm")
    dossier_id = certify(
        desk, submitter=person, answers={**build_request(desk).answers, "requester_name": "Y Blăm"}
    )
    [line] = book.list_book(desk.agency.pk, "copies", clock.today().year)
    assert (line.person, line.paper, line.pages, line.copies, line.fee) == ("Y Blăm", *DIPLOMA, DIPLOMA_FEE)
    assert (line.signer, line.receipt_number, line.dossier_id) == ("Vũ Quang Ký", "0000001", dossier_id)
    assert line.book_sign == f"01/{line.at.year}-SCT/BS"


def test_who_signs_for_another_is_named_so(desk: Desk) -> None:
    from portal.accounts import services as accounts
    from portal.accounts.actor import Actor

    accounts.change_membership(
        desk.reception.membership,
        roles=[Role.RECEPTION],
        title="Công chức Tư pháp",
        signs_for=SignsFor.BY_AUTHORITY,
        actor=Actor.system(),
    )
    certify(desk, signer_id=desk.reception.membership.pk)
    [line] = book.list_book(desk.agency.pk, "copies", clock.today().year)
    assert line.signer == "TUQ. Lê Thu Trang, Công chức Tư pháp"


def test_a_repeat_answers_with_the_first(desk: Desk) -> None:
    asked = build_request(desk)
    first, second = (
        services.certify(asked, actor=desk.reception.actor, key="k", body={"a": 1}) for _ in "ab"
    )
    assert first == second
    assert numbers() == [1]
    assert Receipt.objects.count() == 1
    with pytest.raises(RuleViolation, match="idempotency_key_reused"):
        services.certify(asked, actor=desk.reception.actor, key="k", body={"a": 2})


def _stranger(desk: Desk) -> dict[str, Any]:
    return {"signer_id": make_officer(Role.APPROVER).membership.pk}


def _elsewhere() -> dict[str, Any]:
    """A desk of the province, which certifies nothing."""
    desk = make_officer(Role.RECEPTION, agency=make_agency(kind=AgencyKind.PROVINCE))
    signer = make_officer(Role.APPROVER, agency=desk.agency)
    return {"actor": desk.actor, "signer_id": signer.membership.pk}


REFUSALS: list[tuple[str, type[PortalError], Callable[[Desk], dict[str, Any]]]] = [
    ("signer_not_authorised", RuleViolation, lambda desk: {"signer_id": desk.case_officer.membership.pk}),
    ("signer_not_authorised", RuleViolation, lambda desk: {"signer_id": desk.reception.membership.pk}),
    ("signer_not_authorised", RuleViolation, lambda desk: {"signer_id": None}),
    ("signer_not_authorised", RuleViolation, _stranger),
    ("fee_changed", Conflict, lambda desk: {"agreed": DIPLOMA_FEE - 1}),
    ("fee_changed", Conflict, lambda desk: {"agreed": 0}),
    ("not_quick", RuleViolation, lambda desk: {"procedure_code": BIRTH}),
    ("procedure_not_found", NotFound, lambda desk: {"procedure_code": "9.999999"}),
    ("incomplete", RuleViolation, lambda desk: {"answers": {"requester_name": "Páo", "papers": []}}),
    ("role_lacking", Forbidden, lambda desk: {"actor": desk.case_officer.actor}),
    ("role_lacking", Forbidden, lambda desk: {"actor": desk.head.actor}),
    (
        "agency_does_not_perform",
        RuleViolation,
        lambda desk: _elsewhere(),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "error", "changes"), REFUSALS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_it_refuses_and_writes_nothing(
    desk: Desk, code: str, error: type[PortalError], changes: Callable[[Desk], dict[str, Any]]
) -> None:
    with pytest.raises(error) as refused:
        certify(desk, **changes(desk))
    assert refused.value.code == code
    assert refused.value.message
    assert not Dossier.objects.exists()
    assert not Receipt.objects.exists()
    assert not Counter.objects.filter(series__startswith="book:").exists()


def test_who_signs_never_certifies_for_themselves(desk: Desk) -> None:
    user = make_user(full_name="Vũ Quang Ký", national_id="037190001234")
    signer = make_officer(Role.APPROVER, agency=desk.agency, user=user)
    person = PartyDraft(
        role="submitter",
        kind="person",
        name="Vũ Quang Ký",
        identity={"type": "citizen_id", "number": "037190001234"},
    )
    with pytest.raises(Forbidden, match="own_dossier"):
        certify(desk, submitter=person, signer_id=signer.membership.pk)
    certify(desk, submitter=person)


def test_a_refusal_leaves_no_gap_in_any_book(desk: Desk) -> None:
    certify(desk)
    with pytest.raises(Conflict):
        certify(desk, agreed=1)
    certify(desk)
    assert numbers() == [1, 2]
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2]


def test_signatures_have_a_book_of_their_own(desk: Desk) -> None:
    publish(signature_document())
    answers = {"requester_name": "Páo", "papers": [{"paper_name": "Sơ yếu lý lịch", "copies": 2}]}
    certify(desk, procedure_code="2.000884", answers=answers, agreed=20_000)
    certify(desk)
    assert (numbers("signatures"), numbers("copies")) == ([1], [1])
    [line] = book.list_book(desk.agency.pk, "signatures", clock.today().year)
    assert (line.pages, line.copies, line.fee, line.book_sign[-6:]) == (None, 2, 20_000, "SCT/CK")


def signature_document() -> dict[str, Any]:
    """2.000884 bent from the copies' document: documents are counted, not pages."""
    document = read_catalogue("2.000815")
    document["code"] = "2.000884"
    del document["guide"]
    rows = document["form"]["pages"][1]["fields"][0]
    rows["fields"] = [column for column in rows["fields"] if column["key"] != "pages"]
    kept = ("key", "kind", "label", "mode", "basis")
    charge = {name: value for name, value in document["fees"][0].items() if name in kept}
    counted = {"name": {"vi": "văn bản"}, "field": "copies", "group": "papers", "price": 10_000}
    document["fees"] = [{**charge, "unit": counted}]
    return document


# ---------- striking ----------


def strike(desk: Desk, dossier_id: Any, reason: str = "Ghi nhầm số bản.") -> None:
    services.cancel_certification(dossier_id, reason, actor=desk.head.actor)


def test_a_struck_line_keeps_its_number_and_the_money_is_owed_back(desk: Desk) -> None:
    dossier_id = certify(desk, DIPLOMA, DIPLOMA, agreed=2 * DIPLOMA_FEE)
    strike(desk, dossier_id)
    certify(desk)
    lines = book.list_book(desk.agency.pk, "copies", clock.today().year)
    assert [(line.number, line.cancel_reason) for line in lines] == [
        (1, "Ghi nhầm số bản."),
        (2, "Ghi nhầm số bản."),
        (3, ""),
    ]
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.fees.get().refund_due) == (Status.RETURNED, 2 * DIPLOMA_FEE)
    assert dossier.events.order_by("-seq").first().kind == "cancel_certification"  # type: ignore[union-attr]
    assert not Message.objects.exists()


def test_it_is_struck_once_today_by_the_head_with_a_reason(desk: Desk) -> None:
    dossier_id = certify(desk)
    with pytest.raises(RuleViolation, match="reason_missing"):
        strike(desk, dossier_id, "  ")
    with pytest.raises(RuleViolation, match="reason_missing"):
        strike(desk, dossier_id, "a" * 401)
    for other in (desk.reception, desk.approver, desk.case_officer):
        with pytest.raises(Forbidden):
            services.cancel_certification(dossier_id, "Nhầm", actor=other.actor)
    with pytest.raises(NotFound):
        services.cancel_certification(dossier_id, "Nhầm", actor=make_officer(Role.DESK_HEAD).actor)
    strike(desk, dossier_id)
    with pytest.raises(Conflict, match="already_cancelled"):
        strike(desk, dossier_id)


def test_it_is_not_struck_tomorrow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    dossier_id = certify(desk)
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Conflict, match="another_day"):
        strike(desk, dossier_id)


# ---------- what the database holds ----------


@pytest.mark.parametrize(
    "change", [{"number": 9}, {"copies": 2}, {"signer_name": "Người khác"}, {"fee": 1}, {"year": 2020}]
)
def test_a_line_is_never_changed(desk: Desk, change: dict[str, Any]) -> None:
    certify(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationEntry.objects.update(**change)


def test_a_line_is_never_removed_and_never_struck_twice(desk: Desk) -> None:
    strike(desk, certify(desk))
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationEntry.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationEntry.objects.update(cancel_reason="Lý do khác")


def faults() -> list[str]:
    return [fault.text for check in (integrity.check_books, integrity.check_certified) for fault in check()]


def test_the_books_are_whole_after_real_work(desk: Desk) -> None:
    certify(desk, DIPLOMA, ("Học bạ", 1, 1), agreed=DIPLOMA_FEE + 2000)
    strike(desk, certify(desk))
    assert faults() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM onestop_certificationentry WHERE number = 1", "1 lines, but the last is number 2"),
        (
            "DELETE FROM onestop_certificationentry WHERE number = 2",
            "the counter stands at 2, the last line is number 1",
        ),
        (
            "UPDATE onestop_certificationentry SET fee = fee + 1 WHERE number = 1",
            "lines of 50001, but the receipt says 50000",
        ),
        ("UPDATE dossiers_dossier SET status = 'resolved'", "certified in the book, but not returned"),
    ],
)
def test_tampering_is_found(desk: Desk, statement: str, fault: str) -> None:
    from tests.payments.test_integrity import tamper

    certify(desk)
    certify(desk)
    tamper(statement)
    assert fault in faults()
