"""What an SMS may say, and as how many messages it is paid."""

import pytest

from portal.core.errors import ExternalServiceError
from portal.core.text import to_ascii
from portal.notifications.channels.sms.texts import (
    GSM_PART,
    build_sms,
    count_parts,
    cut,
    is_brandname,
    pick_words,
)
from portal.notifications.events import notice_events
from portal.notifications.rendering import render_notice
from tests.notifications.samples import DOSSIER_SAMPLE

VECTORS = [
    ("", 1),
    ("a", 1),
    ("a" * 159, 1),
    ("a" * 160, 1),
    ("a" * 161, 2),
    ("a" * 306, 2),
    ("a" * 307, 3),
    ("a" * 459, 3),
    ("a" * 460, 4),
    ("@£$¥èéùìòÇ\nØø\rÅå", 1),
    ("ΔΦΓΛΩΠΨΣΘΞ" * 16, 1),
    ("ΔΦΓΛΩΠΨΣΘΞ" * 16 + "a", 2),
    ("€", 1),
    ("€" * 80, 1),
    ("€" * 80 + "a", 2),
    ("[" * 81, 2),
    ("{}" * 40, 1),
    ("a" * 158 + "€", 1),
    ("a" * 159 + "€", 2),
    ("a" * 152 + "€" + "a" * 151, 2),
    ("a" * 152 + "€" + "a" * 152, 3),
    ("a" * 153 + "€" + "a" * 151, 2),
    ("€" * 152, 2),
    ("€" * 153, 3),
    ("\\" * 228, 3),
    ("\\" * 229, 4),
    ("đ", 1),
    ("đ" * 70, 1),
    ("đ" * 71, 2),
    ("ế" * 134, 2),
    ("ế" * 135, 3),
    ("😀" * 35, 1),
    ("😀" * 36, 2),
    ("đ" * 66 + "😀" + "đ" * 66, 3),
    ("`" * 70, 1),
    ("`" * 71, 2),
]


@pytest.mark.parametrize(("text", "parts"), VECTORS)
def test_parts_are_counted_as_networks_count_them(text: str, parts: int) -> None:
    assert count_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hồ sơ đã được tiếp nhận", "Ho so da duoc tiep nhan"),
        ("ĐẶNG THUÝ – “Ủy ban”…", 'DANG THUY - "Uy ban"...'),
        ("H\u1edd A Pa\u0301o", "Ho A Pao"),
        ("ʼ’5 ₫ ₫", "''5 d d"),
        ("日本 😀", "?? ?"),
    ],
)
def test_text_is_folded_to_ascii_with_its_case(text: str, folded: str) -> None:
    assert to_ascii(text) == folded


def test_a_long_text_in_vietnamese_costs_what_its_bare_letters_cost() -> None:
    sms = build_sms("ồ " * 80 + "`")

    assert (sms.text.startswith("o o o"), sms.parts) == (True, 2 if len(sms.text) > 160 else 1)
    assert "`" not in sms.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "text"),
        (" \n ", "text"),
        ("Xem https://dichvucong.gov.vn", "link"),
        ("Xem HTTP://X", "link"),
        ("Xem www.a", "link"),
        ("Xem dichvucong.gov.vn nhé", "link"),
        ("bấm bit.ly/abc", "link"),
        ("bấm motcua.xyz", "link"),
        ("CCCD 079123456789", "id_number"),
        ("CCCD 079 123 456 789", "id_number"),
        ("CCCD 079.123.456.789", "id_number"),
        ("CCCD 0791-2345-6789", "id_number"),
        ("CCCD ０７９１２３４５６７８９", "id_number"),
        ("a" * 460, "too_long"),
    ],
)
def test_what_must_not_leave_is_refused_for_good(body: str, code: str) -> None:
    with pytest.raises(ExternalServiceError) as refusal:
        build_sms(body)

    assert (refusal.value.code, refusal.value.permanent) == (code, True)


@pytest.mark.parametrize(
    "body",
    [
        "Ho so H13.36.01-261123-0014, TP.Can Tho",
        "Ho so 000.00.18.H56-261122-0001 cua ban",
        "Goi 0292 3820 000 hoac 1022. Hen 17:00, 27/11/2026",
        "UBND P.Ninh Kieu, Q.Ninh Kieu, so 12.500.000 d",
        "Ma 1234567890123",
    ],
)
def test_codes_dates_phones_and_places_are_no_links_and_no_citizens_numbers(body: str) -> None:
    assert build_sms(body).text == body


@pytest.mark.parametrize(
    ("name", "is_allowed"),
    [
        ("MOTCUA", True),
        ("CanTho", True),
        ("DVC-Can.Tho", True),
        ("UBND_Q/1", True),
        ("Dich vu", True),
        ("A1234567890", True),
        ("A12345678901", False),
        ("19001022", False),
        ("", False),
        ("MỘT CỬA", False),
        (" MOTCUA", False),
        ("MOT@CUA", False),
    ],
)
def test_brand_names_follow_decree_91(name: str, is_allowed: bool) -> None:
    assert is_brandname(name) is is_allowed


def test_nothing_that_people_typed_is_offered_to_an_sms() -> None:
    words = pick_words({**DOSSIER_SAMPLE, "procedure_name": "Đăng ký " * 40})

    assert not {"recipient_name", "reason", "items", "track_url"} & set(words)
    assert len(str(words["procedure_name"])) <= 60
    assert words["code"] == DOSSIER_SAMPLE["code"]


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [
        ("ngắn", 10, "ngắn"),
        ("một hai ba bốn", 12, "một hai..."),
        ("một hai ba", 10, "một hai ba"),
        ("motchudaihonmuoi", 10, "motchud..."),
    ],
)
def test_values_are_cut_at_a_word(value: str, most: int, expected: str) -> None:
    assert cut(value, most) == expected


@pytest.mark.django_db
def test_every_event_of_the_catalogue_fits_into_three_parts() -> None:
    for key, event in notice_events.items():
        if "sms" in event.channels and "body" not in event.sample:
            body = render_notice(key, "sms", pick_words(event.sample)).body
            assert build_sms(body).parts * GSM_PART <= 3 * GSM_PART, key
