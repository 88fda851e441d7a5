"""English is complete where citizens read, and nothing of it reaches those who did not choose it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

from portal.core.templatetags.languages import is_vietnamese
from tests.core.msgids import Msgid, list_msgids

ROOT = Path(settings.BASE_DIR)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%\w|</?[a-z][^>]*>")
_VIETNAMESE_ON_PURPOSE = {
    "Tiếng Việt",  # the language names itself
    "Bạn có thể đăng nhập bằng số định danh. Muốn sửa họ tên, hãy đến bộ phận Một cửa.",
}
TEXTS = sorted(path for path in ROOT.glob("templates/messages/*/*/*.txt") if ".en." not in path.name)


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ROOT / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _translations(message: Message) -> tuple[str, ...]:
    return tuple(
        map(str, message.string if isinstance(message.string, list | tuple) else (message.string or "",))
    )


def _lacks(english: Catalog, msgid: Msgid) -> bool:
    message = english.get(msgid.text, msgid.context)
    return message is None or message.fuzzy or not all(_translations(message))


def test_everything_citizens_read_has_an_english_text(english: Catalog) -> None:
    lacking = sorted({f"{msgid.path}: {msgid.text}" for msgid in list_msgids() if _lacks(english, msgid)})
    assert lacking == []


def test_no_translation_is_kept_that_nobody_asks_for(english: Catalog) -> None:
    asked = {(msgid.context, msgid.text) for msgid in list_msgids()}
    stale = [message.id for message in english if message.id and _key(message) not in asked]
    assert stale == []


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def test_a_plural_has_both_forms(english: Catalog) -> None:
    messages = [english.get(msgid.text) for msgid in list_msgids() if msgid.plural]
    assert all(message is not None and len(_translations(message)) == 2 for message in messages)


def test_placeholders_and_tags_are_those_of_the_vietnamese_text(english: Catalog) -> None:
    wrong = [
        (text, translated)
        for message in english
        if message.id
        for text in [_key(message)[1]]
        for translated in _translations(message)
        if Counter(_PLACEHOLDER.findall(text)) != Counter(_PLACEHOLDER.findall(translated))
    ]
    assert wrong == []


def test_no_translation_is_left_in_vietnamese(english: Catalog) -> None:
    left = [
        text
        for message in english
        if message.id and _key(message)[1] not in _VIETNAMESE_ON_PURPOSE
        for text in _translations(message)
        if is_vietnamese(text)
    ]
    assert left == []


@pytest.mark.parametrize(
    "path", TEXTS, ids=lambda path: path.relative_to(ROOT / "templates/messages").as_posix()
)
def test_a_message_has_its_english_text_with_the_same_values(path: Path) -> None:
    english = path.with_name(path.name.replace(".txt", ".en.txt")).read_text("utf-8")
    assert not is_vietnamese(re.sub(r"{[{%].*?[%}]}", "", english))
    assert _values(english) == _values(path.read_text("utf-8"))


def _values(template: str) -> set[str]:
    return set(re.findall(r"{{ (\w+)", template))
