"""Refuses answers that no person could have typed, before anything walks through them."""

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation

MAX_DEPTH = 5
MAX_PARTS = 20_000
MAX_LETTERS = 400_000


def refuse_monsters(answers: object) -> None:
    """Raises RuleViolation: `invalid_answers` when it is no object, `answers_too_large` when it is too deep,
    has too many parts or too much text. Needs no recursion, so depth cannot exhaust the stack."""
    if not isinstance(answers, dict):
        raise RuleViolation("invalid_answers", _("Câu trả lời phải là một đối tượng gồm tên và giá trị."))
    parts = letters = 0
    waiting: list[tuple[object, int]] = [(answers, 1)]
    while waiting:
        value, depth = waiting.pop()
        parts += 1
        if isinstance(value, str):
            letters += len(value)
        elif isinstance(value, list | dict):
            inside = value.values() if isinstance(value, dict) else value
            waiting += [(item, depth + 1) for item in inside]
        if depth > MAX_DEPTH or parts + len(waiting) > MAX_PARTS or letters > MAX_LETTERS:
            raise RuleViolation("answers_too_large", _("Nội dung gửi lên quá lớn hoặc lồng quá sâu."))
