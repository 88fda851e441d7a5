"""Supervisor's configuration, as supervisor itself reads it."""

from configparser import RawConfigParser
from pathlib import Path

import pytest

from portal.demo.servers import programs


def build(folder: Path = Path("/srv/data")) -> RawConfigParser:
    text = programs.build_configuration(
        [
            programs.DATABASE,
            programs.BROKER,
            programs.WEB,
            programs.WORKER,
            programs.BEAT,
            programs.MAILBOX,
            programs.VNPAY,
        ],
        log_dir=folder / "log",
        run_dir=folder / "run",
        socket=folder / "run" / "supervisor.sock",
        root=False,
    )
    parser = RawConfigParser()
    parser.read_string(text)
    return parser


@pytest.mark.parametrize("name", ["database", "broker", "web", "worker", "beat", "mailbox", "vnpay"])
def test_whatever_dies_is_started_again(name: str) -> None:
    section = build()[f"program:{name}"]

    assert section["autorestart"] == "true"
    assert int(section["startretries"]) > 100_000
    assert section["killasgroup"] == "true"


def test_only_database_and_broker_start_before_the_migrations() -> None:
    parser = build()
    at_once = {name for name in parser.sections() if parser[name].get("autostart") == "true"}

    assert at_once == {"program:database", "program:broker"}


def test_the_rest_starts_together_and_stops_before_the_database() -> None:
    parser = build()

    assert parser["group:portal"]["programs"] == "web,worker,beat,mailbox,vnpay"
    assert int(parser["group:portal"]["priority"]) > int(parser["program:database"]["priority"])


def test_the_database_stops_fast_and_cleanly() -> None:
    assert build()["program:database"]["stopsignal"] == "INT"


def test_a_percent_sign_in_a_path_is_doubled() -> None:
    assert build(Path("/srv/100%"))["supervisord"]["childlogdir"] == "/srv/100%%/log"


def test_its_socket_is_private() -> None:
    assert build()["unix_http_server"]["chmod"] == "0700"
