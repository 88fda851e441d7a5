"""Papers of a record: what is a paper, what is a heading or a remark, and which groups are true cases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from procedures.choices import RequirementMode
from procedures.national.words import capitalised, says_nothing, split_name, stable_key, without_numbering

_LEAST_CASES, _MOST_CASES = 2, 20
_MOST_LABEL = 300
_REMARK = re.compile(r"(?:lưu ý|ghi chú|chú ý)\b", re.IGNORECASE)
_PRESENT = re.compile(r"(?:các )?(?:loại )?giấy tờ (?:cần |phải )?xuất trình", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:các )?(?:loại )?(?:giấy tờ|chứng từ|tài liệu) (?:phải |cần )?nộp|(?:số lượng|\d+ bộ)|nộp trực tiếp$"
    r"|(?:thành phần )?hồ sơ(?: (?:bao )?gồm| đề nghị)?[\s:.]*$",
    re.IGNORECASE,
)
_CASE = re.compile(r"(?:đối với )?(?:trường hợp|đối với)\b", re.IGNORECASE)
_BY_PROXY = re.compile(r"ủy quyền|uỷ quyền", re.IGNORECASE)
_SETS = re.compile(
    r"(?:\*?\s*số (?:lượng|bộ)(?: bộ)? hồ sơ|số lượng)[^\d]{0,20}(\d{1,2})\b.{0,30}$"
    r"|^(\d{1,2})\s*(?:\(\S+\)\s*)?bộ(?: hồ sơ)?[\s.]*$",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"[\s(*\-+]*(?:trường hợp|lưu ý|ghi chú|chú ý|số lượng|số bộ|khi |đối với|người (?:yêu|có yêu|tiếp|đi)"
    r"|cá nhân (?:có|thực)|cơ quan|việc |ngoài |căn cứ |các giấy tờ|nếu |chậm nhất)",
    re.IGNORECASE,
)
_IF_ANY = re.compile(r"\(nếu có\)", re.IGNORECASE)
_LONG_TALK = 300
# Texts of ours that stand beside papers.
ONLY_WHEN = "Chỉ cần khi: {case}"
CASE_QUESTION = "Bạn thuộc trường hợp nào?"
REMARKS = "Lưu ý về giấy tờ:"
# What could not be mapped.
GROUPS_AS_HINTS = "Nhóm giấy tờ không tách chắc chắn thành trường hợp: ghi thành chú thích cạnh từng giấy tờ."
ROWS_AS_REMARKS = "Dòng đề mục, lưu ý nằm trong danh sách giấy tờ: chuyển sang phần trình tự."
REPEATED = "Giấy tờ lặp lại trong cùng một nhóm: giữ một dòng."
NO_COUNT = "Giấy tờ không ghi số bản."


@dataclass(frozen=True)
class Row:
    name: str
    originals: int
    copies: int
    group: str


@dataclass
class Papers:
    """`remarks`: lines of the list that are no papers; `sets`: how many sets, when a row says so."""

    requirements: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sets: int = 1
    losses: list[str] = field(default_factory=list)

    def lose(self, loss: str) -> None:
        if loss not in self.losses:
            self.losses.append(loss)


@dataclass(frozen=True)
class _Paper:
    name: str
    hint: str
    originals: int
    copies: int
    group: str


def read_papers(rows: Sequence[Row]) -> Papers:
    """Every paper of the rows survives; a group becomes a case only when all groups are alternatives."""
    papers = Papers()
    found = list(_list_papers(rows, papers))
    groups = list(dict.fromkeys(paper.group for paper in found if not _PRESENT.match(_bare(paper.group))))
    cases = _list_cases(groups)
    if not cases and any(_is_hint(group) for group in groups):
        papers.lose(GROUPS_AS_HINTS)
    papers.cases = [case for _group, case in cases]
    keys = {group: str(case["key"]) for group, case in cases}
    merged: dict[str, dict[str, Any]] = {}
    for paper in found:
        _merge(merged, _requirement(paper, keys), papers)
    papers.requirements = list(merged.values())
    return papers


def _bare(group: str) -> str:
    return without_numbering(group).rstrip(" :;.")


def _is_hint(group: str) -> bool:
    return bool(group) and not _PLAIN.match(_bare(group)) and not _PRESENT.match(_bare(group))


def _list_papers(rows: Sequence[Row], papers: Papers) -> Iterator[_Paper]:
    for row in rows:
        if says_nothing(row.name) or not any(map(str.isalnum, row.name)):
            continue
        if (sets := _SETS.match(without_numbering(row.name))) is not None:
            papers.sets = max(1, int(sets[1] or sets[2]))
        elif _REMARK.match(_bare(row.group)) or (_has_no_count(row) and _is_remark(row)):
            papers.remarks.append(row.name)
            papers.lose(ROWS_AS_REMARKS)
        else:
            yield _paper(row)


def _has_no_count(row: Row) -> bool:
    return not row.originals and not row.copies


def _is_remark(row: Row) -> bool:
    """Headings too: the source does not keep the order of its rows, so what they head is not known."""
    if row.name.rstrip().endswith(":"):
        return True
    return _TALK.match(row.name) is not None or len(row.name) > _LONG_TALK


def _paper(row: Row) -> _Paper:
    name, rest = split_name(without_numbering(row.name))
    return _Paper(capitalised(name), rest, row.originals, row.copies, row.group)


def _list_cases(groups: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Cases only when it is safe: at least two groups, each a case by its words, no paper outside them.

    Otherwise somebody who belongs to two groups, or to none, would be told of too few papers.
    """
    if not _LEAST_CASES <= len(groups) <= _MOST_CASES:
        return []
    bare = [_bare(group) for group in groups]
    if not all(_CASE.match(text) and not _BY_PROXY.search(text[:40]) for text in bare):
        return []
    return [(group, _case(text)) for group, text in zip(groups, bare, strict=True)]


def _case(text: str) -> dict[str, Any]:
    label = capitalised(text)
    case: dict[str, Any] = {"key": stable_key(text), "label": {"vi": label}}
    if len(label) > _MOST_LABEL:
        start = label[:_MOST_LABEL].rsplit(" ", 1)[0]
        case["label"] = {"vi": f"{start} …"}
        case["hint"] = {"vi": f"… {label[len(start) :].strip()}"}
    return case


def _requirement(paper: _Paper, keys: dict[str, str]) -> dict[str, Any]:
    is_presented = _PRESENT.match(_bare(paper.group)) is not None
    hints = [paper.hint]
    required = not _IF_ANY.search(f"{paper.name} {paper.hint}")
    if paper.group not in keys and _is_hint(paper.group):
        bare = _bare(paper.group)
        is_case = _CASE.match(bare) is not None
        required = required and not is_case
        hints.insert(0, ONLY_WHEN.format(case=bare) if is_case else bare)
    requirement: dict[str, Any] = {
        "name": {"vi": paper.name},
        "mode": (RequirementMode.PRESENT if is_presented else RequirementMode.SUBMIT).value,
        "originals": paper.originals,
        "copies": paper.copies,
    }
    if not required:
        requirement["required"] = False
    if hint := "\n".join(text for text in hints if text):
        requirement["hint"] = {"vi": hint}
    if paper.group in keys:
        requirement["cases"] = [keys[paper.group]]
    return requirement


def _merge(merged: dict[str, dict[str, Any]], requirement: dict[str, Any], papers: Papers) -> None:
    """The same paper of several cases is one requirement; its key is drawn from its words."""
    hint = requirement.get("hint", {}).get("vi", "")
    counts = f"{requirement['originals']}/{requirement['copies']}/{requirement['mode']}"
    key = stable_key(requirement["name"]["vi"], hint, counts)
    if not requirement["originals"] and not requirement["copies"] and requirement["mode"] == "submit":
        papers.lose(NO_COUNT)
    if key not in merged:
        merged[key] = {"key": key, **requirement}
        return
    cases = merged[key].get("cases", [])
    new = [case for case in requirement.get("cases", []) if case not in cases]
    if new:
        merged[key]["cases"] = [*cases, *new]
    else:
        papers.lose(REPEATED)
