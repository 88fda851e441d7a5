"""Which PostgreSQL and which broker are taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.demo.servers.engines import find_broker_program, find_engine, list_candidates
from portal.demo.servers.errors import ServerError


def install(root: Path, version: str, *, complete: bool = True) -> Path:
    """A folder that looks like PostgreSQL of that version."""
    bin_dir = root / version.partition(".")[0] / "bin"
    bin_dir.mkdir(parents=True)
    for name in ("initdb", "postgres", "pg_ctl") if complete else ("postgres",):
        program = bin_dir / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n", encoding="ascii")
        program.chmod(0o755)
    return bin_dir


@pytest.fixture
def nothing_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)


def found(*folders: Path) -> Iterator[Path]:
    return iter(folders)


def test_a_new_cluster_takes_the_first_that_is_new_enough(tmp_path: Path) -> None:
    old, new = install(tmp_path, "14.9"), install(tmp_path, "16.1")

    assert find_engine(found(old, new), major=None).bin_dir == new


def test_an_existing_cluster_picks_its_own_version(tmp_path: Path) -> None:
    newer, own = install(tmp_path, "18.4"), install(tmp_path, "15.18")

    engine = find_engine(found(newer, own), major=15)

    assert (engine.bin_dir, engine.major) == (own, 15)


def test_it_says_which_versions_there_are_when_none_fits(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"version 18, which made this cluster.*15 \("):
        find_engine(found(install(tmp_path, "15.18")), major=18)


def test_half_an_installation_does_not_count(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="there is none"):
        find_engine(found(install(tmp_path, "15.18", complete=False)), major=None)


@pytest.mark.usefixtures("nothing_on_path")
def test_of_the_packages_the_newest_comes_first_then_the_wheel(tmp_path: Path) -> None:
    nine, fifteen = install(tmp_path, "9.6"), install(tmp_path, "15.18")

    candidates = list(list_candidates(tmp_path))

    assert candidates[:2] == [fifteen, nine]
    assert [path.parent.name for path in candidates[2:]] == ["pginstall18", "pginstall"]


def test_a_program_on_path_is_followed_to_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = install(tmp_path, "16.1")
    link = tmp_path / "initdb"
    link.symlink_to(real / "initdb")
    monkeypatch.setattr("shutil.which", lambda name: str(link))

    assert next(list_candidates(tmp_path / "none")) == real


@pytest.mark.usefixtures("nothing_on_path")
def test_without_a_broker_on_path_the_wheel_brings_one() -> None:
    program = find_broker_program()

    assert program.name == "valkey-server"
    assert program.is_file()


def test_a_broker_on_path_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/opt/{name}" if name == "redis-server" else None)

    assert find_broker_program() == Path("/opt/redis-server")
