"""Small questions about the words of a record: empty phrases, numbering, stable keys, parts of long texts."""

import hashlib
import re

from portal.core.text import fold

_NOTHING = re.compile(
    r"[\s\-–.;:\"()*]*"
    r"(?:không(?: có| quy định| áp dụng| yêu cầu| có thông tin)*(?: cụ thể)?"
    r"|chưa quy định|theo mô tả|không có yêu cầu, điều kiện)?"
    r"(?:\s*\(?\d?\)?)[\s\-–.;:\"()]*",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^(?:[\s*+\-–•.]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-zđA-ZĐ]\d?)\)|\d{1,2}(?:\.\d{1,2})*\.(?=\s|[^\d\s])|\d{1,2}\s?[-–](?=\D)|[a-zđA-ZĐ]\d?\.\s)?)+\s*"
)
_STEP = re.compile(r"^(?:[\d.)\s]{0,6})[-*+\s]{0,3}\**bước\s*(\d+)\s*[.:)]?", re.IGNORECASE)
_DEEPER = re.compile(r"^(?:[-+*–•]|[a-zđ]\)|\(?[ivx]{1,4}\))", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_LONG_NAME, _SHORT_NAME, _LONG_NOTHING = 180, 20, 60
_EDGES = " ;,.:"
_COUNTED = re.compile(r"\s*[:(]\s*0?\d\s*(?:\(\w+\)\s*)?(?:bản|bộ)\b[^.;:()]{0,30}\)?$", re.IGNORECASE)
_TURNS = (" (", " theo ", " đối với ", " trong trường hợp ", " quy định ", " trừ ")


def says_nothing(text: str) -> bool:
    """ "Không", "Không quy định.", "(không có)" and the like."""
    return len(text) < _LONG_NOTHING and _NOTHING.fullmatch(text) is not None


def said(text: str) -> str:
    return "" if says_nothing(text) else text


def without_numbering(text: str) -> str:
    """ "1.2. Đơn", "a) Đơn", "- Đơn" -> "Đơn"; a text of numbering only stays."""
    return _NUMBERING.sub("", text, count=1).strip() or text.strip()


def stable_key(*texts: str) -> str:
    """A key drawn from the words, the same in every load whatever the order: "don_de_nghi_1f3a9c"."""
    slug = "_".join(re.findall(r"[a-z0-9]+", fold(texts[0]))[:5])[:40].strip("_")
    if not slug or not slug[0].isalpha():
        slug = f"muc_{slug}".rstrip("_")
    digest = hashlib.blake2s("\n".join(texts).encode(), digest_size=4).hexdigest()
    return f"{slug}_{digest}"


def split_name(text: str) -> tuple[str, str]:
    """The name of a paper, and what a long one goes on to explain."""
    text = _COUNTED.sub("", text.strip(_EDGES)).strip(_EDGES) or text
    if len(text) <= _LONG_NAME:
        return text, ""
    end = _SENTENCE.search(text)
    if end and 0 < end.start() <= _LONG_NAME:
        return text[: end.start()].rstrip(_EDGES), text[end.end() :]
    cut = max(text.rfind(mark, _SHORT_NAME, _LONG_NAME) for mark in _TURNS)
    cut = cut if cut >= _SHORT_NAME else text.rfind(", ", _SHORT_NAME, _LONG_NAME)
    if cut < _SHORT_NAME:
        return text, ""
    if (
        text.count("(", 0, cut) > text.count(")", 0, cut)
        and (opened := text.rfind("(", 0, cut)) >= _SHORT_NAME
    ):
        cut = opened
    if text[:cut].endswith(" theo"):
        cut -= len(" theo")
    return text[:cut].rstrip(_EDGES), text[cut:].lstrip(" ,")


def split_passages(text: str) -> list[str]:
    """Steps of a text: "Bước 1", "Bước 2", else its paragraphs, with what stands deeper kept inside each."""
    lines = [line for line in text.split("\n") if line.strip()]
    has_steps = any(_STEP.match(line) for line in lines)
    passages: list[list[str]] = []
    for line in lines:
        starts = _STEP.match(line) if has_steps else not _DEEPER.match(line)
        if starts or not passages:
            passages.append([])
        passages[-1].append(line)
    return _without_counting(["\n".join(passage) for passage in passages])


def _without_counting(passages: list[str]) -> list[str]:
    """ "Bước 1: Nộp" -> "Nộp", where the steps count 1, 2, 3: the list they stand in counts again."""
    counted = [_STEP.match(passage) for passage in passages]
    numbers = [found[1] for found in counted if found]
    if numbers != [str(number) for number in range(1, len(passages) + 1)]:
        return passages
    bare = [
        passage[found.end() :].lstrip(" \n.:-–*").rstrip()
        for passage, found in zip(passages, counted, strict=True)
        if found
    ]
    return [capitalised(text) for text in bare] if all(bare) else passages


def first_sentences(text: str, most: int) -> str:
    """Whole sentences up to a length; cut at a word where the first is longer."""
    flat = " ".join(text.replace("**", "").split())
    if len(flat) <= most:
        return flat
    ends = [found.end() for found in re.finditer(r"[.;!?](?=\s)", flat[:most])]
    return flat[: ends[-1]] if ends else flat[:most].rsplit(" ", 1)[0] + " …"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
