"""Texts of admins over the shipped ones: versions, agencies, the way back, and what a notice costs."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEntry
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.notifications import overrides
from portal.notifications.models import NoticeTemplate
from portal.notifications.rendering import render_notice, render_subject
from portal.notifications.services import restore_text, switch_off_text, write_text
from portal.notifications.textrules import Draft
from portal.notifications.versions import Place, list_versions, show_shipped
from tests.notifications.samples import DOSSIER_SAMPLE

pytestmark = pytest.mark.django_db
EVENT, AUTHOR = "dossier.accepted", uuid4()


@pytest.fixture(autouse=True)
def _fresh_texts() -> Iterator[None]:
    get_user_model().objects.create_user(pk=AUTHOR, username="quan-tri", password="a-long-pass-word")
    overrides.forget()
    yield
    overrides.forget()


def write(
    body: str = "Đã nhận {code}.", *, seen: int = 0, agency: int | None = None, **changes: Any
) -> NoticeTemplate:
    place = {"event": EVENT, "channel": "inapp", "language": "vi", "subject": "", **changes}
    row = write_text(Draft(**place, body=body), agency_id=agency, seen=seen, author_id=AUTHOR)
    overrides.forget()
    return row


def read(agency: int | None = None, channel: str = "inapp", language: str = "vi") -> str:
    return render_notice(EVENT, channel, DOSSIER_SAMPLE, language, agency).body


def test_a_text_counts_for_its_channel_and_language_only() -> None:
    shipped = {
        (channel, language): read(None, channel, language)
        for channel in ("email", "inapp")
        for language in ("vi", "en")
    }
    write()

    assert read() == f"Đã nhận {DOSSIER_SAMPLE['code']}."
    for place in (("email", "vi"), ("email", "en"), ("inapp", "en")):
        assert read(None, *place) == shipped[place]


def test_an_agencys_own_text_comes_before_the_provinces() -> None:
    write("Tỉnh {code}.")
    write("Xã {code}.", agency=7)

    assert read(7).startswith("Xã")
    assert read(8).startswith("Tỉnh")
    own = render_notice(EVENT, "inapp", {**DOSSIER_SAMPLE, "agency_id": 7})
    assert own.body.startswith("Xã")


def test_an_empty_subject_keeps_the_shipped_one_and_a_written_one_is_known_in_lists() -> None:
    shipped = render_subject(EVENT, DOSSIER_SAMPLE)
    write(subject="")
    assert render_subject(EVENT, DOSSIER_SAMPLE) == shipped
    write(seen=1, subject="Tin về {code}")
    assert render_subject(EVENT, DOSSIER_SAMPLE) == f"Tin về {DOSSIER_SAMPLE['code']}"


def test_a_text_that_comes_to_nothing_leaves_the_shipped_one() -> None:
    shipped = render_notice(EVENT, "inapp", {}).body
    write("{code}")

    assert render_notice(EVENT, "inapp", {}).body == shipped


def test_versions_are_added_and_an_old_one_comes_back_as_a_new_one() -> None:
    first = write("Một {code}.")
    write("Hai {code}.", seen=1)
    restore_text(first.pk, seen=2, author_id=AUTHOR)
    overrides.forget()

    versions = list_versions(Place(EVENT, "inapp"))
    assert [(row.number, row.body, row.is_in_force) for row in versions] == [
        (3, "Một {code}.", True),
        (2, "Hai {code}.", False),
        (1, "Một {code}.", False),
    ]
    assert read().startswith("Một")
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "notice.text", "notice.text", "notice.text_restored",
    ]  # fmt: skip


def test_the_way_back_to_the_shipped_text_keeps_the_versions() -> None:
    shipped = read()
    write()
    write("Hai {code}.", seen=1)
    assert switch_off_text(EVENT, "inapp", "vi", agency_id=None, author_id=AUTHOR) == 2
    assert switch_off_text(EVENT, "inapp", "vi", agency_id=None, author_id=AUTHOR) == 0
    overrides.forget()

    assert read() == shipped
    assert len(list_versions(Place(EVENT, "inapp"))) == 2


def test_who_saw_an_older_version_is_refused_and_nothing_is_written() -> None:
    write()
    with pytest.raises(Conflict):
        write("Khác {code}.", seen=0)
    assert NoticeTemplate.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"event": "no.such"}, NotFound),
        ({"channel": "zalo"}, NotFound),
        ({"body": "{ten}"}, RuleViolation),
        ({"body": "a\x00b"}, RuleViolation),
    ],
)
def test_a_bad_text_is_refused(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        write(**changes)
    assert not NoticeTemplate.objects.exists()


def test_restoring_what_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        restore_text(1, seen=0, author_id=AUTHOR)


def test_a_hundred_notices_cost_two_queries_at_most() -> None:
    write()
    with CaptureQueriesContext(connection) as queries:
        for _ in range(100):
            read()
    assert len(queries) <= 2


def test_the_shipped_text_to_begin_with_reads_the_same() -> None:
    """What an admin starts from, saved unchanged, says what was said before."""
    for channel in ("email", "inapp"):
        before = render_notice(EVENT, channel, DOSSIER_SAMPLE)
        text = show_shipped(EVENT, channel, "vi")
        write(text.body, channel=channel, subject=text.subject)
        assert render_notice(EVENT, channel, DOSSIER_SAMPLE) == before
