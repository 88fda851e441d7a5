"""Acts beside the state table on what lies at the counter: papers given back, a faulty result made anew.

All need the locked dossier.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers.acts import require
from dossiers.choices import Medium, PaperState
from dossiers.claims import claim_files
from dossiers.guards import decision
from dossiers.guards.base import refuse
from dossiers.models import PaperItem, ResultItem
from dossiers.selectors import current_results
from dossiers.work import Work
from portal.core.jsontypes import Json
from portal.core.text import clean_line


def return_papers(work: Work, back: c.HandBack) -> None:
    """Give back papers that lie at the counter and hand over corrected documents; in any filed status.

    Raises RuleViolation where there is nothing of the kind. A repeat is refused: it lies here no more.
    """
    require(work, "return_papers")
    papers = _pick_papers(work, back.papers)
    results = _pick_results(work, back.results)
    if not papers and not results:
        raise refuse("papers", _("Hãy chọn ít nhất một giấy tờ để trả lại."))
    for paper in papers:
        paper.state, paper.given_back_at = PaperState.GIVEN_BACK, work.now
    PaperItem.objects.bulk_update(papers, ["state", "given_back_at"])
    for result in results:
        result.handed_over_at = work.now
    ResultItem.objects.bulk_update(results, ["handed_over_at"])
    given: list[Json] = [
        {"requirement": paper.requirement, "originals": paper.originals, "copies": paper.copies}
        for paper in papers
    ]
    handed: list[Json] = [{"kind": result.kind, "number": result.number} for result in results]
    work.record("return_papers", {"papers": given, "results": handed, "receiver": clean_line(back.receiver)})


def _pick_papers(work: Work, wanted: tuple[int, ...] | None) -> list[PaperItem]:
    held = list(PaperItem.objects.filter(dossier=work.dossier, state=PaperState.HELD).order_by("pk"))
    if wanted is None:
        return [paper for paper in held if paper.is_borrowed]
    _check_known(wanted, (paper.pk for paper in held))
    return [paper for paper in held if paper.pk in wanted]


def _pick_results(work: Work, wanted: tuple[int, ...] | None) -> list[ResultItem]:
    """Only corrected documents: the first ones are handed over by `return_result`."""
    waiting = [
        item for item in current_results(work.dossier) if item.replaces_id and item.handed_over_at is None
    ]
    if wanted is None:
        return waiting
    _check_known(wanted, (result.pk for result in waiting))
    return [result for result in waiting if result.pk in wanted]


def _check_known(wanted: Iterable[int], known: Iterable[int]) -> None:
    if not set(wanted) <= set(known):
        raise refuse("papers", _("Có giấy tờ không còn ở quầy. Hãy mở lại hồ sơ rồi chọn lại."))


def correct_result(work: Work, made: c.Correction) -> None:
    """A new document in the place of a faulty one that was handed over; the decision itself stands.

    Raises RuleViolation, Forbidden `own_dossier`, NotFound (file).
    """
    require(work, "correct_result")
    decision.not_own_dossier(work, made)
    old = next((item for item in current_results(work.dossier) if item.pk == made.item_id), None)
    if old is None:
        raise refuse("result", _("Kết quả này không có trong hồ sơ hoặc đã có bản thay thế."))
    if not made.reason.strip():
        raise refuse("reason", _("Hãy ghi sai chỗ nào. Người dân sẽ đọc câu này."))
    draft = c.ResultDraft(old.kind, made.copies, made.medium, made.file_id, made.number)
    decision.check_results(work, (draft,))
    claim_files([made.file_id] if made.file_id else [], actor=work.actor)
    ResultItem.objects.create(
        decision_id=old.decision_id,
        kind=old.kind,
        number=clean_line(made.number),
        copies=made.copies,
        medium=made.medium,
        file_id=made.file_id,
        handed_over_at=work.now if made.medium == Medium.ELECTRONIC else None,
        replaces=old,
    )
    work.record(
        "correct_result",
        {"reason": made.reason, "result": old.kind, "number": made.number, "medium": str(made.medium)},
        notify="dossier.result_corrected",
    )
