"""All checks over one document, in the order of the editor's sections."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.core import clock
from portal.core.errors import RuleViolation
from procedures.content import Content, parse_content
from procedures.editing.sections import SECTIONS
from procedures.formschema.schema import FormSchema, parse_form
from procedures.judging.amounts import judge_absent_amounts, judge_amounts
from procedures.judging.breaking import judge_breaks
from procedures.judging.findings import Document, Finding
from procedures.judging.form import judge_form
from procedures.judging.guide import judge_guide
from procedures.judging.items import judge_items
from procedures.judging.language import judge_language
from procedures.judging.papers import judge_papers
from procedures.judging.refusals import word_refusals
from procedures.judging.reliefs import judge_reliefs
from procedures.judging.steps import judge_steps


def judge_document(
    document: Document, *, published: Document | None = None, on: date | None = None
) -> tuple[Finding, ...]:
    """Stops and hints, by section, stops first. A draft may be incomplete; what cannot be judged yet is left out.

    `published`: the document in force, to see what would break drafts that people have begun. `on`: the day that
    ages and "today" mean.
    """
    found = list(_judge(document, published or {}, on or clock.today()))
    unique = {(each.path, each.message): each for each in found}.values()
    places = {section.key: place for place, section in enumerate(SECTIONS)}
    return tuple(sorted(unique, key=lambda each: (places[each.section], not each.is_stop)))


def has_stop(findings: Iterable[Finding]) -> bool:
    return any(finding.is_stop for finding in findings)


def _judge(document: Document, published: Document, on: date) -> Iterator[Finding]:
    content: Content | None = None
    refused: dict[str, list[str]] = {}
    try:
        content = parse_content(document)
    except RuleViolation as refusal:
        refused = refusal.errors
        yield from word_refusals(document, refused)
    yield from judge_items(document, refused)
    yield from judge_language(document)
    if content is None:
        yield from judge_absent_amounts(document)
    else:
        yield from judge_amounts(content, document)
        yield from judge_reliefs(content, on)
        yield from judge_steps(content)
        yield from judge_papers(content, on)
        yield from judge_guide(content, document, on)
    form = content.form if content else _form(document)
    if form is not None:
        cases = [str(case.get("key")) for case in document.get("cases") or [] if isinstance(case, dict)]
        yield from judge_form(form, cases, on)
    yield from judge_breaks(document, published)


def _form(document: Document) -> FormSchema | None:
    """The form by itself, while other parts are still wrong."""
    try:
        return parse_form(document["form"]) if document.get("form") else None
    except RuleViolation:
        return None
