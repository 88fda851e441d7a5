"""What filing, receiving and supplementing write."""

from typing import TYPE_CHECKING, cast

from dossiers import commands as c
from dossiers import numbering
from dossiers.choices import (
    Channel,
    ConsentManner,
    FeeMode,
    FeeStatus,
    PaperState,
    Relation,
)
from dossiers.consents import OWNERS
from dossiers.models import Consent, DossierParty, Draft, Fee, Filing, PaperItem
from dossiers.parties import save_parties
from dossiers.reassessing import compare, share_back
from dossiers.work import Work
from portal.core.clock import to_local
from portal.core.jsontypes import Json
from procedures.fees import AssessedFee, FeeLine

if TYPE_CHECKING:
    from portal.accounts.models import Agency


def submit(work: Work, command: c.Command) -> None:
    """The first filing of a citizen: code, parties, fees, receiving agency."""
    filing = cast("c.Submit", command).filing
    _file_first(work, filing, notify="dossier.submitted")


def receive(work: Work, command: c.Command) -> None:
    """A paper dossier over the counter or by post."""
    asked = cast("c.Receive", command)
    take_papers(work, asked.papers)
    _file_first(work, asked.filing, notify="dossier.submitted")


def _file_first(work: Work, prepared: c.PreparedFiling, *, notify: str) -> None:
    dossier = work.dossier
    dossier.submitted_at = work.now
    agreed = _add_filing(work, prepared, revision=1)
    _open_relations(work)
    _assess(work, prepared.fees)
    _ask_for_code(work)
    work.reindex()
    if not work.is_new:
        Draft.objects.filter(dossier=dossier).delete()
    work.record(
        "submit" if dossier.channel == Channel.ONLINE else "receive",
        {
            "channel": str(dossier.channel),
            "case": dossier.case_key,
            "files": len(prepared.manifest),
            **_say_agreed(agreed),
        },
        notify=notify,
        filing_sha256=prepared.sha256,
    )


def supplement(work: Work, command: c.Command) -> None:
    """A new filing that answers the open request; consents of the old one no longer count."""
    asked = cast("c.Supplement", command)
    revision = 1 if work.filing is None else work.filing.revision + 1
    take_papers(work, asked.papers)
    agreed = _add_filing(work, asked.filing, revision=revision)
    _reassess(work, asked.filing.fees)
    work.dossier.supplement_requests.filter(closed_at=None).update(answered_at=work.now, closed_at=work.now)
    Draft.objects.filter(dossier=work.dossier).delete()
    work.reindex()
    work.record(
        "supplement",
        {"revision": revision, "files": len(asked.filing.manifest), **_say_agreed(agreed)},
        notify="dossier.supplemented",
        filing_sha256=asked.filing.sha256,
    )


def _add_filing(work: Work, prepared: c.PreparedFiling, *, revision: int) -> int:
    """Returns how many owners agree by filing."""
    filing = Filing.objects.create(
        dossier=work.dossier,
        revision=revision,
        answers=dict(prepared.answers),
        manifest=[_entry(entry) for entry in prepared.manifest],
        sha256=prepared.sha256,
        filed_at=work.now,
        filed_by_id=work.actor.user_id,
    )
    save_parties(work.dossier, prepared.parties, revision)
    return _agree_by_filing(work, filing) if work.content.all_owners_consent else 0


def _say_agreed(count: int) -> dict[str, Json]:
    """The history says that the filing itself was an owner's consent."""
    return {"agreed_by_filing": count} if count else {}


def _agree_by_filing(work: Work, filing: Filing) -> int:
    """An owner who files with their own verified account agrees by filing; only the others are asked."""
    if work.actor.is_officer or work.actor.identity_index is None:
        return 0
    own = DossierParty.objects.filter(
        dossier=work.dossier,
        revision=filing.revision,
        role__in=OWNERS,
        party__identity_index=work.actor.identity_index,
    )
    made = Consent.objects.bulk_create(
        Consent(dossier=work.dossier, party_id=party, filing=filing, at=work.now, how=ConsentManner.ACCOUNT)
        for party in own.values_list("party_id", flat=True)
    )
    return len(made)


def _entry(entry: c.ManifestEntry) -> dict[str, str | int]:
    return {
        "attachment": str(entry.attachment_id),
        "requirement": entry.requirement,
        "name": entry.name,
        "size": entry.size,
        "sha256": entry.sha256,
    }


def take_papers(work: Work, papers: tuple[c.PaperLine, ...]) -> None:
    """Note the papers laid on the desk; shown ones go straight back and are only remembered."""
    PaperItem.objects.bulk_create(
        PaperItem(
            dossier=work.dossier,
            requirement=paper.requirement,
            originals=paper.originals,
            copies=paper.copies,
            state=PaperState.SHOWN if paper.shown else PaperState.HELD,
            is_borrowed=paper.borrowed,
            taken_at=work.now,
        )
        for paper in papers
    )


def _open_relations(work: Work) -> None:
    kinds = (Relation.RECEIVING, Relation.COMPETENT, Relation.RETURNING)
    work.agencies.begin(cast("int", work.dossier.agency_id), kinds, since=work.now)


def _assess(work: Work, fees: tuple[AssessedFee, ...]) -> None:
    Fee.objects.bulk_create(_fee(work, fee) for fee in fees)


def _fee(work: Work, assessed: AssessedFee) -> Fee:
    owed = assessed.mode != FeeMode.NONE
    return Fee(
        dossier=work.dossier,
        mode=assessed.mode,
        amount=assessed.amount,
        lines=[_write_line(line) for line in assessed.lines],
        status=FeeStatus.OPEN if owed else FeeStatus.VOID,
        assessed_at=work.now,
    )


def _write_line(line: FeeLine) -> dict[str, Json]:
    """A line as it is frozen with its fee; what a relief took off stands there only where one did."""
    written: dict[str, Json] = {
        "kind": line.kind,
        "label": line.label,
        "amount": line.amount,
        "explanation": line.explanation,
        "refundable": line.refund_on_withdraw,
    }
    if line.label_en not in ("", line.label):
        written["label_en"] = line.label_en
    if line.explanation_en not in ("", line.explanation):
        written["explanation_en"] = line.explanation_en
    if line.relief:
        written |= {"normal": line.normal, "relief": line.relief, "paper": line.paper}
    return written


def _reassess(work: Work, fees: tuple[AssessedFee, ...]) -> None:
    """Changed answers change what is still owed. Paid money stays: only the difference is charged, or due back.

    Where a fee was waived by two people, nothing more is charged at its moment of paying.
    """
    work.dossier.fees.filter(status=FeeStatus.OPEN).update(status=FeeStatus.VOID)
    waived = set(work.dossier.fees.filter(status=FeeStatus.WAIVED).values_list("mode", flat=True))
    paid: dict[str, list[Fee]] = {}
    for fee in work.dossier.fees.filter(status=FeeStatus.SETTLED).order_by("assessed_at", "pk"):
        paid.setdefault(fee.mode, []).append(fee)
    _assess(work, tuple(fee for fee in fees if fee.mode not in waived | paid.keys()))
    for mode, settled in paid.items():
        if mode not in waived:
            _settle_up(work, settled, next((fee for fee in fees if fee.mode == mode), None))


def _settle_up(work: Work, paid: list[Fee], new: AssessedFee | None) -> None:
    difference = compare(paid, new)
    if difference.more:
        total = sum(line.amount or 0 for line in difference.more)
        _assess(work, (AssessedFee(paid[0].mode, total, difference.more),))
    for fee, back in zip(paid, share_back(paid, difference.back), strict=True):
        if back:
            fee.refund_due += back
            fee.save(update_fields=["refund_due"])


def _ask_for_code(work: Work) -> None:
    dossier = work.dossier
    agency = cast("Agency", dossier.agency)
    day = to_local(work.now).date()

    def use(number: int) -> None:
        dossier.code = numbering.format_code(agency.code, day, number)

    work.number(numbering.code_series(agency.code, day), use)
