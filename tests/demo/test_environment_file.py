"""DATA_DIR/env is whole, private, completed and never replaces what is there."""

import stat
from pathlib import Path

from portal.demo.servers.environment import HEADING, complete, write_env
from portal.demo.servers.files import write_once, write_whole

GENERATED = {"SECRET_KEY": "fresh", "TRACKING_KEY": "fresh-too"}


def test_it_generates_what_is_missing(tmp_path: Path) -> None:
    write_env(tmp_path, {"DEMO": "1"})

    file = tmp_path / "env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    names = {line.partition("=")[0] for line in file.read_text(encoding="utf-8").splitlines()[1:]}
    keys = {"SECRET_KEY", "TRACKING_KEY", "SEAL_KEYS_DIR", "INDEX_KEY_FILE"}
    assert names == {"DEMO", *keys, "EMAIL_URL", "DEMO_PHONE_PORT", "VNPAY_PAY_URL", "VNPAY_API_URL"}


def test_keys_are_random_private_and_stay(tmp_path: Path) -> None:
    write_env(tmp_path, {})
    keys = [tmp_path / "keys" / "seal" / "1.key", tmp_path / "keys" / "index.key"]
    before = [key.read_bytes() for key in keys]

    write_env(tmp_path, {})

    assert [len(key) for key in before] == [32, 32]
    assert before[0] != before[1]
    assert [key.read_bytes() for key in keys] == before
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    write_env(tmp_path, {"DEMO": "1"})
    before = (tmp_path / "env").read_text(encoding="utf-8")

    write_env(tmp_path, {"DEMO": "1"})

    assert (tmp_path / "env").read_text(encoding="utf-8") == before


def test_values_of_a_person_stay() -> None:
    text = "# mine\nHELP_PHONE=1900\nSECRET_KEY=old\n"

    assert complete(text, {}, GENERATED) == f"{text}TRACKING_KEY=fresh-too\n"


def test_settings_of_the_servers_are_renewed() -> None:
    assert complete("REDIS_URL=unix:///old\nDEMO=1\n", {"REDIS_URL": "unix:///new"}, {}) == (
        "REDIS_URL=unix:///new\nDEMO=1\n"
    )


def test_a_value_that_was_cut_off_is_made_again() -> None:
    assert complete("DEMO=1\nSECRET_KEY=fr", {}, {"SECRET_KEY": "fresh"}) == "DEMO=1\nSECRET_KEY=fresh\n"


def test_half_a_name_that_was_cut_off_is_left_out() -> None:
    assert complete("DEMO=1\nSECRE", {}, {}) == "DEMO=1\n"


def test_a_person_may_forget_the_last_end_of_line() -> None:
    assert complete("DEMO=1\nHELP_PHONE=1900", {}, {}) == "DEMO=1\nHELP_PHONE=1900\n"


def test_a_new_file_begins_with_what_it_is() -> None:
    assert complete("", {"DEMO": "1"}, {}) == f"{HEADING}\nDEMO=1\n"


def test_writing_leaves_no_draft(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"one")
    write_whole(tmp_path / "a", b"two")

    assert (tmp_path / "a").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_first_writer_of_a_key_wins(tmp_path: Path) -> None:
    write_once(tmp_path / "key", b"one")
    write_once(tmp_path / "key", b"two")

    assert (tmp_path / "key").read_bytes() == b"one"
