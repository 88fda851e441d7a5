"""What a fee counts by (copies, pages, people): asked as plain numbers, and handed to the fee rules."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from procedures.content import Content
from procedures.fees import Counted, rules_for
from procedures.formschema.definition import Field
from procedures.guide.definition import Guide
from procedures.texts import EMPTY, Text

MOST_COUNTED = 10_000
_NONE_NEEDED = Text("Không cần thì ghi 0.", "Write 0 if you need none.")


def list_counts(
    content: Content, guide: Guide, case: str | None, channels: Iterable[str], on: Any
) -> tuple[Field, ...]:
    """Questions for the numbers that fees of this case need; those the guide asks itself are left out."""
    asked = {item.field.key for item in guide.questions} | {item.fills for item in guide.questions}
    found: dict[str, Field] = {}
    for counted in _list_counted(content, case, channels, on):
        for key in filter(None, (counted.field, counted.times)):
            if key not in asked and key not in found:
                found[key] = _question(content, counted, key)
    return tuple(found.values())


def _list_counted(
    content: Content, case: str | None, channels: Iterable[str], on: Any
) -> tuple[Counted, ...]:
    rules = [
        rule for channel in channels for rule in rules_for(content.fees, case=case, channel=channel, on=on)
    ]
    return tuple(dict.fromkeys(rule.counted for rule in rules if rule.counted))


def find_form_field(content: Content, key: str, group: str = "") -> Field | None:
    """A question of the e-form, or a column of one of its groups."""
    if content.form is None:
        return None
    if not group:
        return content.form.by_key.get(key)
    parent = content.form.by_key.get(group)
    return next((column for column in parent.fields if column.key == key), None) if parent else None


def _question(content: Content, counted: Counted, key: str) -> Field:
    own = find_form_field(content, key, counted.group)
    if own is None or own.type != "integer":
        name = counted.name
        label = Text(f"Bao nhiêu {name.vi}?", f"How many: {name.en}?" if name.en else "")
        return Field(key, "integer", label, required=True, min=0, max=MOST_COUNTED)
    may_be_none = own.visible_if is not None or not own.required
    least = 0 if may_be_none else own.min
    hint = own.hint or (_NONE_NEEDED if may_be_none else EMPTY)
    most = own.max if isinstance(own.max, int) else MOST_COUNTED
    return replace(
        own, visible_if=None, required=True, min=least, max=most, hint=hint, prefill="", official=EMPTY
    )


def build_fee_answers(
    content: Content, values: Mapping[str, Any], filled: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers in the shape the fee rules read: a row where they count over a group."""
    numbers = {**values, **filled}
    answers = dict(numbers)
    for rule in content.fees:
        if rule.counted and rule.counted.group:
            keys = [key for key in (rule.counted.field, rule.counted.times) if key]
            answers[rule.counted.group] = [{key: numbers.get(key) for key in keys}]
    return answers
