"""What of a procedure's e-form the quick screen asks: the person, and a group with a row per original."""

from dataclasses import dataclass

from procedures.content import Content
from procedures.formschema.definition import Field, FormSchema, Page
from procedures.texts import Text

_NAMES = frozenset({"text", "paragraph"})
_PERSON = ("owner", "submitter")


@dataclass(frozen=True)
class Shape:
    """Keys of the e-form's questions; an empty key is not asked. `pages` is empty where only documents count."""

    form: FormSchema
    group: Field
    paper: str
    pages: str
    copies: str
    name: str
    phone: str
    identity: str

    @property
    def most_rows(self) -> int:
        """How many originals one certification may hold."""
        return self.group.max if isinstance(self.group.max, int) else 1


def find_shape(content: Content) -> Shape | None:
    """None where the e-form is not one of papers with pages and copies, or must know more than these."""
    if content.cases:
        return None
    form = content.form or _ONE_PAPER
    group = next((question for question in form.fields() if question.type == "group"), None)
    if group is None:
        return None
    paper = next((column.key for column in group.fields if column.type in _NAMES), "")
    counted = [column.key for column in group.fields if column.type == "integer"]
    if not paper or not counted:
        return None
    pages = "pages" if "pages" in counted else ""
    copies = next((key for key in counted if key != pages), "")
    person = next((party for role in _PERSON for party in form.parties if party.role == role), None)
    sources = [person.source(part) if person else "" for part in ("name", "phone", "identity")]
    shape = Shape(form, group, paper, pages, copies, *sources)
    return shape if copies and not _asks_more(shape) else None


def _asks_more(shape: Shape) -> bool:
    """Must the e-form know something that the screen does not ask?"""
    columns = {shape.paper, shape.pages, shape.copies}
    questions = {shape.name, shape.phone, shape.identity, shape.group.key}
    return any(column.required and column.key not in columns for column in shape.group.fields) or any(
        question.required and question.key not in questions for question in shape.form.fields()
    )


_ONE_PAPER = FormSchema(
    (
        Page(
            "papers",
            Text("Giấy tờ"),
            (
                Field(
                    "papers",
                    "group",
                    Text("Giấy tờ"),
                    required=True,
                    min=1,
                    max=1,
                    fields=(
                        Field("paper_name", "text", Text("Tên giấy tờ"), required=True, max_length=200),
                        Field("copies", "integer", Text("Số bản"), required=True, min=1, max=99),
                    ),
                ),
            ),
        ),
    )
)
"""For a procedure without an e-form: one document, so that a charge per case is right."""
