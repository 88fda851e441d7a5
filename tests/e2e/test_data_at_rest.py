"""What a thief of disks would find: no ID number and no phone of a citizen, but in the papers they uploaded."""

import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote

import pytest
import redis
from django.core.signing import b64_decode

from portal.demo.seeds.citizens import CITIZENS
from tests.chaos.journal import Journal
from tests.factories.answers import PERMIT
from tests.live import Caller
from tests.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]

FILED = (PERMIT["owner_national_id"], PERMIT["owner_phone"])
SECRETS = tuple({*(c.national_id for c in CITIZENS), *(c.phone for c in CITIZENS), *FILED})
WITHIN_S = 60


def find_secrets(content: bytes) -> set[str]:
    """Which of the numbers stand in these bytes: as text, with +84, or as the hexadecimal digits of the text."""
    forms = {form: secret for secret in SECRETS for form in list_forms(secret)}
    return {secret for form, secret in forms.items() if form in content}


def list_forms(secret: str) -> Iterator[bytes]:
    yield secret.encode()
    yield secret.encode().hex().encode()
    yield f"84{secret[1:]}".encode()


@pytest.fixture
def used(stack: Stack) -> Stack:
    """The product after a filing, a search by number, a sign-in by number and one that failed."""
    citizen = Caller(stack.url)
    citizen.sign_in(CITIZENS[2].national_id)
    journal = Journal()
    assert journal.file(citizen, until=time.monotonic() + WITHIN_S).result == "ok"
    officer = Caller(stack.url)
    officer.sign_in("tiepnhan")
    for secret in SECRETS:
        assert officer.call("GET", f"/onestop/?q={quote(secret)}").status == 200
    visitor = Caller(stack.url)
    assert visitor.try_to_sign_in(CITIZENS[1].national_id, "sai").status == 200
    visitor.post("/api/v1/track", {"code": CITIZENS[0].phone, "secret": CITIZENS[0].national_id[:8]})
    return stack


def test_the_search_itself_finds_what_is_there() -> None:
    assert find_secrets(b"...0912345678...") == {"0912345678"}
    assert find_secrets(rb"\x" + b"0912345678".hex().encode()) == {"0912345678"}
    assert find_secrets(b"+84912345678") == {"0912345678"}
    assert find_secrets(b"0912345 678") == set()


def test_no_table_holds_a_number_in_clear(used: Stack) -> None:
    found = {table: find_secrets(dump) for table, dump in dump_tables(used)}

    assert len(found) > 40
    assert {table: secrets for table, secrets in found.items() if secrets} == {}


def test_no_session_holds_a_number(used: Stack) -> None:
    with used.connect() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        sessions = [unpack(str(row[0])) for row in cursor.fetchall()]

    assert any(b"_auth_user_id" in session for session in sessions)
    assert [session for session in sessions if find_secrets(session)] == []


def test_the_broker_holds_no_number(used: Stack) -> None:
    url = used.read_setting("REDIS_URL")
    with redis.Redis.from_url(url) as broker:
        keys = list(broker.scan_iter())
        values = [broker.dump(key) or b"" for key in keys]

    assert {secret for part in [*keys, *values] for secret in find_secrets(bytes(part))} == set()


def test_no_log_mail_or_other_file_holds_a_number(used: Stack) -> None:
    folders = [used.folder / name for name in ("log", "mailbox", "broker", "run")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files += used.folder.glob("*.log")
    found = {str(file): find_secrets(file.read_bytes()) for file in files}

    assert any("web.log" in name for name in found)
    assert any(name.endswith(".eml") for name in found)
    assert {name: secrets for name, secrets in found.items() if secrets} == {}


def test_no_file_is_named_by_what_a_citizen_wrote(used: Stack) -> None:
    names = "\n".join(str(file.relative_to(used.folder)) for file in (used.folder / "files").rglob("*"))

    assert find_secrets(names.encode()) == set()
    assert "giay" not in names


def dump_tables(stack: Stack) -> Iterator[tuple[str, bytes]]:
    """Every table as its text dump holds it, read as the owner."""
    with stack.connect() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            content = BytesIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', content)
            yield table, content.getvalue()


def unpack(session: str) -> bytes:
    """A session is compressed and then signed, not sealed."""
    payload = session.partition(":")[0]
    content = b64_decode(payload.lstrip(".").encode())
    return zlib.decompress(content) if payload.startswith(".") else content
