"""How values read on a page."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template

from portal.core.templatetags import formats

LATE_EVENING_UTC = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # already the next day in Việt Nam


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (formats.vn_date, date(2026, 12, 2), "thứ Tư, 02/12/2026"),
        (formats.vn_date, date(2026, 11, 22), "Chủ nhật, 22/11/2026"),
        (formats.vn_date, LATE_EVENING_UTC, "thứ Tư, 02/12/2026"),
        (formats.vn_date, None, ""),
        (formats.vn_day, date(2026, 2, 1), "01/02/2026"),
        (formats.vn_day, None, ""),
        (formats.vn_datetime, LATE_EVENING_UTC, "01:30, 02/12/2026"),
        (formats.vn_datetime, None, ""),
        (formats.vn_deadline, LATE_EVENING_UTC, "01:30, thứ Tư, 02/12/2026"),
        (formats.vnd, 1_234_567, "1.234.567 đ"),
        (formats.vnd, 0, "0 đ"),
        (formats.vnd, None, "chưa xác định"),
        (formats.number, 420_475, "420.475"),
        (formats.number, 0, "0"),
        (formats.percent, 98.2, "98,2 %"),
        (formats.filesize, 0, "dưới 1 KB"),
        (formats.filesize, 1023, "dưới 1 KB"),
        (formats.filesize, 1024, "1 KB"),
        (formats.filesize, 1_887_437, "1,8 MB"),
        (formats.filesize, 10 * 1024**2, "10 MB"),
        (formats.filesize, None, ""),
        (formats.id_in_threes, "037190001234", "037 190 001 234"),
        (formats.id_in_threes, "C1234567", "C1234567"),
        (formats.id_in_threes, None, ""),
        (formats.phone, "0912345678", "0912 345 678"),
        (formats.phone, "+84912345678", "0912 345 678"),
        (formats.phone, "+33612345678", "+33612345678"),
    ],
)
def test_a_value_reads_the_vietnamese_way(read: Callable[[Any], str], value: object, expected: str) -> None:
    assert read(value).replace("\u00a0", " ") == expected


def test_what_people_typed_is_escaped_inside_a_block_component() -> None:
    template = Template(
        '{% load blocks %}{% notice kind="bad" title=title %}<p>{{ text }}</p>{% endnotice %}'
    )
    html = template.render(Context({"title": "<b>tên</b>", "text": "<script>"}))
    assert "&lt;b&gt;tên&lt;/b&gt;" in html
    assert "<p>&lt;script&gt;</p>" in html
