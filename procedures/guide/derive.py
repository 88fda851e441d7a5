"""The guide of a procedure: the one its document holds, else one made from its conditions."""

from procedures.content import Content
from procedures.formschema.definition import Condition, Field, Option, Term
from procedures.guide.definition import UNSURE, Guide, Question, Stop
from procedures.texts import Text

CONDITIONS, ENOUGH, NOT_ENOUGH = "dieu_kien", "du", "chua_du"


def guide_of(content: Content) -> Guide:
    """The case is asked by the walk itself, as are copies, channel and place."""
    return content.guide or _derive(content)


def _derive(content: Content) -> Guide:
    if not content.conditions:
        return Guide()
    question = Field(
        key=CONDITIONS,
        type="choice",
        label=Text("Bạn đã đọc và đáp ứng các điều này chưa?", "Have you read these, and do you meet them?"),
        options=(
            Option(ENOUGH, Text("Đã đọc, tôi đáp ứng đủ", "Yes, all of them")),
            Option(NOT_ENOUGH, Text("Có điều tôi chưa đáp ứng", "No, not all of them")),
            Option(UNSURE, Text("Có điều tôi không chắc", "I am not sure about some")),
        ),
        required=True,
    )
    stop = Stop(
        Condition("all", (Term(CONDITIONS, "is", NOT_ENOUGH),)),
        Text(
            "Bạn cho biết còn điều chưa đáp ứng. Hãy hỏi nơi giải quyết trước khi nộp.",
            "You do not meet every condition yet. Ask the office before you file.",
        ),
    )
    return Guide(questions=(Question(question),), stops=(stop,), about=content.conditions)
