"""A small site around one e-form: pages are drawn, posted, kept or refused as the product does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict
from playwright.sync_api import Page, Route

from procedures.formschema.definition import FormSchema
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from tests.browser import start_browser
from tests.procedures.formschema.rendering import ON, draw

SITE = "http://form.test/"
TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
SAVED = "<!doctype html><html lang=vi><meta charset=utf-8><title>Đã lưu</title><h1>Đã lưu</h1></html>"


class Loop:
    """One page of a form in a browser. `answers` is the draft; `posts` what the browser sent."""

    def __init__(self, schema: FormSchema, key: str, answers: dict[str, Any] | None = None) -> None:
        self.schema, self.key = schema, key
        self.answers: dict[str, Any] = dict(answers or {})
        self.posts: list[QueryDict] = []
        self.form: PageForm | None = None

    def build(self, data: QueryDict | None = None) -> PageForm:
        return build_page_form(self.schema, self.key, self.answers, setting=PageSetting(ON), data=data)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("?")[0].split("#")[0]
        file = Path(settings.BASE_DIR) / path
        if not path:
            route.fulfill(body=self._page(route), content_type="text/html; charset=utf-8")
        elif file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))
        else:
            route.fulfill(status=404)

    def _page(self, route: Route) -> str:
        if route.request.method != "POST":
            return draw(self.build())
        data = QueryDict(route.request.post_data or "")
        self.posts.append(data)
        self.form = self.build(data)
        self.answers = self.form.draft_answers
        if self.form.command is not None:
            return draw(self.build())
        return SAVED if self.form.is_valid() else draw(self.form)


@contextmanager
def open_loop(loop: Loop, *, script: bool = True, width: int = 1280) -> Iterator[Page]:
    """The page in a fresh visitor's browser; `script`: whether JavaScript runs. Script errors fail the test."""
    context = start_browser().new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script
    )
    faults: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/*", loop.answer)
        page.goto(SITE)
        yield page
    finally:
        context.close()
    assert faults == []


def save(page: Page) -> None:
    page.locator(".buttons button[type=submit]").click()


def put(page: Page, name: str, value: Any) -> None:
    """Types or picks a value into the controls of a name, as a person does."""
    first = page.locator(f"[name='{name}']").first
    kind = first.evaluate("(control) => control.type")
    if kind in ("radio", "checkbox"):
        values = value if isinstance(value, list) else [value]
        for each in page.locator(f"[name='{name}']").all():
            wanted = each.get_attribute("value") in values
            if each.is_checked() != wanted:
                each.set_checked(wanted) if kind == "checkbox" else each.check()
    elif kind == "select-one":
        first.select_option(value)
    else:
        first.fill(value)
        first.blur()
