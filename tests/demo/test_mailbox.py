"""The demo mailbox: a real SMTP conversation, then the page."""

import os
import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.demo.mailbox import list_mails, store_mail

# The page stands on base.html, which asks who is signed in.
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.demo.urls")]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DEMO = True
    mailbox = tmp_path / "mailbox"
    mailbox.mkdir()
    settings.MAILBOX_DIR = mailbox
    return mailbox


def _build_mail(to: str, subject: str = "Hồ sơ đã được tiếp nhận", body: str = "Chào bạn") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "portal@motcua.example", to, subject
    mail["Message-ID"] = "<r1@motcua.example>"
    mail.set_content(body)
    return mail


def _store(folder: Path, to: str, **parts: str) -> Path:
    return store_mail(folder, [to], _build_mail(to, **parts).as_bytes())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The command itself, as a process of its own, with a folder of its own."""
    environment = _environment(tmp_path)
    command = [sys.executable, "manage.py", "demo_mailbox", "--port", "0"]
    with subprocess.Popen(
        command, cwd=django_settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r":(\d+), keeping mails in (.*)$", line)
        assert match is not None, line
        yield int(match[1]), Path(match[2])
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def _environment(data_dir: Path) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(data_dir), "TEST": "1", "DEMO": "1"}


def test_a_mail_sent_over_smtp_is_kept_whole(server: tuple[int, Path], settings: Settings) -> None:
    port, folder = server
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.send_message(_build_mail("Lan@Example.vn"), to_addrs=["lan@example.vn", "hidden@example.vn"])
        client.send_message(_build_mail("minh@example.vn", subject="Thư thứ hai"))
    settings.MAILBOX_DIR = folder

    mails = list_mails().mails
    assert [mail.subject for mail in mails] == ["Thư thứ hai", "Hồ sơ đã được tiếp nhận"]
    assert mails[1].recipients == ("lan@example.vn", "hidden@example.vn")
    assert mails[1].body.strip() == "Chào bạn"
    assert mails[1].message_id == "<r1@motcua.example>"
    assert [path.suffix for path in folder.iterdir()] == [".eml", ".eml"]


def test_it_does_not_start_outside_a_demo(tmp_path: Path) -> None:
    environment = {**_environment(tmp_path), "DEMO": "0"}
    command = [sys.executable, "manage.py", "demo_mailbox", "--port", "0"]
    ended = subprocess.run(
        command, cwd=django_settings.BASE_DIR, env=environment, capture_output=True, timeout=60, check=False
    )

    assert ended.returncode != 0
    assert b"only with DEMO=1" in ended.stderr


def test_half_a_file_is_never_listed(folder: Path) -> None:
    _store(folder, "lan@example.vn")
    (folder / ".20261122T080000.000000-aa.part").write_bytes(b"Subject: half")

    assert len(list_mails().mails) == 1


@pytest.mark.parametrize(
    ("to", "count"),
    [
        ("", 3),
        ("lan@example.vn", 1),
        ("LAN@example.vn ", 1),
        ("lan", 2),
        ("nobody@example.vn", 0),
        ("an@example.vn", 0),
    ],
)
def test_the_filter_takes_an_address_or_a_part(folder: Path, to: str, count: int) -> None:
    for name in ("lan", "hoalan", "minh"):
        _store(folder, f"{name}@example.vn")

    assert len(list_mails(to=to).mails) == count


def test_pages_follow_each_other(folder: Path) -> None:
    for number in range(5):
        _store(folder, "lan@example.vn", subject=f"Thư {number}")

    first = list_mails(limit=3)
    rest = list_mails(limit=3, before=first.next_before)
    assert [mail.subject for mail in (*first.mails, *rest.mails)] == [f"Thư {n}" for n in (4, 3, 2, 1, 0)]
    assert rest.next_before == ""


def test_a_forged_envelope_line_stays_one_line(folder: Path) -> None:
    path = store_mail(folder, ["lan@example.vn\r\nX-Evil: 1"], b"Subject: s\r\n\r\nb")

    assert b"\nX-Evil" not in path.read_bytes()


def test_the_page_shows_the_newest_first_and_filters(client: Client, folder: Path) -> None:
    _store(folder, "lan@example.vn", subject="Thư cũ")
    _store(
        folder, "minh@example.vn", subject="Thư mới", body="Xem https://motcua.example/a <script>x</script>"
    )

    html = client.get(reverse("demo:mailbox")).content.decode()
    assert html.index("Thư mới") < html.index("Thư cũ")
    assert 'href="https://motcua.example/a"' in html
    assert "<script>x" not in html
    filtered = client.get(reverse("demo:mailbox"), {"to": "lan@example.vn"}).content.decode()
    assert "Thư cũ" in filtered
    assert "Thư mới" not in filtered


def test_an_empty_mailbox_says_so(client: Client, folder: Path) -> None:
    assert "Chưa có thư nào" in client.get(reverse("demo:mailbox")).content.decode()


def test_there_is_no_page_outside_a_demo(client: Client, settings: Settings, folder: Path) -> None:
    settings.DEMO = False

    assert client.get("/demo/mailbox/").status_code == 404
