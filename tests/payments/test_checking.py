"""Anybody checks a receipt by the code on it; wrong and unknown are alike, and guessing is throttled."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from payments.checking import check_url, code_of, mask_name
from payments.models import Receipt, Refund
from payments.receipts import print_receipt
from payments.selectors import access_receipt
from portal.core import verification
from portal.core.clock import now
from portal.core.verification import ALPHABET, build_code, check_code, clean_code
from tests.payments.owed import Owed
from tests.payments.refunds.moneyback import make_online
from tests.payments.test_receipt_print import text_of

pytestmark = pytest.mark.django_db


def ask(code: str | None, client: Client | None = None) -> tuple[int, str]:
    answer = (client or Client()).get("/verify/", {} if code is None else {"code": code})
    return answer.status_code, answer.content.decode()


@pytest.fixture
def receipt(owed: Owed) -> Receipt:
    return owed.pay(payer_name="Bùi Văn Chiến")


def test_it_says_what_stands_on_the_paper_and_masks_the_name(receipt: Receipt) -> None:
    status, page = ask(code_of(receipt))

    assert status == 200
    for part in ("0000001", receipt.sign, receipt.agency_name, "15.000 đ", "Tiền mặt", "B… V… Chiến"):
        assert part in page
    assert "Bùi" not in page
    assert "Giấy tờ này có thật" in page


@pytest.mark.parametrize("spell", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_a_code_is_read_as_people_type_it(receipt: Receipt, spell: Callable[[str], str]) -> None:
    assert ask(spell(code_of(receipt).replace("0", "o").replace("1", "l")))[0] == 200


def test_wrong_and_unknown_codes_answer_alike(receipt: Receipt) -> None:
    code = clean_code(code_of(receipt))
    wrong = [
        code[:-1] + next(letter for letter in ALPHABET if letter != code[-1]),
        "C" + code[1:],
        build_code("B", 12345, "nobody"),
        "B" + "Z" * 23,
        "B" + "Z" * 60,
        "B",
        "'; DROP TABLE x",
        "Ｂ１２３４",
        "x" * 5000,
    ]
    pages = {_main(ask(one, Client(REMOTE_ADDR=f"198.51.100.{at}"))[1]) for at, one in enumerate(wrong)}

    assert len(pages) == 1
    assert "Không có giấy tờ nào mang mã này" in pages.pop()


def _main(page: str) -> str:
    """What it says, without what was typed."""
    return re.sub(r'value="[^"]*"', "", page.split("<main")[1].split("</main>", maxsplit=1)[0])


def test_every_letter_of_the_code_counts(receipt: Receipt) -> None:
    code = clean_code(code_of(receipt))
    for place in range(len(code)):
        for letter in ALPHABET[::5]:
            if letter != code[place]:
                assert check_code(code[:place] + letter + code[place + 1 :]) is None


def test_nothing_typed_is_asked_for(receipt: Receipt) -> None:
    assert ask(None)[0] == 200
    status, page = ask(" ")
    assert (status, "Nhập mã kiểm tra" in page) == (422, True)


def test_guessing_is_throttled_and_right_codes_are_not(receipt: Receipt) -> None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    for _time in range(25):
        assert ask(code_of(receipt), client)[0] == 200
    assert [ask("B123", client)[0] for _time in range(21)] == [404] * 20 + [429]
    assert ask(code_of(receipt), client)[0] == 429


def test_a_refunded_receipt_says_so(receipt: Receipt) -> None:
    for amount, words in ((5_000, "Đã hoàn trả 5.000 đ"), (10_000, "Toàn bộ số tiền")):
        _give_back(receipt, amount)
        assert words in ask(code_of(receipt))[1]


def _give_back(receipt: Receipt, amount: int) -> None:
    Refund.objects.create(
        dossier=receipt.dossier, fee=receipt.fee, receipt=receipt, agency=receipt.agency, amount=amount,
        cause="mistake", way="cash", status="done", reference=f"R{amount}", created_at=now(), paid_at=now(),
    )  # fmt: skip


def test_the_code_survives_every_print_and_belongs_to_one_receipt(owed: Owed, receipt: Receipt) -> None:
    again = access_receipt(owed.desk.cashier.actor, receipt.pk)
    assert code_of(again) == code_of(receipt)
    assert len(clean_code(code_of(receipt))) <= 18
    text = text_of(print_receipt(again))
    assert code_of(receipt) in text
    assert "/verify" in text
    assert "/verify/?code=B" in check_url(code_of(receipt))


def test_the_portal_issues_it_where_nobody_stood_at_the_desk() -> None:
    place = make_online()
    receipt = access_receipt(place.counter.head.actor, place.receipt.pk)
    pdf = print_receipt(receipt)

    text = text_of(pdf)

    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    for part in ("Biên lai điện tử", "không cần chữ ký", "Trực tuyến", code_of(receipt)):
        assert part in text
    assert "Ký, ghi rõ họ tên" not in text
    assert "Trực tuyến" in ask(code_of(receipt))[1]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Bùi Văn Chiến", "B… V… Chiến"),
        ("Páo", "P…"),
        ("", ""),
        ("  Hờ   A  Páo ", "H… A… Páo"),
    ],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_other_kinds_register_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    document = verification.CheckedDocument("Bản sao", (("Số", "7"),))
    kind = verification.DocumentKind(
        "C", "Bản sao", lambda number: [verification.Candidate("x", lambda: document)]
    )
    monkeypatch.setitem(verification.document_kinds._items, "C", kind)
    assert check_code(build_code("C", 7, "x")) == document
    assert check_code(build_code("C", 7, "y")) is None
