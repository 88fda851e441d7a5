"""Every page is drawn so that each control has a name, and nothing points to what is not there."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from tests.procedures.formschema.rendering import Reader, draw, open_page_form
from tests.procedures.formschema.samples import birth_form, every_type_form

MEMBERS = [{"full_name": "An"}, {"full_name": "Bình", "share": "150"}]
STATES: list[tuple[str, dict[str, Any], bool]] = [
    ("empty", {}, False),
    ("with errors", {}, True),
    (
        "filled in",
        {"a_text": "Cơm", "a_boolean": True, "members": MEMBERS, "a_name": "Nguyễn Thị Hạnh"},
        False,
    ),
    ("filled in with errors", {"a_date": "15/18/1990", "a_boolean": True, "members": MEMBERS}, True),
]
CONTROLS = ("input", "select", "textarea")


def read(answers: dict[str, Any], *, check: bool) -> Reader:
    return Reader(draw(open_page_form(every_type_form(), "all", answers, check=check)))


@pytest.mark.parametrize(("state", "answers", "check"), STATES, ids=[state[0] for state in STATES])
class TestEveryPage:
    def test_ids_are_unique(self, state: str, answers: dict[str, Any], check: bool) -> None:
        ids = read(answers, check=check).values("id")
        assert sorted(ids) == sorted(set(ids))

    def test_no_attribute_is_written_twice(self, state: str, answers: dict[str, Any], check: bool) -> None:
        assert read(answers, check=check).duplicates == []

    def test_descriptions_point_to_something(self, state: str, answers: dict[str, Any], check: bool) -> None:
        page = read(answers, check=check)
        targets = {target for value in page.values("aria-describedby") for target in value.split()}
        assert targets
        assert targets <= set(page.values("id"))

    def test_every_control_has_a_label(self, state: str, answers: dict[str, Any], check: bool) -> None:
        page = read(answers, check=check)
        controls = {
            attrs["id"] for tag, attrs in page.elements if tag in CONTROLS and attrs.get("type") != "hidden"
        }
        assert controls <= set(page.values("for"))

    def test_links_of_the_summary_lead_to_controls(
        self, state: str, answers: dict[str, Any], check: bool
    ) -> None:
        page = read(answers, check=check)
        links = {href[1:] for href in page.values("href") if href.startswith("#")}
        assert links <= set(page.values("id"))
        assert bool(links) or state in ("empty", "filled in")

    def test_hidden_questions_are_not_sent(self, state: str, answers: dict[str, Any], check: bool) -> None:
        page = read(answers, check=check)
        landlord = next(attrs for _tag, attrs in page.elements if attrs.get("name") == "landlord")
        assert ("disabled" in landlord) is ("a_boolean" not in answers)


def test_an_error_says_so_and_marks_its_control() -> None:
    html = draw(open_page_form(birth_form(), "requester", {"my_id": "123"}, check=True))
    control = next(attrs for _tag, attrs in Reader(html).elements if attrs.get("name") == "my_id")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_my_id_helptext id_my_id_error"
    assert '<span class="sr">Lỗi: </span>Số định danh có 12 chữ số. Bạn đã gõ 3.' in html


def test_a_question_without_hint_or_error_is_described_by_nothing() -> None:
    page = Reader(draw(open_page_form(birth_form(), "requester", {})))
    control = next(attrs for _tag, attrs in page.elements if attrs.get("name") == "my_email")
    assert "aria-describedby" not in control
    assert (control["type"], control["autocomplete"], control["inputmode"]) == ("email", "email", "email")


def test_questions_about_somebody_else_are_not_filled_by_the_browser() -> None:
    page = Reader(draw(open_page_form(birth_form(), "child", {})))
    control = next(attrs for _tag, attrs in page.elements if attrs.get("name") == "child_name")
    assert control["autocomplete"] == "off"


def test_what_people_typed_is_escaped() -> None:
    html = draw(
        open_page_form(birth_form(), "requester", {"my_name": '"><script>alert(1)</script>'}, check=True)
    )
    assert "<script>alert" not in html


def test_the_enter_key_never_presses_a_row_button() -> None:
    page = Reader(draw(open_page_form(every_type_form(), "all", {"members": MEMBERS})))
    first = next(attrs for tag, attrs in page.elements if tag == "button")
    assert "name" not in first


def test_opened_questions_are_announced_and_not_called_errors() -> None:
    answers = {"relation": "other", "my_name": "Hạnh", "my_id": "037190001234", "my_phone": "0912345678"}
    home = {"my_home-province": "37", "my_home-commune": "14533", "my_home-line": "4"}
    html = draw(open_page_form(birth_form(), "requester", {}, {**answers, **home}))
    assert "Câu trả lời của bạn mở thêm câu hỏi" in html
    assert 'class="error-summary"' not in html


class PlainForm(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trên giấy tờ")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Một"), ("b", "Hai")], widget=forms.RadioSelect)
    place = forms.ChoiceField(label="Nơi", choices=[("a", "Một")], required=False)
    words = forms.CharField(label="Lời", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="Đồng ý")


def test_plain_django_forms_look_the_same() -> None:
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": PlainForm({})}))
    page = Reader(html)
    ids = page.values("id")
    assert sorted(ids) == sorted(set(ids))
    targets = {target for value in page.values("aria-describedby") for target in value.split()}
    assert targets <= set(ids)
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)
    assert 'class="textinput input"' in html
