"""Which papers of a procedure one dossier needs, by its case and answers."""

from collections.abc import Collection, Iterator, Mapping

from portal.core.jsontypes import Json
from procedures.content import Content
from procedures.formschema.definition import FormSchema
from procedures.formschema.walk import Walk
from procedures.parts import Requirement


def missing_papers(
    content: Content, case_key: str, answers: Mapping[str, Json], sent: Collection[str]
) -> list[Requirement]:
    """Required papers that were not sent, nor anything that stands for them.

    The declaration itself is the e-form; a paper whose file question the answers hide is not asked for.
    """
    wanted = content.requirements_for(case_key or None)
    covered = set(sent) | {item.replaces for item in wanted if item.replaces and item.key in sent}
    hidden = hidden_requirements(content.form, answers, case_key) if content.form else frozenset()
    return [item for item in _must_send(wanted) if item.key not in covered | hidden]


def hidden_requirements(form: FormSchema, answers: Mapping[str, Json], case_key: str) -> frozenset[str]:
    """Papers whose file question these answers do not show."""
    walk, shown, known = Walk(form, case=case_key), set(), set()
    for page in form.pages:
        seen = walk.sees(page)
        for question in page.fields:
            known |= {question.requirement} if question.requirement else set()
            if seen and walk.sees(question):
                walk.take(question, answers.get(question.key))
                shown.add(question.requirement)
    return frozenset(known - shown)


def _must_send(wanted: Collection[Requirement]) -> Iterator[Requirement]:
    for item in wanted:
        if item.is_submitted and item.required and not item.filled_online and not item.replaces:
            yield item
