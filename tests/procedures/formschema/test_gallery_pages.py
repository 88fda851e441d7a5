# ruff: noqa: E501  (rows of a table read better on one line)
"""The gallery as HTML: what was typed comes back when it is refused, for every type, alone and in a row."""

from typing import Any

import pytest
from django.http import QueryDict

from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from tests.contracts.formread import read_forms
from tests.procedures.formschema.gallery import ANSWERS, LABELS, gallery_form
from tests.procedures.formschema.rendering import ON, Reader, draw

# controls of one question and what was typed into them, all of it wrong
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("text", {"": "x" * 201}),
    ("paragraph", {"": "\n  dòng & <b>\n" + "x" * 4001}),
    ("integer", {"": "hai mươi"}),
    ("integer", {"": "9" * 400}),
    ("decimal", {"": "75,55"}),
    ("money", {"": "vài triệu “”"}),
    ("date", {"": "30/2/1990"}),
    ("partial_date", {"": "khoảng 1950"}),
    ("time", {"": "25:61"}),
    ("choice", {"": ""}),
    ("choices", {"": []}),
    ("boolean", {"": ""}),
    ("declaration", {"": []}),
    ("person_name", {"": "K'Brể 2 \"Bé\""}),
    ("person_name", {"": "N\u0323\u0302 " * 61}),
    ("identity_document", {"type": "passport", "number": "??", "issued_on": "1/13/2020", "issued_by": "Cục <QLXNC>", "country": "LA"}),
    ("national_id", {"": "037 190"}),
    ("phone", {"": "09123"}),
    ("email", {"": "a@b@c"}),
    ("address", {"province": "37", "commune": "", "village": "Thôn 'Đông'", "line": "Số 4"}),
    ("address", {"province": "37", "commune": "14533", "village": "", "line": "x" * 201}),
    ("ethnicity", {"": ""}),
    ("nationality", {"": ""}),
    ("tax_code", {"": "0100233489"}),
]  # fmt: skip
IDS = [f"{kind}-{n}" for n, (kind, _parts) in enumerate(WRONG)]


def name_of(stem: str, part: str) -> str:
    return f"{stem}-{part}" if part else stem


def post(key: str, data: dict[str, Any]) -> PageForm:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return build_page_form(gallery_form(), key, ANSWERS, setting=PageSetting(ON), data=query)


def assert_it_comes_back(form: PageForm, stem: str, parts: dict[str, Any]) -> None:
    html = draw(form)
    [drawn] = read_forms(html, "/")
    for part, typed in parts.items():
        held = drawn.fields[name_of(stem, part)]
        wanted = typed if isinstance(typed, list) else [typed] if typed else held[:0] or [""]
        assert (held or [""]) == (wanted or [""]), (part, held)
    ids = Reader(html).values("id")
    assert all(line["id"] in ids for line in form.summary)


@pytest.mark.parametrize(("kind", "parts"), WRONG, ids=IDS)
def test_what_was_typed_comes_back_beside_its_reason(kind: str, parts: dict[str, Any]) -> None:
    stem = f"t_{kind}"
    form = post("plain", {name_of(stem, part): typed for part, typed in parts.items()})
    assert not form.is_valid()
    assert any(name == stem or name.startswith(f"{stem}-") for name in form.errors), form.errors
    assert_it_comes_back(form, stem, parts)


@pytest.mark.parametrize(("kind", "parts"), WRONG, ids=IDS)
def test_it_comes_back_in_a_row_too(kind: str, parts: dict[str, Any]) -> None:
    stem = f"t_group-0-g_{kind}"
    typed = {name_of(stem, part): value for part, value in parts.items()}
    form = post("rows", {**typed, "t_group-rows": "1", "has_pets": "false"})
    assert not form.is_valid()
    assert_it_comes_back(form, stem, parts)
    if any(parts.values()):
        assert any(name.startswith(stem) for name in form.errors), form.errors
        assert any(line["text"].startswith("Người thứ 1") for line in form.summary)


@pytest.mark.parametrize(("kind", "parts"), WRONG, ids=IDS)
def test_the_draft_keeps_it_for_another_device(kind: str, parts: dict[str, Any]) -> None:
    stem = f"t_{kind}"
    form = post("plain", {name_of(stem, part): typed for part, typed in parts.items()})
    again = build_page_form(gallery_form(), "plain", form.draft_answers, setting=PageSetting(ON))
    assert_it_comes_back(again, stem, parts)


def test_right_answers_come_back_as_people_write_them() -> None:
    form = build_page_form(gallery_form(), "plain", ANSWERS, setting=PageSetting(ON), check=True)
    assert form.is_valid(), form.errors
    [drawn] = read_forms(draw(form), "/")
    shown = {
        name: drawn.fields[f"t_{name}"]
        for name in ("decimal", "money", "date", "national_id", "phone", "choices")
    }
    assert shown == {
        "decimal": ["75,5"],
        "money": ["1.234.567"],
        "date": ["29/02/2024"],
        "national_id": ["037 190 001 234"],
        "phone": ["0912 345 678"],
        "choices": ["a", "c"],
    }


def test_what_a_page_shows_is_what_it_takes() -> None:
    """Posting a drawn page unchanged gives the same answers."""
    for key in ("plain", "switches", "rows", "extra", "papers"):
        [drawn] = read_forms(
            draw(build_page_form(gallery_form(), key, ANSWERS, setting=PageSetting(ON))), "/"
        )
        again = post(key, drawn.fields)
        assert again.draft_answers == ANSWERS, key


def test_every_type_has_its_label_and_its_summary_line_when_nothing_is_typed() -> None:
    form = post("plain", {})
    assert not form.is_valid()
    told = {line["id"] for line in form.summary}
    for kind in LABELS:
        assert any(line.removesuffix("_0").startswith(f"id_t_{kind}") for line in told), kind


COMMANDS: list[tuple[dict[str, str], int, list[str]]] = [
    ({"t_group-rows": "1", "t_group-0-g_name": "An", "group-t_group-add": "1"}, 2, ["An", ""]),
    ({"t_group-rows": "2", "t_group-0-g_name": "An", "t_group-1-g_name": "Bình", "group-t_group-remove-0": "1"}, 1, ["Bình"]),
    ({"t_group-rows": "3", "t_group-2-g_name": "Cúc", "group-t_group-add": "1"}, 3, ["", "", "Cúc"]),
    ({"t_group-rows": "99", "t_group-5-g_name": "Quá", "group-t_group-add": "1"}, 3, ["", "", ""]),
    ({"t_group-rows": "-1", "group-t_group-add": "1"}, 1, [""]),
    ({"t_group-rows": "²", "group-t_group-add": "1"}, 1, [""]),
    ({"t_group-rows": "1", "t_group-0-g_name": "An", "group-t_group-remove-7": "1"}, 1, ["An"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "count", "names"), COMMANDS)
def test_rows_come_and_go_with_plain_posts(data: dict[str, str], count: int, names: list[str]) -> None:
    form = post("rows", data)
    shown = build_page_form(gallery_form(), "rows", form.draft_answers, setting=PageSetting(ON))
    [drawn] = read_forms(draw(shown if form.command else form), "/")
    assert drawn.fields["t_group-rows"] == [str(count)]
    assert [drawn.fields[f"t_group-{n}-g_name"][0] for n in range(count)] == names
