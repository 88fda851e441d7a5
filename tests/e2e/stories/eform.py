"""A person answers a whole e-form, page after page, with the keyboard and the mouse."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from procedures.formschema.definition import Page
from procedures.selectors import current_version, get_content
from tests.dossiers.views.steps import page_data
from tests.e2e.stories.person import Person

GO_ON = "Lưu và tiếp tục"


def answer_form(person: Person, code: str, answers: Mapping[str, Any], files: tuple[str, ...] = ()) -> None:
    """From the first page to the review; `files` are the papers a picture is chosen for."""
    form = get_content(current_version(code).pk).form
    for page in form.pages if form else ():
        if urlsplit(person.page.url).path.endswith(f"/filing/{page.key}/"):
            _answer_page(person, page, answers, files)
            person.press(GO_ON)
    person.sees("Xem lại trước khi nộp")


def _answer_page(person: Person, page: Page, answers: Mapping[str, Any], files: tuple[str, ...]) -> None:
    for question in page.fields:
        if question.type == "group":
            _make_rows(person, question.key, len(answers.get(question.key) or ()))
        if question.type == "file" and question.requirement in files:
            person.choose_file(question.requirement, f"{question.requirement}.png")
    typed = page_data(page, answers)
    person.fill({key: text for key, text in typed.items() if key != "shown" and not key.endswith("-rows")})


def _make_rows(person: Person, group: str, wanted: int) -> None:
    """The button below the rows adds one; what was typed stays."""
    rows = person.page.locator(f'[name="{group}-rows"]')
    while int(rows.input_value()) < wanted:
        with person.page.expect_navigation():
            person.page.locator(f'[name="group-{group}-add"]').click()
