"""Every event in every channel it may take and in both languages, on its own sample."""

import re

import pytest
from django.conf import settings

from portal.notifications.channels.sms.texts import TYPED_BY_PEOPLE, build_sms, pick_words
from portal.notifications.channels.zalo.templates import KINDS, LIMITS, build_parameters
from portal.notifications.events import notice_events
from portal.notifications.rendering import LONGEST_SUBJECT, render_notice
from portal.notifications.textrules import MOST_PARTS
from portal.notifications.versions import is_trial

FOR_STAFF = {"reminder.due_soon"}
LANGUAGES = ("vi", "en")
EVENTS = sorted(notice_events)
FROM_DOMAIN_9 = {
    "dossier.submitted", "dossier.accepted", "dossier.supplement_requested", "dossier.declined",
    "dossier.payment_requested", "dossier.paid", "dossier.processing", "dossier.resolved", "dossier.returned",
    "dossier.rescheduled", "reminder.late",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_admins_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.notifications.rendering.find_text", lambda *place: None)


def test_the_events_that_the_law_and_the_field_name_are_there() -> None:
    assert set(EVENTS) >= FROM_DOMAIN_9


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["email", "inapp", "sms"])
def test_every_text_is_whole_on_its_sample(channel: str, language: str) -> None:
    events = [event for event in EVENTS if channel in notice_events.get(event).channels]

    assert len(events) > 20
    for event in events:
        _check(event, channel, language)


def _check(event: str, channel: str, language: str) -> None:
    sample = notice_events.get(event).sample
    text = render_notice(event, channel, pick_words(sample) if channel == "sms" else sample, language)

    assert text.subject, event
    assert text.body, event
    assert len(text.subject) <= LONGEST_SUBJECT
    for flaw in ("{", "}", "None", "&amp;", "&#", "  ", "\n\n\n", " .", ".."):
        assert flaw not in f"{text.subject}\n{text.body}", (flaw, text)
    if channel == "sms":
        _check_sms(text.body, sample)


def _check_sms(body: str, sample: object) -> None:
    sms = build_sms(body)
    assert sms.parts <= MOST_PARTS, sms.text
    assert sms.text.isascii()
    assert not re.search(r"https?:|www\.|\d{9,}", sms.text.replace("261123", ""))
    typed = [str(value) for name, value in dict(sample).items() if name in TYPED_BY_PEOPLE]  # type: ignore[call-overload]
    assert not [words for words in typed if words.splitlines()[0] in body]


def test_zalo_parameters_keep_within_their_limits() -> None:
    for event in EVENTS:
        if "zalo" in notice_events.get(event).channels:
            parameters = build_parameters(notice_events.get(event).sample)
            assert parameters, event
            assert all(0 < len(value) <= LIMITS[KINDS[name]] for name, value in parameters.items()), event


def test_a_reader_of_english_has_a_text_in_every_channel() -> None:
    missing = []
    for event in (event for event in EVENTS if event not in FOR_STAFF and not is_trial(event)):
        folder = settings.BASE_DIR / "templates" / "messages" / event.replace(".", "/")
        parts = ["subject", *(key for key in notice_events.get(event).channels if key != "zalo")]
        names = [f"{part}{language}.txt" for part in parts for language in ("", ".en")]
        missing += [f"{event}: {name}" for name in names if not (folder / name).exists()]

    assert missing == []
