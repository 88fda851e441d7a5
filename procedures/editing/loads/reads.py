"""What the pages of a load show: its state in words, its records by outcome, one record against what is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from portal.core.errors import NotFound
from procedures.content import Content, parse_content
from procedures.editing.publish.differing import Difference, find_difference
from procedures.editing_choices import ImportKind, ImportOutcome, ImportState
from procedures.facts import Fact, build_facts
from procedures.models import CatalogueImport, ImportedRecord
from procedures.services.loads import APPLYING, READING, READY, count_outcomes

PAGE = 50
MOST_LOADS = 50
LOSSY = "lossy"
_FILTERS = (
    (ImportOutcome.CREATED.value, gettext_lazy("Thêm mới")),
    (ImportOutcome.UPDATED.value, gettext_lazy("Cập nhật")),
    (ImportOutcome.CONFLICT.value, gettext_lazy("Tỉnh đã tự biên soạn")),
    (ImportOutcome.UNCHANGED.value, gettext_lazy("Không đổi")),
    (ImportOutcome.SKIPPED.value, gettext_lazy("Bỏ qua")),
)
_TAGS = {
    ImportOutcome.CREATED.value: "done",
    ImportOutcome.UPDATED.value: "info",
    ImportOutcome.CONFLICT.value: "warn",
    ImportOutcome.SKIPPED.value: "late",
}


@dataclass(frozen=True)
class LoadPage:
    """`phase`: reading, ready, applying, applied or discarded; `counts` by outcome."""

    load: CatalogueImport
    phase: str
    counts: Mapping[str, int]
    chips: Sequence[Mapping[str, object]]
    records: Sequence[ImportedRecord]
    outcome: str
    query: str
    previous_href: str = ""
    next_href: str = ""

    @property
    def is_busy(self) -> bool:
        return self.phase in (READING, APPLYING)

    @property
    def changes(self) -> int:
        """How many procedures would be published."""
        return self.counts.get(ImportOutcome.CREATED, 0) + self.counts.get(ImportOutcome.UPDATED, 0)

    @property
    def conflicts(self) -> int:
        return self.counts.get(ImportOutcome.CONFLICT, 0)

    @property
    def needs_second_person(self) -> bool:
        return self.load.kind == ImportKind.FILES


@dataclass(frozen=True)
class RecordPage:
    load: CatalogueImport
    record: ImportedRecord
    difference: Difference | None
    facts: tuple[Fact, ...]
    content: Content | None
    can_choose: bool


def list_loads() -> Sequence[CatalogueImport]:
    """The newest first. One query."""
    return list(CatalogueImport.objects.select_related("created_by").order_by("-created_at")[:MOST_LOADS])


def access_load(load_id: UUID) -> CatalogueImport:
    """Raises NotFound. One query."""
    load = CatalogueImport.objects.select_related("created_by", "applied_by").filter(pk=load_id).first()
    if load is None:
        raise NotFound(message=_("Không có lần nhập này."))
    return load


def find_phase(load: CatalogueImport) -> str:
    return str(load.counts.get("phase", READY)) if load.state == ImportState.STAGED else load.state


def build_load_page(load_id: UUID, asked: Mapping[str, str]) -> LoadPage:
    """Three queries, four while records are still being read."""
    load = access_load(load_id)
    outcome, query = asked.get("outcome", ""), asked.get("q", "").strip()[:64]
    counts = load.counts if ImportOutcome.CREATED in load.counts else count_outcomes(load)
    records, previous_href, next_href = _list_records(load, outcome, query, asked)
    return LoadPage(
        load=load,
        phase=find_phase(load),
        counts=counts,
        chips=_build_chips(counts, outcome, query),
        records=records,
        outcome=outcome,
        query=query,
        previous_href=previous_href,
        next_href=next_href,
    )


def _build_chips(counts: Mapping[str, int], outcome: str, query: str) -> list[Mapping[str, object]]:
    total = sum(counts.get(value, 0) for value in ImportOutcome.values)
    chips: list[Mapping[str, object]] = [
        {"label": _("Tất cả"), "href": _href(q=query), "count": total, "is_current": not outcome}
    ]
    for value, label in _FILTERS:
        if counts.get(value, 0):
            chips.append(
                {
                    "label": label,
                    "href": _href(outcome=value, q=query),
                    "count": counts[value],
                    "is_current": outcome == value,
                }
            )
    return chips


def _href(**params: object) -> str:
    return f"?{urlencode({name: value for name, value in params.items() if value})}"


def _list_records(
    load: CatalogueImport, outcome: str, query: str, asked: Mapping[str, str]
) -> tuple[list[ImportedRecord], str, str]:
    found = load.records.defer("document")
    if outcome in ImportOutcome.values:
        found = found.filter(outcome=outcome)
    if query:
        found = found.filter(code__icontains=query) | found.filter(name__icontains=query)
    after, before = _number(asked.get("after")), _number(asked.get("before"))
    if before:
        rows = list(found.filter(position__lt=before).order_by("-position")[: PAGE + 1])
        has_previous, has_next = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        rows = list(found.filter(position__gt=after).order_by("position")[: PAGE + 1])
        has_previous, has_next = after > 0, len(rows) > PAGE
        rows = rows[:PAGE]
    for row in rows:
        row.tag = _TAGS.get(row.outcome, "")  # type: ignore[attr-defined]
    previous_href = _href(outcome=outcome, q=query, before=rows[0].position) if rows and has_previous else ""
    next_href = _href(outcome=outcome, q=query, after=rows[-1].position) if rows and has_next else ""
    return rows, previous_href, next_href


def _number(text: str | None) -> int:
    return (
        int(text) if text and text.isascii() and text.isdigit() and len(text) <= len("2147483647") - 1 else 0
    )


def build_record_page(load_id: UUID, position: int) -> RecordPage:
    """One record against what is published. Raises NotFound. Five queries at most."""
    load = access_load(load_id)
    record = load.records.filter(position=position).first()
    if record is None:
        raise NotFound(message=_("Không có dòng này trong lần nhập."))
    record.tag = _TAGS.get(record.outcome, "")  # type: ignore[attr-defined]
    document = {name: value for name, value in (record.document or {}).items() if name != "closed"}
    content = parse_content(document) if document else None
    is_new = record.outcome == ImportOutcome.CREATED
    difference = find_difference(record.code, document, clock.today()) if content and not is_new else None
    return RecordPage(
        load=load,
        record=record,
        difference=difference,
        facts=build_facts(content, None, clock.today()) if content and is_new else (),
        content=content,
        can_choose=record.outcome == ImportOutcome.CONFLICT and find_phase(load) == READY,
    )


def back_to(load: CatalogueImport) -> list[dict[str, str]]:
    """Crumbs of one load."""
    return [
        {"label": _("Nhập thủ tục"), "href": reverse("catalogue:imports")},
        {"label": load.filename, "href": reverse("catalogue:import", args=[load.pk])},
    ]
