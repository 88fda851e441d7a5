"""The options of a choice as lines of a text box: one line each, a hint behind " | "."""

from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from procedures.building.forms import refuse, vi
from procedures.building.naming import make_key

MOST_OPTIONS = 100
LONGEST = 300
Option = dict[str, Any]


def write_options(options: list[Option], language: str = "vi") -> str:
    """The lines a text box holds."""
    return "\n".join(_write(option, language) for option in options).rstrip("\n")


def _write(option: Option, language: str) -> str:
    label, hint = (str((option.get(part) or {}).get(language, "")) for part in ("label", "hint"))
    return f"{label} | {hint}" if hint else label


def read_options(lines: list[str], lines_en: list[str], old: list[Option]) -> list[Option]:
    """Options of these lines. A line that was there keeps its value; one that was rewritten does too.

    Raises RuleViolation when there is none, too many, or one twice.
    """
    parsed = [_split(line) for line in lines]
    _refuse_bad(parsed)
    if len(lines_en) > len(lines):
        raise refuse(_("Tiếng Anh có nhiều dòng hơn tiếng Việt."), "options_en")
    values = _match(old, [label for label, _hint in parsed])
    english = [_split(line) for line in lines_en] + [("", "")] * (len(lines) - len(lines_en))
    return [
        _build(value, label, hint, *other)
        for value, (label, hint), other in zip(values, parsed, english, strict=True)
    ]


def _build(value: str, label: str, hint: str, label_en: str, hint_en: str) -> Option:
    option: Option = {"value": value, "label": _text(label, label_en)}
    return {**option, "hint": _text(hint, hint_en)} if hint else option


def _text(text: str, en: str) -> dict[str, str]:
    return {"vi": text, "en": en} if en else {"vi": text}


def _split(line: str) -> tuple[str, str]:
    label, _bar, hint = line.partition("|")
    return label.strip(), hint.strip()


def _refuse_bad(parsed: list[tuple[str, str]]) -> None:
    labels = [label for label, _hint in parsed]
    if not labels:
        raise refuse(_("Ghi các lựa chọn, mỗi dòng một lựa chọn."), "options")
    if len(labels) > MOST_OPTIONS:
        raise refuse(_("Có tối đa %(most)d lựa chọn.") % {"most": MOST_OPTIONS}, "options")
    if not all(labels):
        raise refuse(_("Có dòng chưa ghi lựa chọn trước dấu “|”."), "options")
    if any(len(part) > LONGEST for pair in parsed for part in pair):
        raise refuse(_("Một dòng dài quá %(most)d chữ cái.") % {"most": LONGEST}, "options")
    twice = next((label for n, label in enumerate(labels) if label in labels[:n]), "")
    if twice:
        raise refuse(_("Lựa chọn “%(label)s” được ghi hai lần.") % {"label": twice}, "options")


def _match(old: list[Option], labels: list[str]) -> list[str]:
    """The value of each line: its own where the label is known, that of the line it stands for, or a new one."""
    known = {vi(option["label"]): str(option["value"]) for option in old}
    before = [vi(option["label"]) for option in old]
    values: dict[int, str] = {n: known[label] for n, label in enumerate(labels) if label in known}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, labels, autojunk=False).get_opcodes():
        free = [known[label] for label in before[i1:i2] if label not in labels]
        for n in range(j1, j2):
            if tag == "replace" and n not in values and free:
                values[n] = free.pop(0)
    taken = set(known.values())
    for n, label in enumerate(labels):
        if n not in values:
            values[n] = make_key(label, taken)
            taken.add(values[n])
    return [values[n] for n in range(len(labels))]
