"""The words people read, for every event, channel and missing value."""

import re
from collections.abc import Mapping

import pytest

from portal.notifications.events import notice_events
from portal.notifications.notice import ContextValue
from portal.notifications.rendering import LONGEST_SUBJECT, render_notice
from tests.notifications.samples import DOSSIER_EVENTS, DOSSIER_SAMPLE

CHANNELS = ("email", "inapp")
MOST_WORDS = 20
NEEDED = {"code": DOSSIER_SAMPLE["code"]}
CONTEXTS: dict[str, Mapping[str, ContextValue]] = {
    "all": DOSSIER_SAMPLE,
    "none": {},
    "nulls": dict.fromkeys(DOSSIER_SAMPLE),
    "only the code": NEEDED,
    **{f"without {key}": {k: v for k, v in DOSSIER_SAMPLE.items() if k != key} for key in DOSSIER_SAMPLE},
}
ALL_EVENTS = sorted({*DOSSIER_EVENTS, *notice_events})
PAIRS = [
    (event, channel)
    for event in ALL_EVENTS
    for channel in CHANNELS
    if event in DOSSIER_EVENTS or channel in notice_events.get(event).channels
]


@pytest.fixture(autouse=True)
def _no_admins_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.notifications.rendering.find_text", lambda *place: None)


def _sample(event: str) -> Mapping[str, ContextValue]:
    return notice_events.get(event).sample if event in notice_events else DOSSIER_SAMPLE


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("event", DOSSIER_EVENTS)
def test_every_text_is_whole_whatever_is_missing(event: str, channel: str) -> None:
    for name, context in CONTEXTS.items():
        text = render_notice(event, channel, context)

        assert text.subject, name
        assert text.body, name
        assert len(text.subject) <= LONGEST_SUBJECT
        assert "\n" not in text.subject
        whole = f"{text.subject}\n{text.body}"
        for flaw in ("None", "{{", "{%", "&amp;", "&#x27;", "\n\n\n", " \n", ": .", "  "):
            assert flaw not in whole, (name, flaw, whole)
        assert not re.search(r"^[^:\n]+:$", text.body.replace("Những mục cần bổ sung:", ""), re.MULTILINE), (
            whole
        )


@pytest.mark.parametrize(("event", "channel"), PAIRS)
def test_sentences_are_short(event: str, channel: str) -> None:
    body = render_notice(event, channel, _sample(event)).body
    own_words = re.sub(r"(?m)(^|(?<=\. ))[^:.\n]{2,30}: .*?(?=\. |$)", "", body)

    for sentence in re.split(r"(?<=[.!?])\s|\n", own_words):
        assert len(sentence.split()) <= MOST_WORDS, sentence


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ("dossier.submitted", "check_by"),
        ("dossier.accepted", "due_at"),
        ("dossier.accepted", "result_where"),
        ("dossier.declined", "reason"),
        ("dossier.supplement_requested", "answer_by"),
        ("dossier.payment_requested", "amount"),
        ("dossier.paid", "amount"),
        ("dossier.stopped", "reason"),
        ("dossier.resolved", "result_where"),
        ("dossier.resolved", "reason"),
        ("dossier.rescheduled", "reason"),
        ("dossier.rescheduled", "new_due_at"),
        ("dossier.redirected", "agency_name"),
        ("dossier.confirmation_asked", "answer_by"),
        ("dossier.expiry_warning", "answer_by"),
    ],
)
@pytest.mark.parametrize("channel", CHANNELS)
def test_it_says_what_the_person_needs_to_know(event: str, channel: str, key: str) -> None:
    assert DOSSIER_SAMPLE[key] in render_notice(event, channel, DOSSIER_SAMPLE).body


@pytest.mark.parametrize("event", DOSSIER_EVENTS)
def test_a_mail_names_the_person_the_dossier_and_where_to_ask(event: str) -> None:
    text = render_notice(event, "email", DOSSIER_SAMPLE)

    assert DOSSIER_SAMPLE["code"] in text.subject
    for key in ("recipient_name", "code", "procedure_name", "agency_name", "track_url", "support_phone"):
        assert DOSSIER_SAMPLE[key] in text.body


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_item_to_supply_is_a_line(channel: str) -> None:
    body = render_notice("dossier.supplement_requested", channel, DOSSIER_SAMPLE).body

    assert "- Tờ khai: thiếu chữ ký\n- Giấy chứng sinh: ảnh bị mờ" in body


@pytest.mark.parametrize("event", ["dossier.withdrawn", "dossier.withdrawal_requested"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_reason_that_a_citizen_typed_is_not_repeated(event: str, channel: str) -> None:
    assert DOSSIER_SAMPLE["reason"] not in render_notice(event, channel, DOSSIER_SAMPLE).body


def test_a_value_is_never_a_template_nor_a_second_line_of_the_subject() -> None:
    context = {**DOSSIER_SAMPLE, "code": "A{{ 7*7 }}\r\nBcc: x@y.vn", "reason": "{% debug %} <b>&</b>"}
    text = render_notice("dossier.declined", "email", context)

    assert text.subject.startswith("Hồ sơ A{{ 7*7 }} Bcc: x@y.vn")
    assert "{% debug %} <b>&</b>" in text.body


def test_a_long_subject_is_cut_on_one_line() -> None:
    text = render_notice("dossier.accepted", "email", {"code": "X" * 500})

    assert len(text.subject) == LONGEST_SUBJECT
    assert text.subject.endswith("…")


def test_a_language_without_texts_reads_vietnamese() -> None:
    vietnamese = render_notice("dossier.accepted", "inapp", DOSSIER_SAMPLE)

    assert render_notice("dossier.accepted", "inapp", DOSSIER_SAMPLE, "fr") == vietnamese
