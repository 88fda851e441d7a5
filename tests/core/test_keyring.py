"""Keys from files, sealing bound to a place, rotation."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from portal.core import keyring
from portal.core.errors import SealBroken
from portal.core.keyring import KeyRing, blind_index, load_key_ring, open_sealed


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "1.key").write_bytes(b"a" * 32)
    (tmp_path / "index.key").write_bytes(b"i" * 32)
    settings.SEAL_KEYS_DIR = tmp_path
    settings.INDEX_KEY_FILE = tmp_path / "index.key"
    return tmp_path


def test_what_is_sealed_opens_and_never_looks_the_same_twice(folder: Path) -> None:
    ring = load_key_ring(folder)
    one, two = ring.seal("bí mật".encode(), b"here"), ring.seal("bí mật".encode(), b"here")

    assert one != two
    assert one[0] == 1
    assert "bí".encode() not in one
    assert ring.open(one, b"here").decode() == "bí mật"


@pytest.mark.parametrize("place", range(45))
def test_one_changed_bit_anywhere_is_noticed(place: int) -> None:
    ring = KeyRing({1: b"a" * 32, 0: b"a" * 32})
    sealed = bytearray(ring.seal(b"0123456789abcdef", b"here"))
    sealed[place] ^= 1

    with pytest.raises(SealBroken):
        ring.open(bytes(sealed), b"here")


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01" + b"n" * 12, b"\x01" + b"n" * 20])
def test_a_cut_value_is_refused(blob: bytes) -> None:
    with pytest.raises(SealBroken):
        KeyRing({1: b"a" * 32}).open(blob, b"")


def test_a_value_moved_to_another_place_is_refused() -> None:
    ring = KeyRing({1: b"a" * 32})
    with pytest.raises(SealBroken) as refusal:
        ring.open(ring.seal(b"x", b"row 1"), b"row 2")
    assert refusal.value.code == "seal_broken"


def test_the_highest_key_seals_and_older_keys_still_open(folder: Path) -> None:
    old = load_key_ring(folder).seal(b"x", b"here")
    (folder / "12.key").write_bytes(b"b" * 32)
    ring = load_key_ring(folder)

    assert ring.seal(b"x", b"here")[0] == 12
    assert ring.open(old, b"here") == b"x"


def test_a_key_added_while_running_is_found_when_its_first_value_arrives(folder: Path) -> None:
    assert keyring.get_key_ring().current_id == 1
    (folder / "2.key").write_bytes(b"b" * 32)
    sealed_elsewhere = load_key_ring(folder).seal(b"x", b"here")

    assert open_sealed(sealed_elsewhere, b"here") == b"x"
    assert keyring.get_key_ring().current_id == 2


def test_a_missing_key_is_named(folder: Path) -> None:
    with pytest.raises(SealBroken) as refusal:
        open_sealed(KeyRing({9: b"z" * 32}).seal(b"x", b""), b"")
    assert (refusal.value.code, refusal.value.extra) == ("seal_key_missing", {"key_id": 9})


@pytest.mark.parametrize(
    ("name", "content"),
    [("1.key", b"short"), ("1.key", b"x" * 33), ("0.key", b"k" * 32), ("256.key", b"k" * 32)],
)
def test_a_bad_key_file_stops_the_start(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImproperlyConfigured):
        load_key_ring(tmp_path)


def test_no_key_at_all_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="no sealing key"):
        load_key_ring(tmp_path)


def test_keys_are_not_printed() -> None:
    assert "aaaa" not in repr(KeyRing({1: b"a" * 32}))


def test_a_blind_index_finds_equal_values_of_one_purpose_only(folder: Path) -> None:
    index = blind_index("012345678901", "national_id")

    assert index == blind_index("012345678901", "national_id")
    assert len(index) == 32
    assert index != blind_index("012345678901", "phone")
    assert index != blind_index("012345678902", "national_id")
    assert blind_index("a", "b\0c") != index


def test_a_missing_index_key_stops(tmp_path: Path, settings: Settings) -> None:
    settings.INDEX_KEY_FILE = tmp_path / "none.key"
    with pytest.raises(ImproperlyConfigured, match="exactly 32 bytes"):
        blind_index("x", "y")
