"""Columns guessed from their header, the credits read as they were set, and what tells one credit from another."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from payments.statements.days import Order
from payments.statements.files import read_file
from payments.statements.mapping import (
    Columns,
    Meaning,
    find_header,
    guess_columns,
    judge_columns,
    reuse_columns,
)
from payments.statements.reading import Credit, Reading, fingerprint, list_refused, name_credits, read_rows
from payments.statements.rows import Rows
from tests.payments.statements.files import credit, make_csv

M = Meaning
TODAY = date(2026, 12, 1)
ONE = Credit(2, date(2026, 11, 20), 15_000, "H13.36.01-261120-0001", "FT1")


def read(*rows: list[str], columns: Columns | None = None) -> Reading:
    table = Rows.of(rows)
    return read_rows(table, columns or guess_columns(table), today=TODAY)


@pytest.mark.parametrize(
    ("header", "places"),
    [
        (
            ["STT", "Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung"],
            {M.BOOKED_ON: 1, M.NUMBER: 2, M.DEBIT: 3, M.CREDIT: 4, M.MEMO: 6},
        ),
        (
            ["Ngày hiệu lực", "Ngày giao dịch", "Số bút toán", "Phát sinh nợ", "Phát sinh có", "Số dư", "Diễn giải"],
            {M.BOOKED_ON: 1, M.NUMBER: 2, M.DEBIT: 3, M.CREDIT: 4, M.MEMO: 6},
        ),
        (
            ["Transaction Date", "Reference", "Debit Amount", "Credit Amount", "Balance", "Description"],
            {M.BOOKED_ON: 0, M.NUMBER: 1, M.DEBIT: 2, M.CREDIT: 3, M.MEMO: 5},
        ),
        (
            ["Ngày GD", "Số tiền", "Có/Nợ", "Mô tả", "Mã giao dịch"],
            {M.BOOKED_ON: 0, M.AMOUNT: 1, M.SIDE: 2, M.MEMO: 3, M.NUMBER: 4},
        ),
        (["Date", "Amount (VND)", "Details"], {M.BOOKED_ON: 0, M.AMOUNT: 1, M.MEMO: 2}),
        (["Ngày", "Nợ", "Có", "Nội dung GD"], {M.BOOKED_ON: 0, M.DEBIT: 1, M.CREDIT: 2, M.MEMO: 3}),
        (
            ["Số tài khoản đối ứng", "Thời gian", "Tiền vào", "Tiền ra", "Nội dung chuyển khoản", "Số CT"],
            {M.BOOKED_ON: 1, M.CREDIT: 2, M.DEBIT: 3, M.MEMO: 4, M.NUMBER: 5},
        ),
        (["x", "y", "z"], {}),
    ],
)  # fmt: skip
def test_headers_of_banks(header: list[str], places: dict[Meaning, int]) -> None:
    rows = Rows.of([["Ngân hàng ABC"], [], header, ["01/12/2026", "", "", "", "", "", ""]])

    found = guess_columns(rows)

    assert found.places == places
    assert found.first_row == (4 if places else 1)


def test_a_file_built_alike_is_read_as_it_was_set() -> None:
    old = read_file(make_csv(credit(1, 15_000, "a")))
    header = find_header(old, 2)
    fresh = Rows.of([["Từ ngày", "01/12"], *old.cells])

    found = reuse_columns(
        fresh, {"booked_on": 1, "memo": 6, "amount": 4, "other": 9}, {"header": header, "order": "mdy"}
    )

    assert found == Columns({M.BOOKED_ON: 1, M.MEMO: 6, M.AMOUNT: 4}, 3, Order.MONTH_FIRST)
    assert reuse_columns(Rows.of([["a", "b"]]), {"memo": 1}, {"header": header}) is None
    assert reuse_columns(fresh, {"memo": 1}, {}) is None


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (["", "", ""], ["ngày", "nội dung", "tiền vào"]),
        (["booked_on", "memo", "credit", "amount"], ["Không chọn cả hai"]),
        (["booked_on", "memo", "credit", "side"], ["Có/Nợ"]),
        (["booked_on", "memo", "credit", "memo"], ["Hai cột"]),
        (["nonsense", "memo", "credit"], ["ngày"]),
    ],
)
def test_what_is_wrong_with_a_choice_is_said(chosen: list[str], words: list[str]) -> None:
    _places, faults = judge_columns(chosen)

    assert len(faults) == len(words)
    assert all(word in fault for word, fault in zip(words, faults, strict=True))


def test_credits_debits_and_bad_lines_of_one_file() -> None:
    found = read(
        ["Ngày", "Ghi nợ", "Ghi có", "Nội dung"],
        ["20/11/2026", "", "15.000", "a"],
        ["20/11/2026", "5.000", "", "b"],
        ["", "", "", "tiếp theo dòng trên"],
        ["31/02/2026", "", "15.000", "c"],
        ["20/11/2026", "", "abc", "d"],
        ["20/11/2026", "", "", "e"],
        ["20/11/2026", "1.000", "2.000", "f"],
        ["02/12/2026", "", "15.000", "g"],
        ["20/11/2020", "", "15.000", "h"],
        ["", "", "15.000", "i"],
        ["20/11/2026", "-7.000", "0", "j"],
        ["Tổng cộng", "5.000", "15.000", ""],
        ["", "", "15.000", "Số dư cuối kỳ"],
    )

    assert [(row.row, row.amount, row.memo) for row in found.credits] == [(2, 15_000, "a")]
    assert found.debits == 2
    assert [row for row, _reason in found.refused] == [5, 6, 7, 8, 9, 10, 11]
    assert "tương lai" in dict(found.refused)[9]
    assert "ba năm" in dict(found.refused)[10]
    assert list_refused(found, most=1) == [{"row": 5, "reason": dict(found.refused)[5]}]


@pytest.mark.parametrize(
    ("header", "row", "amount"),
    [
        (["Ngày", "Số tiền", "Nội dung"], ["20/11/2026", "+15.000", "a"], 15_000),
        (["Ngày", "Số tiền", "Nội dung"], ["20/11/2026", "-15.000", "a"], None),
        (["Ngày", "Số tiền", "Có/Nợ", "Nội dung"], ["20/11/2026", "15.000", "C", "a"], 15_000),
        (["Ngày", "Số tiền", "Có/Nợ", "Nội dung"], ["20/11/2026", "15.000", "D", "a"], None),
        (["Ngày", "Số tiền", "Có/Nợ", "Nội dung"], ["20/11/2026", "-15.000", "Nợ", "a"], None),
        (["Ngày", "Số tiền", "Nội dung"], ["20/11/2026", "15,000.00 CR", "a"], 15_000),
    ],
)
def test_one_column_for_both_ways(header: list[str], row: list[str], amount: int | None) -> None:
    found = read(header, row)

    assert [credit.amount for credit in found.credits] == ([] if amount is None else [amount])
    assert found.debits == (amount is None)


def test_a_column_that_only_counts_rows_is_no_reference() -> None:
    rows = [["20/11/2026", str(n), "15.000", "a"] for n in range(1, 5)]
    columns = Columns({M.BOOKED_ON: 0, M.NUMBER: 1, M.CREDIT: 2, M.MEMO: 3}, 1)

    assert "số thứ tự" in read(*rows, columns=columns).faults[0]
    rows[1][1] = "977"
    assert read(*rows, columns=columns).faults == ()


@pytest.mark.parametrize(
    "changes",
    [{"booked_on": date(2026, 11, 21)}, {"amount": 15_001}, {"number": "FT2"}, {"memo": "b"}, {"number": ""}],
)
def test_credits_that_differ_have_other_fingerprints(changes: dict[str, object]) -> None:
    assert fingerprint(ONE, 0) != fingerprint(replace(ONE, **changes), 0)  # type: ignore[arg-type]


def test_the_same_credit_has_the_same_fingerprint_in_every_file() -> None:
    other = replace(ONE, row=900, memo="h13 36 01 261120 0001")

    assert fingerprint(ONE, 0) == fingerprint(other, 0) == fingerprint(ONE, 1)
    assert len(fingerprint(ONE, 0)) == 32


def test_equal_credits_without_a_number_stay_two_and_with_one_are_one() -> None:
    plain = replace(ONE, number="")

    assert len(name_credits([plain, plain, plain])) == 3
    assert len(name_credits([ONE, ONE])) == 1
    few, more = name_credits([plain]), name_credits([plain, plain])
    assert set(few) < set(more)
    assert all(a != b for a, b in pairwise(more))
