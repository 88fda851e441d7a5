"""What is typed becomes what the document holds; what cannot be understood is kept and not lost."""

from typing import Any

import pytest
from django.http import QueryDict

from procedures.editing.fields import ON, Spec, show, write
from procedures.editing.keys import make_key
from procedures.editing.places import MISSING, get_at, put_at


def typed(spec: Spec, part: dict[str, Any], **values: str | list[str]) -> dict[str, Any]:
    """The part after typing; `vi`, `en` for texts, `x` for everything else."""
    posted = QueryDict(mutable=True)
    for ending, value in values.items():
        posted.setlist(
            spec.name if ending == "x" else f"{spec.name}.{ending}",
            value if isinstance(value, list) else [value],
        )
    write(spec, part, spec.name, posted.getlist)
    return part


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("number", "12", 12),
        ("number", " 1.500 ", 1500),
        ("number", "ba", "ba"),
        ("money", "1.500.000 đ", 1_500_000),
        ("money", "200.000 đồng", 200_000),
        ("money", "1,500,000", 1_500_000),
        ("day", "1/7/2025", "2025-07-01"),
        ("day", "31.12.2026", "2026-12-31"),
        ("day", "31/2/2026", "31/2/2026"),
        ("line", "  123/2015/NĐ-CP  ", "123/2015/NĐ-CP"),
        ("lines", "một\r\n\r\n hai  ba \nmột", ["một", "hai ba"]),
    ],
)
def test_what_is_typed_is_understood(kind: str, value: str, stored: object) -> None:
    assert typed(Spec("a", "", kind), {}, x=value) == {"a": stored}


@pytest.mark.parametrize(("kind", "old"), [("number", 3), ("line", "x"), ("day", "2026-01-01"), ("one", "x")])
def test_what_is_emptied_is_taken_out(kind: str, old: object) -> None:
    assert typed(Spec("a", "", kind), {"a": old, "b": 1}, x="") == {"b": 1}


def test_a_text_loses_its_html_and_keeps_its_english() -> None:
    spec = Spec("a", "", "long")
    part = typed(
        spec, {"a": {"vi": "cũ", "en": "old"}}, vi="<p>mới <b>đậm</b></p><script>x()</script>", en="old"
    )
    assert part == {"a": {"vi": "mới **đậm**", "en": "old"}}
    assert typed(spec, part, vi="", en="") == {}


def test_an_english_text_alone_is_kept_until_the_vietnamese_comes() -> None:
    assert typed(Spec("a", ""), {}, vi="", en="only") == {"a": {"en": "only"}}


def test_boxes_keep_the_order_of_the_document() -> None:
    spec = Spec("a", "", "many", choices=[("x", "X"), ("y", "Y"), ("z", "Z")])
    assert typed(spec, {"a": ["z", "x"]}, x=["x", "z"]) == {"a": ["z", "x"]}
    assert typed(spec, {"a": ["z", "x"]}, x=["x", "y"]) == {"a": ["x", "y"]}
    assert typed(spec, {"a": ["z"]}, x=[]) == {}


def test_a_flag_stores_only_what_differs_from_its_default() -> None:
    required = Spec("a", "", "flag", default=True)
    assert show(required, {}) == {"": [ON]}
    assert typed(required, {}, x=[]) == {"a": False}
    assert typed(required, {"a": False}, x=[ON]) == {}
    assert typed(required, {"a": "có"}, x=[]) == {"a": "có"}


def test_places_are_made_and_cleared() -> None:
    part: dict[str, Any] = {"odd": 1}
    put_at(part, "agencies.competent", {"vi": "x"})
    assert get_at(part, "agencies.competent.vi") == "x"
    put_at(part, "agencies.competent", MISSING)
    put_at(part, "odd.deep", MISSING)
    assert part == {"odd": 1}
    assert get_at(part, "odd.deep") is MISSING


@pytest.mark.parametrize(
    ("label", "used", "key"),
    [
        ("Giấy chứng sinh", [], "giay_chung_sinh"),
        ("Giấy chứng sinh", ["giay_chung_sinh", "giay_chung_sinh_2"], "giay_chung_sinh_3"),
        ("Đơn (Mẫu 01)", [], "don_mau_01"),
        ("4 ảnh", [], "muc_4_anh"),
        ("???", [], "muc"),
        ("x" * 90, [], "x" * 40),
    ],
)
def test_a_key_is_made_of_the_label_once(label: str, used: list[str], key: str) -> None:
    assert make_key(label, used) == key
