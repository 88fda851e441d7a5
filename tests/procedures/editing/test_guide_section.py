"""The guided check is edited as rows: questions with answers, conditions by choosing, rules and stops."""

from typing import Any

from django.http import QueryDict

from procedures.content import parse_content
from procedures.editing.answers import show_options, write_options
from procedures.editing.applying import apply_typed, press
from procedures.editing.faults import list_faults, of_section
from procedures.editing.form import build_blocks
from procedures.editing.rows import Done
from tests.factories.catalogue import make_document

Document = dict[str, Any]
CASES = [{"key": "moi", "label": {"vi": "Làm mới"}}, {"key": "lai", "label": {"vi": "Làm lại"}}]


def used(_name: str) -> set[str]:
    return set()


def save(document: Document, **typed: Any) -> Document:
    posted = QueryDict(mutable=True)
    for name, value in typed.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return apply_typed("guide", document, posted.getlist, used)


def push(document: Document, button: str) -> Done:
    done = press("guide", document, button, used)
    assert done is not None
    return done


def test_a_guide_is_written_from_nothing() -> None:
    document = make_document(cases=CASES, case_question={"vi": "Bạn làm gì?"})
    done = push(document, "add:guide.questions")
    assert done.anchor == "guide-questions-0-label"
    row = "guide.questions[0]."
    document = save(
        document,
        **{"guide.questions.rows": "0", f"{row}label.vi": "Bạn còn giấy cũ không?", f"{row}type": "choice",
           f"{row}options": "Còn\r\nĐã mất"},
    )  # fmt: skip
    (question,) = document["guide"]["questions"]
    assert question["key"] == "ban_con_giay_cu_khong"
    assert [option["value"] for option in question["options"]] == ["con", "da_mat"]
    push(document, "add:guide.cases")
    name = "guide.cases[0].if"
    first = {"guide.cases.rows": "0", "guide.cases[0].case": "lai", f"{name}-count": "1"}
    document = save(document, **first, **{f"{name}-0-field": question["key"]})
    assert document["guide"]["cases"][0]["if"] == {"all": [{"field": question["key"], "is": ""}]}
    assert any(path.startswith("guide.cases[0].if") for path in of_section(list_faults(document), "guide"))
    chosen = {f"{name}-0-field": question["key"], f"{name}-0-op": "is", f"{name}-0-value": "da_mat"}
    document = save(document, **{**first, f"{name}-count": "2"}, **chosen)
    assert document["guide"]["cases"] == [
        {"case": "lai", "if": {"all": [{"field": question["key"], "is": "da_mat"}]}}
    ]
    push(document, "add:guide.cases")
    name = "guide.cases[1].if"
    chosen = {f"{name}-0-field": question["key"], f"{name}-0-op": "is", f"{name}-0-value": "con"}
    document = save(
        document, **{"guide.cases.rows": "1", "guide.cases[1].case": "moi", f"{name}-count": "1"}, **chosen
    )
    parse_content(document)


def test_a_condition_whose_question_went_is_kept_and_shown() -> None:
    rule = {"if": {"all": [{"field": "mat", "in": ["b", "a"]}]}, "message": {"vi": "Dừng."}}
    document = make_document(guide={"questions": [], "stops": [rule]})
    stops = build_blocks("guide", document, {})[2]
    condition = stops.items[0].inputs[-1].condition
    assert condition is not None
    assert ("mat", "(câu hỏi không còn ở trên)") in condition.rows[0].fields
    name = "guide.stops[0].if"
    typed = {f"{name}-0-field": "mat", f"{name}-0-op": "in", f"{name}-0-value": ["a", "b"]}
    assert (
        save(document, **{"guide.stops.rows": "0", f"{name}-count": "2", f"{name}-mode": "all"}, **typed)
        == document
    )
    emptied = save(document, **{"guide.stops.rows": "0", f"{name}-count": "2", f"{name}-0-field": ""})
    assert "if" not in emptied["guide"]["stops"][0]


def test_a_guide_without_rows_is_none() -> None:
    document = make_document(guide={"questions": [{"key": "a"}]})
    push(document, "remove:guide.questions:0")
    assert "guide" not in document


def test_answers_keep_the_value_that_conditions_know() -> None:
    old = [{"value": "a", "label": {"vi": "Một", "en": "One"}}, {"value": "b", "label": {"vi": "Hai"}}]
    assert show_options(old) == ["Một\nHai"]
    moved = write_options(old, "Hai\nMột\nBa")
    assert [row["value"] for row in moved] == ["b", "a", "ba"]
    assert moved[1]["label"]["en"] == "One"
    renamed = write_options(old, "Một cái\nHai")
    assert [(row["value"], row["label"]["vi"]) for row in renamed] == [("a", "Một cái"), ("b", "Hai")]
    fewer = write_options(old, "Hai")
    assert fewer == old[1:]
