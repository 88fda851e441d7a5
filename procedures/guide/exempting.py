"""Who is let off: asked in the check only where a relief's condition asks it, and where its paper is then needed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from procedures.content import Content
from procedures.fees import rules_for
from procedures.formschema.definition import CASE, Field, Option
from procedures.guide.checks import is_personal
from procedures.guide.definition import TYPES, UNSURE, Guide, list_keys
from procedures.reliefs import Person, Relief
from procedures.texts import EMPTY, Text

if TYPE_CHECKING:
    from procedures.guide.walk import Walk

_UNSURE = Option(UNSURE, Text("Tôi không chắc", "I am not sure"))


def list_exemptions(
    content: Content, guide: Guide, case: str | None, channels: Iterable[str], on: date
) -> tuple[Field, ...]:
    """Questions of the e-form that decide about a relief of this case; never one that says who somebody is."""
    asked = {item.field.key for item in guide.questions} | {item.fills for item in guide.questions}
    found: dict[str, Field] = {}
    for relief in _list_reliefs(content, case, tuple(channels), on):
        for key in list_keys(relief.condition):
            own = content.form.by_key.get(key) if content.form else None
            if own is not None and key not in asked | {CASE} and _may_be_asked(content, own, case):
                found[key] = _question(own)
    return tuple(found.values())


def _list_reliefs(
    content: Content, case: str | None, channels: tuple[str, ...], on: date
) -> Iterator[Relief]:
    """Those that take something off a charge of the case on that day, by at least one way of filing."""
    for relief in content.reliefs:
        if any(
            relief.fits(case=case, channel=channel, on=on)
            and any(
                relief.covers(rule.key) and rule.amount != 0
                for rule in rules_for(content.fees, case=case, channel=channel, on=on)
            )
            for channel in channels
        ):
            yield relief


def _may_be_asked(content: Content, question: Field, case: str | None) -> bool:
    """Of a plain kind, not personal, and not hidden by the case alone."""
    form = content.form
    if question.type not in TYPES or form is None or is_personal(question, form):
        return False
    condition = question.visible_if
    depends_on_case = condition is not None and set(list_keys(condition)) == {CASE}
    return not depends_on_case or Person(case, None, date.max).meets(condition)


def _question(own: Field) -> Field:
    """As the form asks it; who need not answer there may say so here."""
    options = own.options if own.required or not own.options else (*own.options, _UNSURE)
    return replace(own, visible_if=None, required=True, prefill="", official=EMPTY, options=options)


def list_proofs(walk: "Walk", used: Iterable[str]) -> dict[str, str]:
    """Papers that only prove a relief: submit where one in use needs it, maybe in doubt, "" where none does.

    `used`: keys of the papers that reliefs of the assessed lines name.
    """
    proofs: dict[str, str] = {}
    wanted = set(used)
    for relief in walk.content.reliefs:
        item = walk.content.requirement(relief.paper) if relief.paper else None
        if item is None or item.required:
            continue
        in_doubt = bool(walk.unsure & set(list_keys(relief.condition)))
        need = "submit" if item.key in wanted else "maybe" if in_doubt else ""
        proofs[item.key] = need or proofs.get(item.key, "")
    return proofs
