"""One record of the national database becomes our document, at level 2 at most, or is refused with reasons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.choices import Channel, ResultMedium, ServiceLevel, Tier
from procedures.codes import is_procedure_code
from procedures.content import CURRENT_SCHEMA, Content, parse_content
from procedures.national.agencies import read_performers, read_tiers
from procedures.national.fees import read_fees
from procedures.national.limits import Offer, read_limits
from procedures.national.papers import CASE_QUESTION, REMARKS, Papers, Row, read_papers
from procedures.national.source import Source
from procedures.national.words import capitalised, first_sentences, said, split_passages, stable_key

Document = dict[str, Any]
MOST_CODE, MOST_NAME, MOST_SUMMARY, MOST_ALIASES, MOST_URL, MOST_RELATED = 64, 2000, 320, 12, 500, 12
MOST_AGENCY = 120
_CHANNELS = {"direct": Channel.DESK, "online": Channel.ONLINE, "postal": Channel.POST}
_CHANNEL_WORDS = {"trực tiếp": Channel.DESK, "trực tuyến": Channel.ONLINE, "bưu chính": Channel.POST}
_URL = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:/[^\s<>\"'\\]*)?", re.ASCII)
_PORTAL = re.compile(r"https://([a-z0-9-]+\.)*dichvucong\.gov\.vn/")
_NOBODY = ("Việt Nam", "nhóm 1")
_PREFIX = re.compile(r"(?:thủ tục(?: hành chính)?)[\s:.,-]+(?=\S)", re.IGNORECASE)
# Texts of ours, for what a record leaves open.
UNCLEAR = "Chưa rõ"
OTHER_FIELD = "Lĩnh vực khác"
WAYS = {
    Channel.DESK.value: "Nộp trực tiếp tại nơi tiếp nhận hồ sơ.",
    Channel.ONLINE.value: "Nộp qua mạng trên Cổng Dịch vụ công quốc gia.",
    Channel.POST.value: "Gửi hồ sơ qua dịch vụ bưu chính.",
}
PORTAL_NAME = "Cổng Dịch vụ công quốc gia"
MORE = "Mô tả thêm:"
ABOUT = "Thủ tục thuộc lĩnh vực {field}, do {agency} thực hiện."
AND_OTHERS = "{agency} và các nơi khác"
ADDRESS = "Địa chỉ: {address}"
# What could not be mapped.
NO_TIER = "Không ghi cấp thực hiện: suy từ tên cơ quan."
ONLY_NAME = "Chỉ có tên, chưa có nội dung."
NO_FILE = "Có tên tệp biểu mẫu nhưng không kèm tệp."
RELATED = "Thủ tục liên quan không ghi mã."
GLUED = "Các cách nộp dính liền thành một đoạn: giữ nguyên lời."
PAPERS_TEXT = "Giấy tờ chỉ ghi thành đoạn văn: giữ trong phần trình tự."


@dataclass(frozen=True)
class Mapped:
    """`losses`: sentences of what the document does not carry, or carries as words only."""

    code: str
    name: str
    scope: str
    document: Document
    content: Content
    losses: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    code: str
    name: str
    reasons: tuple[str, ...]


def read_record(value: object, *, home: str = "") -> Mapped | Refused:
    """Never raises, whatever the value. `home`: the province this portal serves, as `PROVINCE_NAME` says it.

    A part of a wrong type or size refuses the whole record: half of a record would mislead.
    """
    if not isinstance(value, dict):
        return Refused("", "", (_("Dòng này không phải một thủ tục."),))
    source = Source(value)
    code, name = source.line("code")[:MOST_CODE], source.line("name")[:MOST_NAME]
    if reasons := _refuse_head(code, name, value["code"] if code else ""):
        return Refused(code, name, (*source.faults, *reasons))
    document, losses = _Builder(source, code, name, home).build()
    if source.faults:
        return Refused(code, name, tuple(source.faults))
    try:
        content = parse_content(document)
    except RuleViolation as error:
        return Refused(code, name, _list_errors(error))
    return Mapped(code, name, source.line("scope"), document, content, tuple(losses))


def _list_errors(error: RuleViolation) -> tuple[str, ...]:
    lines = [f"{path}: {' '.join(map(str, messages))}" for path, messages in error.errors.items()]
    return tuple(lines) or (str(error.message),)


def _refuse_head(code: str, name: str, written: str) -> tuple[str, ...]:
    """A code is never mended: one with a control character in it is another code."""
    if not code:
        return (_("Thiếu mã thủ tục."),)
    if re.search(r"-xo[aá]$", code, re.IGNORECASE):
        return (_("Mã có đuôi “Xoa”: nguồn đã xóa thủ tục này."),)
    if not is_procedure_code(written.strip()):
        return (_("Mã thủ tục có dạng 1.001193 hoặc 1.012796.H36."),)
    return () if name else (_("Thiếu tên thủ tục."),)


class _Builder:
    """Builds the document part by part; `losses` gathers what could not be mapped."""

    def __init__(self, source: Source, code: str, name: str, home: str) -> None:
        self.source = source
        self.code = code
        self.name = name
        self.home = home
        self.losses: list[str] = []
        self.is_partial = False

    def build(self) -> tuple[Document, list[str]]:
        papers = self._read_papers()
        document: Document = {"schema": CURRENT_SCHEMA, "code": self.code, **self._names(), **self._who()}
        document |= self._ways()
        document |= self._papers(papers)
        document |= self._texts(papers)
        document["level"] = int(ServiceLevel.FORMS if papers.requirements else ServiceLevel.INFORMATION)
        document["summary"] = {"vi": self._summary(document)}
        if not self.source.line("steps_text") and not papers.requirements:
            self.losses = [ONLY_NAME, *(loss for loss in self.losses if loss == NO_TIER)]
        if self.is_partial:
            document["partial"] = True
        self._add_related(document)
        return document, list(dict.fromkeys(self.losses))

    def _add_related(self, document: Document) -> None:
        """Codes among what the source calls related; never itself. Circles of them lead nowhere and harm nothing."""
        related = self.source.texts("related")
        codes = [text for text in related if is_procedure_code(text) and text != self.code]
        if codes:
            document["next_codes"] = list(dict.fromkeys(codes))[:MOST_RELATED]
        elif related:
            self.losses.append(RELATED)

    def _known(self, value: Any) -> Any:
        """Notes that one of the eleven items is missing."""
        self.is_partial = self.is_partial or not value
        return value

    def _names(self) -> Document:
        everyday = capitalised(_PREFIX.sub("", self.name, count=1)) or self.name
        detail = self.source.line("name_detail")
        aliases = [detail, *self.source.line("keywords").split(";")]
        known = {self.name.lower(), everyday.lower(), ""}
        kept = [
            alias.strip()[:300]
            for alias in aliases
            if alias.strip().lower() not in known and "»" not in alias
        ]
        names: Document = {
            "name": {"vi": self.name},
            "everyday_name": {"vi": everyday},
            "field": {"vi": self.source.line("field")[:200] or OTHER_FIELD},
        }
        if kept:
            names["aliases"] = list(dict.fromkeys(kept))[:MOST_ALIASES]
        if province := self.source.line("province")[:100]:
            names["province"] = province
        if url := self._url():
            names["source_url"] = url
        return names

    def _url(self) -> str:
        url = self.source.line("url")
        return url if len(url) <= MOST_URL and _URL.fullmatch(url) else ""

    def _who(self) -> Document:
        agencies, levels = self.source.lines("executing_agency"), self.source.lines("authority_level")
        tiers, is_stated = read_tiers(levels, agencies)
        if not is_stated:
            self.losses.append(NO_TIER)
        performing = "; ".join(self._known(agencies)) or self.source.line("publisher") or UNCLEAR
        competent = "; ".join(self.source.lines("competent_authority")) or performing
        who: Document = {"competent": {"vi": competent}, "performing": {"vi": performing}}
        if coordinating := said(self.source.line("coordinating_agency")):
            who["coordinating"] = {"vi": coordinating}
        audience = [each for each in self.source.lines("audience") if each not in _NOBODY]
        return {
            "tiers": tiers,
            "audience": {"vi": ", ".join(self._known(audience)) or UNCLEAR},
            "agencies": who,
            "performed_by": read_performers(agencies, is_ours=self._is_ours(tiers)),
        }

    def _is_ours(self, tiers: list[str]) -> bool:
        province = self.source.line("province")
        if province or self.source.line("scope") == "province":
            return bool(province) and province.lower() in self.home.lower()
        return tiers != [Tier.MINISTRY.value]

    def _ways(self) -> Document:
        offers, fees, ways = [], [], []
        for part in self.source.parts("channels"):
            channel = _CHANNELS.get(part.line("channel"))
            if channel is None:
                continue
            ways.append((channel.value, said(part.prose("description")) or WAYS[channel.value]))
            fees.append((channel.value, part.prose("fee_text")))
            offers.append(
                Offer(
                    channel.value,
                    part.line("time_limit_text"),
                    part.number("time_limit_value"),
                    part.line("time_limit_unit"),
                )
            )
        ways += self._glued_ways(bool(ways))
        channels = [each.value for each in Channel if each.value in {channel for channel, _text in ways}]
        self._known(channels)
        limits = read_limits(offers, channels, self.source.line("field"))
        charged = read_fees(fees, channels)
        self._known(limits.limits or limits.note)
        self._known(charged.is_known)
        self.losses += [*limits.losses, *charged.losses]
        document: Document = {"channels": channels, "limits": limits.limits, "fees": charged.fees}
        if limits.note:
            document["limit_note"] = {"vi": limits.note}
        document["submit_ways"] = self._submit_ways(ways)
        if Channel.ONLINE.value in channels and _PORTAL.match(self._url()):
            document["other_portal"] = {"name": {"vi": PORTAL_NAME}, "url": self._url()}
        return document

    def _glued_ways(self, has_ways: bool) -> list[tuple[str, str]]:
        text = self.source.prose("channels_text")
        if not text or has_ways:
            return []
        self.losses.append(GLUED)
        found = [channel.value for words, channel in _CHANNEL_WORDS.items() if words in text.lower()]
        return [(channel, text if n == 0 else WAYS[channel]) for n, channel in enumerate(found)]

    def _submit_ways(self, ways: list[tuple[str, str]]) -> list[Document]:
        address = said(self.source.prose("receiving_address")).strip('" \n')
        if address:
            ways = [*ways, (Channel.DESK.value, ADDRESS.format(address=address))]
        return [{"channel": channel, "text": {"vi": text}} for channel, text in dict.fromkeys(ways)]

    def _read_papers(self) -> Papers:
        rows = []
        for part in self.source.parts("documents"):
            rows.append(
                Row(part.line("name"), part.count("originals"), part.count("copies"), part.line("case"))
            )
            if part.texts("form_file") and NO_FILE not in self.losses:
                self.losses.append(NO_FILE)
        return read_papers([row for row in rows if row.name])

    def _papers(self, papers: Papers) -> Document:
        self.losses += papers.losses
        document: Document = {"requirements": self._known(papers.requirements)}
        if papers.cases:
            document |= {"cases": papers.cases, "case_question": {"vi": CASE_QUESTION}}
        if papers.sets > 1:
            document["sets"] = papers.sets
        return document

    def _texts(self, papers: Papers) -> Document:
        steps = split_passages(self._known(self.source.prose("steps_text")))
        remarks = list(papers.remarks)
        papers_text = said(self.source.prose("documents_text"))
        if papers_text and not papers.requirements and not papers_text.startswith("|"):
            self.losses.append(PAPERS_TEXT)
            remarks.append(papers_text)
        if remarks:
            steps.append("\n".join([REMARKS, *(f"- {line.lstrip('-+* ')}" for line in remarks)]))
        conditions = said(self.source.prose("conditions"))
        description = said(self.source.prose("description"))
        if len(description) > MOST_SUMMARY and description != conditions:
            steps.append(f"{MORE}\n{description}")
        document: Document = {
            "how_steps": [{"vi": step} for step in steps],
            "results": self._results(),
            "legal_basis": self._laws(),
        }
        if conditions:
            document["conditions"] = [{"vi": passage} for passage in split_passages(conditions)]
        return document

    def _results(self) -> list[Document]:
        """The medium is not stated; paper is what every office gives."""
        names = self._known(self.source.lines("result"))
        return [
            {"key": stable_key(name), "name": {"vi": name}, "medium": ResultMedium.PAPER.value}
            for name in names
        ]

    def _laws(self) -> list[Document]:
        laws: dict[tuple[str, str], None] = {}
        for part in self.source.parts("legal_basis"):
            number, title = part.line("code"), part.line("title")
            if number or title:
                laws[number or title, title or number] = None
        self._known(laws)
        return [{"number": number, "title": {"vi": title}} for number, title in laws]

    def _summary(self, document: Mapping[str, Any]) -> str:
        """The record's own words where it has some; else what it is about and who handles it."""
        described = said(self.source.prose("description"))
        if described:
            return first_sentences(described, MOST_SUMMARY)
        field, agency = document["field"]["vi"], document["agencies"]["performing"]["vi"]
        if len(agency) > MOST_AGENCY:
            agency = AND_OTHERS.format(agency=re.split("[;,]", agency, maxsplit=1)[0][:MOST_AGENCY])
        return ABOUT.format(field=field, agency=agency)
