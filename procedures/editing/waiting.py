"""What waits in the catalogue: for me to review, in work, sent back, for its day; and every procedure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.text import fold
from procedures.choices import ProcedureStatus, ServiceLevel, Source
from procedures.codes import is_procedure_code
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import search_procedures

PAGE_SIZE = 30
MOST_WAITING = 40
CLOSED = "closed"


@dataclass(frozen=True)
class Group:
    """Drafts that wait for the same thing."""

    title: str
    hint: str
    drafts: tuple[ProcedureDraft, ...]
    page: str = "catalogue:procedure"


@dataclass(frozen=True)
class Filters:
    query: str = ""
    source: str = ""
    field: str = ""
    level: str = ""
    status: str = ""
    after: str = ""

    @property
    def params(self) -> dict[str, str]:
        named = {
            "q": self.query, "source": self.source, "field": self.field, "level": self.level,
            "status": self.status,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class Page:
    """One page of procedures; with words in the query there is one page only, best first."""

    filters: Filters
    procedures: tuple[Procedure, ...]
    is_cut: bool
    next_href: str
    fields: tuple[tuple[str, str], ...]


def list_groups(actor: Actor) -> tuple[Group, ...]:
    """Drafts by what is to be done, those for this person first. One query."""
    named = KeyTextTransform("vi", KeyTextTransform("name", "content"))
    rows = ProcedureDraft.objects.select_related("author", "proposed_by", "returned_by").annotate(named=named)
    drafts = list(rows.defer("content").order_by("-changed_at")[:MOST_WAITING])
    me = actor.user_id
    groups = (
        (
            _("Chờ bạn xem và công bố"), _("Người khác đã trình."),
            [row for row in drafts if row.proposed_at and _may_review(row, me)],
        ),
        (
            _("Bị trả lại"), _("Người duyệt đã ghi lý do."),
            [row for row in drafts if row.returned_at and not row.proposed_at],
        ),
        (_("Bạn đang soạn"), "", [row for row in drafts if _is_in_work(row) and row.author_id == me]),
        (
            _("Đã trình, chờ người khác duyệt"), _("Bạn đã soạn hoặc trình nên không tự công bố."),
            [row for row in drafts if row.proposed_at and not _may_review(row, me)],
        ),
        (_("Người khác đang soạn"), "", [row for row in drafts if _is_in_work(row) and row.author_id != me]),
    )  # fmt: skip
    return tuple(
        Group(title, hint, tuple(rows), "catalogue:review" if rows[0].proposed_at else "catalogue:procedure")
        for title, hint, rows in groups
        if rows
    )


def _may_review(draft: ProcedureDraft, me: UUID | None) -> bool:
    return me not in (draft.author_id, draft.proposed_by_id)


def _is_in_work(draft: ProcedureDraft) -> bool:
    return draft.proposed_at is None and draft.returned_at is None


def list_coming() -> Sequence[ProcedureVersion]:
    """Published versions whose first day has not come. One query."""
    rows = ProcedureVersion.objects.filter(effective_from__gt=clock.today()).select_related("procedure")
    return list(rows.defer("content").order_by("effective_from", "id")[:MOST_WAITING])


def read_filters(params: Mapping[str, str]) -> Filters:
    """What stands in the address; values nobody offers are no filter."""

    def one_of(name: str, known: Sequence[Any]) -> str:
        value = params.get(name, "")
        return value if value in {str(item) for item in known} else ""

    after = params.get("after", "")
    return Filters(
        query=params.get("q", "").strip()[:200],
        source=one_of("source", Source.values),
        field=params.get("field", "")[:200],
        level=one_of("level", ServiceLevel.values),
        status=one_of("status", ProcedureStatus.values),
        after=after if is_procedure_code(after) else "",
    )


def build_page(filters: Filters) -> Page:
    """Procedures by the filters: by code, or by how well they answer the words. Two queries, some more with words."""
    rows = _narrow(Procedure.objects.select_related("current").defer("current__content"), filters)
    fields = tuple(
        Procedure.objects.order_by("field_key").distinct("field_key").values_list("field_key", "field")
    )
    if filters.query:
        found = _rank(rows, filters.query)
        return Page(filters, tuple(found[:PAGE_SIZE]), len(found) > PAGE_SIZE, "", fields)
    found = list(rows.filter(code__gt=filters.after).order_by("code")[: PAGE_SIZE + 1])
    href = ""
    if len(found) > PAGE_SIZE:
        href = "?" + urlencode({**filters.params, "after": found[PAGE_SIZE - 1].code})
    return Page(filters, tuple(found[:PAGE_SIZE]), is_cut=False, next_href=href, fields=fields)


def _narrow(rows: QuerySet[Procedure], filters: Filters) -> QuerySet[Procedure]:
    if filters.source:
        rows = rows.filter(source=filters.source)
    if filters.field:
        rows = rows.filter(field_key=filters.field)
    if filters.level:
        rows = rows.filter(level=int(filters.level))
    if filters.status:
        rows = rows.filter(status=filters.status)
    return rows


def _rank(rows: QuerySet[Procedure], query: str) -> list[Procedure]:
    """Best first as citizens would find them, then what else has the words in its name or code."""
    codes = [code for entry in search_procedures(query).entries for code in (entry.code, *entry.variants)]
    rank = {code: n for n, code in enumerate(codes[: 5 * PAGE_SIZE])}
    named = Q(code__startswith=query)
    words = Q()
    for word in fold(query).split()[:8]:
        words &= Q(search_text__contains=word)
    found = rows.filter(Q(code__in=list(rank)) | named | words).order_by("code")[: 6 * PAGE_SIZE]
    return sorted(found, key=lambda row: (row.code != query, rank.get(row.code, len(rank)), row.code))
