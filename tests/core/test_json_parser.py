"""JSON with one meaning, or a clear refusal."""

import json
import time
import unicodedata
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.exceptions import ParseError

from portal.core.errors import RuleViolation
from portal.core.json_parser import MAX_VALUES, parse_json


@pytest.mark.parametrize(
    "value", [None, True, 0, -1, 1.5, 10**18 - 1, "", "Ơ😀\n", [], {}, {"a": [{"b": [None]}]}, [[[[]]]]]
)
def test_ordinary_json_is_read_exactly(value: Any) -> None:
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b"1e400",
        b"-1e999",
        b"1" * 19,
        b"-" + b"9" * 5000,
        b'{"a": 1, "a": 2}',
        b'{"b": {"a": 1, "a": 1}}',
        b"\xff\xfe",
        b'"\xc3\x28"',
        b"\xef\xbb\xbf{}",
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000,
        b"[" + b"1," * MAX_VALUES + b"1]",
        b"1 2",
        b'"\n"',
    ],
    ids=lambda text: repr(text[:20]),
)
def test_anything_else_is_a_bad_request_and_quick(text: bytes) -> None:
    start = time.monotonic()
    with pytest.raises(ParseError):
        parse_json(text)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "text", [rb'"a\u0000"', rb'{"\u0001": 1}', rb'["\ud800"]', rb'{"a": {"b": "\udfff"}}']
)
def test_characters_that_are_no_text_break_a_rule(text: bytes) -> None:
    with pytest.raises(RuleViolation) as refusal:
        parse_json(text)
    assert refusal.value.code == "invalid_text"


def test_texts_come_back_composed() -> None:
    assert parse_json(json.dumps([unicodedata.normalize("NFD", "Ơn")]).encode()) == ["Ơn"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"a": NaN}', 400, "malformed"),
        (b'{"a": "\\u0000"}', 422, "invalid_text"),
        (b'{"wrong": "x"}', 422, "invalid"),
        (b'{"a": "' + b"x" * 100 + b'"}', 413, "body_too_large"),
    ],
)
def test_the_api_answers_with_a_problem(
    web: Client, settings: Settings, body: bytes, status: int, code: str
) -> None:
    settings.API_MAX_JSON_BYTES = 50
    response = web.post("/api/v1/echo", body, content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"


def test_the_api_takes_good_json_and_no_other_type(web: Client) -> None:
    assert web.post("/api/v1/echo", b'{"a": ["\xc6\xa1"]}', content_type="application/json").json() == {
        "a": ["ơ"]
    }
    refused = web.post("/api/v1/echo", b"a=1", content_type="text/plain")
    assert (refused.status_code, refused.json()["code"]) == (415, "unsupported_media_type")
