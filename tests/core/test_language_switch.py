"""The switch in the header: who reads which language, and that pages of one never reach the other."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import translation

from dossiers import printing
from portal.accounts import services
from portal.accounts.models import User
from portal.core.money import format_vnd
from portal.core.templatetags import formats
from portal.core.templatetags.languages import own_lang
from portal.notifications.models import Message
from procedures.texts import Text
from tests.factories.dossiers import MARITAL, Desk, file_birth, file_dossier, make_desk
from tests.factories.people import make_officer, make_user

MOMENT = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # already the next day in Việt Nam
ENGLISH, VIETNAMESE = '<html lang="en">', '<html lang="vi">'


def _switch(client: Client, language: str = "en", back: str = "/", **headers: str) -> str:
    answer = client.post("/accounts/language/", {"language": language, "next": back}, **headers)  # type: ignore[arg-type]
    assert answer.status_code == 302
    return answer["Location"]


def _read(client: Client, path: str = "/", **headers: str) -> str:
    return client.get(path, **headers).content.decode()  # type: ignore[arg-type]


@pytest.mark.django_db
class TestAVisitor:
    def test_reads_vietnamese_whatever_the_browser_prefers(self, client: Client) -> None:
        assert VIETNAMESE in _read(client, HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")

    def test_chooses_english_and_stays_at_the_address(self, client: Client) -> None:
        assert '<button class="button button--text" type="submit" lang="en">English' in _read(client)
        assert _switch(client, back="/track/?code=H1") == "/track/?code=H1"
        page = _read(client, "/track/")
        assert ENGLISH in page
        assert "Track an application" in page
        assert 'lang="vi">Tiếng Việt</button>' in page

    def test_keeps_the_choice_for_a_year_out_of_reach_of_scripts(self, client: Client) -> None:
        _switch(client)
        cookie = client.cookies["django_language"]
        assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("en", 365 * 86400, True)

    def test_needs_no_token_as_the_pages_are_shared(self) -> None:
        client = Client(enforce_csrf_checks=True)
        assert "csrfmiddlewaretoken" not in _read(client)
        _switch(client)
        assert ENGLISH in _read(client)

    def test_goes_back(self, client: Client) -> None:
        _switch(client)
        _switch(client, "vi")
        assert VIETNAMESE in _read(client)

    @pytest.mark.parametrize("language", ["fr", "", "xx-<b>", "vi-VN"])
    def test_gets_vietnamese_for_a_language_that_is_not_offered(self, client: Client, language: str) -> None:
        _switch(client, language)
        assert VIETNAMESE in _read(client)

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_is_never_led_elsewhere(self, client: Client, back: str) -> None:
        assert _switch(client, back=back) == "/"

    def test_is_not_switched_by_a_link(self, client: Client) -> None:
        assert client.get("/accounts/language/?language=en").status_code == 405
        assert VIETNAMESE in _read(client)

    def test_reads_an_error_in_the_chosen_language(self, client: Client) -> None:
        _switch(client)
        page = _read(client, "/no-such-page/")
        assert ENGLISH in page
        assert "This page was not found" in page

    def test_signs_up_with_the_language(self, client: Client) -> None:
        _switch(client)
        answers = {
            "email": "ann@example.org",
            "full_name": "Ann Smith",
            "password1": "a long sentence to keep",
        }
        client.post("/accounts/signup/", answers)
        assert User.objects.get(email="ann@example.org").language == "en"


@pytest.mark.django_db
class TestAnAccount:
    def test_keeps_the_choice_on_every_device(self, client: Client) -> None:
        user = make_user()
        client.force_login(user)
        _switch(client)
        elsewhere = Client()
        elsewhere.force_login(user)
        assert ENGLISH in _read(elsewhere)
        assert "Sign out" in _read(elsewhere)

    def test_is_not_changed_without_a_token(self) -> None:
        user, client = make_user(), Client(enforce_csrf_checks=True)
        client.force_login(user)
        assert client.post("/accounts/language/", {"language": "en", "next": "/"}).status_code == 403
        user.refresh_from_db()
        assert user.language == "vi"
        assert "csrfmiddlewaretoken" in _read(client)

    def test_counts_more_than_the_cookie_of_the_device(self, client: Client) -> None:
        _switch(client)
        client.force_login(make_user())
        assert VIETNAMESE in _read(client)

    def test_of_an_officer_at_work_stays_vietnamese(self, client: Client) -> None:
        officer = make_officer("reception")
        services.set_language(officer.user, "en")
        client.force_login(officer.user)
        page = _read(client, "/onestop/")
        assert VIETNAMESE in page
        assert "/accounts/language/" not in page + _read(client)

    def test_does_not_change_the_language_of_the_api(self, client: Client) -> None:
        user = make_user()
        services.set_language(user, "en")
        client.force_login(user)
        answer = client.get("/api/v1/procedures/9.999999", headers={"Accept-Language": "en"})
        assert "Không có thủ tục mang mã này." in answer.content.decode()


@pytest.mark.django_db
class TestPagesInMemory:
    def test_of_one_language_never_reach_the_other(self) -> None:
        make_desk()
        vietnamese, english = Client(), Client()
        _switch(english)
        for path in ("/", "/procedures/", f"/procedures/{MARITAL}/"):
            for client, lang in ((vietnamese, VIETNAMESE), (english, ENGLISH), (vietnamese, VIETNAMESE)):
                assert lang in _read(client, path)

    def test_have_an_etag_each(self) -> None:
        make_desk()
        vietnamese, english = Client(), Client()
        _switch(english)
        tag = vietnamese.get("/procedures/")["ETag"]
        assert vietnamese.get("/procedures/", headers={"If-None-Match": tag}).status_code == 304
        answer = english.get("/procedures/", headers={"If-None-Match": tag})
        assert (answer.status_code, answer["Content-Language"]) == (200, "en")
        assert "Cookie" in answer["Vary"]


@pytest.mark.django_db
class TestTheCatalogue:
    def test_shows_english_names_and_marks_what_stays_vietnamese(self, client: Client) -> None:
        make_desk()
        _switch(client)
        page = _read(client, "/procedures/1.001193/")
        assert "<h1>Birth registration</h1>" in page
        assert re.search(r'<span lang="vi">[^<]*[ăâđêôơưạảấầẩẫậ]', page)
        assert "Birth registration" in _read(client, "/procedures/?q=khai+sinh")

    def test_prints_a_blank_form_in_vietnamese(self, client: Client) -> None:
        make_desk()
        _switch(client)
        page = _read(client, "/procedures/1.001193/print/")
        sheet = page[page.index("<article") : page.index("</article>")]
        assert "Người làm đơn" in sheet
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in sheet


@pytest.fixture
def desk() -> Desk:
    made = make_desk()
    services.set_language(made.citizen, "en")
    made.citizen.refresh_from_db()
    return made


@pytest.mark.django_db
class TestWhatIsKept:
    def test_fees_are_kept_and_printed_in_vietnamese(self, desk: Desk) -> None:
        with translation.override("en"):
            dossier = file_dossier(desk)
        words = " ".join(str(line["explanation"]) for fee in dossier.fees.all() for line in fee.lines)
        assert "VND" not in words
        assert "15.000 đ (mức thu minh họa)" in words

    def test_prints_are_vietnamese_whoever_asks(self, desk: Desk) -> None:
        dossier = file_dossier(desk)
        key = next(key for key, form in printing.FORMS.items() if form.exists(dossier, {"submit"}))
        with (
            translation.override("en"),
            patch.object(printing, "Source", lambda _: translation.get_language()),
            patch.dict(printing.FORMS, {key: _Echo()}),
        ):
            assert printing.render_print(dossier, key) == b"vi"

    def test_messages_speak_the_recipients_language(self, desk: Desk) -> None:
        file_birth(desk)
        message = Message.objects.get(event="dossier.submitted")
        assert message.language == "en"
        assert re.fullmatch(r"\d\d:\d\d, [MTWF]\w+day \d+ \w+ 20\d\d", str(message.context["check_by"]))


class _Echo:
    is_internal = False

    def exists(self, *_: object) -> bool:
        return True

    def render(self, language: str) -> bytes:
        return language.encode()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda: formats.vn_date(date(2026, 12, 2)), "Wednesday 2 December 2026"),
        (lambda: formats.vn_date(MOMENT), "Wednesday 2 December 2026"),
        (lambda: formats.vn_day(date(2026, 2, 1)), "1 February 2026"),
        (lambda: formats.vn_datetime(MOMENT), "01:30, 2 December 2026"),
        (lambda: formats.vn_deadline(MOMENT), "01:30, Wednesday 2 December 2026"),
        (lambda: formats.vnd(1_234_567), "1,234,567 VND"),
        (lambda: format_vnd(None), "not set yet"),
        (lambda: formats.number(420_475), "420,475"),
        (lambda: formats.percent(98.2), "98.2%"),
        (lambda: formats.filesize(1_887_437), "1.8\u00a0MB"),
        (lambda: formats.filesize(10 * 1024**2), "10\u00a0MB"),
        (lambda: formats.filesize(0), "under 1 KB"),
        (lambda: own_lang(Text("Khai sinh")), '<span lang="vi">Khai sinh</span>'),
        (lambda: own_lang(Text("Khai sinh", "Birth")), Text("Khai sinh", "Birth")),
        (lambda: own_lang("Làm <b>giấy</b> khai sinh"), '<span lang="vi">Làm &lt;b&gt;giấy&lt;/b&gt; khai sinh</span>'),
        (lambda: own_lang("You collect the result at Ủy ban"), "You collect the result at Ủy ban"),
        (lambda: own_lang(""), ""),
    ],
)  # fmt: skip
def test_a_value_reads_the_english_way(shown: Callable[[], object], expected: object) -> None:
    with translation.override("en"):
        assert shown() == expected


def test_vietnamese_words_are_not_marked_on_a_vietnamese_page() -> None:
    assert own_lang("Khai sinh") == "Khai sinh"
