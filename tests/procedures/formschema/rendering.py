# ruff: noqa: E501  (rows of a table read better on one line)
"""Draws pages of e-forms into whole documents, and reads them back."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

from crispy_forms.utils import render_crispy_form

from procedures.formschema.definition import FormSchema
from procedures.formschema.page_layout import FileView
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.prefill import PrefillValue

ON = date(2026, 11, 22)
SETTING = PageSetting(
    ON,
    prefill={"person.full_name": PrefillValue("Nguyễn Thị Hạnh", "Lấy từ tài khoản của bạn")},
    files={"thue_nha": [FileView("1", "nha.pdf", "1,8 MB", "Đã nhận"), FileView("2", "a.heic", "24 MB", "Quá lớn", is_bad=True)]},
    file_errors={"thue_nha": ["Tệp “a.heic” nặng 24 MB, quá 10 MB."]},
)  # fmt: skip
DOCUMENT = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử mẫu – Một Cửa</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/css/motcua.css"></head><body><main id="main"><div class="wrap">
<form class="flow" method="post" novalidate><h1>Mọi kiểu câu hỏi</h1>{form}
<div class="buttons"><button class="button" type="submit">Lưu và tiếp tục</button></div></form></div></main>
<script src="/static/js/conditions.js" defer></script><script src="/static/js/readers.js" defer></script><script src="/static/js/forms.js" defer></script></body></html>"""


class Reader(HTMLParser):
    """Elements with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.duplicates: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.duplicates += [f"{tag} {name}" for name in set(names) if names.count(name) > 1]
        self.elements.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [value for _tag, attrs in self.elements if (value := attrs.get(attribute))]


def open_page_form(
    schema: FormSchema,
    page: str,
    answers: dict[str, Any] | None = None,
    data: Any = None,
    *,
    check: bool = False,
) -> PageForm:
    return build_page_form(schema, page, answers or {}, setting=SETTING, data=data, check=check)


def draw(form: PageForm) -> str:
    """The page as a document that a browser can open."""
    return DOCUMENT.replace("{form}", render_crispy_form(form))
