"""Keys that come to mean something else: drafts that people have begun would be misread."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from portal.core.text import fold
from procedures.comparing.speaking import objects, vietnamese
from procedures.formschema.types import field_types
from procedures.judging.findings import Document, Finding, hint, stop

_ALIKE = 0.5
# An answer of the first stays an answer of the second.
_FITS = {("text", "paragraph"), ("date", "partial_date"), ("integer", "decimal"), ("choice", "text")}


def judge_breaks(document: Document, published: Document) -> Iterator[Finding]:
    """Against the version in force. Filed dossiers keep their version; drafts move to the new one."""
    old, new = _questions(published), _questions(document)
    for key in old.keys() & new.keys():
        yield from _judge_question(new[key][0], old[key][1], new[key][1])
    for name, label in (("requirements", "name"), ("cases", "label"), ("results", "name")):
        was = {str(item.get("key")): vietnamese(item.get(label)) for item in objects(published.get(name))}
        for place, item in enumerate(objects(document.get(name))):
            before, after = was.get(str(item.get("key")), ""), vietnamese(item.get(label))
            if before and not _is_alike(before, after):
                yield _tell_new_meaning(f"{name}[{place}]", before, after)
    now = {str(item.get("key")) for item in objects(document.get("cases"))}
    for item in objects(published.get("cases")):
        if str(item.get("key")) not in now:
            message = _("Trường hợp “%(case)s” không còn. Người đang làm dở sẽ phải chọn lại.")
            yield hint(
                "cases",
                message % {"case": vietnamese(item.get("label"))},
                _("Đúng ý thì để nguyên."),
            )


def _judge_question(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    before, after = vietnamese(old.get("label")), vietnamese(new.get("label"))
    if old.get("type") != new.get("type") and (old.get("type"), new.get("type")) not in _FITS:
        yield stop(
            path,
            _("Câu hỏi “%(label)s” đổi kiểu trả lời từ %(old)s thành %(new)s.")
            % {"label": after, "old": _type(old), "new": _type(new)},
            _("Bản đang làm dở sẽ đọc sai câu trả lời cũ. Xóa câu hỏi này và thêm một câu hỏi mới."),
        )
    elif before and not _is_alike(before, after):
        yield _tell_new_meaning(path, before, after)
    labels = {
        str(option.get("value")): vietnamese(option.get("label")) for option in objects(old.get("options"))
    }
    for option in objects(new.get("options")):
        was, now = labels.get(str(option.get("value")), ""), vietnamese(option.get("label"))
        if was and not _is_alike(was, now):
            yield _tell_new_meaning(path, was, now)


def _tell_new_meaning(path: str, before: str, after: str) -> Finding:
    return hint(
        path,
        _("“%(before)s” đổi thành “%(after)s”.") % {"before": before, "after": after},
        _("Vẫn là một thứ thì để nguyên. Là thứ khác thì xóa mục này và thêm mục mới."),
    )


def _is_alike(before: str, after: str) -> bool:
    if not after:
        return True
    old, new = fold(before), fold(after)
    return old in new or new in old or SequenceMatcher(None, old, new).ratio() >= _ALIKE


def _type(question: Mapping[str, Any]) -> str:
    name = question.get("type")
    is_known = isinstance(name, str) and name in field_types
    return str(field_types.get(str(name)).title).lower() if is_known else str(name)


def _questions(document: Document) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Path and question by key; columns by their group and key."""
    form = document.get("form")
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for p, page in enumerate(objects(form.get("pages")) if isinstance(form, Mapping) else []):
        for f, question in enumerate(objects(page.get("fields"))):
            path, key = f"form.pages[{p}].fields[{f}]", str(question.get("key"))
            found[key] = (path, question)
            for c, column in enumerate(objects(question.get("fields"))):
                found[f"{key}.{column.get('key')}"] = (f"{path}.fields[{c}]", column)
    return found
