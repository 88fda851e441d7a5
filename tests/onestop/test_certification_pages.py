"""The quick screen by HTTP: what is typed stays, whatever is refused."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.models import Dossier, DossierParty
from onestop.models import CertificationEntry
from payments.models import Receipt
from portal.accounts.choices import AgencyKind, Role
from tests.factories.catalogue import publish, read_catalogue
from tests.factories.dossiers import COPIES, Desk
from tests.factories.people import make_agency, make_officer
from tests.onestop.certifying import DIPLOMA, DIPLOMA_FEE, SCREEN, certify, make_small_desk, typed
from tests.onestop.conftest import SignIn

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def desk(db: None) -> Desk:
    return make_small_desk()


@pytest.fixture
def reception(desk: Desk, sign_in: SignIn) -> Client:
    return sign_in(desk.reception)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def value_of(answer: Any, name: str) -> str:
    """What a control of the page holds."""
    tag = re.search(rf'<input[^>]* name="{name}"[^>]*>', text_of(answer))
    assert tag is not None, name
    value = re.search(r' value="([^"]*)"', tag[0])
    return html.unescape(value[1]) if value else ""


def post(client: Client, data: dict[str, Any]) -> Any:
    return client.post(SCREEN, data)


def test_the_screen_opens_empty_with_the_signer_chosen(desk: Desk, reception: Client) -> None:
    answer = reception.get(SCREEN)
    assert answer.status_code == 200
    assert value_of(answer, "row-0-copies") == "1"
    assert f'<option value="{desk.approver.membership.pk}" selected>Vũ Quang Ký' in text_of(answer)
    assert "Hôm nay chưa có lượt nào." in text_of(answer)


def test_papers_in_numbers_out(desk: Desk, reception: Client) -> None:
    answer = post(reception, typed(desk, DIPLOMA))
    dossier = Dossier.objects.get()
    assert answer["Location"] == f"{SCREEN}{dossier.pk}/"
    page = text_of(reception.get(answer["Location"]))
    assert '<b class="num">1</b>' in page
    assert "biên lai số 0000001" in page
    assert f"kind=copies&amp;signer={desk.approver.membership.pk}" in page
    assert dossier.owner_name == "Người yêu cầu chứng thực"


def test_a_person_is_kept_as_typed(desk: Desk, reception: Client) -> None:
    post(reception, typed(desk, DIPLOMA, name=" Y  Blăm ", phone="0912 345 678", identity="037190001234"))
    party = DossierParty.objects.get(role="submitter").party
    assert (party.name, party.details["phone"]) == ("Y Blăm", "+84912345678")
    assert party.details["identity"] == {"type": "citizen_id", "number": "037190001234"}
    assert Dossier.objects.get().owner_name == "Y Blăm"


def test_a_scanned_card_gives_number_and_name(desk: Desk, reception: Client) -> None:
    card = "037190001234|123456789|Hờ A Páo|15081990|Nam|Xóm 4, xã An Bình|01012022"
    answer = post(reception, typed(desk, DIPLOMA, identity=card, do="price"))
    assert (value_of(answer, "name"), value_of(answer, "identity")) == ("Hờ A Páo", "037190001234")


def test_letters_stand_for_common_papers(desk: Desk, reception: Client) -> None:
    post(reception, typed(desk, ("CC", 2, 1), ("hb", 1, 1), ("Giấy lạ", 1, 1), agreed="8000"))
    papers = [entry.paper for entry in CertificationEntry.objects.order_by("number")]
    assert papers == ["Thẻ căn cước", "Học bạ", "Giấy lạ"]


def test_without_scripts_the_sum_is_asked_for(desk: Desk, reception: Client) -> None:
    data = typed(desk, DIPLOMA, agreed="")
    priced = post(reception, {**data, "do": "price"})
    assert (priced.status_code, value_of(priced, "agreed")) == (200, str(DIPLOMA_FEE))
    assert "50.000 đ" in text_of(priced)
    unseen = post(reception, data)
    assert unseen.status_code == 200
    assert "Thu tiền theo số bên cạnh" in text_of(unseen)
    assert not Dossier.objects.exists()
    assert post(reception, {**data, "agreed": value_of(unseen, "agreed")}).status_code == 302


def test_without_scripts_rows_are_added_one_by_one(desk: Desk, reception: Client) -> None:
    papers = [(f"Giấy {n}", 1, 1) for n in range(4)]
    answer = post(reception, typed(desk, *papers, do="more"))
    assert answer.status_code == 200
    assert value_of(answer, "row-3-paper") == "Giấy 3"
    assert value_of(answer, "row-4-paper") == ""
    assert re.search(r'id="row-4-paper"[^>]* autofocus', text_of(answer))


def test_empty_rows_are_left_out(desk: Desk, reception: Client) -> None:
    empty = {"row-5-paper": "", "row-5-pages": "", "row-5-copies": "1", "row-9-paper": "", "row-9-copies": ""}
    assert post(reception, typed(desk, DIPLOMA, **empty)).status_code == 302
    assert CertificationEntry.objects.count() == 1


def _rows(count: int) -> dict[str, str]:
    return {f"row-{n}-{name}": value for n in range(count) for name, value in
            {"paper": f"Giấy {n}", "pages": "1", "copies": "1"}.items()}  # fmt: skip


BAD = [
    ("no pages", {"row-0-pages": "0"}, "row-0-pages"),
    ("pages left out", {"row-0-pages": ""}, "row-0-pages"),
    ("a billion pages", {"row-0-pages": str(10**9)}, "row-0-pages"),
    ("a number of a thousand digits", {"row-0-pages": "9" * 1000}, "row-0-pages"),
    ("pages below nothing", {"row-0-pages": "-2"}, "row-0-pages"),
    ("pages in words", {"row-0-pages": "ba"}, "row-0-pages"),
    ("half a page", {"row-0-pages": "1,5"}, "row-0-pages"),
    ("no copies", {"row-0-copies": "0"}, "row-0-copies"),
    ("copies left out", {"row-0-copies": ""}, "row-0-copies"),
    ("a hundred copies", {"row-0-copies": "100"}, "row-0-copies"),
    ("a billion copies", {"row-0-copies": str(10**9)}, "row-0-copies"),
    ("numbers without a paper", {"row-0-paper": ""}, "row-0-paper"),
    ("a long name of a paper", {"row-0-paper": "a" * 201}, "row-0-paper"),
    ("nothing at all", {"row-0-paper": "", "row-0-pages": "", "row-0-copies": "1"}, "row-0-paper"),
    ("two hundred rows", _rows(200), "row-0-paper"),
    ("a telephone of three digits", {"phone": "113"}, "phone"),
    ("a name with digits", {"name": "Páo 2"}, "name"),
    ("a stranger signs", {"signer": "999999999"}, "signer"),
    ("nobody signs", {"signer": "abc"}, "signer"),
]


@pytest.mark.parametrize(("changes", "field"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_named_and_everything_typed_stays(
    desk: Desk, reception: Client, changes: dict[str, str], field: str
) -> None:
    data = typed(desk, DIPLOMA, **{"name": "Páo", **changes})
    answer = post(reception, data)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text_of(answer)
    assert f'id="{field}"' in text_of(answer)
    assert "Lỗi:" in text_of(answer)
    assert not Dossier.objects.exists()
    for name, value in data.items():
        if name.startswith("row-") or name in ("name", "phone", "identity", "token"):
            assert value_of(answer, name) == value, name


def test_a_changed_fee_is_said_and_everything_typed_stays(desk: Desk, reception: Client) -> None:
    data = typed(desk, DIPLOMA, name="Páo")
    document = read_catalogue(COPIES)
    document["fees"][0]["bands"][0]["price"] = 3000
    publish(document)
    answer = post(reception, data)
    assert answer.status_code == 409
    assert "Phí bây giờ là 70.000 đ, không phải 50.000 đ." in text_of(answer)
    assert (value_of(answer, "row-0-paper"), value_of(answer, "name")) == (DIPLOMA[0], "Páo")
    assert not Receipt.objects.exists()
    again = post(reception, {**data, "agreed": value_of(answer, "agreed")})
    assert again.status_code == 302
    assert Receipt.objects.get().amount == 70_000


def test_an_unknown_charge_is_not_quick(desk: Desk, reception: Client) -> None:
    document = read_catalogue(COPIES)
    charge = document["fees"][0]
    document["fees"] = [
        {k: v for k, v in charge.items() if k not in ("bands", "cap", "per")} | {"amount": None}
    ]
    publish(document)
    answer = post(reception, typed(desk, DIPLOMA, agreed="0"))
    assert answer.status_code == 422
    assert "Chưa xác định mức thu" in text_of(answer)


def test_pressing_twice_or_going_back_makes_one(desk: Desk, reception: Client) -> None:
    data = typed(desk, DIPLOMA)
    places = {post(reception, data)["Location"] for _ in range(3)}
    assert len(places) == 1
    assert CertificationEntry.objects.count() == Receipt.objects.count() == 1
    changed = post(reception, {**data, "row-0-copies": "2", "agreed": "10000"})
    assert changed.status_code == 422
    assert "đã ghi sổ một lần rồi" in text_of(changed)
    assert value_of(changed, "token") != data["token"]
    assert CertificationEntry.objects.count() == 1
    next_one = {**data, "row-0-copies": "2", "agreed": "10000", "token": value_of(changed, "token")}
    assert post(reception, next_one).status_code == 302
    assert CertificationEntry.objects.count() == 2


def test_an_agency_that_certifies_nothing_is_told_so(sign_in: SignIn, desk: Desk) -> None:
    elsewhere = make_officer(Role.RECEPTION, agency=make_agency(kind=AgencyKind.DEPARTMENT))
    client = sign_in(elsewhere)
    assert "Cơ quan này không chứng thực nhanh" in text_of(client.get(SCREEN))
    assert "Cơ quan này không chứng thực nhanh" in text_of(post(client, typed(desk)))
    assert not Dossier.objects.exists()


def test_an_agency_without_a_signer_is_told_so(sign_in: SignIn, desk: Desk) -> None:
    client = sign_in(make_officer(Role.RECEPTION, agency=make_agency()))
    assert "chưa có người được ký chứng thực" in text_of(client.get(SCREEN))
    answer = post(client, typed(desk, signer=""))
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"quick": False}, {"same_day": False}, {"authorised_desk": False}],
    ids=lambda changes: next(iter(changes)),
)
def test_the_catalogue_says_what_is_quick(desk: Desk, reception: Client, changes: dict[str, bool]) -> None:
    publish({**read_catalogue(COPIES), **changes})
    assert "Cơ quan này không chứng thực nhanh" in text_of(reception.get(SCREEN))


def test_other_roles_do_not_certify_but_read_the_book(desk: Desk, sign_in: SignIn) -> None:
    dossier_id = certify(desk)
    for officer in (desk.head, desk.case_officer, desk.approver):
        client = sign_in(officer)
        assert client.get(SCREEN).status_code == 403
        assert client.get(f"{SCREEN}book/").status_code == 200
        assert client.get(f"{SCREEN}{dossier_id}/").status_code == 200
    stranger = sign_in(make_officer(Role.RECEPTION, agency=make_agency()))
    assert stranger.get(f"{SCREEN}{dossier_id}/").status_code == 404
    assert "Bằng tốt nghiệp" not in text_of(stranger.get(f"{SCREEN}book/"))


def test_the_book_turns_its_pages(desk: Desk, reception: Client) -> None:
    for _ in range(3):
        certify(desk, *[("Học bạ", 1, 1)] * 30, agreed=60_000)
    first = text_of(reception.get(f"{SCREEN}book/"))
    assert (numbers_in(first)[0], numbers_in(first)[-1]) == ("90", "41")
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = text_of(reception.get(older[1].replace("&amp;", "&")))
    assert (numbers_in(second)[0], numbers_in(second)[-1]) == ("40", "1")
    newer = re.search(r'rel="prev" href="([^"]+)"', second)
    assert newer is not None
    assert numbers_in(text_of(reception.get(newer[1].replace("&amp;", "&")))) == numbers_in(first)


def numbers_in(page: str) -> list[str]:
    return re.findall(r"data-open>(?:<s>)?(\d+)", page)


@pytest.mark.parametrize(
    "query",
    ["kind=x&year=abc", "year=99999999999", "year=-1", "before=-5", "after=9999999999999", "before=0"],
)
def test_an_address_that_makes_no_sense_opens_a_book(reception: Client, query: str) -> None:
    assert reception.get(f"{SCREEN}book/?{query}").status_code == 200


def test_the_head_strikes_with_a_reason(desk: Desk, sign_in: SignIn) -> None:
    dossier_id = certify(desk)
    head = sign_in(desk.head)
    place = f"{SCREEN}{dossier_id}/cancel/"
    assert place in text_of(head.get(f"{SCREEN}{dossier_id}/"))
    assert "Gạch bỏ số chứng thực?" in text_of(head.get(place))
    refused = head.post(place, {"reason": " "})
    assert refused.status_code == 422
    assert head.post(place, {"reason": "Ghi nhầm số bản."})["Location"] == f"{SCREEN}{dossier_id}/"
    page = text_of(head.get(f"{SCREEN}{dossier_id}/"))
    assert "<s>1</s>" in page
    assert place not in page
    assert "Ghi nhầm số bản." in text_of(head.get(f"{SCREEN}book/"))
    assert head.post(place, {"reason": "Lần nữa"}).status_code == 409
    assert sign_in(desk.reception).post(place, {"reason": "Nhầm"}).status_code == 403


def test_an_ordinary_dossier_is_no_certification(desk: Desk, sign_in: SignIn) -> None:
    from tests.factories.dossiers import file_birth

    dossier = file_birth(desk)
    for client, place in ((sign_in(desk.reception), ""), (sign_in(desk.head), "cancel/")):
        assert client.get(f"{SCREEN}{dossier.pk}/{place}")["Location"] == f"/onestop/dossiers/{dossier.pk}/"


@pytest.mark.parametrize("place", ["", "book/", "dossier", "cancel"])
def test_pages_cost_the_same_however_much_is_on_them(desk: Desk, sign_in: SignIn, place: str) -> None:
    dossier_id = certify(desk)
    client = sign_in(desk.head if place == "cancel" else desk.reception)
    path = {"dossier": f"{dossier_id}/", "cancel": f"{dossier_id}/cancel/"}.get(place, place)
    costs = []
    for _ in range(2):
        client.get(SCREEN + path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(SCREEN + path).status_code == 200
        costs.append(len(queries))
        for _more in range(3):
            certify(desk, DIPLOMA, DIPLOMA, agreed=2 * DIPLOMA_FEE)
    assert costs[0] == costs[1]
    assert costs[0] == {"": 8, "book/": 4, "dossier": 8, "cancel": 6}[place]
    assert costs[0] <= MOST_QUERIES


def test_who_receives_finds_the_screen_in_the_header(desk: Desk, sign_in: SignIn) -> None:
    assert f'href="{SCREEN}"' in text_of(sign_in(desk.reception).get("/onestop/"))
    assert f'href="{SCREEN}"' not in text_of(sign_in(desk.approver).get("/onestop/"))
