"""How a dossier's rows read on its printed forms."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.choices import Channel, FeeStatus, PaperState
from dossiers.models import Dossier, Fee, Party
from dossiers.printing.source import Source
from dossiers.prints.data import PaperLine
from portal.core.money import format_vnd
from portal.core.templatetags.formats import phone
from procedures.choices import LimitUnit
from procedures.formschema.places import get_place
from procedures.parts import TimeLimit

_SHOWN_ENDS = 3


def name_procedure(source: Source) -> str:
    return f"{source.content.name} ({source.content.code})"


def name_owner(owner: Party | None, submitter: Party | None) -> str:
    if owner is None:
        return ""
    return _("%(name)s (người nộp)") % {"name": owner.name} if owner is submitter else owner.name


def get_detail(party: Party | None, key: str) -> str:
    return str(party.details.get(key) or "") if party else ""


def show_phone(party: Party | None) -> str:
    return phone(get_detail(party, "phone"))


def show_address(party: Party | None) -> str:
    return describe_address(party.details.get("address") or {}) if party else ""


def describe_address(address: Mapping[str, str]) -> str:
    """ "Số 2 đường Hòa Bình, xóm 4, Xã An Bình, tỉnh Ninh Bình"; parts that were not written are left out."""
    province = address.get("province", "")
    place = get_place(province, address.get("commune", "")) if province else ""
    return ", ".join(filter(None, (address.get("line", ""), address.get("village", ""), place)))


def show_identity(party: Party | None) -> str:
    """Paper and number with its middle hidden (Căn cước số 037 *** 917): the sheet lies about."""
    identity = (party.details.get("identity") or {}) if party else {}
    number = str(identity.get("number") or "")
    if not number:
        return ""
    if len(number) > 2 * _SHOWN_ENDS:
        number = f"{number[:_SHOWN_ENDS]} *** {number[-_SHOWN_ENDS:]}"
    return _("%(paper)s số %(number)s") % {"paper": _name_paper(str(identity.get("type"))), "number": number}


def _name_paper(kind: str) -> str:
    names = {"citizen_id": _("Căn cước"), "old_id": _("Chứng minh nhân dân"), "passport": _("Hộ chiếu")}
    return names.get(kind, _("Giấy tờ"))


def list_paper_lines(source: Source) -> tuple[PaperLine, ...]:
    """What lies on the desk, what was sent as files, what was only shown, what a database holds."""
    counts = _count_papers(source.dossier)
    filings = selectors.list_filings(source.dossier)
    files = {row.requirement for row in selectors.list_filed_attachments(source.dossier, filings)}
    lines = []
    for item in source.content.requirements_for(source.dossier.case_key or None):
        name = str(item.name)
        if item.key in counts:
            originals, copies, shown = counts[item.key]
            note = _("Đã xuất trình") if shown else ""
            lines.append(PaperLine(name, original=originals, photo_or_copies=copies, note=note))
        elif item.key in files:
            lines.append(PaperLine(name, note=_("Bản điện tử")))
        elif item.is_looked_up:
            lines.append(PaperLine(name, note=_("Tra cơ sở dữ liệu")))
        elif item.filled_online and source.dossier.channel == Channel.ONLINE:
            lines.append(PaperLine(name, note=_("Khai trên mạng")))
    return tuple(lines)


def _count_papers(dossier: Dossier) -> dict[str, tuple[int, int, bool]]:
    counts: dict[str, tuple[int, int, bool]] = {}
    for paper in selectors.list_papers(dossier):
        originals, copies, _shown = counts.get(paper.requirement, (0, 0, False))
        shown = paper.state == PaperState.SHOWN
        counts[paper.requirement] = (originals + paper.originals, copies + paper.copies, shown)
    return counts


def show_limit(source: Source) -> str:
    limit = source.content.limit_for(source.dossier.case_key or None, source.dossier.channel)
    return _("Pháp luật không quy định") if limit is None else _limit_text(limit)


def _limit_text(limit: TimeLimit) -> str:
    if limit.unit == LimitUnit.SAME_DAY:
        return _("Trong ngày")
    return f"{limit.value:02d} {LimitUnit(limit.unit).label}"


def show_due_text(dossier: Dossier) -> str:
    if dossier.due_at is None:
        return _("Khi có kết quả, cơ quan báo cho người nộp.")
    return ""


def show_fees(fees: Iterable[Fee]) -> str:
    owed = [fee for fee in fees if fee.amount]
    words = {FeeStatus.SETTLED: _("đã thu"), FeeStatus.WAIVED: _("được miễn"), FeeStatus.OPEN: _("chưa thu")}
    return "; ".join(f"{format_vnd(fee.amount)}, {words[FeeStatus(fee.status)]}" for fee in owed)
