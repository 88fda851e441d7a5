"""Texts that admins write: what is replaced, what stays, what vanishes, and what is refused."""

from typing import Any

import pytest

from portal.notifications.substitution import fill, list_names, list_unknown
from portal.notifications.textrules import Draft, find_faults

ALLOWED = ("code", "due_at", "items", "reason")
VALUES: dict[str, Any] = {"code": "H13-1", "due_at": "26/11/2026", "items": "Ảnh\nĐơn", "reason": "Mờ"}


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("Hồ sơ {code} xong.", VALUES, "Hồ sơ H13-1 xong."),
        ("Hồ sơ { code } xong.", VALUES, "Hồ sơ H13-1 xong."),
        ("{{ code }} {% debug %} ${code} {{code}}", VALUES, "{{ code }} {% debug %} ${code} {{code}}"),
        ("{{7*7}} {# x #}", VALUES, "{{7*7}} {# x #}"),
        ("{code}", {"code": "{due_at}", "due_at": "x"}, "{due_at}"),
        ("{reason}", {"reason": "{{ 7*7 }}{% debug %}"}, "{{ 7*7 }}{% debug %}"),
        ("Xong {code}. Hẹn: {due_at}. Hết.", {"code": "A"}, "Xong A. Hết."),
        ("Đầu\nHẹn: {due_at}\nCuối", {}, "Đầu\nCuối"),
        ("Cần:\n- {items}\nHết", VALUES, "Cần:\n- Ảnh\n- Đơn\nHết"),
        ("Cần:\n- {items}\nHết", {}, "Hết"),
        ("{code}", {"code": ""}, ""),
        ("{code}", {"code": None}, ""),
        ("{days} ngày", {"days": 30}, "{days} ngày"),
        ("Không có gì", {}, "Không có gì"),
        ("", {}, ""),
    ],
)
def test_what_a_text_becomes(text: str, values: dict[str, Any], wanted: str) -> None:
    assert fill(text, values, ALLOWED) == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{a} {b} {a}", ("a", "b")),
        ("{{a}} ${b} {% c %}", ()),
        ("{Ngày hẹn}", ("Ngày hẹn",)),
        ("{", ()),
        ("{}", ()),
        ("{a", ()),
    ],
)
def test_what_counts_as_a_name(text: str, names: tuple[str, ...]) -> None:
    assert list_names(text) == names


def test_an_unknown_name_is_found_whatever_its_form() -> None:
    assert list_unknown("{code} {ten} {user.password} {code!r}", ALLOWED) == (
        "ten",
        "user.password",
        "code!r",
    )


@pytest.mark.parametrize(
    ("channel", "body", "words"),
    [
        ("email", "", "Hãy viết nội dung"),
        ("email", "{ho_ten}", "Những tên dùng được: "),
        ("email", "{recipient_name} {track_url}", ""),
        ("email", "x" * 4001, "dài quá"),
        ("inapp", "{{ code }} {% x %}", ""),
        ("sms", "{code}: {due_at}", ""),
        ("sms", "{reason}", "Không dùng được {reason}"),
        ("sms", "{recipient_name}", "Không dùng được {recipient_name}"),
        ("sms", "{track_url}", "Không dùng được {track_url}"),
        ("sms", "Xem https://a.vn/x", "đường dẫn"),
        ("sms", "Xem tai dichvucong.gov.vn", "đường dẫn"),
        ("sms", "Số 037090099999", "số định danh"),
        ("sms", "a " * 200, "dài 3 phần"),
        ("sms", "ấ " * 150, ""),
    ],
)
def test_what_may_be_saved(channel: str, body: str, words: str) -> None:
    faults = find_faults(Draft("dossier.accepted", channel, "vi", "", body))

    assert (words in " ".join(faults["body"])) if words else not faults, faults


def test_the_refusal_of_a_name_gives_examples() -> None:
    [said] = find_faults(Draft("dossier.accepted", "sms", "vi", "", "{ten}"))["body"]

    assert "{code} (H13.36.01-261123-0014)" in said
    assert "recipient_name" not in said


def test_a_subject_keeps_to_its_length_and_names() -> None:
    faults = find_faults(Draft("dossier.accepted", "email", "vi", "{x}" + "a" * 130, "Xong"))

    assert len(faults["subject"]) == 2
