"""Rows are added, removed, moved and doubled; limits and fees are typed into cells."""

from typing import Any

import pytest
from django.http import QueryDict

from procedures.content import parse_content
from procedures.editing.applying import apply_typed, press
from procedures.editing.charges import list_charges
from procedures.editing.feeform import build_fees, build_totals
from procedures.editing.limits import build_limits
from procedures.editing.rows import Done
from tests.factories.catalogue import make_document, read_catalogue

Document = dict[str, Any]
PASSPORT = "1.001456"


def used(_name: str) -> set[str]:
    return {"da_dung"}


def save(section: str, document: Document, **typed: str) -> Document:
    posted = QueryDict(mutable=True)
    for name, value in typed.items():
        posted.appendlist(name, value)
    return apply_typed(section, document, posted.getlist, used)


def keys(document: Document, name: str = "requirements") -> list[str | None]:
    return [row.get("key") for row in document[name]]


def push(document: Document, button: str, section: str = "papers") -> Done:
    done = press(section, document, button, used)
    assert done is not None
    return done


@pytest.fixture
def papers() -> Document:
    names = ("a", "b", "c")
    rows = [{"key": name, "name": {"vi": f"Giấy {name}"}, "mode": "submit"} for name in names]
    return make_document(requirements=rows)


def test_rows_move_and_the_focus_goes_along(papers: Document) -> None:
    assert push(papers, "up:requirements:2").anchor == "requirements-1-up"
    assert keys(papers) == ["a", "c", "b"]
    assert push(papers, "up:requirements:1").anchor == "requirements-0-down"
    assert push(papers, "down:requirements:1").anchor == "requirements-2-up"
    assert keys(papers) == ["c", "b", "a"]


def test_a_row_is_removed_and_says_which(papers: Document) -> None:
    done = push(papers, "remove:requirements:2")
    assert (done.summary, done.anchor) == ("Thành phần hồ sơ: bỏ “Giấy c”", "requirements-1")
    push(papers, "remove:requirements:0")
    assert push(papers, "remove:requirements:0").anchor == "requirements-add"
    assert papers["requirements"] == []


def test_a_double_gets_a_key_of_its_own_when_it_is_saved(papers: Document) -> None:
    push(papers, "copy:requirements:0")
    assert keys(papers) == ["a", None, "b", "c"]
    saved = save("papers", papers, **{"requirements.rows": "1", "requirements[1].name.vi": "Đã dùng"})
    assert keys(saved) == ["a", "da_dung_2", "b", "c"]
    renamed = save("papers", saved, **{"requirements.rows": "1", "requirements[1].name.vi": "Tên khác"})
    assert keys(renamed) == ["a", "da_dung_2", "b", "c"]


@pytest.mark.parametrize(
    "button",
    [
        "up:requirements:0",
        "down:requirements:2",
        "remove:requirements:9",
        "jump:requirements:1",
        "x",
        "up:cases:0",
    ],
)
def test_a_button_that_means_nothing_does_nothing(papers: Document, button: str) -> None:
    assert press("papers", papers, button, used) is None
    assert keys(papers) == ["a", "b", "c"]


def test_rows_that_were_not_on_the_page_stay(papers: Document) -> None:
    saved = save("papers", papers, **{"requirements.rows": "7", "requirements[0].name.vi": "Khác"})
    assert saved == papers


def test_sentences_are_rows_too() -> None:
    document = make_document(how_steps=[{"vi": "Một."}])
    push(document, "add:how_steps", "steps")
    saved = save("steps", document, **{"how_steps.rows": "1", "how_steps[1].text.vi": "Hai."})
    assert saved["how_steps"] == [{"vi": "Một."}, {"vi": "Hai."}]


def test_a_limit_of_one_case_and_way_is_typed_into_its_cell() -> None:
    document = make_document(cases=[{"key": "xa", "label": {"vi": "Vùng xa"}}])
    typed = {"limits.xa.online.value": "7", "limits.xa.online.unit": "calendar_day"}
    saved = save("limits", document, **typed)
    added = {"case": "xa", "channel": "online", "value": 7, "unit": "calendar_day"}
    assert saved["limits"] == [*document["limits"], added]
    emptied = save("limits", saved, **{"limits.xa.online.value": "", "limits.xa.online.unit": "calendar_day"})
    assert emptied == document


def test_an_empty_cell_shows_what_it_follows() -> None:
    document = make_document(
        cases=[{"key": "xa", "label": {"vi": "Vùng xa"}}],
        limits=[{"value": 3, "unit": "working_day"}, {"value": 1, "unit": "month", "case": "xa"}],
    )
    cells = [
        (cell.value, cell.general, cell.unit)
        for line in build_limits(document, {}).lines
        for cell in line.cells
    ]
    general, special = ("", "3", "working_day"), ("", "1", "month")
    assert cells == [("3", "", "working_day"), *[general] * 3, ("1", "3", "month"), *[special] * 3]


def test_in_a_day_needs_no_number() -> None:
    document = make_document(limits=[])
    saved = save("limits", document, **{"limits._._.value": "", "limits._._.unit": "same_day"})
    assert saved["limits"] == [{"value": 1, "unit": "same_day"}]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("180.000", 180_000), ("0", 0), ("không thu", 0), ("HĐND", None), ("", None), ("hai trăm", "hai trăm")],
)
def test_a_general_amount(typed: str, amount: object) -> None:
    document = read_catalogue(PASSPORT)
    saved = save("fees", document, **{"fees.rows": "0", "fees[0].amount": typed})
    assert saved["fees"][0].get("amount") == amount
    assert saved["fees"][1:] == document["fees"][1:]


def test_an_exception_is_typed_emptied_and_made() -> None:
    document = read_catalogue(PASSPORT)
    typed = {
        "fees.rows": "0",
        "fees[1].amount": "150.000",
        "fees[2].amount": "",
        "fees.0.hong_mat.desk": "390.000",
    }
    saved = save("fees", document, **typed)
    places = [(rule.get("case"), rule.get("channel"), rule["amount"]) for rule in saved["fees"]]
    assert places == [
        (None, None, 200_000), (None, "online", 150_000), ("hong_mat", None, 400_000),
        ("hong_mat", "online", 320_000), ("hong_mat", "post", 320_000), ("hong_mat", "desk", 390_000),
    ]  # fmt: skip
    made = saved["fees"][-1]
    assert {made[name] == saved["fees"][0][name] for name in ("key", "kind", "mode", "label")} == {True}
    parse_content(saved)


def test_what_the_general_rule_says_its_exceptions_follow() -> None:
    document = read_catalogue(PASSPORT)
    typed = {"fees.rows": "0", "fees[0].kind": "phi", "fees[0].label.vi": "Phí hộ chiếu"}
    saved = save("fees", document, **typed)
    assert {rule["kind"] for rule in saved["fees"]} == {"phi"}
    old = [rule["label"] == document["fees"][0]["label"] for rule in document["fees"]]
    new = [rule["label"]["vi"] == "Phí hộ chiếu" for rule in saved["fees"]]
    assert old == new


def test_a_charge_is_added_named_and_counted() -> None:
    document = make_document()
    assert push(document, "add:fees", "fees").anchor == "fees-0-label"
    typed = {
        "fees.rows": "0", "fees[0].label.vi": "Phí bản sao", "fees[0].amount": "8.000", "fees[0].way": "unit",
        "fees[0].question": "copies", "fees[0].name": "bản",
    }  # fmt: skip
    saved = save("fees", document, **typed)
    assert saved["fees"] == [
        {
            "key": "phi_ban_sao", "kind": "phi", "mode": "before", "label": {"vi": "Phí bản sao"},
            "unit": {"price": 8000, "field": "copies", "name": {"vi": "bản"}},
        }
    ]  # fmt: skip
    parse_content(saved)
    flat = save("fees", saved, **{"fees.rows": "0", "fees[0].way": "flat"})
    assert flat["fees"][0]["amount"] == 8000
    assert "unit" not in flat["fees"][0]


def test_bands_are_typed_line_by_line() -> None:
    document = read_catalogue("2.000815")
    posted = QueryDict(mutable=True)
    posted.setlist("fees.rows", ["0"])
    posted.setlist("fees[0].up_to", ["5", "10", ""])
    posted.setlist("fees[0].price", ["2.000", "1.500", "1.000"])
    saved = apply_typed("fees", document, posted.getlist, used)
    bands = [(band["up_to"], band["price"]) for band in saved["fees"][0]["bands"]]
    assert bands == [(5, 2000), (10, 1500), (None, 1000)]


def test_a_lower_rate_has_a_last_day() -> None:
    document = make_document(fees=[_fee("a"), _fee("b")])
    done = push(document, "dated:fees:0", "fees")
    assert done.anchor == "fees-1-until"
    typed = {"fees.rows": "0", "fees[1].until": "31/12/2026", "fees[1].amount": "25.000"}
    saved = save("fees", document, **typed)
    assert [(rule["key"], rule.get("until"), rule["amount"]) for rule in saved["fees"]] == [
        ("a", None, 50_000), ("a", "2026-12-31", 25_000), ("b", None, 50_000),
    ]  # fmt: skip
    parse_content(saved)
    push(saved, "drop:fees:1", "fees")
    assert [rule["key"] for rule in saved["fees"]] == ["a", "b"]


def test_charges_move_whole_and_a_double_is_another_charge() -> None:
    document = make_document(fees=[_fee("a"), _fee("b"), {**_fee("a"), "channel": "online", "amount": 1}])
    push(document, "down:fees:0", "fees")
    assert [rule["key"] for rule in document["fees"]] == ["b", "a", "a"]
    push(document, "copy:fees:1", "fees")
    assert [rule["key"] for rule in document["fees"]] == ["b", "a", "a", "khoan_a", "khoan_a"]
    assert [charge.members for charge in list_charges(document["fees"])] == [(0,), (1, 2), (3, 4)]
    push(document, "remove:fees:2", "fees")
    assert [rule["key"] for rule in document["fees"]] == ["b", "khoan_a", "khoan_a"]


def test_the_end_says_what_people_pay() -> None:
    columns, lines = build_totals(read_catalogue(PASSPORT))
    assert columns == ("Qua mạng", "Tại quầy", "Qua bưu chính")
    totals = {line.label: line.totals for line in lines}
    assert totals["Cấp lại vì hỏng hoặc mất"] == ("320.000 đ", "400.000 đ", "320.000 đ")


def test_a_cell_shows_the_amount_it_follows() -> None:
    charge = build_fees(read_catalogue(PASSPORT), {}).charges[0]
    first = [(cell.value, cell.general) for cell in charge.lines[1].cells]
    assert first == [("", "200.000"), ("", "160.000"), ("", "200.000"), ("", "160.000")]


def _fee(key: str) -> Document:
    return {"key": key, "kind": "phi", "mode": "before", "label": {"vi": f"Khoản {key}"}, "amount": 50_000}
