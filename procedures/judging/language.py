"""Plain language: short sentences, everyday words, no shouting, both names, English beside it. Hints only."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from procedures.comparing import label_path
from procedures.comparing.speaking import vietnamese
from procedures.judging.findings import Document, Finding, hint

MOST_WORDS = 20
# Official names and titles of laws are not ours to shorten.
OFFICIAL = frozenset({"legal_basis", "name", "official", "basis", "agencies", "database"})
_SENTENCE = re.compile(r"(?<=[.?!:;])\s+|\n+")
_SHOUTED_WORDS = 3
_QUOTED_WORDS = 8


def judge_language(document: Document) -> Iterator[Finding]:
    """Texts that citizens read; a draft of any shape."""
    lacking = 0
    for path, text in list_texts(document, ""):
        lacking += not text.get("en")
        said = vietnamese(text)
        if said and not _is_official(path):
            yield from _judge_text(document, path, said)
    yield from _judge_names(document)
    if lacking:
        yield hint(
            "name.en",
            _("Còn %(count)d chỗ chưa có tiếng Anh.") % {"count": lacking},
            _("Người đọc tiếng Anh sẽ thấy tiếng Việt ở đó. Ghi dần, trước hết là tên và giấy tờ."),
        )


def list_texts(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every text of the document with its path."""
    if isinstance(value, dict):
        if "vi" in value:
            yield path, value
        for name, part in value.items():
            yield from list_texts(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from list_texts(part, f"{path}[{place}]")


def _is_official(path: str) -> bool:
    return not OFFICIAL.isdisjoint(re.split(r"[.\[]", path))


def _judge_text(document: Document, path: str, said: str) -> Iterator[Finding]:
    found = list(_list_faults(said))
    if found:  # the name of a place costs more than looking at its text
        where = label_path(document, path)
        yield from (hint(path, f"{where}: {message}", mend) for message, mend in found)


def _list_faults(said: str) -> Iterator[tuple[str, str]]:
    """What is hard to read in a text, and how to say it otherwise."""
    for sentence in _SENTENCE.split(said):
        words = sentence.split()
        if len(words) > MOST_WORDS:
            facts = {"start": " ".join(words[:_QUOTED_WORDS]), "count": len(words)}
            message = _("câu “%(start)s…” dài %(count)d chữ.") % facts
            yield message, _("Tách thành hai câu, mỗi câu nhiều nhất 20 chữ.")
    for stiff, plain in _list_stiff(said):
        message = _("“%(stiff)s” là từ hành chính.") % {"stiff": stiff}
        yield message, _("Dùng từ thường: %(plain)s.") % {"plain": plain}
    if shouted := _find_shouting(said):
        message = _("“%(text)s” viết toàn chữ in hoa.") % {"text": shouted}
        yield message, _("Viết chữ thường cho dễ đọc.")


def _find_shouting(said: str) -> str:
    """Words in capitals one after another; one or two may be abbreviations."""
    run: list[str] = []
    for word in [*said.split(), ""]:
        bare = word.strip("“”\"'().,;:!?-–")
        if len(bare) > 1 and bare.isalpha() and bare.isupper():
            run.append(bare)
        elif len(run) >= _SHOUTED_WORDS:
            break
        else:
            run = []
    return " ".join(run)


def _judge_names(document: Document) -> Iterator[Finding]:
    name, everyday = vietnamese(document.get("name")), vietnamese(document.get("everyday_name"))
    if name and name.casefold() == everyday.casefold():
        yield hint(
            "everyday_name",
            _("Tên thường gọi giống hệt tên chính thức."),
            _("Ghi tên người dân hay gọi, ví dụ “Làm giấy khai sinh cho con”."),
        )
    if not document.get("aliases"):
        yield hint(
            "aliases",
            _("Chưa có từ nào để người dân tìm thủ tục này."),
            _("Thêm vài cách gọi đời thường."),
        )


def _list_stiff(said: str) -> Iterator[tuple[str, str]]:
    lowered = said.casefold()
    for pattern, stiff, plain in _officialese():
        if pattern.search(lowered):
            yield stiff, plain


@lru_cache(maxsize=1)
def _officialese() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Stiff phrases and what people say instead, from officialese.json."""
    entries = json.loads((Path(__file__).parent / "officialese.json").read_text(encoding="utf-8"))
    return tuple((re.compile(rf"\b{re.escape(stiff)}\b"), stiff, plain) for stiff, plain in entries.items())
