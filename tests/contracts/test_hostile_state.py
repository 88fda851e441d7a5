"""What may not be done by anybody: setting fields that are the portal's, skipping steps, acting on lost rights."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from dossiers.models import Assignment, Dossier, Filing
from payments.models import Receipt
from portal.accounts import services
from portal.accounts.choices import Role
from portal.accounts.models import User
from tests.access.people import SHARED
from tests.access.routes import list_routes
from tests.contracts.attack import (
    API,
    Target,
    count_rows,
    find_fault,
    find_fault_of_page,
    probe,
    send,
    undone,
)
from tests.contracts.formread import read_forms
from tests.factories import states
from tests.factories.dossiers import BIRTH, MARITAL, answers_of, make_upload
from tests.factories.people import SYSTEM, make_agency, make_officer, make_user

pytestmark = pytest.mark.django_db

FIRST, LAST = UUID(int=0), "00000000-0000-7000-8000-000000000001"
FORGED: dict[str, Any] = {
    "id": LAST,
    "pk": LAST,
    "code": "H99.1-260101-9999",
    "status": "returned",
    "resume_to": "resolved",
    "national_status": 10,
    "agency_id": 1,
    "filed_by": LAST,
    "filed_by_id": LAST,
    "verified_owners": ["00"],
    "owner_name": "Kẻ Gian",
    "due_at": "2099-01-01T00:00:00+07:00",
    "received_at": "2020-01-01T00:00:00+07:00",
    "secret": "00000000",
    "secret_version": 9,
    "fees": [],
    "last_seq": 0,
    "decided_by": 1,
    "_connector": "OR",
}
"""Names of columns, relations and one of the ORM's own, beside what the call takes."""
_keys = count(1)


def describe(dossier_id: UUID | str) -> dict[str, Any]:
    """The columns of a dossier that do not differ from one filing to the next; of moments the year."""
    changing = ("id", "code", "last_hash", "search")
    row = Dossier.objects.filter(pk=dossier_id).values().get()
    kept = {name: value for name, value in row.items() if name not in changing}
    return {name: value.year if isinstance(value, datetime) else value for name, value in kept.items()}


def file(target: Target, **more: Any) -> Any:
    body = {
        "procedure": MARITAL,
        "case": "muc_dich_khac",
        "agency": target.desk.agency.code,
        "answers": dict(answers_of(MARITAL)),
    }
    return send(target.citizen, "dossiers", {**body, **more}, **{"Idempotency-Key": f"state-{next(_keys)}"})


def test_fields_of_the_portal_in_a_filing_are_not_read(target: Target) -> None:
    plain, forged = file(target).json(), file(target, **FORGED).json()

    assert describe(forged["id"]) == describe(plain["id"])
    shown = ("status", "national_status", "version", "agency")
    assert [forged[name] for name in shown] == [plain[name] for name in shown]
    assert len(forged["fees"]) == len(plain["fees"]) > 0
    assert forged["id"] != LAST
    assert forged["code"] != FORGED["code"]


def test_a_citizen_cannot_say_what_only_the_desk_may(target: Target) -> None:
    """Other parties, papers on the table, another channel, another submitter."""
    parties = [{"role": "submitter", "name": "Kẻ Gian"}, {"role": "deceased", "name": "Người Khác"}]
    papers = [{"requirement": "to_khai", "originals": 9}]

    filed = file(
        target, parties=parties, papers=papers, owner={"role": "deceased", "name": "Chủ Khác"}
    ).json()

    links = Dossier.objects.get(pk=filed["id"]).parties.select_related("party")
    names = {link.party.name for link in links}
    assert not names & {"Kẻ Gian", "Người Khác"}
    assert file(target, channel="desk").status_code == 403


@pytest.mark.parametrize(
    ("name", "who", "state", "body"),
    [
        ("accept", "reception", "submitted", {}),
        ("start", "case_officer", "accepted", {}),
        ("withdraw", "citizen", "submitted", {"reason": "Tôi đổi ý."}),
        ("transfer", "case_officer", "processing", {"step": "ky_duyet"}),
    ],
)
def test_fields_of_the_portal_in_an_action_are_not_read(
    target: Target, name: str, who: str, state: str, body: dict[str, Any]
) -> None:
    dossier, results = target.dossiers[state], []
    for more in ({}, FORGED):
        with undone():
            sent = {**more, **body, "version": dossier.version}
            assert send(target.clients[who], f"dossiers/{dossier.pk}/actions/{name}", sent).status_code == 200
            results.append(describe(dossier.pk))

    assert results[0] == results[1]


def test_an_account_grants_itself_nothing(target: Target) -> None:
    browser, citizen = target.open_browser("citizen"), target.desk.citizen
    form = read_forms(browser.get("/accounts/profile/").content.decode(), "/accounts/profile/")
    own = next(form for form in form if form.action == "/accounts/profile/")
    grants = {
        "is_staff": "on",
        "is_superuser": "on",
        "identity_level": "2",
        "username": "quantri",
        "roles": "site_admin",
    }
    fields = (
        "is_staff",
        "is_superuser",
        "identity_level",
        "username",
        "password",
        "email",
        "national_id_index",
    )
    before = User.objects.filter(pk=citizen.pk).values(*fields).get()

    browser.post(
        "/accounts/profile/", {**own.fields, **grants, "email": "x@y.example", "full_name": "Kẻ Gian"}
    )
    browser.post("/accounts/acting/", {"membership": str(target.desk.approver.membership.pk)})

    assert User.objects.filter(pk=citizen.pk).values(*fields).get() == before
    assert browser.get("/onestop/").status_code == 403
    assert (
        browser.get(f"{API}me", headers={"X-Acting": str(target.desk.head.membership.pk)}).status_code == 403
    )


def test_a_new_account_is_an_ordinary_one(target: Target) -> None:
    grants = {"is_staff": "on", "is_superuser": "on", "identity_level": "2", "username": "quantri"}
    person = {"full_name": "Lò  Văn\r\nMới", "email": "moi@dan.example", "password1": "mot cau dai de nho"}

    target.open_browser("visitor").post("/accounts/signup/", {**person, **grants})

    made = User.objects.get(email="moi@dan.example")
    assert (made.is_staff, made.is_superuser, made.identity_level) == (False, False, 0)
    assert made.username != "quantri"
    assert made.full_name == "Lò Văn Mới"


def test_the_desk_gives_work_only_to_its_own_people(target: Target) -> None:
    outsider = make_officer(Role.CASE_OFFICER, agency=make_agency()).membership.pk
    accepted = target.dossiers["accepted"]
    held = Assignment.objects.count()

    for assignee in (outsider, target.desk.reception.membership.pk, 10**9, 10**17):
        body = {"version": accepted.version, "assignee": assignee}
        assert (
            probe(target.clients["case_officer"], f"dossiers/{accepted.pk}/actions/start", body, {422}) == ""
        )
        page = f"/onestop/dossiers/{accepted.pk}/do/start/"
        assert target.clients["case_officer"].post(page, body).status_code == 422
    assert Assignment.objects.count() == held


def test_answers_to_hidden_questions_are_dropped(target: Target) -> None:
    """The mother alone is known: what is said of a father and of a marriage was never asked (CVE-2025-64515)."""
    hidden = {
        "father_name": "Người Cha",
        "father_birth_date": "1990",
        "marriage_number": "12",
        "copies": 3,
        "mother_address": {"province": "92", "commune": "31120", "line": "x"},
        "unknown": "x",
        "__proto__": {"x": 1},
    }
    with undone():
        paper = str(make_upload(target.desk.citizen_actor).pk)
        filed = file(
            target,
            procedure=BIRTH,
            case="co_giay_chung_sinh",
            answers={**answers_of(BIRTH), **hidden},
            attachments=[{"requirement": "giay_chung_sinh", "upload": paper}],
        )
        answers = Filing.objects.get(dossier=filed.json()["id"]).answers

    assert filed.status_code == 201
    assert not set(hidden) & set(answers)


def test_nothing_is_filed_by_skipping_its_pages(target: Target) -> None:
    draft, filings = target.dossiers["draft"], Filing.objects.count()
    check = f"/dossiers/{draft.pk}/filing/check/"

    for fields in (
        {"row_version": "1"},
        {"row_version": "-1"},
        {"row_version": "²"},
        {},
        {"supplement": "1"},
    ):
        with undone():
            answer = target.citizen.post(check, fields)
            assert answer.status_code in {409, 422}, fields
            assert find_fault_of_page(answer) == ""  # type: ignore[arg-type]
    assert Filing.objects.count() == filings
    assert Dossier.objects.get(pk=draft.pk).status == "draft"


SKIPS: tuple[tuple[str, str, str, dict[str, Any], set[int]], ...] = (
    (
        "resolve",
        "approver",
        "accepted",
        {"outcome": "granted", "signed": {"name": "x", "on": "2026-01-05"}},
        {409, 422},
    ),
    ("return_result", "reception", "processing", {"identity_checked": True}, {409}),
    ("return_result", "reception", "resolved", {"identity_checked": True}, {422}),
    ("supplement", "citizen", "submitted", {}, {409}),
    ("answer_confirmation", "citizen", "processing", {"answer": "confirmed"}, {409}),
    ("decline", "head", "submitted", {"reason": "Một mình tôi quyết."}, {422}),
    ("accept", "reception", "awaiting_payment", {}, {409}),
    ("accept", "reception", "returned", {}, {409}),
    ("withdraw", "citizen", "returned", {"reason": "Muộn."}, {409}),
    ("start", "case_officer", "submitted", {}, {409}),
    ("pay_fee", "reception", "draft", {"fee": str(FIRST), "method": "cash"}, {404}),
    ("pay_fee", "reception", "returned", {"fee": str(FIRST), "method": "cash"}, {409, 422}),
)


@pytest.mark.parametrize(("name", "who", "state", "body", "allowed"), SKIPS)
def test_no_step_is_skipped(
    target: Target, name: str, who: str, state: str, body: dict[str, Any], allowed: set[int]
) -> None:
    dossier = target.dossiers[state]
    address = f"dossiers/{dossier.pk}/actions/{name}"

    assert probe(target.clients[who], address, {**body, "version": dossier.version}, allowed) == ""


def test_a_fee_is_paid_on_its_own_dossier_and_once(target: Target) -> None:
    with undone():
        mine, other = states.resolved(target.desk), states.resolved(target.desk)
        fee = str(other.fees.get(status="open").pk)
        body = {"fee": fee, "method": "cash", "version": mine.version}
        wrong, right = (f"dossiers/{dossier.pk}/actions/pay_fee" for dossier in (mine, other))

        assert probe(target.reception, wrong, body, {404, 422}) == ""
        paid = send(target.reception, right, {**body, "version": other.version})
        again = send(target.reception, right, {**body, "version": paid.json()["version"]})  # type: ignore[attr-defined]

        assert (paid.status_code, again.status_code) == (200, 422)
        assert Receipt.objects.filter(fee__pk=fee).count() == 1


REVOKED = {
    "the role is taken": lambda officer: services.change_membership(
        officer.membership, roles=[Role.CATALOGUE_ADMIN], title="", signs_for="own", actor=SYSTEM
    ),
    "the membership ends": lambda officer: services.revoke_membership(officer.membership, actor=SYSTEM),
    "the account is switched off": lambda officer: services.set_active(
        officer.user, active=False, actor=SYSTEM
    ),
}


@pytest.mark.parametrize("how", REVOKED)
def test_a_lost_right_is_lost_at_the_next_request(target: Target, how: str) -> None:
    dossier, browser = target.dossiers["submitted"], target.open_browser("reception")
    address = f"dossiers/{dossier.pk}/actions/accept"
    assert browser.get(f"/onestop/dossiers/{dossier.pk}/").status_code == 200

    REVOKED[how](target.desk.reception)

    before = count_rows()
    assert browser.get(f"/onestop/dossiers/{dossier.pk}/").status_code in {302, 403, 404}
    assert browser.post(
        f"/onestop/dossiers/{dossier.pk}/do/accept/", {"version": dossier.version}
    ).status_code in {302, 403, 404}
    answer = send(browser, address, {"version": dossier.version})
    assert find_fault(answer, {401, 403, 404}) == ""
    assert {name: n for name, n in count_rows().items() if n != before[name]}.keys() <= {
        "accounts.ParkedForm"
    }


def test_a_session_dies_with_the_password_it_began_with(target: Target) -> None:
    person = make_user()
    target.users["person"] = person
    browser = target.open_browser("person")
    assert browser.get(f"{API}me").status_code == 200

    person.set_password("một câu khác hẳn")
    person.save(update_fields=["password"])

    assert browser.get(f"{API}me").status_code == 401


FOREIGN_IDS = (
    "account_id",
    "collection_id",
    "difference_id",
    "line_id",
    "load_id",
    "message_id",
    "receipt_id",
    "refund_id",
    "session_id",
    "statement_id",
)
"""Of things that this target has none of."""
READERS = ("visitor", "citizen", "reception")


@pytest.mark.parametrize("who", READERS)
def test_looking_changes_nothing(target: Target, who: str) -> None:
    """GET, HEAD and OPTIONS on every address, for dossiers in several states, leave every table as it was."""
    fee = target.dossiers["resolved"].fees.get(status="open")
    shared = {
        **SHARED,
        "page": "to_khai",
        "key": "mau_01",
        "fee_id": fee.pk,
        **dict.fromkeys(FOREIGN_IDS, FIRST),
        "concept_key": "khong-co",
        "event_key": "khong-co",
        "token": "khong-co",
    }
    file_id = target.dossiers["submitted"].attachments.values_list("file", flat=True)[0]
    routes = [route for route in list_routes() if not route.is_admin and "logout" not in route.shape]

    with undone():
        browser, before = target.open_browser(who), count_rows()
        for state in ("draft", "submitted", "awaiting_supplement", "confirming"):
            values = {**shared, "dossier_id": target.dossiers[state].pk, "file_id": file_id, "name": "accept"}
            for route in routes:
                if state != "submitted" and "dossier_id" not in route.kwargs:
                    continue
                address = reverse(route.name, kwargs={name: values[name] for name in route.kwargs})
                for method in ("GET", "HEAD", "OPTIONS") if state == "submitted" else ("GET",):
                    answer = browser.generic(method, address)
                    assert answer.status_code < 500, f"{method} {address}"
        assert count_rows() == before
