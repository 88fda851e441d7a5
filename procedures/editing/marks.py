"""How far each section is: done, something missing, or worth a look."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.editing.sections import SECTIONS, Section
from procedures.editing.shell import find_href
from procedures.judging import Finding, judge_document


@dataclass(frozen=True)
class Mark:
    """A section in the list: `stops` must be mended before publication, `hints` may."""

    section: Section
    href: str
    stops: int
    hints: int
    is_current: bool = False

    @property
    def state(self) -> str:
        if self.stops:
            return ngettext("Còn %(n)d chỗ thiếu", "Còn %(n)d chỗ thiếu", self.stops) % {"n": self.stops}
        return _("Có gợi ý") if self.hints else _("Đủ")

    @property
    def kind(self) -> str:
        return "warn" if self.stops else "" if self.hints else "done"


def judge(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    return judge_document(dict(document))


def build_marks(code: str, findings: tuple[Finding, ...], *, current: str = "") -> list[Mark]:
    """All sections that have a page, in the order of the document."""
    stops = Counter(finding.section for finding in findings if finding.is_stop)
    hints = Counter(finding.section for finding in findings if not finding.is_stop)
    marks = []
    for section in SECTIONS:
        href = section_href(code, section.key)
        if href:
            marks.append(
                Mark(section, href, stops[section.key], hints[section.key], is_current=section.key == current)
            )
    return marks


def section_href(code: str, section: str) -> str:
    """The page that edits a section; the form has the builder's."""
    if section == "form":
        return find_href("catalogue:form", code)
    return find_href("catalogue:section", code, section)
