"""Where the private servers live, and what they refuse."""

import os
import stat
from pathlib import Path

import pytest

from portal.demo.servers.accounts import Account, current_account
from portal.demo.servers.cluster import forget_stale_pid
from portal.demo.servers.errors import ServerError
from portal.demo.servers.places import LONGEST_FOLDER, choose_short, make_private


def test_a_short_folder_is_used_as_it_is(tmp_path: Path) -> None:
    assert choose_short(Path("/srv/motcua/run"), tmp_path, "run") == Path("/srv/motcua/run")


def test_a_long_one_gives_way_to_a_short_one_of_its_own(tmp_path: Path) -> None:
    long = tmp_path / ("x" * LONGEST_FOLDER)
    chosen = {
        choose_short(long, data, purpose) for data in (tmp_path, long) for purpose in ("run", "database")
    }

    assert len(chosen) == 4
    assert all(len(str(folder)) < LONGEST_FOLDER for folder in chosen)


def test_a_private_folder_is_ours_alone(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    make_private(folder, current_account())
    make_private(folder, current_account())

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_open_folder_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    folder.mkdir()
    folder.chmod(0o755)

    with pytest.raises(ServerError, match="mode 0700"):
        make_private(folder, current_account())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    folder.mkdir(mode=0o700)
    stranger = Account(os.geteuid() + 1, os.getegid(), is_other=False)

    with pytest.raises(ServerError):
        make_private(folder, stranger)


def test_a_link_laid_in_our_way_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    link = tmp_path / "sockets"
    link.symlink_to(target)

    with pytest.raises(ServerError):
        make_private(link, current_account())


def test_a_number_that_another_program_has_now_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{os.getpid()}\n/data\n1700000000\n", encoding="ascii")

    forget_stale_pid(file)

    first, *rest = file.read_text(encoding="ascii").splitlines()
    assert rest == ["/data", "1700000000"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(first), 0)


@pytest.mark.parametrize("content", ["", "4194305\n/data\n", "half"])
def test_anything_else_is_left_to_postgresql(tmp_path: Path, content: str) -> None:
    file = tmp_path / "postmaster.pid"
    file.write_text(content, encoding="ascii")

    forget_stale_pid(file, tmp_path / "missing")

    assert file.read_text(encoding="ascii") == content
