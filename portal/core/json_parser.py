"""JSON at the door of the API, read strictly: one meaning or a clear refusal."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from portal.core.errors import PortalError
from portal.core.jsontypes import Json
from portal.core.text import clean_json

MAX_DEPTH = 32
MAX_VALUES = 50_000
MAX_DIGITS = 18
DEFAULT_MAX_BYTES = 2 * 2**20


class BodyTooLarge(PortalError):  # noqa: N818 - one of the family of portal.core.errors
    """The JSON text is longer than API_MAX_JSON_BYTES."""

    http_status = 413
    default_code = "body_too_large"


def parse_json(text: bytes) -> Json:
    """The value of a JSON text in UTF-8.

    Raises ParseError (400) on anything that is not JSON of one meaning: wrong encoding, duplicate keys, NaN,
    infinite or overlong numbers, over 32 levels or 50,000 values. Raises RuleViolation (422) `invalid_text`
    on NUL, control characters and lone surrogates inside a text; texts come back in NFC.
    """
    try:
        value = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_build_object,
            parse_constant=_refuse_constant,
            parse_float=_read_float,
            parse_int=_read_int,
        )
    except UnicodeDecodeError as error:
        raise ParseError(_("Nội dung JSON không phải UTF-8.")) from error
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise ParseError(_("JSON sai ở dòng %(line)d, cột %(column)d.") % where) from error
    except RecursionError as error:
        raise ParseError(_("JSON lồng nhau quá sâu.")) from error
    _refuse_excess(value)
    return clean_json(value)


class StrictJSONParser(JSONParser):
    """`parse_json` for Django REST framework: an object, no longer than settings.API_MAX_JSON_BYTES."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        limit = getattr(settings, "API_MAX_JSON_BYTES", DEFAULT_MAX_BYTES)
        text = stream.read(limit + 1)
        if len(text) > limit:
            raise BodyTooLarge(message=_("Nội dung gửi lên quá lớn."))
        value = parse_json(text)
        if not isinstance(value, dict):
            raise ParseError(_("Nội dung JSON cần là một đối tượng gồm tên và giá trị."))
        return value


def _build_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ParseError(_("JSON có khoá bị lặp."))
    return value


def _refuse_constant(name: str) -> float:
    raise ParseError(_("JSON không nhận giá trị %(name)s.") % {"name": name})


def _read_float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ParseError(_("Số trong JSON quá lớn."))
    return number


def _read_int(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise ParseError(_("Số trong JSON quá lớn."))
    return int(digits)


def _refuse_excess(value: Json) -> None:
    level: list[Json] = [value]
    values = depth = 0
    while level:
        values, depth = values + len(level), depth + 1
        if depth > MAX_DEPTH:
            raise ParseError(_("JSON lồng nhau quá sâu."))
        if values > MAX_VALUES:
            raise ParseError(_("JSON có quá nhiều giá trị."))
        level = [inner for outer in level for inner in _inner_values(outer)]


def _inner_values(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
