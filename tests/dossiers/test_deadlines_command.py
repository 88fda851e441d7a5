"""`compute_due FILE`: plain JSON in and out, no database."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dossiers.management.commands.compute_due import Command
from tests.dossiers.moments import MON


def compute(tmp_path, *rows):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    out = StringIO()
    call_command(Command(stdout=out), str(file))
    return json.loads(out.getvalue())


def row(**changes):
    return {
        "id": "r1",
        "received_at": "2026-03-02T15:30:00",
        "limit_value": 3,
        "limit_unit": "working_day",
        "policy": "RESET",
        "pauses": [],
        "calendar": "std",
    } | changes


# The examples of the conventions, word for word
EXAMPLES = [
    (row(), "2026-03-05T17:00:00"),
    (row(received_at="2026-03-02T15:00:01", limit_value=1, limit_unit="same_day"), "2026-03-03T17:00:00"),
    (row(received_at="2026-02-13T16:00:00", limit_value=1, limit_unit="same_day"), "2026-02-23T17:00:00"),
    (row(received_at="2026-08-20T09:00:00"), "2026-08-24T17:00:00"),
    (row(received_at="2026-11-20T09:00:00"), "2026-11-26T17:00:00"),
    (row(received_at="2026-03-31T09:00:00", limit_value=1, limit_unit="month"), "2026-05-04T17:00:00"),
    (row(received_at="2026-03-06T20:00:00", limit_value=8, limit_unit="hour"), "2026-03-09T17:00:00"),
    (
        row(
            received_at="2026-03-02T09:00:00",
            limit_value=5,
            policy="PAUSE",
            pauses=[{"from": "2026-03-04T14:00:00", "to": "2026-03-05T09:00:00"}],
        ),
        "2026-03-10T14:00:00",
    ),
]


@pytest.mark.parametrize(("given", "due"), EXAMPLES)
def test_the_examples_of_the_conventions(tmp_path, given, due):
    [answer] = compute(tmp_path, given)

    assert answer["id"] == "r1"
    assert answer["due_at"] == due
    assert answer["lines"][-1].startswith("Hẹn trả kết quả lúc")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-02T15:30:00", "2026-03-05T17:00:00"),
        ("2026-03-02T15:30", "2026-03-05T17:00"),
        ("2026-03-02 15:30", "2026-03-05 17:00"),
        ("2026-03-02T15:30:00+07:00", "2026-03-05T17:00:00+07:00"),
        ("2026-03-02T08:30:00Z", "2026-03-05T17:00:00+07:00"),
        ("2026-03-02T15:30+07:00", "2026-03-05T17:00+07:00"),
    ],
)
def test_times_are_written_as_they_were_given(tmp_path, received, due):
    [answer] = compute(tmp_path, row(received_at=received))

    assert answer["due_at"] == due


def test_answers_keep_the_order_of_the_rows_and_missing_keys_have_defaults(tmp_path):
    short = {
        "id": 2,
        "received_at": "2026-03-07T09:00:00",
        "limit_unit": "same_day",
        "calendar": "sat_am_reception",
    }

    first, second = compute(tmp_path, row(id=1), short)

    assert (first["id"], second["id"]) == (1, 2)
    assert second["due_at"] == "2026-03-09T17:00:00"


def test_an_open_pause_answers_null_with_the_time_left(tmp_path):
    [answer] = compute(
        tmp_path, row(received_at=MON, policy="PAUSE", pauses=[{"from": "2026-03-05 16:00", "to": None}])
    )

    assert answer["due_at"] is None
    assert answer["lines"][-1] == "Thời gian còn lại là 1 giờ làm việc."


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"received_at": "2027-12-30T09:00:00"}, "calendar_unknown"),
        ({"limit_value": 0}, "invalid_limit"),
        ({"limit_unit": "week"}, "invalid_limit"),
        ({"policy": "SHIFT"}, "invalid_policy"),
        ({"pauses": [{"from": "2026-03-05T10:00:00", "to": "2026-03-04T10:00:00"}]}, "invalid_pause"),
    ],
)
def test_a_row_without_an_answer_says_why_and_leaves_the_others_alone(tmp_path, changes, code):
    refused, answered = compute(tmp_path, row(**changes), row(id="r2"))

    assert refused["due_at"] is None
    assert refused["error"] == code
    assert len(refused["lines"]) == 1
    assert answered["due_at"] == "2026-03-05T17:00:00"


@pytest.mark.parametrize(
    "broken",
    [
        "not a row",
        {"id": 1},
        row(received_at="yesterday"),
        row(received_at=None),
        row(limit_value="three"),
        row(limit_value=None),
        row(calendar="moon"),
        row(pauses=[{"to": None}]),
        row(pauses=["2026"]),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_command(tmp_path, broken):
    with pytest.raises(CommandError):
        compute(tmp_path, broken)


@pytest.mark.parametrize("text", ["{", "{}", "7"])
def test_a_file_that_is_no_list_stops_the_command(tmp_path, text):
    file = tmp_path / "rows.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError):
        call_command(Command(), str(file))


LONG_STORY = row(
    received_at="2026-04-25T09:00:01",
    calendar="sat_am_reception",
    limit_value=7.5,
    policy="PAUSE",
    pauses=[{"from": "2026-05-04T09:00:00", "to": "2026-05-04T10:30:15"}],
)


def test_the_lines_name_each_rule_that_was_used(tmp_path):
    [answer] = compute(tmp_path, LONG_STORY)

    assert answer["lines"] == [
        "Nhận hồ sơ lúc 09 giờ 00 phút 01 giây, thứ Bảy, 25/04/2026.",
        "Buổi này chỉ nhận hồ sơ, không tính vào giờ làm việc.",
        "Ngày nhận không tính vào thời hạn (Bộ luật Dân sự 2015, Điều 147).",
        "Thời hạn là 7,5 ngày làm việc.",
        "Phần lẻ của ngày được tính là 4 giờ làm việc.",
        "Tạm dừng từ 09 giờ 00, 04/05/2026 đến 10 giờ 30 phút 15 giây, 04/05/2026.",
        "Vì vậy hạn lùi đúng 1 giờ 30 phút 15 giây làm việc.",
        "Ngày nghỉ thứ Hai, 27/04/2026 không tính.",
        "Kỳ nghỉ từ 30/04/2026 đến 01/05/2026 không tính.",
        "Hẹn trả kết quả lúc 14 giờ 30 phút 15 giây, thứ Hai, 11/05/2026.",
    ]


def test_no_sentence_is_longer_than_twenty_words(tmp_path):
    stories = [given for given, _due in EXAMPLES]
    stories += [
        LONG_STORY,
        row(pauses=[{"from": "2026-03-03T09:00:00", "to": "2026-03-08T10:30:15"}]),
        row(received_at="2026-03-06T20:00:00", limit_unit="day", limit_value=5),
        row(received_at="2026-03-31T12:00:00", limit_unit="month", limit_value=1),
    ]

    for answer in compute(tmp_path, *stories):
        for line in answer["lines"]:
            for sentence in line.split(". "):
                assert len(sentence.split()) <= 20, sentence
