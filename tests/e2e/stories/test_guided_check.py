"""A mother asks what to prepare before she has an account, then files: what she answered is there already."""

import pytest
from playwright.sync_api import expect

from tests.e2e.stories.person import Seat
from tests.factories.dossiers import make_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOURCE = "Bạn đã trả lời ở phần “Cần chuẩn bị gì?”"


def test_from_the_check_into_the_filing(seat: Seat) -> None:
    desk = make_desk()
    visitor = seat(None)
    visitor.open("/procedures/1.001193/")
    visitor.press("Cần chuẩn bị gì?")
    for name, answer in (
        ("case", "co_giay_chung_sinh"),
        ("da_khai_sinh", "false"),
        ("noi_sinh", "vn"),
        ("hon_nhan", "chi_me"),
        ("lam_gop", "false"),
        ("nguoi_di", "me"),
        ("copies", "2"),
        ("channel", "online"),
    ):
        visitor.fill({name: answer})
        visitor.press("Tiếp tục")
    visitor.sees("Bạn làm được thủ tục này", "Giấy chứng sinh", "16.000 đ", desk.agency.name, "Hôm nay")
    visitor.misses("Giấy chứng nhận kết hôn của cha, mẹ", "Văn bản ủy quyền")

    mother = seat(desk.citizen)
    mother.page.reload()
    mother.press("Bắt đầu nộp")
    mother.sees("Có giấy chứng sinh", "được mang theo")
    mother.press("Bắt đầu")
    mother.open(mother.page.url + "requester/")
    expect(mother.page.locator('[name="requester_relation"][value="me"]')).to_be_checked()
    mother.sees(SOURCE)
    mother.open(mother.page.url.replace("requester", "copies_and_oath"))
    expect(mother.page.locator('[name="copies"]')).to_have_value("2")
    expect(mother.page.locator('[name="wants_copies"][value="true"]')).to_be_checked()
